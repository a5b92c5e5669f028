mod failure;
mod options;
mod request;

pub use options::HttpsOptions;

use crate::{
    Answer, Capabilities, Consignment, Delivery, Disposition, Error, Evidence, HttpReply, Kind,
    OrderTransport, Progress, Receipt, Timings, Tls, Verdict,
};
use failure::Stage;
use reqwest::tls::{TlsInfo, Version};
use reqwest::{Client, Response};
use std::fmt;
use std::time::Instant;

/// Posts an order to a URL.
///
/// One file per order, as the body of one `POST` over HTTP/1.1. A file of
/// type `text/xml` or `application/xml` that is valid UTF-8 is sent with
/// `charset=UTF-8`; any other media type is sent as it is. Redirects are not
/// followed, and every order gets a connection of its own: a connection kept
/// open may close under an order, and then nobody knows whether it arrived.
///
/// What a failure says of the order follows from one fact, whether its bytes
/// were handed to the connection. Before that, host names that do not resolve,
/// refused connections, certificates that are not trusted and time limits all
/// mean *not delivered*; after it, every failure means *unknown*. A complete
/// answer is judged by the [`Classifier`](crate::Classifier); of the
/// redirects, 301, 307 and 308 are a refusal, the others may follow on an
/// order taken and are unknown.
///
/// The future must be polled inside a tokio runtime with I/O and time enabled.
/// Without a runtime it ends with [`Kind::Configuration`].
pub struct Https {
    options: HttpsOptions,
    client: Client,
}

impl Https {
    /// Gets ready to connect; nothing is sent.
    ///
    /// # Errors
    /// [`Kind::Configuration`] when an option cannot be used, naming it.
    pub fn new(options: HttpsOptions) -> Result<Self, Error> {
        let client = options.client()?;
        // headers and credentials that cannot be sent show here, not with the first order
        request::headers(&options)?;
        Ok(Self { options, client })
    }

    async fn exchange(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        consignment.check()?;
        // an earlier attempt may have left already: this one has its own
        let handed_over = Progress::new();
        let request = request::build(&self.options, consignment, &[&handed_over, &progress])?;
        if tokio::runtime::Handle::try_current().is_err() {
            let text = "no tokio runtime: an HTTPS delivery must be polled inside one";
            return Err(Error::new(Kind::Configuration, Disposition::NotDelivered, text));
        }
        let mut evidence = Evidence::new(self.options.endpoint(), consignment);
        let started = Instant::now();

        let response = match self.client.execute(request).await {
            Ok(response) => response,
            Err(error) => {
                return Err(self.failure(error, Stage::sending(&handed_over)).with_evidence(evidence));
            }
        };
        let answered = started.elapsed();
        evidence.tls = response.extensions().get::<TlsInfo>().map(tls_facts);
        evidence.replies.push(format!("{:?} {}", response.version(), response.status()));
        match self.reply(response).await {
            Ok(reply) => {
                if let Some(media_type) = reply.header("content-type") {
                    evidence.replies.push(self.options.redacted(&format!("content-type: {media_type}")));
                }
                let timings = Timings::new(started.elapsed()).with_answered(answered);
                self.judge(reply, evidence, timings)
            }
            Err(error) => Err(error.with_evidence(evidence)),
        }
    }

    /// Reads the whole answer, within its limit.
    async fn reply(&self, mut response: Response) -> Result<HttpReply, Error> {
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), value.as_bytes().iter().copied().map(char::from).collect())
            })
            .collect();
        let mut body = Vec::new();
        while let Some(chunk) =
            response.chunk().await.map_err(|error| self.failure(error, Stage::Answering))?
        {
            if body.len() + chunk.len() > self.options.answer_limit {
                let text = format!(
                    "the answer of {} has more than {} bytes, with status {status}: whether it took the order is not known",
                    self.options.endpoint(),
                    self.options.answer_limit
                );
                return Err(Error::new(Kind::AnswerTooLarge, Disposition::Unknown, text));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(HttpReply::new(status, headers, body))
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
            "{} points {} with status {}: redirects are not followed, give the right URL",
            self.options.endpoint(),
            self.options.redacted(&to),
            reply.status
        );
        Error::new(Kind::Redirect, redirected(reply.status), text)
    }

    fn failure(&self, error: reqwest::Error, stage: Stage) -> Error {
        failure::explain(error, stage, &self.options)
    }
}

impl fmt::Debug for Https {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Https").field(&self.options).finish()
    }
}

impl OrderTransport for Https {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new()
    }

    fn endpoint(&self) -> Option<String> {
        Some(self.options.endpoint().into())
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        self.send_watched(consignment, Progress::new())
    }

    fn send_watched<'a>(&'a self, consignment: &'a Consignment, progress: Progress) -> Delivery<'a> {
        Box::pin(self.exchange(consignment, progress))
    }
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
