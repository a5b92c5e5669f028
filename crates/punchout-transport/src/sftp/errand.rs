//! One order on its way into the directory, and what every answer says of it.

use super::options::SftpOptions;
use super::session::{Failure, Session};
use crate::error::unusable;
use crate::{Consignment, Disposition, Error, File, Kind, Party, Progress};
use punchout_core::excerpt;
use russh_sftp::protocol::{FileAttributes, FileType, StatusCode};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::mem;
use std::sync::Arc;

/// One order on its way into the directory.
pub(super) struct Errand {
    session: Session,
    options: Arc<SftpOptions>,
    pub(super) progress: Progress,
    /// The temporary files that are there.
    hidden: Vec<String>,
    pub(super) replies: Vec<String>,
    /// Whether the order itself lay there with the same bytes.
    pub(super) was_there: bool,
    /// Whether the supplier may have the order, as far as is known now.
    in_doubt: bool,
}

impl Errand {
    pub(super) fn new(session: Session, options: &Arc<SftpOptions>, progress: Progress) -> Self {
        Self {
            session,
            options: Arc::clone(options),
            progress,
            hidden: Vec::new(),
            replies: Vec::new(),
            was_there: false,
            in_doubt: false,
        }
    }

    /// Puts all files there; whether all of them were.
    pub(super) async fn put(&mut self, consignment: &Consignment) -> Result<bool, Error> {
        self.find_directory().await?;
        // all are compared and written before the first one shows
        let mut waiting = Vec::new();
        for (index, file) in consignment.files.iter().enumerate() {
            if self.look_for(file, Disposition::NotDelivered).await? == Lies::Same {
                self.was_there |= index == 0;
                self.replies.push(format!("{}: is there with the same bytes", file.name));
            } else {
                waiting.push((file, self.upload(file).await?));
            }
        }
        let mut already_there = true;
        // the order, the first one, shows last
        while let Some((file, temporary)) = waiting.pop() {
            already_there &= !self.place(file, &temporary).await?;
        }
        Ok(already_there)
    }

    async fn find_directory(&self) -> Result<(), Error> {
        let endpoint = self.options.endpoint();
        let text = match self.session.follow(self.options.directory()).await {
            Ok(Some(found)) if is(&found, FileType::Dir) => return Ok(()),
            Ok(Some(_)) => format!("{endpoint} is no directory"),
            Ok(None) => {
                format!("directory {endpoint} does not exist: check its name or have the supplier create it")
            }
            Err(failure) => {
                let text = format!("directory {endpoint} cannot be looked for");
                return Err(explain(text, Disposition::NotDelivered, failure));
            }
        };
        Err(Error::new(Kind::NoDirectory, Disposition::NotDelivered, text))
    }

    /// Writes a file under a hidden name, and gives that.
    async fn upload(&mut self, file: &File) -> Result<String, Error> {
        let temporary = self.hidden_path(file);
        let kept = async {
            let handle = self.session.create(&temporary).await?;
            self.hidden.push(temporary.clone());
            self.session.fill(handle, &file.bytes).await?;
            self.session.look(&temporary).await
        }
        .await;
        let kept = match kept {
            Ok(kept) => kept.and_then(|kept| kept.size),
            Err(failure) => return Err(self.unwritten(file, failure).await),
        };
        let wanted = file.bytes.len();
        if kept != Some(wanted as u64) {
            let kept = kept.map_or_else(|| "an unknown number".to_owned(), |kept| kept.to_string());
            let text = format!(
                "file {} cannot be written to {}: {kept} of {wanted} bytes were kept",
                excerpt(&file.name),
                self.options.endpoint()
            );
            return Err(
                Error::new(Kind::Storage, Disposition::NotDelivered, text).with_party(Party::Supplier)
            );
        }
        self.replies.push(format!("{}: {wanted} bytes kept", file.name));
        Ok(temporary)
    }

    /// Why a file could not be written.
    async fn unwritten(&self, file: &File, failure: Failure) -> Error {
        let not_delivered = Disposition::NotDelivered;
        // the protocol has no word for a full disk
        if !matches!(failure, Failure::Refused { code: StatusCode::Failure, .. }) {
            return self.failed(file, "cannot be written", not_delivered, failure);
        }
        match self.session.room(self.options.directory()).await {
            Some(room) if room < file.bytes.len() as u64 => {
                let text = format!(
                    "file {} cannot be written to {}: the server's disk is full, with {room} bytes left",
                    excerpt(&file.name),
                    self.options.endpoint()
                );
                Error::new(Kind::StorageFull, not_delivered, text)
                    .with_party(Party::Supplier)
                    .with_source(failure)
            }
            _ => {
                let what = "cannot be written: the server's disk may be full";
                self.failed(file, what, not_delivered, failure)
            }
        }
    }

