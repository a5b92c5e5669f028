use super::claim::{Claim, Claiming, taken};
use super::past::{Past, Tally, Try};
use super::{Journal, Noted};
use crate::lock::Lock;
use crate::{
    Consignment, Digest, Disposition, Error, Evidence, Kind, Outcome, Party, Receipt, Sent, place, storage,
};
use chrono::{DateTime, SecondsFormat, Utc};
use punchout_core::Limits;
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// A journal in a directory: for each order a file that people can read.
///
/// A file is called after the identity (32 hexadecimal digits of its SHA-256,
/// as with [`Intercept`](crate::Intercept)) and ends in `.log`; beside it an
/// empty one that ends in `.lock` is locked during an attempt. On Unix only
/// their owner can read them. Each attempt adds two paragraphs: one when it
/// starts, which is flushed to the disk before anything leaves, and one when it
/// ends, with the [`Evidence`], the reference, size and hash of the answer, or
/// the error and its causes. Nothing is ever changed or removed, but for the
/// start of an attempt that was not made because it could not be written as a
/// whole.
///
/// **Senders on several hosts** share a journal only where the file system locks
/// between hosts: NFS does from version 4 on, SMB and FUSE often do not. There
/// each host takes the same order at the same moment, and it is sent twice; a
/// [`Journal`] in a database serves them better. Nobody may remove a `.lock`
/// while anybody sends: the lock is on the file and not on its name, so the next
/// sender makes another file, locks that, and sends as well.
///
/// ```
/// use punchout_transport::{Consignment, DirectoryJournal, File, Journaled, OrderTransport, Outcome, Recorder};
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// # let folder = tempfile::tempdir()?;
/// let journal = DirectoryJournal::new(folder.path());
/// let order = Consignment::new("1732222222.7@buyer.example", "4500000017")
///     .with_file(File::new("4500000017.xml", "text/xml", *b"<cXML/>"));
///
/// Journaled::new(Recorder::new(), journal.clone()).send(&order).await?;
/// let past = journal.past(&order.identity)?.expect("it was sent");
/// assert_eq!((past.outcome, past.attempt), (Outcome::Delivered, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(()) })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It works by blocking calls when it is polled, and needs no runtime. The time
/// that it notes is the system's.
#[derive(Clone, Debug)]
pub struct DirectoryJournal {
    path: PathBuf,
    limits: Limits,
    failure: Arc<Mutex<Option<Error>>>,
}

impl DirectoryJournal {
    /// Names the directory; it must be there when an order is sent.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), limits: Limits::default(), failure: Arc::default() }
    }

    /// Sets the limits for reading what was noted.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of an order, there or not.
    #[must_use]
    pub fn file(&self, identity: &str) -> PathBuf {
        self.named(identity, ".log")
    }

    fn named(&self, identity: &str, ending: &str) -> PathBuf {
        let mut name = Digest::of(identity.as_bytes()).to_string();
        name.truncate(32);
        self.path.join(name + ending)
    }

    /// What is known of an order; nothing if it was never sent.
    ///
    /// Whoever decides by this alone may be one of two that look at one
    /// moment; [`Journaled`](super::Journaled) looks with the order
    /// [taken](Journal::claim).
    ///
    /// # Errors
    /// [`Kind::NoDirectory`], or as for a directory that cannot be read, and
    /// [`Kind::Storage`] for a file beyond [`Limits::bytes`]: *unknown*, for the
    /// order may have been sent.
    pub fn past(&self, identity: &str) -> Result<Option<Past>, Error> {
        self.check()?;
        let path = self.file(identity);
        let unread = || format!("the journal {} cannot be read", path.display());
        let most = u64::try_from(self.limits.bytes).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        match File::open(&path).and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes)) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(storage::failure(Disposition::Unknown, unread(), error)),
        }
        // the rest may say that it was delivered
        self.limits
            .check_bytes(bytes.len())
            .map_err(|limit| Error::new(Kind::Storage, Disposition::Unknown, unread()).with_source(limit))?;
        Ok(past(&bytes))
    }

    /// What was noted of an order, as it stands in its file.
    ///
    /// # Errors
    /// [`Kind::AccessDenied`](crate::Kind::AccessDenied) or
    /// [`Kind::Storage`](crate::Kind::Storage) when it cannot be read.
    pub fn text(&self, identity: &str) -> Result<String, Error> {
        let path = self.file(identity);
        fs::read_to_string(&path).map_err(|error| {
            let text = format!("the journal {} cannot be read", path.display());
            storage::failure(Disposition::Unknown, text, error)
        })
    }

    /// Why the end of an attempt could not be noted, the last time that it
    /// could not; clones share it. Ask after each delivery, and tell whoever
    /// looks after the disk: by the journal that order may have arrived, and
    /// it stays so.
    #[must_use]
    pub fn take_failure(&self) -> Option<Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether it is there: with it goes what is known of orders sent before.
    fn check(&self) -> Result<(), Error> {
        storage::check_directory(&self.path).map_err(|error| {
            let path = self.path.display();
            let text = format!(
                "nothing was sent: without the journal {path} nobody knows whether the order was sent before"
            );
            Error::new(error.kind(), Disposition::Unknown, text).with_party(Party::Caller).with_source(error)
        })
    }

    fn add(&self, identity: &str, paragraph: &str, or_else: Cut) -> Result<(), Error> {
        let path = self.file(identity);
        self.append(&path, paragraph, or_else).map_err(|error| {
            let text = format!("the journal {} cannot be written", path.display());
            storage::failure(Disposition::NotDelivered, text, error)
        })
    }

    fn append(&self, path: &Path, paragraph: &str, or_else: Cut) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.append(true);
        let (mut file, is_new) = match options.open(path) {
            Ok(file) => (file, false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                (options.create(true).open(path)?, true)
            }
            Err(error) => return Err(error),
        };
        let length = file.metadata()?.len();
        let mut write = || {
            file.write_all(paragraph.as_bytes())?;
            file.sync_all()?;
            if is_new { place::flush(&self.path) } else { Ok(()) }
        };
        let written = write();
        if written.is_err() && matches!(or_else, Cut::Goes) {
            // failing, it says that the order may have arrived
            let _ = file.set_len(length);
        }
        written
    }
}

