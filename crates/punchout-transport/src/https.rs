mod asked;
mod exchange;
mod failure;
mod multipart;
mod options;
mod request;

pub use options::HttpsOptions;

use crate::error::unusable;
use crate::{
    Answer, Capabilities, Consignment, Delivery, Disposition, Error, Evidence, HttpReply, Kind,
    OrderTransport, Progress, Receipt, Timings, Tls, Verdict,
};
use asked::Asked;
use exchange::{Exchanged, Steps};
use reqwest::Client;
use reqwest::tls::{TlsInfo, Version};
use std::fmt;
use url::Url;

/// How often an order goes on to another path of the same server.
const REDIRECTS: usize = 3;

/// Posts an order to a URL.
///
/// One file is the body of one `POST` over HTTP/1.1; with attachments the body
/// is `multipart/related`, the order first. A file of type `text/xml` or
/// `application/xml` that is valid UTF-8 is sent with `charset=UTF-8`; any
/// other media type is sent as it is. Every order gets a connection of its
/// own: a connection kept open may close under an order, and then nobody knows
/// whether it arrived.
///
/// What a failure says of the order follows from one fact, whether its bytes
/// were handed to the connection. Before that, host names that do not resolve,
/// refused connections, certificates that are not trusted and time limits all
/// mean *not delivered*; after it, every failure means *unknown*. A complete
/// answer is judged by the [`Classifier`](crate::Classifier).
///
/// Of the redirects, 307 and 308 to the same scheme, host and port are
/// followed, three times at most: whoever answers so has not taken the order,
/// and it goes there as it is, with its body. No other is followed; 301, 307
/// and 308 are a refusal then, the others may follow on an order taken and are
/// unknown.
///
/// The future must be polled inside a tokio runtime with I/O and time enabled.
/// Without a runtime it ends with [`Kind::Configuration`].
pub struct Https {
    options: HttpsOptions,
    client: Client,
    asked: Asked,
}

impl Https {
    /// Gets ready to connect; nothing is sent.
    ///
    /// # Errors
    /// [`Kind::Configuration`] when an option cannot be used, naming it.
    pub fn new(options: HttpsOptions) -> Result<Self, Error> {
        let asked = Asked::default();
        let client = options.client(&asked)?;
        // headers and credentials that cannot be sent show here, not with the first order
        request::headers(&options)?;
        Ok(Self { options, client, asked })
    }

    async fn deliver(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        consignment.check()?;
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(unusable("no tokio runtime: an HTTPS delivery must be polled inside one"));
        }
        let mut evidence = Evidence::new(self.options.endpoint(), consignment);
        let started = tokio::time::Instant::now();
        let mut url = self.options.url.clone();
        for redirects in 0.. {
            let steps = Steps::new(progress.clone());
            let request = request::build(&self.options, &url, consignment, &steps)?;
            let exchanged = exchange::exchange(&self.client, &self.options, request, &steps).await;
            let (outcome, head) = match exchanged {
                Ok(Exchanged { reply, head }) => (Ok(reply), Some(head)),
                Err((failure, head)) => (Err(failure), head),
            };
            let answered = head.as_ref().map(|head| head.at - started);
            if let Some(head) = head {
                evidence.tls = head.tls.as_ref().map(tls_facts);
                evidence.replies.push(head.status_line);
            }
            let reply = match outcome {
                Ok(reply) => reply,
                Err(failure) => {
                    let error = failure::explain(failure, steps.stage(), &self.options);
                    return Err(error.with_evidence(evidence));
                }
            };
            if let Some(next) = followed(&url, &reply).filter(|_| redirects < REDIRECTS) {
                evidence
                    .replies
                    .push(self.options.redacted(&format!("goes on to {}", options::endpoint(&next))));
                url = next;
                continue;
            }
            if let Some(media_type) = reply.header("content-type") {
                evidence.replies.push(self.options.redacted(&format!("content-type: {media_type}")));
            }
            let mut timings = Timings::new(started.elapsed());
            timings.answered = answered;
            return self.judge(reply, evidence, timings);
        }
        unreachable!("the last redirect is not followed")
    }

    /// Turns a complete answer into what is known of the order.
    fn judge(&self, reply: HttpReply, evidence: Evidence, timings: Timings) -> Result<Receipt, Error> {
        let endpoint = self.options.endpoint();
        let retry_after = reply.retry_after();
        let outcome = if (300..400).contains(&reply.status) {
            Err(self.redirect(&reply))
        } else {
            let refusal = |kind, disposition, says: &str, reason: &str| {
                Error::new(kind, disposition, format!("{endpoint} {says}: {}", self.options.redacted(reason)))
            };
            match self.options.classifier.classify(&reply) {
                Verdict::Accepted { reference } => Ok(reference),
                Verdict::Rejected { reason } => {
                    // nginx and others take the connection, and refuse the request
                    let asked = self.asked.was() && matches!(reply.status, 400 | 401 | 403 | 495 | 496);
                    let reason =
                        if asked { format!("{reason}; {}", self.options.about_the_client()) } else { reason };
                    Err(refusal(Kind::Refused, Disposition::Rejected, "refuses the order", &reason))
                }
                Verdict::Retry { after, reason } => {
                    let error =
                        refusal(Kind::Later, Disposition::NotDelivered, "wants the order later", &reason);
                    Err(match after {
                        Some(after) => error.with_retry_after(after),
                        None => error,
                    })
                }
                Verdict::Unclear { reason } => Err(refusal(
                    Kind::Unclear,
                    Disposition::Unknown,
                    "does not say whether it has the order",
                    &reason,
                )),
            }
        };
        let answer = Answer::new(reply.header("content-type").map(str::to_owned), reply.body);
        match outcome {
            Ok(reference) => {
                let mut receipt = Receipt::new(evidence).with_answer(answer).with_timings(timings);
                receipt.reference = reference.map(|reference| self.options.redacted(&reference));
                Ok(receipt)
            }
            Err(error) => {
                let error = match (error.retry_after(), retry_after) {
                    (None, Some(after)) => error.with_retry_after(after),
                    _ => error,
                };
                Err(error.with_evidence(evidence).with_answer(answer))
            }
        }
    }

    fn redirect(&self, reply: &HttpReply) -> Error {
        let target = reply.header("location").and_then(|location| self.options.url.join(location).ok());
        let to = target
            .as_ref()
            .map_or_else(|| "elsewhere".to_owned(), |url| format!("to {}", options::endpoint(url)));
        let text = format!(
            "{} points {} with status {}: this redirect is not followed, give the right URL",
            self.options.endpoint(),
            self.options.redacted(&to),
            reply.status
        );
        Error::new(Kind::Redirect, redirected(reply.status), text)
    }
}