    /// Gives a file its name, unless something has that name; whether it was
    /// this sender that did.
    async fn place(&mut self, file: &File, temporary: &str) -> Result<bool, Error> {
        let target = self.options.path(&file.name);
        self.progress.leaves();
        self.in_doubt = true;
        if self.options.replaces {
            return self.replace(file, temporary, &target).await;
        }
        let renamed = self.session.rename(temporary, &target).await;
        let mut refusal = match self.settle(renamed, file, temporary).await? {
            Ok(ours) => return Ok(ours),
            Err(refusal) => refusal,
        };
        self.check_refuses_all(file, temporary, &refusal).await?;
        // some servers know only the rename that replaces
        if self.session.offers_posix_rename() {
            if self.came(file).await? {
                return Ok(false);
            }
            let renamed = self.session.posix_rename(temporary, &target).await;
            refusal = match self.settle(renamed, file, temporary).await? {
                Ok(ours) => return Ok(ours),
                Err(refusal) => refusal,
            };
        }
        Err(self.failed(file, "cannot be put in place", Disposition::NotDelivered, refusal))
    }

    /// Gives a file its name, in place of what has it.
    async fn replace(&mut self, file: &File, temporary: &str, target: &str) -> Result<bool, Error> {
        if !self.session.offers_posix_rename() {
            let text = format!(
                "file {} cannot be put in place, in {}: the server cannot replace a file in one step",
                excerpt(&file.name),
                self.options.endpoint()
            );
            return Err(unusable(text).with_party(Party::Supplier));
        }
        let renamed = self.session.posix_rename(temporary, target).await;
        self.settle(renamed, file, temporary).await?.map_err(|refusal| {
            self.failed(file, "cannot be put in place", Disposition::NotDelivered, refusal)
        })
    }

    /// What a rename came to: whether it was this sender's that put the file in
    /// place, or why the file is where it was.
    async fn settle(
        &mut self,
        renamed: Result<(), Failure>,
        file: &File,
        temporary: &str,
    ) -> Result<Result<bool, Failure>, Error> {
        let refusal = match renamed {
            Ok(()) => return Ok(Ok(self.placed(file, temporary))),
            Err(failure) => self.refusal(file, failure)?,
        };
        // another sender was faster, or the server did what it calls failed
        if self.came(file).await? {
            return Ok(Ok(false));
        }
        self.check_unmoved(file, temporary).await?;
        Ok(Err(refusal))
    }

    /// Notes that this sender put a file in place.
    fn placed(&mut self, file: &File, temporary: &str) -> bool {
        self.hidden.retain(|hidden| hidden != temporary);
        self.replies.push(format!("{}: renamed", file.name));
        true
    }

    /// Goes on after a refusal; no answer means that nobody knows.
    fn refusal(&self, file: &File, failure: Failure) -> Result<Failure, Error> {
        match failure {
            Failure::Refused { .. } => Ok(failure),
            failure => Err(self.failed(file, "may be in place", Disposition::Unknown, failure)),
        }
    }

    /// Whether the file lies there after all, by whomever.
    async fn came(&mut self, file: &File) -> Result<bool, Error> {
        let came = self.look_for(file, Disposition::Unknown).await? == Lies::Same;
        if came {
            self.replies.push(format!("{}: came to be there with the same bytes", file.name));
        }
        Ok(came)
    }

    /// A server may refuse what it did; then the temporary file is gone, and
    /// with nothing under the file's own name the supplier has taken that.
    async fn check_unmoved(&mut self, file: &File, temporary: &str) -> Result<(), Error> {
        match self.session.look(temporary).await {
            Ok(Some(_)) => Ok(()),
            Ok(None) => {
                self.hidden.retain(|hidden| hidden != temporary);
                let text = format!(
                    "file {} may have been in place, in {}: the server refused to put it there, and it is gone",
                    excerpt(&file.name),
                    self.options.endpoint()
                );
                Err(Error::new(Kind::Unclear, Disposition::Unknown, text))
            }
            Err(failure) => Err(self.failed(file, "may be in place", Disposition::Unknown, failure)),
        }
    }

    /// A server has no word for a name that is taken. Where it lets the file
    /// have a name that nobody else has, something had the right name: the
    /// same order from another sender, most likely, and the supplier took it.
    async fn check_refuses_all(
        &mut self,
        file: &File,
        temporary: &str,
        refusal: &Failure,
    ) -> Result<(), Error> {
        if matches!(refusal, Failure::Refused { code: StatusCode::OpUnsupported, .. }) {
            return Ok(());
        }
        let other = self.hidden_path(file);
        match self.session.rename(temporary, &other).await {
            Err(Failure::Refused { .. }) => Ok(()),
            Err(failure) => Err(self.failed(file, "may be in place", Disposition::Unknown, failure)),
            Ok(()) => {
                self.hidden.retain(|hidden| hidden != temporary);
                self.hidden.push(other);
                if self.forbids_name(file, temporary, refusal).await? {
                    let what = "cannot be put in place: the server lets no file have this name";
                    return Err(self.failed(file, what, Disposition::NotDelivered, refusal.clone()));
                }
                let text = format!(
                    "file {} was refused, in {}, and nothing is in its way: if another came and went, the supplier may have it",
                    excerpt(&file.name),
                    self.options.endpoint()
                );
                Err(Error::new(Kind::Unclear, Disposition::Unknown, text).with_source(refusal.clone()))
            }
        }
    }

