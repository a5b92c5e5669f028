//! Somebody who spoils a journal.

use std::fs;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use punchout::transport::{Claiming, Consignment, DirectoryJournal, Error, Journal, Noted, Receipt};

use super::Dice;

/// What becomes of the journal. Permissions do nothing to whoever may do all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoiled {
    Not,
    /// Its directory is away, and comes back.
    Gone,
    /// The same, and a file is there meanwhile.
    FileInstead,
    /// A new directory is in its place, and stays.
    EmptyInstead,
    /// A directory has the name of the order's note.
    NoteIsDirectory,
    /// The note of the order is removed.
    NoteGone,
    /// A directory has the name of the order's lock.
    LockIsDirectory,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Before,
    /// While the order is with the peer.
    Meanwhile,
}

/// Does one thing, once.
#[derive(Clone)]
pub(super) struct Vandal {
    pub(super) spoiled: Spoiled,
    pub(super) when: When,
    log: PathBuf,
    note: PathBuf,
    is_done: Arc<AtomicBool>,
}

impl Vandal {
    pub(super) fn new(dice: &mut Dice, log: &Path, identity: &str) -> Self {
        use Spoiled::{EmptyInstead, FileInstead, Gone, LockIsDirectory, Not, NoteGone, NoteIsDirectory};

        // as often as not nothing
        let all = [Gone, FileInstead, EmptyInstead, NoteIsDirectory, NoteGone, LockIsDirectory];
        let spoiled = if dice.coin() { Not } else { dice.one_of(&all) };
        // before there is nothing that could be in doubt
        let when = if dice.below(4) == 0 { When::Before } else { When::Meanwhile };
        let note = DirectoryJournal::new(log).file(identity);
        Self { spoiled, when, log: log.to_owned(), note, is_done: Arc::default() }
    }

    /// Does it, if this is when.
    pub(super) fn at(&self, now: When) {
        if now != self.when || self.is_done.swap(true, Ordering::SeqCst) {
            return;
        }
        let directory_at = |path: &Path| {
            let _ = fs::remove_file(path);
            fs::create_dir(path).unwrap();
        };
        match self.spoiled {
            Spoiled::Not => {}
            Spoiled::Gone => fs::rename(&self.log, self.away()).unwrap(),
            Spoiled::FileInstead => {
                fs::rename(&self.log, self.away()).unwrap();
                fs::write(&self.log, "").unwrap();
            }
            Spoiled::EmptyInstead => {
                fs::rename(&self.log, self.away()).unwrap();
                fs::create_dir(&self.log).unwrap();
            }
            Spoiled::NoteIsDirectory => directory_at(&self.note),
            Spoiled::NoteGone => drop(fs::remove_file(&self.note)),
            Spoiled::LockIsDirectory => directory_at(&self.note.with_extension("lock")),
        }
    }

    /// Brings back what was only away.
    pub(super) fn repair(&self) {
        if !self.is_done.load(Ordering::SeqCst) {
            return;
        }
        if self.spoiled == Spoiled::FileInstead {
            fs::remove_file(&self.log).unwrap();
        }
        if matches!(self.spoiled, Spoiled::Gone | Spoiled::FileInstead) {
            fs::rename(self.away(), &self.log).unwrap();
        }
    }

    fn away(&self) -> PathBuf {
        self.log.with_extension("away")
    }

    /// Has it happen between start and end of the first attempt that is noted.
    pub(super) fn around(&self, journal: DirectoryJournal) -> impl Journal + use<> {
        Around { journal, vandal: self.clone() }
    }
}

struct Around {
    journal: DirectoryJournal,
    vandal: Vandal,
}

impl Journal for Around {
    fn claim<'a>(&'a self, identity: &'a str) -> Claiming<'a> {
        self.journal.claim(identity)
    }

    fn started<'a>(&'a self, consignment: &'a Consignment, endpoint: Option<String>) -> Noted<'a> {
        Box::pin(async move {
            self.journal.started(consignment, endpoint).await?;
            self.vandal.at(When::Meanwhile);
            Ok(())
        })
    }

    fn ended<'a>(
        &'a self,
        consignment: &'a Consignment,
        outcome: Result<&'a Receipt, &'a Error>,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        self.journal.ended(consignment, outcome)
    }
}
