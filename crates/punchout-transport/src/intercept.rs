mod history;
mod label;
mod store;

use crate::{
    Capabilities, Consignment, Delivery, Disposition, Error, Evidence, Kind, OrderTransport, Outcome,
    Receipt, Sent, Timings,
};
use chrono::{DateTime, Utc};
use history::History;
use label::Label;
use punchout_core::{Limits, excerpt};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime};
use store::Store;

/// Keeps orders instead of sending them, and releases them later.
///
/// It stands in for a transport, or for a whole stack of wrappers: everything
/// is produced, checked and kept on the disk, and nothing leaves. Its receipts
/// say so with [`Receipt::intercepted`]. Later, also after a restart,
/// [`release`](Intercept::release) sends the very same bytes.
///
/// ```
/// use punchout_transport::{Consignment, Directory, File, Intercept, OrderTransport, Outcome};
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// # let (held, inbox) = (tempfile::tempdir()?, tempfile::tempdir()?);
/// let supplier = Directory::new(inbox.path());
/// let intercept = Intercept::new(held.path()).standing_in_for(supplier.clone());
/// let order = Consignment::new("1732222222.7@buyer.example", "4500000017")
///     .with_file(File::new("4500000017.xml", "text/xml", *b"<cXML/>"));
///
/// let id = intercept.send(&order).await?.intercepted.expect("nothing leaves");
/// assert!(supplier.entries()?.is_empty());
///
/// intercept.release(&id, &supplier).await?;
/// assert_eq!(supplier.read("4500000017.xml")?, b"<cXML/>");
/// assert_eq!(intercept.entry(&id)?.outcome, Outcome::Delivered);
/// # Ok::<(), Box<dyn std::error::Error>>(()) })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # On the disk
///
/// ```text
/// DIR/<identifier>/        one order: 32 hexadecimal digits of its identity's SHA-256
///     consignment          identity, order number, subject, attempt, time when it was made,
///                          endpoint; name, media type, content id, size and SHA-256 of each
///                          file; at its end its own SHA-256
///     files/<name>         the files, byte for byte
///     releases             what became of it: a line for each start and end of a release
///     lock                 locked while a release is under way; not empty once there was one
/// ```
///
/// An entry is written under a hidden name, flushed to the disk and renamed,
/// so it is there completely or not at all, and on Unix only its owner can
/// read it: an order may carry a shared secret. What a crash leaves behind is
/// called `.punchout-….part`. An entry may be removed, as a whole, when no
/// release of it is under way.
///
/// `releases` and `lock` together say that there was a release: without
/// `releases`, a `lock` that is not empty makes the entry
/// [damaged](Kind::Damaged), and nothing is sent. Whoever removes both makes an
/// order of which nothing is known, whatever became of it. Whoever removes a
/// `lock` during a release lets another one in, and so does a file system that
/// does not lock between the hosts that release from it, as for
/// [`DirectoryJournal`](crate::DirectoryJournal).
///
/// The same order again is kept once ([`Receipt::already_there`]); the same
/// identity with another content is rejected with [`Kind::Exists`]. One that
/// was released in the meantime is answered as [`release`](Intercept::release)
/// would answer: delivered, rejected or unknown, and not as one that the peer
/// does not have.
///
/// An order that does not say when it was [`created`](Consignment::created) is
/// kept with the time at which it was first kept, so that a mail that leaves
/// later is the one that would have left then.
///
/// Like [`Directory`](crate::Directory) it works by blocking calls when it is
/// polled, and needs no runtime.
#[derive(Clone)]
pub struct Intercept {
    store: Store,
    stands_in_for: Option<Arc<dyn OrderTransport>>,
}

