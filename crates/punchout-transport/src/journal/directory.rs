use super::{Journal, Noted};
use crate::{Consignment, Digest, Error, Evidence, Outcome, Receipt, place, storage};
use chrono::{DateTime, SecondsFormat, Utc};
use punchout_core::Limits;
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::SystemTime;

/// A journal in a directory: for each order a file that people can read.
///
/// A file is called after the identity (32 hexadecimal digits of its SHA-256,
/// as with [`Intercept`](crate::Intercept)) and ends in `.log`; on Unix only
/// its owner can read it. Each attempt adds two paragraphs: one when it starts,
/// which is flushed to the disk before anything leaves, and one when it ends,
/// with the [`Evidence`], the reference, size and hash of the answer, or the
/// error and its causes. Nothing is ever changed or removed.
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
}

/// What a journal knows of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Past {
    /// What all attempts come to: delivered if one was, unknown if one may
    /// have been or has not ended, else what the last one came to.
    pub outcome: Outcome,
    /// The number of the last attempt.
    pub attempt: u32,
}

impl DirectoryJournal {
    /// Names the directory; it must be there when an order is sent.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of an order, there or not.
    #[must_use]
    pub fn file(&self, identity: &str) -> PathBuf {
        let mut name = Digest::of(identity.as_bytes()).to_string();
        name.truncate(32);
        self.path.join(name + ".log")
    }

    /// What is known of an order; nothing if it was never sent.
    ///
    /// # Errors
    /// As for a directory that cannot be read: *unknown*, for the order may
    /// have been sent.
    pub fn past(&self, identity: &str) -> Result<Option<Past>, Error> {
        storage::check_directory(&self.path)?;
        let path = self.file(identity);
        let most = Limits::default().bytes as u64;
        let mut bytes = Vec::new();
        match File::open(&path).and_then(|file| file.take(most).read_to_end(&mut bytes)) {
            Ok(_) => Ok(past(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => {
                let text = format!("{} cannot be read", path.display());
                Err(storage::failure(crate::Disposition::Unknown, text, error))
            }
        }
    }

    /// What was noted of an order, as it stands in its file.
    ///
    /// # Errors
    /// [`Kind::AccessDenied`](crate::Kind::AccessDenied) or
    /// [`Kind::Storage`](crate::Kind::Storage) when it cannot be read.
    pub fn text(&self, identity: &str) -> Result<String, Error> {
        let path = self.file(identity);
        fs::read_to_string(&path).map_err(|error| {
            storage::failure(crate::Disposition::Unknown, format!("{} cannot be read", path.display()), error)
        })
    }

    fn add(&self, identity: &str, paragraph: &str) -> io::Result<()> {
        let path = self.file(identity);
        let mut options = OpenOptions::new();
        options.append(true);
        let (mut file, is_new) = match options.open(&path) {
            Ok(file) => (file, false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                (options.create(true).open(&path)?, true)
            }
            Err(error) => return Err(error),
        };
        file.write_all(paragraph.as_bytes())?;
        file.sync_all()?;
        if is_new { place::flush(&self.path) } else { Ok(()) }
    }
}

impl Journal for DirectoryJournal {
    fn started<'a>(&'a self, consignment: &'a Consignment, endpoint: Option<String>) -> Noted<'a> {
        Box::pin(async move {
            storage::check_directory(&self.path)?;
            let mut text = head(consignment.attempt, "started", "");
            line(&mut text, "identity", &consignment.identity);
            line(&mut text, "order", &consignment.order_number);
            line(&mut text, "to", &endpoint.unwrap_or_default());
            for sent in Evidence::new("", consignment).sent {
                let told = format!(
                    "{} {} {} bytes, SHA-256 {}",
                    sent.name, sent.media_type, sent.bytes, sent.sha256
                );
                line(&mut text, "file", &told);
            }
            self.add(&consignment.identity, &text)?;
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
            let _ = self.add(&consignment.identity, &text);
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
    let mut past: Option<Past> = None;
    // of the attempts before the last one
    let mut settled: Option<Outcome> = None;
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        // a line without its end was cut, and so was what it says
        let Some(line) = line.strip_suffix(b"\n").and_then(|line| str::from_utf8(line).ok()) else {
            continue;
        };
        let mut words = line.strip_prefix("attempt ").unwrap_or_default().split(' ');
        let (Some(Ok(attempt)), Some(what)) = (words.next().map(str::parse), words.next()) else { continue };
        if what == "started" {
            if let Some(past) = past {
                settled = Some(worse(settled, past.outcome));
            }
            past = Some(Past { outcome: Outcome::Unknown, attempt });
        } else if let Some(outcome) = words.nth(1).and_then(Outcome::from_word) {
            past = Some(Past { outcome, attempt });
        }
    }
    past.map(|last| Past { outcome: worse(settled, last.outcome), ..last })
}

/// What two attempts come to: what forbids a third one goes before.
fn worse(earlier: Option<Outcome>, later: Outcome) -> Outcome {
    match earlier {
        Some(Outcome::Delivered) => Outcome::Delivered,
        Some(Outcome::Unknown) if later != Outcome::Delivered => Outcome::Unknown,
        _ => later,
    }
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
        ] {
            assert_eq!(past(text.as_bytes()), Some(Past { outcome, attempt }), "{text}");
        }
        assert_eq!(past(b""), None);
        assert_eq!(past(b"\nattempt 1 star"), None);
    }
}
