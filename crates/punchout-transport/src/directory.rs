use crate::consignment::check_name;
use crate::place::{self, Lies, Temporary};
use crate::storage;
use crate::{
    Capabilities, Consignment, Delivery, Disposition, Error, Evidence, File, Kind, OrderTransport, Receipt,
    Timings,
};
use punchout_core::{Limits, excerpt};
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

/// Puts orders into a directory, and reads them from there.
///
/// A file is written under a hidden temporary name, flushed to the disk and
/// then given its own name, so a reader finds all of it or nothing. The order
/// appears after its attachments. A file that is there with the same bytes
/// counts as delivered; one with other bytes is not replaced, and the order is
/// rejected. At the end the directory itself is flushed, on Unix; elsewhere
/// that is left to the system.
///
/// A name is taken by a hard link, which never replaces anything. On a file
/// system without links, such as FAT, the name is looked at and then a rename
/// follows: two senders of different orders under one name, at the very same
/// moment, may replace each other's file there.
///
/// When the order itself cannot be put in place, attachments that were stay
/// visible, though the order is *not delivered*; sending again completes it.
/// A file that was in the way and is gone before it could be compared leaves
/// the order *unknown*: it may have been the same one from another sender,
/// and the supplier has taken it.
///
/// Names follow [`Consignment::check`], so nothing is written outside. What a
/// crash leaves behind is called `.punchout-….part`; readers pass over hidden
/// files, and it may be removed when no sender runs.
///
/// A missing directory ([`Kind::NoDirectory`]), a full disk
/// ([`Kind::StorageFull`]) and one that may not be written to
/// ([`Kind::AccessDenied`]) mean *not delivered*, and nothing is left behind.
///
/// It needs no runtime: all work is done by blocking calls when the future is
/// first polled, and the future is never pending. On a slow or remote disk,
/// poll it where blocking is allowed.
#[derive(Clone, Debug)]
pub struct Directory {
    path: PathBuf,
    limits: Limits,
}

impl Directory {
    /// Names the directory; it must be there when an order is sent.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), limits: Limits::default() }
    }

    /// Sets the limits for reading.
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

    /// The files that lie there, by name.
    ///
    /// Hidden files, directories, links and names that no consignment may have
    /// are passed over.
    ///
    /// # Errors
    /// [`Kind::NoDirectory`] when it is not there, [`Kind::AccessDenied`] or
    /// [`Kind::Storage`] when it cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(|error| self.closed(error))? {
            let entry = entry.map_err(|error| self.closed(error))?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if check_name(&name).is_err() {
                continue;
            }
            match entry.metadata() {
                Ok(metadata) if metadata.is_file() => entries.push(Entry { name, bytes: metadata.len() }),
                Ok(_) => {}
                // another reader took it in the meantime
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.storage(&name, "cannot be looked at", error)),
            }
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// The content of a file.
    ///
    /// # Errors
    /// [`Kind::Consignment`] for a name that no consignment may have,
    /// [`Kind::AccessDenied`] or [`Kind::Storage`] when it cannot be read, is no
    /// regular file or is larger than [`Limits::bytes`].
    pub fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        check_name(name)?;
        let failed = |error| self.storage(name, "cannot be read", error);
        let path = self.path.join(name);
        if !fs::symlink_metadata(&path).map_err(failed)?.is_file() {
            return Err(failed(io::Error::other("it is no regular file")));
        }
        let most = u64::try_from(self.limits.bytes).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        fs::File::open(&path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(failed)?;
        self.limits.check_bytes(bytes.len()).map_err(|limit| failed(io::Error::other(limit)))?;
        Ok(bytes)
    }

    fn deliver(&self, consignment: &Consignment) -> Result<Receipt, Error> {
        consignment.check()?;
        let started = Instant::now();
        let evidence =
            Evidence::new(self.path.display().to_string(), consignment).with_began(SystemTime::now());
        match self.put(consignment, Temporary::place) {
            Ok(already_there) => Ok(Receipt::new(evidence)
                .with_already_there(already_there)
                .with_timings(Timings::new(started.elapsed()))),
            Err(error) => {
                // without its attachments, perhaps, but it is there
                let is_there = consignment.files.first().is_some_and(|order| {
                    matches!(place::look(&self.path.join(&order.name), &order.bytes), Ok(Lies::Same))
                });
                let error = if is_there { error.still_unknown() } else { error };
                Err(error.with_evidence(evidence))
            }
        }
    }

    /// Puts all files there; whether all of them were.
    fn put(
        &self,
        consignment: &Consignment,
        place: impl Fn(Temporary, &Path) -> io::Result<()>,
    ) -> Result<bool, Error> {
        storage::check_directory(&self.path)?;
        // all are compared and written before the first one shows
        let mut waiting = Vec::new();
        for file in &consignment.files {
            let target = self.path.join(&file.name);
            if !self.lies_there(&target, file)? {
                let temporary = Temporary::write(&self.path, &file.bytes)
                    .map_err(|error| self.storage(&file.name, "cannot be written", error))?;
                waiting.push((file, target, temporary));
            }
        }
        let mut already_there = true;
        // the order, the first one, shows last
        while let Some((file, target, temporary)) = waiting.pop() {
            match place(temporary, &target) {
                Ok(()) => already_there = false,
                // another sender was faster
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if !self.lies_there(&target, file)? {
                        // most likely it was this order, and the supplier has taken it
                        let what = "came and went while it was put in place: the supplier may have it";
                        return Err(self.failed(Disposition::Unknown, &file.name, what, error));
                    }
                }
                // a remote disk may have done what it reports as failed
                Err(error) if !place::is_refusal(&error) || !matches!(fs::exists(&target), Ok(false)) => {
                    return Err(self.failed(Disposition::Unknown, &file.name, "may be in place", error));
                }
                Err(error) => return Err(self.storage(&file.name, "cannot be put in place", error)),
            }
        }
        storage::flush(&self.path)?;
        Ok(already_there)
    }

    /// Whether the file lies there already; other content is an error.
    fn lies_there(&self, target: &Path, file: &File) -> Result<bool, Error> {
        match place::look(target, &file.bytes) {
            Ok(Lies::Nothing) => Ok(false),
            Ok(Lies::Same) => Ok(true),
            Ok(Lies::Other(what)) => {
                let text = format!(
                    "{what} lies in {} under the name {}: it is not replaced",
                    self.path.display(),
                    excerpt(&file.name)
                );
                Err(Error::new(Kind::Exists, Disposition::Rejected, text))
            }
            Ok(Lies::Unreadable(error)) => {
                Err(self.failed(Disposition::Unknown, &file.name, "is there and cannot be compared", error))
            }
            Err(error) => Err(self.storage(&file.name, "cannot be looked for", error)),
        }
    }

    /// The directory itself cannot be opened.
    fn closed(&self, error: io::Error) -> Error {
        storage::closed(&self.path, error)
    }

    fn storage(&self, name: &str, what: &str, error: io::Error) -> Error {
        self.failed(Disposition::NotDelivered, name, what, error)
    }

    fn failed(&self, disposition: Disposition, name: &str, what: &str, error: io::Error) -> Error {
        let text = format!("file {} {what}, in directory {}", excerpt(name), self.path.display());
        storage::failure(disposition, text, error)
    }
}

