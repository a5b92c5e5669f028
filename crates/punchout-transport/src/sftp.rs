mod host_key;
mod options;
mod session;

pub use options::SftpOptions;

use crate::error::unusable;
use crate::{
    Capabilities, Consignment, Delivery, Disposition, Error, Evidence, File, Kind, OrderTransport, Party,
    Progress, Receipt, Timings,
};
use host_key::Trust;
use options::Credential;
use punchout_core::excerpt;
use russh_sftp::protocol::{FileAttributes, FileType, StatusCode};
use session::{Failure, Session};
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher as _;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// Puts orders into a directory on a server, by SFTP.
///
/// The host must show a key that is known; nothing is sent to another one.
/// Every order gets a connection of its own. A file is written under a hidden
/// temporary name, flushed to the disk where the server can do that
/// (`fsync@openssh.com`), its size is read back, and then it is renamed, so a
/// reader finds all of it or nothing. The order appears after its attachments.
/// A file that is there with the same bytes counts as delivered; one with
/// other bytes is not replaced, and the order is rejected, unless
/// [asked for](SftpOptions::replace_existing).
///
/// What a failure says of the order follows from one fact, whether a rename
/// was asked for. Before that everything means *not delivered*, except a file
/// that is there, has the right size and could not be compared. A rename
/// without an answer means *unknown*. Sending again resolves that while the
/// file lies there: **a supplier that takes files away as they come makes a
/// second order of the same one**, so ask there before.
///
/// Names follow [`Consignment::check`]. After a failure the temporary file is
/// removed while the server answers; what a broken connection or a dropped
/// future leaves behind is called `.punchout-….part`, and may be removed when
/// no sender runs. The plain rename is used, for it replaces nothing;
/// `posix-rename@openssh.com` is used where the plain one is refused. The
/// directory itself cannot be flushed by SFTP.
///
/// The future must be polled inside a tokio runtime with I/O and time enabled.
/// Without a runtime it ends with [`Kind::Configuration`].
pub struct Sftp {
    options: SftpOptions,
    credential: Credential,
    trust: Trust,
}

impl Sftp {
    /// Gets ready to connect; nothing is sent.
    ///
    /// # Errors
    /// [`Kind::Configuration`] when an option cannot be used, naming it.
    pub fn new(options: SftpOptions) -> Result<Self, Error> {
        let (credential, trust) = options.prepare()?;
        Ok(Self { options, credential, trust })
    }

    async fn deliver(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        consignment.check()?;
        if tokio::runtime::Handle::try_current().is_err() {
            let text = "no tokio runtime: an SFTP delivery must be polled inside one";
            return Err(unusable(text));
        }
        let started = Instant::now();
        let mut evidence = Evidence::new(self.options.endpoint(), consignment);
        let shown = Arc::new(OnceLock::new());
        let opened = Session::open(&self.options, &self.credential, &self.trust, &shown).await;
        evidence.host_key = shown.get().cloned();
        let session = match opened {
            Ok(session) => session,
            Err(error) => return Err(error.with_evidence(evidence)),
        };
        let answered = started.elapsed();
        let mut errand =
            Errand { session, options: &self.options, progress, hidden: Vec::new(), replies: Vec::new() };
        let outcome = errand.put(consignment).await;
        evidence.replies.append(&mut errand.replies);
        errand.finish().await;
        match outcome {
            Ok(already_there) => Ok(Receipt::new(evidence)
                .with_already_there(already_there)
                .with_timings(Timings::new(started.elapsed()).with_answered(answered))),
            Err(error) => Err(error.with_evidence(evidence)),
        }
    }
}

impl fmt::Debug for Sftp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sftp").field(&self.options).finish()
    }
}

impl OrderTransport for Sftp {
    fn capabilities(&self) -> Capabilities {
        Capabilities::new().with_idempotent(true).with_read_back(true).with_attachments(true)
    }

    fn endpoint(&self) -> Option<String> {
        Some(self.options.endpoint())
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        self.send_watched(consignment, Progress::new())
    }

    fn send_watched<'a>(&'a self, consignment: &'a Consignment, progress: Progress) -> Delivery<'a> {
        Box::pin(self.deliver(consignment, progress))
    }
}

/// One order on its way into the directory.
struct Errand<'a> {
    session: Session<'a>,
    options: &'a SftpOptions,
    progress: Progress,
    /// The temporary files that are there.
    hidden: Vec<String>,
    replies: Vec<String>,
}

