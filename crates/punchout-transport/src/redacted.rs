use crate::{Answer, Capabilities, Consignment, Delivery, Error, OrderTransport, Progress, Receipt, blot};
use punchout_core::Secret;
use std::error::Error as StdError;
use std::fmt;

/// Keeps what an order says in confidence out of what is said about it.
///
/// A transport knows the secrets of its own settings and never repeats them;
/// what stands in the files it does not know. Some servers repeat the order
/// they refuse, and its shared secret with it: here it is blotted out of
/// errors with their sources, of evidence and of the peer's reference. Inside
/// of [`Journaled`](crate::Journaled) it keeps the journal clean too.
///
/// A secret is found as it stands and as libraries spell it: with references
/// of XML and HTML, in percent signs, in JSON, with `\\` as in C, in
/// quoted-printable, as base64 or in hexadecimal digits; mixed, spelled twice, in
/// letters of either case, broken over lines, with bytes of UTF-8 that were read
/// as Latin-1 or could not be shown, and where a message breaks off with `…` in
/// the middle of it. A number of at least twelve digits is found with any blanks
/// and hyphens in it, as cards have them. A secret of fewer than six characters is
/// found where no letter or digit stands beside it.
///
/// No list of spellings is complete. Not found are what a peer computes from a
/// secret, such as a hash or base64 of base64, its bytes as a list of numbers, a
/// secret with other words within it, its letters without their accents or by
/// names outside of ASCII and Latin-1, and a piece of it that is neither its
/// beginning before a `…` nor the whole. The bytes of an [`Answer`] stay what the
/// peer sent.
///
/// ```
/// use punchout_core::Secret;
/// use punchout_transport::{Consignment, Disposition, Error, File, Kind, OrderTransport, Recorder, Redacted};
///
/// let order = Consignment::new("4711@buyer.example", "4711")
///     .with_file(File::new("4711.xml", "text/xml", *b"<SharedSecret>hush-hush</SharedSecret>"));
/// let refusal = Error::new(Kind::Refused, Disposition::Rejected, "no such customer: hush-hush");
/// let server = Recorder::new().then(Err(refusal));
///
/// let transport = Redacted::new(server, |_: &Consignment| vec![Secret::new("hush-hush")]);
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let error = transport.send(&order).await.unwrap_err();
/// assert_eq!(error.to_string(), "no such customer: ***");
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Redacted<T> {
    transport: T,
    secrets: Box<Finder>,
}

/// What finds the secrets of what is sent.
type Finder = dyn Fn(&Consignment) -> Vec<Secret> + Send + Sync;

impl<T: OrderTransport> Redacted<T> {
    /// Sends through the transport, and asks for the secrets of what is sent.
    #[must_use]
    pub fn new(transport: T, secrets: impl Fn(&Consignment) -> Vec<Secret> + Send + Sync + 'static) -> Self {
        Self { transport, secrets: Box::new(secrets) }
    }

    async fn deliver(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        let secrets = (self.secrets)(consignment);
        let secrets: Vec<&str> = secrets.iter().map(Secret::expose).collect();
        match self.transport.send_watched(consignment, progress).await {
            Ok(mut receipt) => {
                receipt.reference = receipt.reference.map(|reference| blot::out(&reference, &secrets));
                blot_replies(&mut receipt.evidence.replies, &secrets);
                blot_answer(receipt.answer.as_mut(), &secrets);
                Ok(receipt)
            }
            Err(error) => Err(error.blotted(&secrets)),
        }
    }
}

impl<T: OrderTransport> OrderTransport for Redacted<T> {
    fn capabilities(&self) -> Capabilities {
        self.transport.capabilities()
    }

    fn endpoint(&self) -> Option<String> {
        self.transport.endpoint()
    }

    fn accepts(&self, consignment: &Consignment) -> Result<(), Error> {
        self.transport.accepts(consignment)
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        self.send_watched(consignment, Progress::new())
    }

    fn send_watched<'a>(&'a self, consignment: &'a Consignment, progress: Progress) -> Delivery<'a> {
        Box::pin(self.deliver(consignment, progress))
    }
}

impl<T: OrderTransport> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redacted").field("endpoint", &self.endpoint()).finish_non_exhaustive()
    }
}

pub(crate) fn blot_replies(replies: &mut [String], secrets: &[&str]) {
    for reply in replies {
        *reply = blot::out(reply, secrets);
    }
}

pub(crate) fn blot_answer(answer: Option<&mut Answer>, secrets: &[&str]) {
    if let Some(media_type) = answer.and_then(|answer| answer.media_type.as_mut()) {
        *media_type = blot::out(media_type, secrets);
    }
}

/// What went wrong below, in words only where it repeats a secret.
pub(crate) fn blot_source(
    source: Box<dyn StdError + Send + Sync>,
    secrets: &[&str],
) -> Box<dyn StdError + Send + Sync> {
    let mut words = Vec::new();
    let mut fields = Vec::new();
    let mut next: Option<&dyn StdError> = Some(&*source);
    while let Some(error) = next {
        words.push(error.to_string());
        fields.push(format!("{error:?}"));
        next = error.source();
    }
    let (words, fields) = (words.join(": "), fields.join("\n"));
    let shown = blot::out(&words, secrets);
    // an error may hold more than it says
    if shown == words && blot::out(&fields, secrets) == fields { source } else { shown.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_shows_no_more_than_its_words() {
        #[derive(Debug, thiserror::Error)]
        #[error("no answer")]
        struct Held(&'static str);

        let told = |held| format!("{:?}", blot_source(Box::new(Held(held)), &["hush-hush"]));
        assert_eq!(told("hush"), "Held(\"hush\")");
        assert_eq!(told("hush%2Dhush"), "\"no answer\"");
        let source = blot_source("no &#104;ush-hush".into(), &["hush-hush"]);
        assert_eq!(source.to_string(), "no ***");
    }
}