impl OrderTransport for Directory {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new().with_idempotent(true).with_read_back(true).with_attachments(true)
    }

    fn endpoint(&self) -> Option<String> {
        Some(self.path.display().to_string())
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        Box::pin(async move { self.deliver(consignment) })
    }
}

/// A file in a [`Directory`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The file name.
    pub name: String,
    /// The size in bytes.
    pub bytes: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Consignment {
        Consignment::new("id", "17").with_file(File::new("17.xml", "text/xml", *b"<cXML/>"))
    }

    /// What is said when putting a file in place fails like this.
    fn said(fails: impl Fn(&Temporary, &Path) -> io::ErrorKind) -> Error {
        let place = tempfile::tempdir().unwrap();
        let directory = Directory::new(place.path());
        let outcome = directory.put(&order(), |temporary, target| Err(fails(&temporary, target).into()));
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "nothing is left behind");
        outcome.unwrap_err()
    }

    #[test]
    fn what_came_and_went_may_have_been_taken() {
        let error = said(|_, target| {
            // another sender of the same order, and a supplier that takes it at once
            fs::write(target, b"<cXML/>").unwrap();
            fs::remove_file(target).unwrap();
            io::ErrorKind::AlreadyExists
        });
        assert_eq!((error.kind(), error.disposition()), (Kind::Storage, Disposition::Unknown), "{error}");
        assert!(error.to_string().contains("the supplier may have it"), "{error}");
    }

    #[test]
    fn only_a_refusal_says_that_nothing_was_done() {
        use io::ErrorKind::{NotFound, PermissionDenied, ReadOnlyFilesystem, StorageFull, TimedOut};
        for (kind, disposition) in [
            (PermissionDenied, Disposition::NotDelivered),
            (ReadOnlyFilesystem, Disposition::NotDelivered),
            (StorageFull, Disposition::NotDelivered),
            // what a remote disk says when its answer to what it did was lost
            (TimedOut, Disposition::Unknown),
            (NotFound, Disposition::Unknown),
            (io::ErrorKind::Other, Disposition::Unknown),
        ] {
            let error = said(|_, _| kind);
            assert_eq!(error.disposition(), disposition, "{kind}: {error}");
        }
    }
}
