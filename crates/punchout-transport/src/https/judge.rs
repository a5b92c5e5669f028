//! What a complete answer says of the order, and to people.

use super::handshake::Handshake;
use super::options::{Auth, HttpsOptions, target};
use crate::{Disposition, Error, HttpReply, Kind, Party, Verdict};
use url::Url;

/// The peer's reference when it has the order.
///
/// The reply came from this URL, after this handshake; `early` when it began
/// before all of the order was handed over.
pub(super) fn judge(
    options: &HttpsOptions,
    url: &Url,
    reply: &HttpReply,
    handshake: &Handshake,
    early: bool,
) -> Result<Option<String>, Error> {
    if (300..400).contains(&reply.status) {
        return Err(redirect(options, url, reply));
    }
    let says = |kind, disposition, says: &str, reason: String| {
        Error::new(kind, disposition, format!("{} {says}: {reason}", options.endpoint()))
    };
    let error = match verdict(options, reply, handshake) {
        Verdict::Accepted { .. } if early => {
            let reason = format!("HTTP status {}, before it had all of the order", reply.status);
            says(Kind::Unclear, Disposition::Unknown, "says yes too early", reason)
        }
        Verdict::Accepted { reference } => return Ok(reference.map(|reference| options.shown(&reference))),
        Verdict::Rejected { reason } => {
            says(Kind::Refused, Disposition::Rejected, "refuses the order", options.shown(&reason))
        }
        Verdict::TurnedAway { reason } => {
            let mut reason = options.shown(&reason);
            if handshake.asked() && matches!(reply.status, 400 | 401 | 403 | 495 | 496) {
                reason = format!("{reason}; {}", options.about_the_client());
            }
            let does = turns_away(options, reply.status);
            says(Kind::Configuration, Disposition::NotDelivered, does, reason).with_party(Party::Caller)
        }
        Verdict::Retry { after, reason } => {
            let reason = options.shown(&reason);
            let error = says(Kind::Later, Disposition::NotDelivered, "wants the order later", reason);
            match after {
                Some(after) => error.with_retry_after(after),
                None => error,
            }
        }
        Verdict::Unclear { reason } => {
            let reason = options.shown(&reason);
            says(Kind::Unclear, Disposition::Unknown, "does not say whether it has the order", reason)
        }
    };
    Err(match (error.retry_after(), reply.retry_after()) {
        (None, Some(after)) => error.with_retry_after(after),
        _ => error,
    })
}

/// What the classifier says, and where it cannot know better, the handshake.
fn verdict(options: &HttpsOptions, reply: &HttpReply, handshake: &Handshake) -> Verdict {
    match options.classifier.classify(reply) {
        // nginx takes the connection of anybody, and has this page for whom it then does not let in:
        // itself, before it looks where the request belongs
        Verdict::Rejected { reason } | Verdict::Unclear { reason }
            if handshake.asked() && reply.status == 400 && contains(&reply.body, b"SSL certificate") =>
        {
            Verdict::TurnedAway { reason }
        }
        verdict => verdict,
    }
}

fn contains(body: &[u8], words: &[u8]) -> bool {
    body.windows(words.len()).any(|window| window == words)
}

/// What the settings have to do with it.
fn turns_away(options: &HttpsOptions, status: u16) -> &'static str {
    match (status, &options.auth) {
        (401, Auth::Basic { .. }) => "refuses user and password",
        (401, Auth::Bearer(_)) => "refuses the bearer token",
        (401, Auth::None) if options.headers.is_empty() => "wants credentials and got none",
        (401, Auth::None) => "wants other credentials than the headers hold",
        (403, _) => "does not let this sender in",
        (404 | 410, _) => "has nothing at this path",
        (405, _) => "takes no orders at this path",
        (413, _) => "takes nothing of this size",
        (415, _) => "takes nothing of this media type",
        (400 | 495 | 496, _) => "does not let in without a client certificate that it accepts",
        _ => "turns the request away",
    }
}

fn redirect(options: &HttpsOptions, url: &Url, reply: &HttpReply) -> Error {
    let next = reply.header("location").and_then(|location| url.join(location).ok());
    let to = next.map_or_else(|| "elsewhere".to_owned(), |next| format!("to {}", target(&next)));
    let text = format!(
        "{} points {} with status {}: this redirect is not followed, give the right URL",
        options.endpoint(),
        options.shown(&to),
        reply.status
    );
    Error::new(Kind::Redirect, redirected(reply.status), text)
}

