//! What became of an order that was sent.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use punchout::transport::{Answer, Consignment, Digest, Error, Evidence, Outcome, Receipt, Timings};
use serde::Serialize;

use super::advice;
use crate::args::Format;
use crate::failure::in_full;
use crate::output::{self, Verdict, printable};

/// One JSON document, or what people read.
#[derive(Debug, Serialize)]
pub(super) struct Report<'a> {
    outcome: &'static str,
    order: Option<OrderFacts<'a>>,
    receipt: Option<ReceiptFacts>,
    error: Option<ErrorFacts>,
    evidence: Option<EvidenceFacts>,
    advice: String,
    #[serde(skip)]
    verdict: Verdict,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct OrderFacts<'a> {
    number: &'a str,
    identity: &'a str,
    subject: &'a str,
}

#[derive(Debug, Serialize)]
struct ReceiptFacts {
    reference: Option<String>,
    already_there: bool,
    intercepted: Option<String>,
    answer: Option<AnswerFacts>,
    #[serde(flatten)]
    timings: Seconds,
}

#[derive(Debug, Serialize)]
struct ErrorFacts {
    kind: &'static str,
    message: String,
    who_can_act: &'static str,
    #[serde(flatten)]
    timings: Seconds,
    retry_after_seconds: Option<u64>,
    answer: Option<AnswerFacts>,
}

/// How long the attempt took that decides, where somebody looked at a clock.
#[derive(Debug, Serialize)]
struct Seconds {
    #[serde(rename = "answered_seconds")]
    answered: Option<f64>,
    #[serde(rename = "total_seconds")]
    total: Option<f64>,
}

/// The answer itself is not shown: a careless peer may repeat a secret in it.
#[derive(Debug, Serialize)]
struct AnswerFacts {
    media_type: Option<String>,
    bytes: usize,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct EvidenceFacts {
    endpoint: String,
    attempt: u32,
    began: Option<String>,
    sent: Vec<SentFacts>,
    package: Option<PackageFacts>,
    replies: Vec<String>,
    tls: Option<TlsFacts>,
    host_key: Option<String>,
}

#[derive(Debug, Serialize)]
struct SentFacts {
    name: String,
    media_type: String,
    bytes: usize,
    sha256: String,
}

/// What the files went in: the body of a request, or a mail.
#[derive(Debug, Serialize)]
struct PackageFacts {
    media_type: String,
    bytes: usize,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct TlsFacts {
    version: Option<String>,
    certificate_sha256: Option<String>,
}

impl<'a> Report<'a> {
    /// What peers say may repeat a secret of the order; it is hidden. The flag
    /// is for sending an order in doubt all the same.
    pub(super) fn new(
        order: &'a Consignment,
        outcome: &Result<Receipt, Error>,
        flag: Option<&'static str>,
    ) -> Self {
        let became = Outcome::of(outcome.as_ref());
        let (receipt, error, evidence) = match outcome {
            Ok(receipt) => (Some(ReceiptFacts::of(receipt)), None, Some(&receipt.evidence)),
            Err(error) => (None, Some(ErrorFacts::of(error)), error.evidence()),
        };
        Self {
            outcome: became.as_str(),
            order: Some(OrderFacts {
                number: &order.order_number,
                identity: &order.identity,
                subject: &order.subject,
            }),
            receipt,
            error,
            evidence: evidence.map(EvidenceFacts::of),
            advice: advice::after(outcome.as_ref(), flag),
            verdict: verdict(became),
        }
    }

    /// Says where an order went that was delivered before, if this connection leads
    /// elsewhere; the flag sends it there too.
    pub(super) fn with_way(mut self, leads_to: Option<&str>, flag: &str) -> Self {
        let was_there = self.receipt.as_ref().is_some_and(|receipt| receipt.already_there);
        if let (Some(leads_to), Some(evidence), true) = (leads_to, &self.evidence, was_there)
            && evidence.endpoint != leads_to
        {
            self.advice = format!(
                "you: nothing was sent to {leads_to}, for it was delivered to {} before; if it is meant for both, send it with {flag}",
                evidence.endpoint
            );
        }
        self
    }

    /// Says how an order that was kept is released.
    pub(super) fn with_kept_in(mut self, directory: Option<&Path>, connection: &Path) -> Self {
        let id = self.receipt.as_ref().and_then(|receipt| receipt.intercepted.as_ref());
        if let (Some(directory), Some(id)) = (directory, id) {
            let (place, connection) = (directory.join(id), connection.display());
            self.advice = format!(
                "you: nothing has left; release it with `punchout order release {} --connection {connection}`",
                place.display()
            );
        }
        self
    }

