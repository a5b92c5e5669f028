//! Intercepted orders on the disk.

use super::Held;
use super::history::{History, one_line};
use super::label::Label;
use crate::lock::Lock;
use crate::place::{self, Temporary};
use crate::{Consignment, Digest, Disposition, Error, Evidence, File, Kind, storage};
use chrono::{DateTime, Utc};
use punchout_core::{Limits, excerpt};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

const LABEL: &str = "consignment";
const FILES: &str = "files";
const RELEASES: &str = "releases";
const LOCK: &str = "lock";

#[derive(Clone, Debug)]
pub(super) struct Store {
    pub(super) path: PathBuf,
    pub(super) limits: Limits,
}

/// The identifier of an order follows from its identity, so the same order is
/// never kept twice.
pub(super) fn id_of(identity: &str) -> String {
    let mut id = Digest::of(identity.as_bytes()).to_string();
    id.truncate(ID_LENGTH);
    id
}

const ID_LENGTH: usize = 32;

fn is_id(name: &str) -> bool {
    name.len() == ID_LENGTH && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl Store {
    pub(super) fn entry(&self, id: &str) -> PathBuf {
        self.path.join(id)
    }

    /// The identifiers of what is kept, sorted.
    pub(super) fn ids(&self) -> Result<Vec<String>, Error> {
        let closed = |error| storage::closed(&self.path, error);
        let mut ids = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(closed)? {
            let name = entry.map_err(closed)?.file_name();
            ids.extend(name.into_string().ok().filter(|name| is_id(name)));
        }
        ids.sort();
        Ok(ids)
    }

    /// Keeps an order; whether it was kept before.
    pub(super) fn keep(&self, consignment: &Consignment, endpoint: &str) -> Result<bool, Error> {
        // a mail that leaves later is to be the one that would leave now
        let dated = consignment.clone().with_created(consignment.created.unwrap_or_else(now));
        storage::check_directory(&self.path)?;
        let id = id_of(&consignment.identity);
        let entry = self.entry(&id);
        if fs::symlink_metadata(&entry).is_err() {
            let unfinished =
                self.write(&dated, endpoint).map_err(|error| self.not_kept(consignment, error))?;
            match fs::rename(&unfinished.0, &entry) {
                Ok(()) => {
                    storage::flush(&self.path)?;
                    return Ok(false);
                }
                // another sender was faster
                Err(_) if fs::symlink_metadata(&entry).is_ok() => {}
                Err(error) => return Err(self.not_kept(consignment, error)),
            }
        }
        self.compare(&id, consignment)?;
        // whoever put it there may not have come that far
        storage::flush(&self.path)?;
        Ok(true)
    }

    /// Writes an entry under a hidden name and flushes it to the disk.
    fn write(&self, consignment: &Consignment, endpoint: &str) -> io::Result<Unfinished> {
        let unfinished = Unfinished::create(&self.path)?;
        let files = unfinished.0.join(FILES);
        fs::create_dir(&files)?;
        for file in &consignment.files {
            Temporary::write(&files, &file.bytes)?.place(&files.join(&file.name))?;
        }
        place::flush(&files)?;
        let sent = Evidence::new("", consignment).sent;
        let label = Label::write(consignment, &sent, &one_line(endpoint));
        Temporary::write(&unfinished.0, label.as_bytes())?.place(&unfinished.0.join(LABEL))?;
        place::flush(&unfinished.0)?;
        Ok(unfinished)
    }

    /// Whether the order that is kept is this one.
    fn compare(&self, id: &str, consignment: &Consignment) -> Result<(), Error> {
        let kept = self.consignment(id)?;
        let file = kept.files.iter().zip(&consignment.files).find(|(kept, file)| kept != file);
        let what = if let Some((_, file)) = file {
            format!("file {}", excerpt(&file.name))
        } else if kept.files.len() != consignment.files.len() {
            "the number of its files".into()
        } else if kept.order_number != consignment.order_number {
            "its order number".into()
        } else if kept.subject != consignment.subject {
            "its subject".into()
        } else if consignment.created.is_some() && kept.created != consignment.created {
            "the time when it was made".into()
        } else {
            return Ok(());
        };
        let text = format!(
            "the order with identity {} is kept in {} already, and {what} is another there: it is not replaced",
            excerpt(&consignment.identity),
            self.entry(id).display()
        );
        Err(Error::new(Kind::Exists, Disposition::Rejected, text))
    }

    /// What is known of an entry, without reading its files.
    pub(super) fn held(&self, id: &str) -> Result<(Held, History), Error> {
        if !is_id(id) {
            let text = format!("{} is no identifier of an intercepted order", excerpt(id));
            return Err(Error::new(Kind::Consignment, Disposition::NotDelivered, text));
        }
        let label = Label::read(&self.text(id, LABEL)?).map_err(|what| self.damaged(id, LABEL, &what))?;
        if id_of(&label.consignment.identity) != id {
            return Err(self.damaged(id, LABEL, "it belongs to another order"));
        }
        let released = self.entry(id).join(RELEASES);
        let history = match fs::symlink_metadata(released) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if self.is_marked(id) {
                    return Err(self.damaged(id, RELEASES, "it is not there, and there was a release"));
                }
                History::new()
            }
            _ => {
                History::read(&self.text(id, RELEASES)?).map_err(|what| self.damaged(id, RELEASES, &what))?
            }
        };
        Ok((Held::new(id, label, &history), history))
    }

    /// The order, byte for byte as it was kept, or an error.
    pub(super) fn consignment(&self, id: &str) -> Result<Consignment, Error> {
        let (held, _) = self.held(id)?;
        let mut consignment = Consignment::new(held.identity, held.order_number).with_subject(held.subject);
        consignment.attempt = held.attempt;
        consignment.created = held.created;
        for file in held.files {
            let path = format!("{FILES}/{}", file.name);
            let bytes = self.read(id, &path)?;
            if bytes.len() != file.bytes || Digest::of(&bytes) != file.sha256 {
                return Err(self.damaged(id, &path, "its SHA-256 is another than when it was kept"));
            }
            let content_id = file.content_id;
            let file = File::new(file.name, file.media_type, bytes);
            consignment = consignment.with_file(File { content_id, ..file });
        }
        // a sealed label may still be made by somebody else
        consignment.check().map_err(|error| self.damaged(id, LABEL, &error.to_string()))?;
        Ok(consignment)
    }

    /// Takes an entry for a release, until it is dropped or the process ends.
    pub(super) fn lock(&self, id: &str) -> Result<Lock, Error> {
        let path = self.entry(id).join(LOCK);
        let failed = |error| {
            let text = format!("the lock of {} cannot be taken", self.entry(id).display());
            storage::failure(self.doubt(id), text, error)
        };
        Lock::take(&path).map_err(failed)?.ok_or_else(|| {
            let text = format!("{} is being released at this moment", self.entry(id).display());
            Error::new(Kind::Released, Disposition::Unknown, text)
        })
    }

    pub(super) fn write_history(&self, id: &str, history: &History) -> io::Result<()> {
        let entry = self.entry(id);
        Temporary::write(&entry, history.as_str().as_bytes())?.replace(&entry.join(RELEASES))?;
        place::flush(&entry)
    }

    /// Takes the start of a release back that was not made.
    pub(super) fn restore_history(&self, id: &str, history: &History, lock: &Lock) -> io::Result<()> {
        if !history.as_str().is_empty() {
            return self.write_history(id, history);
        }
        // the mark goes first: without a history it would mean damage
        lock.file().set_len(0)?;
        lock.file().sync_all()?;
        let entry = self.entry(id);
        fs::remove_file(entry.join(RELEASES))?;
        place::flush(&entry)
    }

    fn text(&self, id: &str, name: &str) -> Result<String, Error> {
        String::from_utf8(self.read(id, name)?).map_err(|_| self.damaged(id, name, "it is no UTF-8"))
    }

    fn read(&self, id: &str, name: &str) -> Result<Vec<u8>, Error> {
        let path = self.entry(id).join(name);
        let most = u64::try_from(self.limits.bytes).unwrap_or(u64::MAX);
        let read = || {
            // a link may lead anywhere
            if !fs::symlink_metadata(&path)?.is_file() {
                return Err(io::Error::other("it is no regular file"));
            }
            let mut bytes = Vec::new();
            fs::File::open(&path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = match read() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(self.damaged(id, name, "it is not there"));
            }
            Err(error) => {
                let text = format!("{} cannot be read", path.display());
                return Err(storage::failure(self.doubt(id), text, error));
            }
        };
        self.limits.check_bytes(bytes.len()).map_err(|limit| {
            let text = format!("{} cannot be read", path.display());
            Error::new(Kind::Storage, self.doubt(id), text).with_source(limit)
        })?;
        Ok(bytes)
    }

    fn damaged(&self, id: &str, name: &str, what: &str) -> Error {
        let place = self.entry(id);
        if !place.exists() {
            let text = format!("no order is kept in {}", place.display());
            return Error::new(Kind::Consignment, Disposition::NotDelivered, text);
        }
        let text = format!("{} is damaged, nothing of the order is sent: {what}", place.join(name).display());
        Error::new(Kind::Damaged, self.doubt(id), text)
    }

    /// What an error says of an order whose history cannot be told.
    fn doubt(&self, id: &str) -> Disposition {
        match fs::symlink_metadata(self.entry(id).join(RELEASES)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.is_marked(id) => {
                Disposition::NotDelivered
            }
            _ => Disposition::Unknown,
        }
    }

    /// Whether a release has begun, whatever else is still there of it.
    fn is_marked(&self, id: &str) -> bool {
        // its size alone: on some systems nobody else can read what is locked
        fs::symlink_metadata(self.entry(id).join(LOCK)).is_ok_and(|lock| lock.len() > 0)
    }

    fn not_kept(&self, consignment: &Consignment, error: io::Error) -> Error {
        let number = excerpt(&consignment.order_number);
        let text = format!("order {number} cannot be kept in directory {}", self.path.display());
        storage::failure(Disposition::NotDelivered, text, error)
    }
}

/// Says in the lock file that a release has begun, so that it shows when the
/// history is gone.
pub(super) fn mark(lock: &Lock) -> io::Result<()> {
    let mut file = lock.file();
    if file.metadata()?.len() == 0 {
        file.write_all(b"released\n")?;
        file.sync_all()?;
    }
    Ok(())
}

fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// An entry that no reader sees; removed unless it got its name.
struct Unfinished(PathBuf);

impl Unfinished {
    fn create(directory: &Path) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let mut builder = fs::DirBuilder::new();
        // orders may carry a shared secret
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = directory.join(format!(".punchout-{}-{number}.part", std::process::id()));
            match builder.create(&path) {
                Ok(()) => return Ok(Self(path)),
                // left behind by an earlier process of the same number
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // gone already after the rename; what cannot be removed stays hidden
        let _ = fs::remove_dir_all(&self.0);
    }
}