/// What a redirect says of the order.
///
/// 307 and 308 ask for the same request elsewhere, so it was not taken here
/// (RFC 9110, 15.4.8 and 15.4.9). 302 and 303 are also what a form handler
/// answers after it took the order, and so is 301, after which a `POST` may
/// become a `GET` just as well (15.4.2).
fn redirected(status: u16) -> Disposition {
    match status {
        307 | 308 => Disposition::Rejected,
        _ => Disposition::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> HttpsOptions {
        HttpsOptions::new("https://shop.example/orders?key=k3y-value".parse().unwrap())
    }

    fn judged(options: &HttpsOptions, reply: &HttpReply, early: bool) -> Result<Option<String>, Error> {
        judge(options, &options.url, reply, &Handshake::default(), early)
    }

    #[test]
    fn who_is_turned_away_learns_what_to_change() {
        for (options, status, says) in [
            (options().with_basic("buyer", "hunter2"), 401, "refuses user and password: HTTP status 401"),
            (options().with_bearer("t0ken"), 401, "refuses the bearer token: HTTP status 401"),
            (options().with_header("x-key", "t0ken"), 401, "other credentials than the headers hold"),
            (options(), 401, "wants credentials and got none"),
            (options(), 403, "does not let this sender in"),
            (options(), 404, "has nothing at this path"),
            (options(), 405, "takes no orders at this path"),
            (options(), 413, "takes nothing of this size"),
            (options(), 415, "takes nothing of this media type"),
            (options(), 496, "without a client certificate"),
            (options(), 431, "turns the request away: HTTP status 431"),
        ] {
            for early in [false, true] {
                let error =
                    judged(&options, &HttpReply::new(status, Vec::new(), Vec::new()), early).unwrap_err();
                assert_eq!(
                    (error.kind(), error.disposition(), error.who_can_act()),
                    (Kind::Configuration, Disposition::NotDelivered, Party::Caller)
                );
                let text = error.to_string();
                assert!(text.starts_with("https://shop.example/orders ") && text.contains(says), "{text}");
            }
        }
    }

    #[test]
    fn only_a_yes_may_come_too_early() {
        for (status, disposition) in [
            (200, Disposition::Unknown),
            (400, Disposition::Rejected),
            (429, Disposition::NotDelivered),
            (500, Disposition::Unknown),
        ] {
            let error =
                judged(&options(), &HttpReply::new(status, Vec::new(), Vec::new()), true).unwrap_err();
            assert_eq!(error.disposition(), disposition, "{error}");
        }
        assert_eq!(judged(&options(), &HttpReply::new(200, Vec::new(), Vec::new()), false).unwrap(), None);
    }

    #[test]
    fn a_redirect_starts_where_it_was_said() {
        let reply = |location: &str| {
            HttpReply::new(303, vec![("location".to_owned(), location.to_owned())], Vec::new())
        };
        let hop = "https://shop.example/new/orders".parse().unwrap();
        let error = judge(&options(), &hop, &reply("done?id=1"), &Handshake::default(), false).unwrap_err();
        assert!(error.to_string().contains(" to https://shop.example/new/done with status 303"), "{error}");
        for (status, disposition) in [
            (300, Disposition::Unknown),
            (301, Disposition::Unknown),
            (302, Disposition::Unknown),
            (303, Disposition::Unknown),
            (307, Disposition::Rejected),
            (308, Disposition::Rejected),
        ] {
            assert_eq!(redirected(status), disposition);
        }
    }

    #[test]
    fn a_long_reason_leaves_room_for_what_to_do() {
        let turns_away = |_: &HttpReply| Verdict::TurnedAway { reason: "no ".repeat(3000) };
        let options = options().with_classifier(turns_away);
        let reply = HttpReply::new(403, Vec::new(), Vec::new());
        let error = judge(&options, &options.url, &reply, &Handshake::that_asked(), false).unwrap_err();
        assert!(error.to_string().ends_with(options.about_the_client()), "{error}");
    }

    #[test]
    fn a_peer_is_quoted_in_part() {
        let long = "k3y-value ".repeat(3000);
        let classifier = |says: Verdict| options().with_classifier(move |_: &HttpReply| says.clone());
        let reply = HttpReply::new(200, Vec::new(), Vec::new());
        let reference = Verdict::Accepted { reference: Some(long.clone()) };
        let reference = judged(&classifier(reference), &reply, false).unwrap().unwrap();
        assert!(reference.len() < 600 && reference.ends_with('…'), "{reference}");
        for verdict in [
            Verdict::Rejected { reason: long.clone() },
            Verdict::TurnedAway { reason: long.clone() },
            Verdict::Retry { after: None, reason: long.clone() },
            Verdict::Unclear { reason: long.clone() },
        ] {
            let text = judged(&classifier(verdict), &reply, false).unwrap_err().to_string();
            assert!(text.len() < 800 && text.contains("*** ***") && !text.contains("k3y"), "{text}");
        }
        let reply = HttpReply::new(302, vec![("location".to_owned(), "/x".repeat(15_000))], Vec::new());
        let text = judged(&options(), &reply, false).unwrap_err().to_string();
        assert!(text.len() < 800 && text.contains("with status 302"), "{text}");
    }
}