/// What becomes of a paragraph that could not be written as a whole.
#[derive(Clone, Copy)]
enum Cut {
    /// Nothing was begun, and a first line would say that something was.
    Goes,
    /// Its first line may be there, which is true.
    Stays,
}

impl Journal for DirectoryJournal {
    fn claim<'a>(&'a self, identity: &'a str) -> Claiming<'a> {
        Box::pin(async move {
            let file = self.file(identity);
            let unlocked = |source| {
                let text = format!(
                    "the attempt cannot be noted in the journal {}: nothing was sent",
                    self.path.display()
                );
                Error::new(Kind::Storage, Disposition::NotDelivered, text).with_source(source)
            };
            self.check()?;
            let lock = Lock::take(&self.named(identity, ".lock"));
            if matches!(lock, Ok(None)) {
                return Err(taken(identity));
            }
            let past = self.past(identity)?;
            let claim = match lock {
                Ok(lock) => Claim::new(past).with_lock(lock),
                // what is known of the order is known without it
                Err(error) => {
                    let text = format!("the lock of {} cannot be taken", file.display());
                    Claim::unlocked(past, unlocked(storage::failure(Disposition::NotDelivered, text, error)))
                }
            };
            Ok(claim.with_place(file.display().to_string()))
        })
    }

    fn started<'a>(&'a self, consignment: &'a Consignment, endpoint: Option<String>) -> Noted<'a> {
        Box::pin(async move {
            let mut text = head(consignment.attempt, "started", "");
            line(&mut text, "identity", &consignment.identity);
            line(&mut text, "order", &consignment.order_number);
            line(&mut text, "to", &endpoint.unwrap_or_default());
            for sent in Evidence::new("", consignment).sent {
                let told = format!(
                    "{}: {}, {} bytes, SHA-256 {}",
                    sent.name, sent.media_type, sent.bytes, sent.sha256
                );
                line(&mut text, "file", &told);
            }
            self.add(&consignment.identity, &text, Cut::Goes)?;
            Ok(())
        })
    }

    fn ended<'a>(
        &'a self,
        consignment: &'a Consignment,
        outcome: Result<&'a Receipt, &'a Error>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            let mut text = head(consignment.attempt, "ended", Outcome::of(outcome).as_str());
            let (evidence, answer) = match outcome {
                Ok(receipt) => {
                    told(&mut text, receipt);
                    (Some(&receipt.evidence), receipt.answer.as_ref())
                }
                Err(error) => {
                    let mut cause = Some(error as &dyn StdError);
                    while let Some(error) = cause {
                        line(&mut text, "error", &error.to_string());
                        cause = error.source();
                    }
                    if let Some(after) = error.retry_after() {
                        line(&mut text, "retry after", &format!("{after:?}"));
                    }
                    (error.evidence(), error.answer())
                }
            };
            if let Some(answer) = answer {
                let media_type = answer.media_type.as_deref().unwrap_or("no media type");
                // what a peer adds to it is its own: a careless one repeats a secret there
                let media_type = media_type.split(';').next().unwrap_or_default().trim_end();
                let told = format!(
                    "{media_type}, {} bytes, SHA-256 {}",
                    answer.bytes.len(),
                    Digest::of(&answer.bytes)
                );
                line(&mut text, "answer", &told);
            }
            if let Some(evidence) = evidence {
                shown(&mut text, evidence);
            }
            // failing, it leaves the start, which says unknown
            if let Err(error) = self.add(&consignment.identity, &text, Cut::Stays) {
                *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            }
        })
    }
}

fn told(text: &mut String, receipt: &Receipt) {
    line(text, "after", &format!("{:?}", receipt.timings.total));
    if let Some(reference) = &receipt.reference {
        line(text, "reference", reference);
    }
    if receipt.already_there {
        line(text, "already there", "the same bytes");
    }
    if let Some(id) = &receipt.intercepted {
        line(text, "kept as", id);
    }
}

