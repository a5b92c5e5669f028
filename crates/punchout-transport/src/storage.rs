//! What goes wrong on a disk, each cause as its own kind.

use crate::{Disposition, Error, Kind, place};
use std::fs;
use std::io;
use std::path::Path;

/// A file or directory could not be read or written; the text names it.
pub(crate) fn failure(disposition: Disposition, text: String, error: io::Error) -> Error {
    let (kind, advice) = match error.kind() {
        io::ErrorKind::StorageFull => (Kind::StorageFull, ": the disk is full, make room"),
        io::ErrorKind::QuotaExceeded => (Kind::StorageFull, ": the quota is used up, make room"),
        io::ErrorKind::FileTooLarge => {
            (Kind::StorageFull, ": the limit for the size of a file is reached, raise it")
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            (Kind::AccessDenied, ": the file system is read-only, mount it for writing")
        }
        io::ErrorKind::PermissionDenied => {
            (Kind::AccessDenied, ": permission is denied, check owner and mode")
        }
        _ => (Kind::Storage, ""),
    };
    Error::new(kind, disposition, text + advice).with_source(error)
}

/// A directory cannot be opened.
pub(crate) fn closed(path: &Path, error: io::Error) -> Error {
    let shown = path.display();
    let text = match error.kind() {
        io::ErrorKind::NotFound => format!("directory {shown} does not exist: create or mount it"),
        io::ErrorKind::NotADirectory => format!("{shown} is no directory"),
        _ => {
            return failure(Disposition::NotDelivered, format!("directory {shown} cannot be read"), error);
        }
    };
    Error::new(Kind::NoDirectory, Disposition::NotDelivered, text).with_source(error)
}

/// Whether there is a directory to write to.
pub(crate) fn check_directory(path: &Path) -> Result<(), Error> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(closed(path, io::ErrorKind::NotADirectory.into())),
        Err(error) => Err(closed(path, error)),
    }
}

/// Makes what was put into a directory outlast a crash.
pub(crate) fn flush(path: &Path) -> Result<(), Error> {
    place::flush(path).map_err(|error| {
        let shown = path.display();
        let text = format!("directory {shown} cannot be flushed: the order may not outlast a crash");
        failure(Disposition::Unknown, text, error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_has_its_kind_and_its_advice() {
        for (cause, kind, advice) in [
            (io::ErrorKind::StorageFull, Kind::StorageFull, "disk is full"),
            (io::ErrorKind::QuotaExceeded, Kind::StorageFull, "quota"),
            (io::ErrorKind::ReadOnlyFilesystem, Kind::AccessDenied, "read-only"),
            (io::ErrorKind::PermissionDenied, Kind::AccessDenied, "permission"),
            (io::ErrorKind::FileTooLarge, Kind::StorageFull, "size of a file"),
            (io::ErrorKind::TimedOut, Kind::Storage, "`a.xml` cannot be written"),
        ] {
            let text = "file `a.xml` cannot be written".to_owned();
            let error = failure(Disposition::NotDelivered, text, cause.into());
            assert_eq!(error.kind(), kind, "{cause}");
            assert!(error.to_string().contains(advice), "{error}");
            let closed = closed(Path::new("outbox"), cause.into());
            assert_eq!((closed.kind(), closed.disposition()), (kind, Disposition::NotDelivered));
            assert!(closed.to_string().contains("outbox"), "{closed}");
        }
    }
}
