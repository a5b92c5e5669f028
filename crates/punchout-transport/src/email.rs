mod attempt;
mod dkim;
mod envelope;
mod message;
mod options;
mod parties;
mod session;
mod tls;

pub use options::EmailOptions;

use crate::bounce::MailIds;
use crate::error::unusable;
use crate::{Answer, Capabilities, Consignment, Delivery, Error, OrderTransport, Progress, Receipt, Timings};
use attempt::Attempt;
use chrono::{DateTime, Utc};
use dkim::Signer;
use parties::Parties;
use rustls::pki_types::ServerName;
use std::fmt;
use std::time::{Duration, Instant, SystemTime};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// How long a server may take to say goodbye, when all is said already.
const GOODBYE: Duration = Duration::from_secs(1);

/// Sends an order by mail.
///
/// One message per order, by SMTP: a text, and every file as an attachment
/// with its own name and its bytes unchanged. *Delivered* means that the mail
/// server has taken it for all recipients; what becomes of it after that comes
/// back as a bounce, to the envelope sender. The server's last words, which
/// mostly hold its queue number, are the receipt's reference.
///
/// What a failure says of the order follows from two facts: what the server
/// replied, and whether the dot that ends the message was handed to the
/// connection.
///
/// | | before `MAIL FROM` | up to the dot | after it |
/// |---|---|---|---|
/// | a reply 5xx, to whatever | not delivered | rejected | rejected |
/// | a reply 4xx, to whatever | not delivered, [`Later`] | the same | the same |
/// | a cut, a time limit, no sensible reply | not delivered | not delivered | **unknown** |
/// | no trusted TLS | not delivered | | |
///
/// Before `MAIL FROM` the server knows nothing of the order that it could
/// refuse. There, 5xx to user and password is [`Configuration`], as is 530 at
/// any time, by which a server asks for them, and otherwise [`Connect`]: the
/// server lets nobody in.
///
/// When one of several recipients is refused, nothing is sent to any of them,
/// but for those that [may be](EmailOptions::with_optional_cc); the error says
/// who was refused and who was not. Half an order cannot be told apart from a
/// whole one.
///
/// A message is the same for the same consignment, down to the byte, when the
/// consignment says when it was [`created`](Consignment::created); otherwise
/// its date is the time of the attempt. Its `Message-ID` is made from the
/// identity ([`MailIds`]), so a receiver knows a second copy for what it is.
///
/// Servers that offer it (RFC 3461) are asked to report failure and delay to
/// the envelope sender; [`bounce`](crate::bounce) reads what comes back and
/// finds the order.
///
/// What is known is said at once: a task of its own takes leave of the server
/// after that.
///
/// The future must be polled inside a tokio runtime with I/O and time enabled.
/// Without a runtime it ends with [`Configuration`].
///
/// [`Configuration`]: crate::Kind::Configuration
/// [`Connect`]: crate::Kind::Connect
/// [`Later`]: crate::Kind::Later
pub struct Email {
    options: EmailOptions,
    host: ServerName<'static>,
    parties: Parties,
    connector: TlsConnector,
    signer: Option<Signer>,
}

impl Email {
    /// Gets ready to connect; nothing is sent.
    ///
    /// # Errors
    /// [`Configuration`](crate::Kind::Configuration) when an option cannot be used, naming it.
    pub fn new(options: EmailOptions) -> Result<Self, Error> {
        let host = options.checked()?;
        let parties = Parties::of(&options)?;
        let connector = tls::connector(&options)?;
        let signer = options.signing.as_ref().map(Signer::new).transpose()?;
        Ok(Self { options, host, parties, connector, signer })
    }

    /// By what the mail of an order is recognised when something comes back.
    #[must_use]
    pub fn ids(&self, consignment: &Consignment) -> MailIds {
        MailIds::new(&consignment.identity, self.parties.from.email.domain(), &consignment.order_number)
    }

    /// The message as it would be sent at this time, which is its date unless
    /// the consignment has one.
    ///
    /// # Errors
    /// [`Consignment`](crate::Kind::Consignment) for what [`Consignment::check`] refuses, and for
    /// names and media types that mail cannot carry.
    pub fn message(&self, consignment: &Consignment, date: DateTime<Utc>) -> Result<Vec<u8>, Error> {
        consignment.check()?;
        let date = consignment.created.unwrap_or(date);
        let message =
            message::write(&self.options, &self.parties, &self.ids(consignment), consignment, date)?;
        let Some(signer) = &self.signer else { return Ok(message) };
        let mut whole = signer.header(&message, date)?.into_bytes();
        whole.extend_from_slice(&message);
        Ok(whole)
    }

    async fn exchange(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        let message = self.message(consignment, SystemTime::now().into())?;
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(unusable("no tokio runtime: a delivery by mail must be polled inside one"));
        }
        let started = Instant::now();
        let mut attempt = Attempt::new(self, consignment, &message, progress);
        let mut open = None;
        let outcome = match timeout(self.options.timeout, attempt.run(&message, &mut open)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(attempt.late()),
        };
        let elapsed = started.elapsed();
        if let Some(mut session) = open
            && outcome.as_ref().err().is_none_or(|error| error.answer().is_some())
        {
            // good manners: the outcome stands and does not wait, whatever comes of them
            tokio::spawn(async move {
                let _ = timeout(GOODBYE, session.command("QUIT")).await;
            });
        }
        match outcome {
            Ok(reply) => Ok(Receipt::new(attempt.evidence)
                .with_reference(self.options.redacted(&reply.text()))
                .with_answer(Answer::new(None, reply.raw))
                .with_timings(Timings::new(elapsed).with_answered(elapsed))),
            Err(error) => Err(error.with_evidence(attempt.evidence)),
        }
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Email").field(&self.options).finish()
    }
}

impl OrderTransport for Email {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new().with_attachments(true)
    }

    fn endpoint(&self) -> Option<String> {
        Some(self.options.endpoint())
    }

    fn accepts(&self, consignment: &Consignment) -> Result<(), Error> {
        self.message(consignment, SystemTime::now().into()).map(drop)
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        self.send_watched(consignment, Progress::new())
    }

    fn send_watched<'a>(&'a self, consignment: &'a Consignment, progress: Progress) -> Delivery<'a> {
        Box::pin(self.exchange(consignment, progress))
    }
}