    /// Writes it, and gives what the exit status says.
    ///
    /// That stays the order's, whether or not anybody can read this: an order
    /// that was delivered is not called one that was not sent. What standard
    /// output does not take goes to standard error.
    pub(super) fn write(self, format: Format) -> Verdict {
        let written = match format {
            Format::Json => output::write_json(&self),
            Format::Text => output::write(|out| self.text(out)),
        };
        if let Err(failure) = written {
            failure.tell();
            // with stderr gone there is nobody left to tell
            let _ = self.text(&mut io::stderr().lock());
        }
        self.verdict
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut line = |name: &str, value: &str| writeln!(out, "{name:<13}{}", printable(value));
        line("outcome", &self.outcome.replace('-', " "))?;
        if let Some(OrderFacts { number, identity, subject }) = self.order {
            line("order", number)?;
            line("identity", identity)?;
            line("subject", subject)?;
        }
        if let Some(error) = &self.error {
            line("why", &error.message)?;
            line("who can act", error.who_can_act)?;
            if let Some(seconds) = error.retry_after_seconds {
                line("retry after", &format!("{seconds} s"))?;
            }
        }
        if let Some(receipt) = &self.receipt {
            if let Some(reference) = &receipt.reference {
                line("reference", reference)?;
            }
            if let Some(id) = &receipt.intercepted {
                line("kept as", id)?;
            }
            if receipt.already_there {
                line("note", "it was there before; nothing was sent again")?;
            }
        }
        if let Some(evidence) = &self.evidence {
            line("endpoint", &evidence.endpoint)?;
            line("attempt", &evidence.attempt.to_string())?;
            if let Some(began) = &evidence.began {
                line("began", began)?;
            }
            for SentFacts { name, media_type, bytes, sha256 } in &evidence.sent {
                line("file", &format!("{name}, {media_type}, {bytes} bytes, SHA-256 {sha256}"))?;
            }
            if let Some(PackageFacts { media_type, bytes, sha256 }) = &evidence.package {
                line("sent as", &format!("{media_type}, {bytes} bytes, SHA-256 {sha256}"))?;
            }
            if let Some(TlsFacts { version, certificate_sha256 }) = &evidence.tls {
                let version = version.as_deref().unwrap_or("TLS");
                let certificate =
                    certificate_sha256.iter().map(|hash| format!(", certificate SHA-256 {hash}"));
                line("encryption", &format!("{version}{}", certificate.collect::<String>()))?;
            }
            if let Some(host_key) = &evidence.host_key {
                line("host key", host_key)?;
            }
            for reply in &evidence.replies {
                line("reply", reply)?;
            }
        }
        let error = self.error.as_ref().and_then(|error| error.answer.as_ref());
        let answer = self.receipt.as_ref().and_then(|receipt| receipt.answer.as_ref()).or(error);
        if let Some(AnswerFacts { media_type, bytes, sha256 }) = answer {
            let media_type = media_type.as_deref().unwrap_or("no media type");
            line("answer", &format!("{media_type}, {bytes} bytes, SHA-256 {sha256}"))?;
        }
        let timings = self.receipt.as_ref().map(|receipt| &receipt.timings);
        let timings = timings.or(self.error.as_ref().map(|error| &error.timings));
        if let Some(total) = timings.and_then(|timings| timings.total) {
            line("took", &format!("{total:.3} s"))?;
        }
        line("advice", &self.advice)
    }
}

/// What the exit status says.
fn verdict(outcome: Outcome) -> Verdict {
    match outcome {
        Outcome::Delivered | Outcome::Intercepted => Verdict::Good,
        Outcome::Rejected => Verdict::Bad,
        Outcome::NotDelivered => Verdict::NotDelivered,
        // in doubt it may have arrived
        _ => Verdict::Unknown,
    }
}

impl ReceiptFacts {
    fn of(receipt: &Receipt) -> Self {
        Self {
            reference: receipt.reference.clone(),
            already_there: receipt.already_there,
            intercepted: receipt.intercepted.clone(),
            answer: receipt.answer.as_ref().map(AnswerFacts::of),
            timings: Seconds::of(Some(receipt.timings).filter(|timings| *timings != Timings::default())),
        }
    }
}

impl ErrorFacts {
    fn of(error: &Error) -> Self {
        Self {
            kind: error.kind().as_str(),
            message: in_full(error),
            who_can_act: error.who_can_act().as_str(),
            timings: Seconds::of(error.timings()),
            retry_after_seconds: error.retry_after().as_ref().map(Duration::as_secs),
            answer: error.answer().map(AnswerFacts::of),
        }
    }
}

impl Seconds {
    fn of(timings: Option<Timings>) -> Self {
        Self {
            answered: timings.and_then(|timings| timings.answered).as_ref().map(Duration::as_secs_f64),
            total: timings.map(|timings| timings.total.as_secs_f64()),
        }
    }
}

impl AnswerFacts {
    fn of(answer: &Answer) -> Self {
        Self {
            media_type: answer.media_type.clone(),
            bytes: answer.bytes.len(),
            sha256: Digest::of(&answer.bytes).to_string(),
        }
    }
}

impl EvidenceFacts {
    fn of(evidence: &Evidence) -> Self {
        let sent = evidence.sent.iter().map(|sent| SentFacts {
            name: sent.name.clone(),
            media_type: sent.media_type.clone(),
            bytes: sent.bytes,
            sha256: sent.sha256.to_string(),
        });
        let package = evidence.package.as_ref().map(|package| PackageFacts {
            media_type: package.media_type.clone(),
            bytes: package.bytes,
            sha256: package.sha256.to_string(),
        });
        let tls = evidence.tls.as_ref().map(|tls| TlsFacts {
            version: tls.version.clone(),
            certificate_sha256: tls.certificate.map(|digest| digest.to_string()),
        });
        Self {
            endpoint: evidence.endpoint.clone(),
            attempt: evidence.attempt,
            began: evidence.began.map(|began| began.format("%FT%T%.3fZ").to_string()),
            package,
            sent: sent.collect(),
            replies: evidence.replies.clone(),
            tls,
            host_key: evidence.host_key.clone(),
        }
    }
}