impl Intercept {
    /// Keeps orders in a directory, which must be there.
    ///
    /// For reading and releasing this is enough; as a transport it stands in
    /// for one that can carry attachments and leads nowhere in particular.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let store = Store { path: path.into(), limits: Limits::default() };
        Self { store, stands_in_for: None }
    }

    /// Keeps what this transport [accepts](OrderTransport::accepts) and
    /// refuses the rest at once, and notes where it leads.
    #[must_use]
    pub fn standing_in_for(mut self, transport: impl OrderTransport + 'static) -> Self {
        self.stands_in_for = Some(Arc::new(transport));
        self
    }

    /// Sets the limits for reading what is kept.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.store.limits = limits;
        self
    }

    /// Where the orders are kept.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.store.path
    }

    /// The identifiers of all orders that are kept, sorted.
    ///
    /// # Errors
    /// [`Kind::NoDirectory`], [`Kind::AccessDenied`] or [`Kind::Storage`] when
    /// the directory cannot be read.
    pub fn ids(&self) -> Result<Vec<String>, Error> {
        self.store.ids()
    }

    /// All orders that are kept, sorted by identifier.
    ///
    /// # Errors
    /// As for [`ids`](Self::ids) and, with the first that cannot be read, for
    /// [`entry`](Self::entry).
    pub fn entries(&self) -> Result<Vec<Held>, Error> {
        self.ids()?.iter().map(|id| self.entry(id)).collect()
    }

    /// What is known of an order that is kept, without the content of its
    /// files.
    ///
    /// # Errors
    /// [`Kind::Consignment`] when this is no identifier or there is no such
    /// order, [`Kind::Damaged`] when its description is not what was written,
    /// [`Kind::AccessDenied`] or [`Kind::Storage`] when it cannot be read.
    pub fn entry(&self, id: &str) -> Result<Held, Error> {
        Ok(self.store.held(id)?.0)
    }

    /// The order as it was kept, each byte checked by SHA-256.
    ///
    /// # Errors
    /// As for [`entry`](Self::entry), and [`Kind::Damaged`] when a file is not
    /// what it was.
    pub fn consignment(&self, id: &str) -> Result<Consignment, Error> {
        self.store.consignment(id)
    }

    /// Sends an order that is kept, byte for byte, unless it was released
    /// before with an outcome that forbids it.
    ///
    /// | it is | then |
    /// |---|---|
    /// | intercepted, or not delivered | it is sent, with the next attempt number |
    /// | delivered | nothing is sent; the receipt says [`already_there`](Receipt::already_there) |
    /// | rejected, or unknown | nothing is sent; the error says [`Kind::Released`] and the disposition |
    /// | on its way elsewhere: the transport's endpoint is not [that](Held::endpoint) of the one that was stood in for | nothing is sent: [`Kind::Configuration`] |
    ///
    /// The start of a release is on the disk before anything leaves. A process
    /// that ends, or a future that is dropped, after that leaves the order
    /// *unknown*. So does a disk that no longer takes the outcome, which is
    /// returned all the same. Of two releases of one order at a time the
    /// second fails. One that a [`Journaled`](crate::Journaled) holds back
    /// before anything leaves is not noted.
    ///
    /// Retries, limits and journals belong around the transport given here.
    ///
    /// # Errors
    /// As for [`consignment`](Self::consignment), what the transport says, and
    /// [`Kind::Released`]. After an unknown outcome, every error says unknown.
    pub async fn release(&self, id: &str, transport: &dyn OrderTransport) -> Result<Receipt, Error> {
        self.release_by(id, transport, Rules::default()).await
    }

    /// Sends an order that is kept, as [`release`](Self::release) does, though
    /// the transport leads elsewhere than the one that was stood in for.
    ///
    /// # Errors
    /// As for [`release`](Self::release).
    pub async fn release_elsewhere(
        &self,
        id: &str,
        transport: &dyn OrderTransport,
    ) -> Result<Receipt, Error> {
        self.release_by(id, transport, Rules { elsewhere: true, ..Rules::default() }).await
    }

    /// Sends an order that is kept even though it was rejected, or may have
    /// arrived, and wherever the transport leads. The supplier may get it
    /// twice: ask there before. A journal around the transport does not hold
    /// it back either, for it is sent [`again`](Consignment::again). One whose
    /// release was delivered is not sent again this way.
    ///
    /// # Errors
    /// As for [`release`](Self::release).
    pub async fn release_anyway(&self, id: &str, transport: &dyn OrderTransport) -> Result<Receipt, Error> {
        self.release_by(id, transport, Rules { anyway: true, elsewhere: true }).await
    }

    async fn release_by(
        &self,
        id: &str,
        transport: &dyn OrderTransport,
        rules: Rules,
    ) -> Result<Receipt, Error> {
        // before the lock, which would make a file where there is no order
        self.store.held(id)?;
        let lock = self.store.lock(id)?;
        let (held, mut history) = self.store.held(id)?;
        let before = history.outcome;
        // what an attempt comes to does not undo an earlier one
        let told = |error: Error| if before == Outcome::Unknown { error.still_unknown() } else { error };
        if before == Outcome::Delivered {
            return Ok(delivered_before(held));
        }
        if !rules.anyway && !matches!(before, Outcome::Intercepted | Outcome::NotDelivered) {
            return Err(self.refused(held));
        }
        let leads_to = transport.endpoint().unwrap_or_default();
        if !rules.elsewhere && !held.endpoint.is_empty() && held.endpoint != leads_to {
            let leads = match leads_to.as_str() {
                "" => "does not say where it leads".to_owned(),
                there => format!("leads to {there}"),
            };
            let text = format!(
                "{} was on its way to {}, and this transport {leads}: nothing was sent",
                self.store.entry(id).display(),
                held.endpoint
            );
            return Err(told(Error::new(Kind::Configuration, Disposition::NotDelivered, text)));
        }
        let mut consignment = self.store.consignment(id)?.with_again(rules.anyway);
        if let Some(last) = history.attempt {
            consignment.attempt = last.saturating_add(1);
        }
        let as_it_was = history.clone();
        history.start(consignment.attempt, &leads_to);
        self.store.write_history(id, &history).map_err(|error| {
            let place = self.store.entry(id);
            let text = format!("the release of {} cannot be noted: nothing was sent", place.display());
            told(crate::storage::failure(Disposition::NotDelivered, text, error))
        })?;
        // without it only the loss of the history would not show
        let _ = store::mark(&lock);
        let outcome = transport.send(&consignment).await.map_err(told);
        if outcome.as_ref().is_err_and(|error| !error.is_made()) {
            // failing, it leaves the start, which says unknown
            let _ = self.store.restore_history(id, &as_it_was, &lock);
            return outcome;
        }
        let (evidence, detail) = match &outcome {
            Ok(receipt) => (Some(&receipt.evidence), receipt.reference.clone().unwrap_or_default()),
            Err(error) => (error.evidence(), error.to_string()),
        };
        // a transport that tries again has come further
        let attempt = evidence.map_or(0, |evidence| evidence.attempt).max(consignment.attempt);
        history.end(Outcome::of(outcome.as_ref()), attempt, &detail);
        // failing, it leaves the start, which says unknown
        let _ = self.store.write_history(id, &history);
        drop(lock);
        outcome
    }

    /// It was released before, and must not be again.
    fn refused(&self, held: Held) -> Error {
        let place = self.store.entry(&held.id);
        let (disposition, what) = match held.outcome {
            Outcome::Rejected => (Disposition::Rejected, "was rejected"),
            _ => (Disposition::Unknown, "may have arrived: ask the supplier"),
        };
        let why =
            if held.detail.is_empty() { String::new() } else { format!(" ({})", excerpt(&held.detail)) };
        let text = format!("{} was released before and {what}{why}", place.display());
        Error::new(Kind::Released, disposition, text).with_evidence(evidence(held))
    }

    /// Where the transport leads that this stands in for.
    fn leads_to(&self) -> Option<String> {
        self.stands_in_for.as_ref()?.endpoint()
    }

    fn keep(&self, consignment: &Consignment) -> Result<Receipt, Error> {
        self.accepts(consignment)?;
        let started = Instant::now();
        let id = store::id_of(&consignment.identity);
        let evidence = Evidence::new(self.store.entry(&id).display().to_string(), consignment)
            .with_began(SystemTime::now());
        let leads_to = self.leads_to();
        let failed = |error: Error| error.with_evidence(evidence.clone());
        let already_there = self.store.keep(consignment, &leads_to.unwrap_or_default()).map_err(failed)?;
        if already_there {
            let (held, _) = self.store.held(&id).map_err(failed)?;
            match held.outcome {
                Outcome::Intercepted | Outcome::NotDelivered => {}
                Outcome::Delivered => return Ok(delivered_before(held)),
                _ => return Err(self.refused(held)),
            }
        }
        Ok(Receipt::new(evidence)
            .with_intercepted(id)
            .with_already_there(already_there)
            .with_timings(Timings::new(started.elapsed())))
    }
}