fn shown(text: &mut String, evidence: &Evidence) {
    line(text, "at", &evidence.endpoint);
    if let Some(tls) = &evidence.tls {
        let version = tls.version.as_deref().unwrap_or("TLS");
        let certificate = tls.certificate.map(|digest| format!(", certificate SHA-256 {digest}"));
        line(text, "tls", &format!("{version}{}", certificate.unwrap_or_default()));
    }
    if let Some(host_key) = &evidence.host_key {
        line(text, "host key", host_key);
    }
    if let Some(package) = &evidence.package {
        let told = format!("{}, {} bytes, SHA-256 {}", package.media_type, package.bytes, package.sha256);
        line(text, "sent as", &told);
    }
    for reply in &evidence.replies {
        line(text, "reply", reply);
    }
}

/// The blank line before it keeps a paragraph apart from one that a crash cut.
fn head(attempt: u32, what: &str, outcome: &str) -> String {
    let now = DateTime::<Utc>::from(SystemTime::now()).to_rfc3339_opts(SecondsFormat::Millis, true);
    let end = if outcome.is_empty() { "" } else { " " };
    format!("\nattempt {attempt} {what} {now}{end}{outcome}\n")
}

/// No text smuggles in a line, and lines of a paragraph are indented.
fn line(text: &mut String, name: &str, value: &str) {
    let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    writeln!(text, "  {name}: {value}").expect("a string takes all");
}

fn past(bytes: &[u8]) -> Option<Past> {
    let mut tally = Tally::default();
    let mut is_start = false;
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        // a line without its end was cut, and so was what it says
        let Some(line) = line.strip_suffix(b"\n").and_then(|line| str::from_utf8(line).ok()) else {
            continue;
        };
        if let Some(told) = line.strip_prefix("  ") {
            if let Some(attempt) = tally.last_started().filter(|_| is_start) {
                match told.split_once(": ") {
                    Some(("to", endpoint)) => endpoint.clone_into(&mut attempt.endpoint),
                    Some(("file", file)) => attempt.files.extend(sent(file)),
                    _ => {}
                }
            }
            continue;
        }
        is_start = false;
        let mut words = line.strip_prefix("attempt ").unwrap_or_default().split(' ');
        let (Some(Ok(number)), Some(what)) = (words.next().map(str::parse), words.next()) else { continue };
        if what == "started" {
            is_start = true;
            tally.started(Try { number, ..Try::default() });
        } else if let Some(outcome) = words.nth(1).and_then(Outcome::from_word) {
            tally.ended(number, outcome);
        }
    }
    tally.past()
}

/// Reads a file of an attempt back. No file name holds a colon.
fn sent(line: &str) -> Option<Sent> {
    let (name, rest) = line.split_once(": ")?;
    let (rest, sha256) = rest.rsplit_once(", SHA-256 ")?;
    let (media_type, bytes) = rest.strip_suffix(" bytes")?.rsplit_once(", ")?;
    Some(Sent {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        content_id: None,
        bytes: bytes.parse().ok()?,
        sha256: Digest::from_hex(sha256)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_forbids_another_attempt_is_remembered() {
        let start =
            |attempt| format!("\nattempt {attempt} started 2026-03-01T13:05:00.000Z\n  identity: x\n");
        let end = |attempt, word| format!("\nattempt {attempt} ended 2026-03-01T13:05:00.000Z {word}\n");
        let both = |attempt, word| start(attempt) + &end(attempt, word);
        let cut = end(1, "delivered");
        for (text, outcome, attempt) in [
            (start(1), Outcome::Unknown, 1),
            (both(1, "not-delivered"), Outcome::NotDelivered, 1),
            (both(1, "not-delivered") + &start(2), Outcome::Unknown, 2),
            (both(1, "unknown") + &both(2, "not-delivered"), Outcome::Unknown, 2),
            (start(1) + &both(2, "not-delivered"), Outcome::Unknown, 2),
            (both(1, "unknown") + &both(2, "delivered"), Outcome::Delivered, 2),
            (both(1, "delivered") + &both(2, "rejected"), Outcome::Delivered, 2),
            (both(1, "not-delivered") + &both(2, "rejected"), Outcome::Rejected, 2),
            (start(1) + cut.trim_end(), Outcome::Unknown, 1),
            (start(1) + "\nattempt 1 ended 2026" + &both(2, "not-delivered"), Outcome::Unknown, 2),
            // two senders, where nothing was locked
            (start(1) + &start(1) + &end(1, "delivered") + &end(1, "not-delivered"), Outcome::Delivered, 1),
            (start(1) + &start(1) + &end(1, "not-delivered") + &end(1, "delivered"), Outcome::Delivered, 1),
            (start(1) + &start(1) + &end(1, "not-delivered"), Outcome::Unknown, 1),
            (start(1) + &start(2) + &end(1, "unknown") + &end(2, "rejected"), Outcome::Unknown, 2),
        ] {
            let past = past(text.as_bytes()).unwrap();
            assert_eq!((past.outcome, past.attempt), (outcome, attempt), "{text}");
        }
        assert_eq!(past(b""), None);
        assert_eq!(past(b"\nattempt 1 star"), None);
    }
}
