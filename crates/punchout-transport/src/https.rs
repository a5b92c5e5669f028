mod exchange;
mod failure;
mod handshake;
mod judge;
mod multipart;
mod options;
mod request;

pub use options::HttpsOptions;

use crate::error::unusable;
use crate::{
    Answer, Capabilities, Consignment, Delivery, Error, Evidence, HttpReply, OrderTransport, Progress,
    Receipt, Timings,
};
use exchange::Steps;
use handshake::Manners;
use request::Content;
use std::fmt;
use std::time::SystemTime;
use tokio::time::Instant;
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
/// mean *not delivered*; after it, every failure means *unknown*. One alone is
/// known better: a server that asks for a client certificate and speaks TLS 1.3
/// judges it when this side is sending already, and has read nothing of that
/// when it refuses.
///
/// A complete answer is judged by the [`Classifier`](crate::Classifier). A yes
/// that begins before all of the order was handed over is *unknown*: nobody can
/// have read it by then.
///
/// Of the redirects, 307 and 308 to the same scheme, host and port are
/// followed, three times at most: whoever answers so has not taken the order,
/// and it goes there as it is, with its body. No other is followed; 307 and 308
/// are a refusal then, the others may follow on an order taken and are unknown.
///
/// The future must be polled inside a tokio runtime with I/O and time enabled.
/// Without a runtime it ends with
/// [`Kind::Configuration`](crate::Kind::Configuration).
pub struct Https {
    options: HttpsOptions,
    manners: Manners,
}

impl Https {
    /// Gets ready to connect; nothing is sent.
    ///
    /// # Errors
    /// [`Kind::Configuration`](crate::Kind::Configuration) when an option cannot be used, naming it.
    pub fn new(options: HttpsOptions) -> Result<Self, Error> {
        let manners = options.manners()?;
        options.client(manners.watched().0)?;
        // headers and credentials that cannot be sent show here, not with the first order
        request::headers(&options)?;
        Ok(Self { options, manners })
    }

    async fn deliver(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        consignment.check()?;
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(unusable("no tokio runtime: an HTTPS delivery must be polled inside one"));
        }
        let content = Content::of(consignment)?;
        let mut evidence = Evidence::new(self.options.endpoint(), consignment)
            .with_began(SystemTime::now())
            .with_package(content.package());
        let started = Instant::now();
        let mut url = self.options.url.clone();
        for redirects in 0.. {
            let steps = Steps::new(progress.clone());
            let request = request::build(&self.options, &url, &content, &steps)?;
            // a client for one connection, so that what is seen of a handshake is of this one
            let (tls, handshake) = self.manners.watched();
            let client = self.options.client(tls)?;
            let (outcome, head) = exchange::exchange(&client, &self.options, request, &steps).await;
            let answered = head.as_ref().map(|head| head.at - started);
            let early = head.as_ref().is_some_and(|head| head.early);
            evidence.tls = handshake.tls();
            evidence.replies.extend(head.map(|head| head.status_line));
            let took = || Timings { answered, total: started.elapsed() };
            let reply = match outcome {
                Ok(reply) => reply,
                Err(failure) => {
                    let error = failure::explain(failure, steps.stage(), &handshake, &self.options);
                    return Err(error.with_evidence(evidence).with_timings(took()));
                }
            };
            if let Some(next) = followed(&url, &reply).filter(|_| redirects < REDIRECTS) {
                let target = options::target(&next);
                evidence.replies.push(self.options.shown(&format!("goes on to {target}")));
                url = next;
                continue;
            }
            let media_type = reply.header("content-type").map(|value| self.options.shown(value));
            if let Some(media_type) = &media_type {
                evidence.replies.push(format!("content-type: {media_type}"));
            }
            let verdict = judge::judge(&self.options, &url, &reply, &handshake, early);
            let answer = Answer::new(media_type, reply.body);
            return match verdict {
                Ok(reference) => {
                    let mut receipt = Receipt::new(evidence).with_answer(answer).with_timings(took());
                    receipt.reference = reference;
                    Ok(receipt)
                }
                Err(error) => Err(error.with_evidence(evidence).with_answer(answer).with_timings(took())),
            };
        }
        unreachable!("the last redirect is not followed")
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