/// What does not hold a release back.
#[derive(Clone, Copy, Default)]
struct Rules {
    anyway: bool,
    elsewhere: bool,
}

/// Keeps each order once and compares, whatever it stands in for; attachments
/// are as there.
impl OrderTransport for Intercept {
    fn capabilities(&self) -> Capabilities {
        let there = self.stands_in_for.as_ref().is_none_or(|transport| transport.capabilities().attachments);
        Capabilities::new().with_idempotent(true).with_read_back(true).with_attachments(there)
    }

    fn endpoint(&self) -> Option<String> {
        Some(self.store.path.display().to_string())
    }

    fn accepts(&self, consignment: &Consignment) -> Result<(), Error> {
        consignment.check()?;
        self.stands_in_for.as_ref().map_or(Ok(()), |transport| transport.accepts(consignment))
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        Box::pin(async move { self.keep(consignment) })
    }
}

impl fmt::Debug for Intercept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intercept")
            .field("path", &self.store.path)
            .field("stands_in_for", &self.leads_to())
            .finish_non_exhaustive()
    }
}

fn evidence(held: Held) -> Evidence {
    let mut evidence = Evidence::new(held.released_to, &Consignment::new(held.identity, held.order_number));
    evidence.attempt = held.attempt;
    evidence.sent = held.files;
    evidence
}

