//! Files that are locked while something is under way.
//!
//! The lock is the operating system's, `flock` on Unix. It holds between
//! processes of one host, and between hosts where the file system says so: with
//! NFS from version 4 on, often not with SMB or FUSE. It is on the file, not on
//! its name: whoever removes a lock file lets a second sender in.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// Held until it is dropped or the process ends.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Lock {
    /// Takes a lock file, which is made if need be; nothing when somebody else
    /// has it.
    pub(crate) fn take(path: &Path) -> io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// The file, to be written to by whoever holds it.
    pub(crate) fn file(&self) -> &File {
        &self.0
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // closing does not do: a process that is just being started elsewhere has it open too
        let _ = self.0.unlock();
    }
}