    /// Whether it is the name that the server does not permit. Then it refuses
    /// the name again, to a file that is not there. That nothing comes of it is
    /// sure; to ask for the order itself once more might deliver it twice. A
    /// server that misses the file first leaves it open: some say that a
    /// permission is missing when a file is just being taken away.
    async fn forbids_name(&self, file: &File, missing: &str, refusal: &Failure) -> Result<bool, Error> {
        let is_denied = |failure: &Failure| {
            matches!(failure, Failure::Refused { code: StatusCode::PermissionDenied, .. })
        };
        if !is_denied(refusal) {
            return Ok(false);
        }
        match self.session.rename(missing, &self.options.path(&file.name)).await {
            Err(failure @ Failure::Refused { .. }) => Ok(is_denied(&failure)),
            Err(failure) => Err(self.failed(file, "may be in place", Disposition::Unknown, failure)),
            // whatever it is that has the name now
            Ok(()) => Ok(false),
        }
    }

    /// A name that no reader sees; random, for others may send into the same
    /// directory.
    fn hidden_path(&self, file: &File) -> String {
        let number = RandomState::new().hash_one(&file.name);
        self.options.path(&format!(".punchout-{number:016x}.part"))
    }

    /// What lies under the name of a file; other content is an error unless it
    /// may be replaced.
    async fn look_for(&mut self, file: &File, unseen: Disposition) -> Result<Lies, Error> {
        let target = self.options.path(&file.name);
        let found = match self.session.look(&target).await {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(Lies::Nothing),
            Err(failure) => return Err(self.failed(file, "cannot be looked for", unseen, failure)),
        };
        if is(&found, FileType::File) && found.size.is_none_or(|size| size == file.bytes.len() as u64) {
            // put there by an earlier attempt, perhaps
            self.progress.leaves();
            let before = mem::replace(&mut self.in_doubt, true);
            let same = self.session.holds(&target, &file.bytes).await;
            self.in_doubt = before;
            match same {
                Ok(true) => return Ok(Lies::Same),
                Ok(false) => {}
                Err(Failure::Refused { code: StatusCode::NoSuchFile, .. }) => return Ok(Lies::Nothing),
                Err(failure) => {
                    let what = "is there and cannot be compared";
                    return Err(self.failed(file, what, Disposition::Unknown, failure));
                }
            }
        }
        // a directory or a link stays what it is
        if self.options.replaces && is(&found, FileType::File) {
            return Ok(Lies::Other);
        }
        let what = match found.file_type() {
            FileType::Dir if found.permissions.is_some() => "a directory",
            FileType::Symlink if found.permissions.is_some() => "a link",
            _ if is(&found, FileType::File) => "a file with other content",
            _ => "something that is no regular file",
        };
        let (name, endpoint) = (excerpt(&file.name), self.options.endpoint());
        let text = format!("{what} lies in {endpoint} under the name {name}: it is not replaced");
        Err(Error::new(Kind::Exists, Disposition::Rejected, text))
    }

    /// What is known when the time for everything has passed.
    pub(super) fn late(&self) -> Error {
        let text = format!(
            "{} was not done with the order within {:?}",
            self.options.endpoint(),
            self.options.timeout
        );
        if self.in_doubt {
            Error::new(Kind::Timeout, Disposition::Unknown, text + ": it may have arrived")
        } else {
            Error::new(Kind::Timeout, Disposition::NotDelivered, text)
        }
    }

    /// Removes what is left over.
    async fn tidy(&mut self) {
        // whoever does not answer would be waited for once more each time
        while self.session.answers()
            && let Some(hidden) = self.hidden.pop()
        {
            // what cannot be removed stays hidden
            let _ = self.session.remove(&hidden).await;
        }
    }

    /// Does that and says goodbye.
    pub(super) async fn finish(mut self) {
        self.tidy().await;
        self.session.close().await;
    }

    fn failed(&self, file: &File, what: &str, disposition: Disposition, failure: Failure) -> Error {
        let text = format!("file {} {what}, in {}", excerpt(&file.name), self.options.endpoint());
        explain(text, disposition, failure)
    }
}

/// What lies under a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    Nothing,
    Same,
    /// A file with other bytes, which may be replaced.
    Other,
}

fn is(found: &FileAttributes, wanted: FileType) -> bool {
    // a server need not tell
    found.permissions.is_none() || found.file_type() == wanted
}

fn explain(text: String, disposition: Disposition, failure: Failure) -> Error {
    let (kind, party) = match failure {
        Failure::Refused { code: StatusCode::PermissionDenied, .. } => (Kind::AccessDenied, Party::Supplier),
        Failure::Refused { .. } => (Kind::Storage, Party::Supplier),
        Failure::Silent(_) => (Kind::Timeout, Party::Network),
        Failure::Broken(_) => (Kind::Interrupted, Party::Network),
    };
    Error::new(kind, disposition, text).with_party(party).with_source(failure)
}