fn delivered_before(held: Held) -> Receipt {
    let reference = Some(held.detail.clone()).filter(|reference| !reference.is_empty());
    let mut receipt = Receipt::new(evidence(held)).with_already_there(true);
    receipt.reference = reference;
    receipt
}

/// An order that [`Intercept`] keeps, without the content of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Held {
    /// Its name in the directory.
    pub id: String,
    /// What stays the same over all attempts.
    pub identity: String,
    /// The buyer's number of the order.
    pub order_number: String,
    /// The line for people.
    pub subject: String,
    /// When the order was made, if that was said.
    pub created: Option<DateTime<Utc>>,
    /// The number of the last attempt, also of those that were released.
    pub attempt: u32,
    /// Where it was to go: the endpoint of the transport that was stood in
    /// for, without secrets; empty when that did not say.
    pub endpoint: String,
    /// The files with their hashes.
    pub files: Vec<Sent>,
    /// What became of it; [`Outcome::Intercepted`] until it is released.
    pub outcome: Outcome,
    /// Where the last release went; empty before and when the transport did
    /// not say.
    pub released_to: String,
    /// What the last release ended with: the peer's reference, or the text of
    /// the error.
    pub detail: String,
}

impl Held {
    fn new(id: &str, label: Label, history: &History) -> Self {
        let order = label.consignment;
        Self {
            id: id.to_owned(),
            identity: order.identity,
            order_number: order.order_number,
            subject: order.subject,
            created: order.created,
            attempt: history.attempt.unwrap_or(order.attempt),
            endpoint: label.endpoint,
            files: label.files,
            outcome: history.outcome,
            released_to: history.endpoint.clone(),
            detail: history.detail.clone(),
        }
    }
}