impl fmt::Debug for Https {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Https").field(&self.options).finish()
    }
}

impl OrderTransport for Https {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new().with_attachments(true)
    }

    fn endpoint(&self) -> Option<String> {
        Some(self.options.endpoint().into())
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        self.send_watched(consignment, Progress::new())
    }

    fn send_watched<'a>(&'a self, consignment: &'a Consignment, progress: Progress) -> Delivery<'a> {
        Box::pin(self.deliver(consignment, progress))
    }
}

/// Where an order goes on to: elsewhere on the same server, when that asks for
/// the same request once more.
fn followed(url: &Url, reply: &HttpReply) -> Option<Url> {
    if !matches!(reply.status, 307 | 308) {
        return None;
    }
    let next = url.join(reply.header("location")?).ok()?;
    let same = next.origin() == url.origin() && next.username().is_empty() && next.password().is_none();
    same.then_some(next)
}

/// What a redirect says of the order.
///
/// 301, 307 and 308 send the same request elsewhere, so it was not taken here.
/// 302 and 303 are also what a form handler answers after it took the order.
fn redirected(status: u16) -> Disposition {
    match status {
        301 | 307 | 308 => Disposition::Rejected,
        _ => Disposition::Unknown,
    }
}

fn tls_facts(info: &TlsInfo) -> Tls {
    let version = match info.version() {
        Some(Version::TLS_1_2) => Some("TLSv1.2".to_owned()),
        Some(Version::TLS_1_3) => Some("TLSv1.3".to_owned()),
        _ => None,
    };
    Tls::new(version, info.peer_certificate())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_server_is_followed_and_only_with_the_body() {
        let url: Url = "https://shop.example/orders?key=k".parse().unwrap();
        for (status, location, next) in [
            (307, Some("/new"), Some("https://shop.example/new")),
            (308, Some("new?a=b"), Some("https://shop.example/new?a=b")),
            (308, Some("https://SHOP.example:443/new"), Some("https://shop.example/new")),
            (307, Some("https://shop.example:8443/new"), None),
            (307, Some("http://shop.example/new"), None),
            (307, Some("//other.example/new"), None),
            (307, Some("https://u:p@shop.example/new"), None),
            (307, Some("https://u@shop.example/new"), None),
            (307, Some("https://"), None),
            (307, None, None),
            (301, Some("/new"), None),
            (302, Some("/new"), None),
            (303, Some("/new"), None),
            (200, Some("/new"), None),
        ] {
            let headers = location.map(|location| ("location".to_owned(), location.to_owned()));
            let reply = HttpReply::new(status, headers.into_iter().collect(), Vec::new());
            let found = followed(&url, &reply);
            assert_eq!(found.as_ref().map(Url::as_str), next, "{status} {location:?}");
        }
    }
}
