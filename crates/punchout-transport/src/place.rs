//! Files that are there completely or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// What lies under a name.
pub(crate) enum Lies {
    Nothing,
    /// A regular file with the same bytes, now flushed to the disk.
    Same,
    /// Something else, which is this.
    Other(&'static str),
    Unreadable(io::Error),
}

/// What is mostly in the way.
const OTHER_BYTES: &str = "a file with other content";

/// Compares what lies there with what is to lie there.
pub(crate) fn look(target: &Path, bytes: &[u8]) -> io::Result<Lies> {
    let metadata = match fs::symlink_metadata(target) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Lies::Nothing),
        Err(error) => return Err(error),
    };
    let kind = metadata.file_type();
    if !kind.is_file() {
        return Ok(Lies::Other(match () {
            () if kind.is_dir() => "a directory",
            () if kind.is_symlink() => "a link",
            () => "something that is no regular file",
        }));
    }
    if metadata.len() != bytes.len() as u64 {
        return Ok(Lies::Other(OTHER_BYTES));
    }
    Ok(match same(target, bytes) {
        Ok(true) => Lies::Same,
        Ok(false) => Lies::Other(OTHER_BYTES),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Lies::Nothing,
        Err(error) => Lies::Unreadable(error),
    })
}

fn same(target: &Path, bytes: &[u8]) -> io::Result<bool> {
    // Windows flushes only what is open for writing
    let file = OpenOptions::new().read(true).write(cfg!(windows)).open(target)?;
    let mut there = Vec::with_capacity(bytes.len());
    (&file).take(bytes.len() as u64 + 1).read_to_end(&mut there)?;
    if there != bytes {
        return Ok(false);
    }
    // whoever wrote it may not have come that far
    file.sync_all()?;
    Ok(true)
}

/// A complete file that no reader sees; removed unless it is put in place.
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    /// Writes a hidden file and flushes it to the disk.
    pub(crate) fn write(directory: &Path, bytes: &[u8]) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let (mut file, temporary) = loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = directory.join(format!(".punchout-{}-{number}.part", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => break (file, Self(path)),
                // left behind by an earlier process of the same number
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        file.write_all(bytes)?;
        file.sync_all()?;
        let kept = file.metadata()?.len();
        if kept != bytes.len() as u64 {
            return Err(io::Error::other(format!("{kept} of {} bytes were kept", bytes.len())));
        }
        Ok(temporary)
    }

    /// Gives it its name, unless something has that name.
    pub(crate) fn place(self, target: &Path) -> io::Result<()> {
        self.place_with(target, |from, to| fs::hard_link(from, to))
    }

    /// Gives it its name; what has that name is replaced.
    pub(crate) fn replace(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.0, target)
    }

    /// A hard link fails when the name is taken, also by a sender that is
    /// faster by a hair; a rename would replace what is there. Not every file
    /// system has links: there the name is looked at first, and of two senders
    /// who look at the same moment the later one replaces the other's file.
    fn place_with(self, target: &Path, link: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
        match link(&self.0, target) {
            // after any other failure there may be a link all the same
            Err(error) if lacks_links(&error) => {
                if fs::symlink_metadata(target).is_ok() {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                fs::rename(&self.0, target)
            }
            done => done,
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // gone already after a rename; what cannot be removed stays hidden
        let _ = fs::remove_file(&self.0);
    }
}

/// Whether a file system says that it has no links, or has them no more.
fn lacks_links(error: &io::Error) -> bool {
    // elsewhere there are as many words for it as file systems
    cfg!(not(unix)) && error.kind() != io::ErrorKind::AlreadyExists
        || matches!(
            error.kind(),
            io::ErrorKind::PermissionDenied
                | io::ErrorKind::Unsupported
                | io::ErrorKind::InvalidInput
                | io::ErrorKind::TooManyLinks
                | io::ErrorKind::CrossesDevices
        )
}

/// Whether the system itself said no, so that nothing was done. Anything else
/// may come from a remote disk that did what it reports as failed.
pub(crate) fn is_refusal(error: &io::Error) -> bool {
    lacks_links(error)
        || matches!(
            error.kind(),
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        )
}

/// Makes the names in a directory outlast a crash, where the system can.
pub(crate) fn flush(directory: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(directory)?.sync_all() {
        // some remote file systems have no such thing
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    fn no_links(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    #[test]
    fn temporaries_are_complete_hidden_and_removed() {
        let directory = tempfile::tempdir().unwrap();
        let temporary = Temporary::write(directory.path(), b"order").unwrap();
        let path = &temporary.0;
        assert_eq!(names(directory.path()), [path.file_name().unwrap().to_str().unwrap()]);
        assert!(names(directory.path())[0].starts_with('.'));
        assert_eq!(fs::read(path).unwrap(), b"order");
        drop(temporary);
        assert!(names(directory.path()).is_empty());
    }

    #[test]
    fn only_a_disk_without_links_gets_a_second_try() {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("order.xml");
        for doubtful in
            [io::ErrorKind::TimedOut, io::ErrorKind::NotFound, io::ErrorKind::StaleNetworkFileHandle]
        {
            let temporary = Temporary::write(directory.path(), b"order").unwrap();
            let failed = temporary.place_with(&target, |_, _| Err(doubtful.into())).unwrap_err();
            assert_eq!(failed.kind(), doubtful);
            assert!(!is_refusal(&failed), "{failed}");
            assert!(names(directory.path()).is_empty());
        }
    }

    #[test]
    fn nothing_is_replaced_with_links_and_without() {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("order.xml");
        for link in [|from: &Path, to: &Path| fs::hard_link(from, to), no_links] {
            Temporary::write(directory.path(), b"first").unwrap().place_with(&target, link).unwrap();
            assert_eq!(names(directory.path()), ["order.xml"]);
            let second = Temporary::write(directory.path(), b"other").unwrap();
            assert_eq!(second.place_with(&target, link).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(names(directory.path()), ["order.xml"]);
            assert_eq!(fs::read(&target).unwrap(), b"first");
            fs::remove_file(&target).unwrap();
        }
    }
}
