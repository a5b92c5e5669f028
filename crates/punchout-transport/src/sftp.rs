mod errand;
mod host_key;
mod options;
mod session;

pub use options::SftpOptions;

use crate::error::unusable;
use crate::{
    Capabilities, Consignment, Delivery, Disposition, Error, Evidence, OrderTransport, Progress, Receipt,
    Timings,
};
use errand::Errand;
use host_key::Trust;
use options::Credential;
use session::Session;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};
use tokio::time::timeout;

/// How long the leftovers of a failed attempt are waited for.
const TIDYING: Duration = Duration::from_secs(1);

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
/// without an answer means *unknown*, and so does one that was refused though
/// nothing is in its way: unless the server refuses every rename, or denies
/// permission for this name to a file that is not even there, another copy of
/// the order may have come and gone. Sending again resolves that while the
/// file lies there: **a supplier that takes files away as they come makes a
/// second order of the same one**, so ask there before. Attachments that were
/// put in place before the order could not be stay visible, though it is *not
/// delivered*; sending again completes it.
///
/// Names follow [`Consignment::check`]. After a failure the temporary file is
/// removed while the server answers; what a broken connection or a dropped
/// future leaves behind is called `.punchout-….part`, and may be removed when
/// no sender runs. The plain rename is used, for it replaces nothing;
/// `posix-rename@openssh.com` is used where the plain one is refused. The
/// directory itself cannot be flushed by SFTP.
///
/// Time is limited three times over: until logged in, for each single answer,
/// and for everything. A server that is silent is asked for a sign of life
/// meanwhile ([`with_keep_alive`](SftpOptions::with_keep_alive)). What is known
/// is said at once: the connection is closed by a task of its own after that.
///
/// The future must be polled inside a tokio runtime with I/O and time enabled.
/// Without a runtime it ends with [`Configuration`](crate::Kind::Configuration).
pub struct Sftp {
    options: Arc<SftpOptions>,
    credential: Credential,
    trust: Trust,
}

impl Sftp {
    /// Gets ready to connect; nothing is sent.
    ///
    /// # Errors
    /// [`Configuration`](crate::Kind::Configuration) when an option cannot be used, naming it.
    pub fn new(options: SftpOptions) -> Result<Self, Error> {
        let (credential, trust) = options.prepare()?;
        Ok(Self { options: Arc::new(options), credential, trust })
    }

    async fn deliver(&self, consignment: &Consignment, progress: Progress) -> Result<Receipt, Error> {
        consignment.check()?;
        if tokio::runtime::Handle::try_current().is_err() {
            let text = "no tokio runtime: an SFTP delivery must be polled inside one";
            return Err(unusable(text));
        }
        let started = Instant::now();
        let was_in_doubt = progress.may_have_left();
        let mut evidence = Evidence::new(self.options.endpoint(), consignment).with_began(SystemTime::now());
        let shown = Arc::new(OnceLock::new());
        let opened = Session::open(&self.options, &self.credential, &self.trust, &shown).await;
        evidence.host_key = shown.get().cloned();
        let session = match opened {
            Ok(session) => session,
            Err(error) => return Err(error.with_evidence(evidence)),
        };
        let answered = started.elapsed();
        let mut errand = Errand::new(session, &self.options, progress);
        let rest = self.options.timeout.saturating_sub(answered);
        let outcome = match timeout(rest, errand.put(consignment)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(errand.late()),
        };
        // without its attachments, perhaps, but it is there
        let outcome = if errand.was_there { outcome.map_err(Error::still_unknown) } else { outcome };
        let elapsed = started.elapsed();
        evidence.replies.append(&mut errand.replies);
        if outcome.as_ref().is_err_and(|error| error.disposition() != Disposition::Unknown) && !was_in_doubt {
            // whoever limits the time from outside is not to lose what is known
            errand.progress.stays();
        }
        // goes on by itself, whoever waits no longer
        let finished = tokio::spawn(errand.finish());
        if outcome.is_err() {
            let _ = timeout(TIDYING, finished).await;
        }
        match outcome {
            Ok(already_there) => Ok(Receipt::new(evidence)
                .with_already_there(already_there)
                .with_timings(Timings::new(elapsed).with_answered(answered))),
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