impl Errand<'_> {
    /// Puts all files there; whether all of them were.
    async fn put(&mut self, consignment: &Consignment) -> Result<bool, Error> {
        self.find_directory().await?;
        // all are compared and written before the first one shows
        let mut waiting = Vec::new();
        for file in &consignment.files {
            if self.look_for(file, Disposition::NotDelivered).await? == Lies::Same {
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
        // random, for others may send into the same directory
        let number = RandomState::new().hash_one(&file.name);
        let temporary = self.options.path(&format!(".punchout-{number:016x}.part"));
        let kept = async {
            let handle = self.session.create(&temporary).await?;
            self.hidden.push(temporary.clone());
            self.session.fill(handle, &file.bytes).await?;
            self.session.look(&temporary).await
        }
        .await
        .map_err(|failure| {
            // the protocol has no word for it
            let what = match failure {
                Failure::Refused { code: StatusCode::Failure, .. } => {
                    "cannot be written: the server's disk may be full"
                }
                _ => "cannot be written",
            };
            self.failed(file, what, Disposition::NotDelivered, failure)
        })?
        .and_then(|kept| kept.size);
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

    /// Gives a file its name, unless something has that name; whether it was
    /// this sender that did.
    async fn place(&mut self, file: &File, temporary: &str) -> Result<bool, Error> {
        let target = self.options.path(&file.name);
        self.progress.leaves();
        if self.options.replaces {
            return self.replace(file, temporary, &target).await;
        }
        let mut renamed = self.session.rename(temporary, &target).await;
        // the one that replaces nothing comes first; some servers know only the other
        if matches!(renamed, Err(Failure::Refused { .. }))
            && self.session.offers_posix_rename()
            && !self.lies_there(file, Disposition::Unknown).await?
        {
            renamed = self.session.posix_rename(temporary, &target).await;
        }
        match renamed {
            Ok(()) => {
                self.hidden.retain(|hidden| hidden != temporary);
                self.replies.push(format!("{}: renamed", file.name));
                Ok(true)
            }
            Err(failure @ Failure::Refused { .. }) => {
                // another sender was faster, or the server did what it calls failed
                if self.lies_there(file, Disposition::Unknown).await? {
                    self.replies.push(format!("{}: came to be there with the same bytes", file.name));
                    Ok(false)
                } else {
                    Err(self.failed(file, "cannot be put in place", Disposition::NotDelivered, failure))
                }
            }
            Err(failure) => Err(self.failed(file, "may be in place", Disposition::Unknown, failure)),
        }
    }

    /// Gives a file its name, in place of what has it.
    async fn replace(&mut self, file: &File, temporary: &str, target: &str) -> Result<bool, Error> {
        let text =
            || format!("file {} cannot be put in place, in {}", excerpt(&file.name), self.options.endpoint());
        if !self.session.offers_posix_rename() {
            let text = text() + ": the server cannot replace a file in one step";
            return Err(unusable(text).with_party(Party::Supplier));
        }
        match self.session.posix_rename(temporary, target).await {
            Ok(()) => {
                self.hidden.retain(|hidden| hidden != temporary);
                self.replies.push(format!("{}: renamed", file.name));
                Ok(true)
            }
            Err(failure @ Failure::Refused { .. }) => {
                // the server may have done what it calls failed
                match self.look_for(file, Disposition::Unknown).await? {
                    Lies::Same => Ok(false),
                    Lies::Nothing | Lies::Other => Err(explain(text(), Disposition::NotDelivered, failure)),
                }
            }
            Err(failure) => Err(self.failed(file, "may be in place", Disposition::Unknown, failure)),
        }
    }

    /// Whether the file lies there already; other content is an error.
    async fn lies_there(&self, file: &File, unseen: Disposition) -> Result<bool, Error> {
        Ok(self.look_for(file, unseen).await? == Lies::Same)
    }

    /// What lies under the name of a file; other content is an error unless it
    /// may be replaced.
    async fn look_for(&self, file: &File, unseen: Disposition) -> Result<Lies, Error> {
        let target = self.options.path(&file.name);
        let found = match self.session.look(&target).await {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(Lies::Nothing),
            Err(failure) => return Err(self.failed(file, "cannot be looked for", unseen, failure)),
        };
        if is(&found, FileType::File) && found.size.is_none_or(|size| size == file.bytes.len() as u64) {
            // put there by an earlier attempt, perhaps
            self.progress.leaves();
            match self.session.holds(&target, &file.bytes).await {
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
        let (name, endpoint) = (excerpt(&file.name), self.options.endpoint());
        let text = format!("file {name} lies in {endpoint} with other content: it is not replaced");
        Err(Error::new(Kind::Exists, Disposition::Rejected, text))
    }

    /// Removes what is left over and says goodbye.
    async fn finish(self) {
        for hidden in &self.hidden {
            // whoever does not answer would be waited for once more each time
            if !self.session.answers() {
                break;
            }
            // what cannot be removed stays hidden
            let _ = self.session.remove(hidden).await;
        }
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
