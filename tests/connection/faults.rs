//! The whole stack as a description asks for it, with faults in between, and
//! what the peer really has.
//!
//! Each case sends an order through journal, retries, limit and redaction, to a
//! peer that fails and with a journal that somebody spoils; then once more, by a
//! new transport with the same journal, to a peer that is well. Whatever is said
//! of the order is held against what lies there. `PUNCHOUT_FAULTS` says how many
//! cases, `PUNCHOUT_FAULTS_SEED` where the dice start.

mod shop;
mod vandal;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use punchout::connection::{Connection, SystemSecrets};
use punchout::transport::{Consignment, DirectoryJournal, Error, OrderTransport, Outcome, Receipt};

use crate::support::{SECRET, connection, consignment, order, told};
use shop::{Act, Shop};
use vandal::{Spoiled, Vandal, When};

/// As many cases as a test may take where nobody asks for more.
const FEW: u64 = 300;

/// At a time.
const TOGETHER: usize = 12;

/// What no outcome and no note may hold: of the connection, and of the order.
const SECRETS: [&str; 2] = [SECRET, "gehe1m"];

/// The same dice for the same seed (Steele, Lea, Flood 2014: splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        *all.get(self.below(all.len())).unwrap()
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 0
    }
}

fn number(name: &str) -> Option<u64> {
    Some(std::env::var(name).ok()?.parse().expect("a number"))
}

/// What was said of one sending, and how often the peer had the order then.
struct Said {
    outcome: Result<Receipt, Error>,
    copies: usize,
}

/// One case, from its dice to what was said.
struct Case {
    /// By what the table counts it.
    peer: String,
    spoiled: Spoiled,
    when: When,
    said: [Said; 2],
    /// Of everything that was said and noted, what must not be there.
    leaks: Vec<String>,
}

impl Case {
    fn new(peer: String, vandal: &Vandal, said: [Said; 2], log: &Path) -> Self {
        let mut texts: Vec<String> = said
            .iter()
            .map(|said| match &said.outcome {
                Ok(receipt) => format!("{receipt:?}"),
                Err(error) => told(error),
            })
            .collect();
        for entry in fs::read_dir(log).into_iter().flatten() {
            texts.extend(fs::read_to_string(entry.unwrap().path()));
        }
        texts.retain(|text| SECRETS.iter().any(|secret| text.contains(secret)));
        Self { peer, spoiled: vandal.spoiled, when: vandal.when, said, leaks: texts }
    }
}

/// An error and its causes, after what it says of the order.
fn in_short(error: &Error) -> String {
    let mut text = format!("{}: {error}", error.disposition().as_str());
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        write!(text, ": {error}").unwrap();
        cause = error.source();
    }
    text
}

fn send(transport: &dyn OrderTransport, consignment: &Consignment) -> Result<Receipt, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(transport.send(consignment))
}

/// Runs the cases side by side, and holds what is said against what is there.
fn tells_the_truth(name: &str, case: impl Fn(&mut Dice) -> Case + Sync) {
    let count = number("PUNCHOUT_FAULTS").unwrap_or(FEW);
    let first = number("PUNCHOUT_FAULTS_SEED").unwrap_or(1);
    let (next, table) = (AtomicU64::new(0), Mutex::new(Table::default()));
    std::thread::scope(|scope| {
        for _ in 0..TOGETHER {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    let seed = first.wrapping_add(number);
                    let case = case(&mut Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d)));
                    table.lock().unwrap().count(seed, &case);
                }
            });
        }
    });
    let table = table.into_inner().unwrap();
    table.print(name);
    assert_eq!(table.lies, "", "{name}");
    if count >= FEW {
        // each of these is met, the first time, and those that are left the second time
        let [
            delivered,
            not_delivered,
            rejected,
            there,
            missing,
            delivered_at_last,
            ..,
            doubted,
            doubted_too,
            _,
        ] = table.all();
        let met =
            [delivered, not_delivered, rejected, there + missing, delivered_at_last, doubted + doubted_too];
        assert!(met.iter().all(|count| *count > 0), "{name}: {met:?}");
    }
}

/// What became of a sending, and whether the peer has the order.
const OUTCOMES: usize = 5;
const HEADS: [&str; 2 * OUTCOMES + 1] = [
    "deliv.",
    "not del.",
    "rejected",
    "?+there",
    "?+missing",
    "deliv.",
    "not del.",
    "rejected",
    "?+there",
    "?+missing",
    "untrue",
];

#[derive(Default)]
struct Table {
    rows: BTreeMap<String, [usize; 2 * OUTCOMES + 1]>,
    lies: String,
}

impl Table {
    fn count(&mut self, seed: u64, case: &Case) {
        let row = self.rows.entry(case.peer.clone()).or_default();
        for (at, Said { outcome, copies }) in case.said.iter().enumerate() {
            let (column, is_true) = match (Outcome::of(outcome.as_ref()), copies) {
                (Outcome::Delivered, copies) => (0, *copies == 1),
                (Outcome::NotDelivered, copies) => (1, *copies == 0),
                (Outcome::Rejected, copies) => (2, *copies == 0),
                (Outcome::Unknown, 0) => (4, true),
                (Outcome::Unknown, copies) => (3, *copies == 1),
                (_, _) => (4, false),
            };
            row[OUTCOMES * at + column] += 1;
            if !is_true || !case.leaks.is_empty() {
                row[2 * OUTCOMES] += 1;
                let said = outcome.as_ref().map_or_else(in_short, |_| "delivered".to_owned());
                let Case { peer, spoiled, when, leaks, .. } = case;
                writeln!(
                    self.lies,
                    "seed {seed}, sent {}: {peer}, journal {spoiled:?} {when:?}: there {copies} times: {said} {leaks:?}",
                    at + 1
                )
                .unwrap();
            }
        }
    }

    fn all(&self) -> [usize; 2 * OUTCOMES + 1] {
        self.rows.values().fold([0; 2 * OUTCOMES + 1], |mut all, row| {
            all.iter_mut().zip(row).for_each(|(all, cell)| *all += cell);
            all
        })
    }

    #[expect(clippy::print_stdout, reason = "the table is for whoever runs it")]
    fn print(&self, name: &str) {
        let line = |name: &str, cells: Vec<String>| {
            println!(
                "{}",
                cells.iter().fold(format!("{name:<26}"), |line, cell| line + &format!("{cell:>10}"))
            );
        };
        line(name, HEADS.map(str::to_owned).to_vec());
        for (peer, row) in &self.rows {
            line(&format!("  {peer}"), row.map(|cell| cell.to_string()).to_vec());
        }
        line("  all", self.all().map(|cell| cell.to_string()).to_vec());
    }
}

/// A shop that answers, or does not.
#[test]
fn https() {
    let text = |url: &str, folder: &Path, retries: usize| {
        format!(
            "[order]\nroute = 'https'\nlimit_seconds = 5\njournal = '{0}/log'\n{1}\n[order.https]\nurl = '{url}'\nallow_plain = true\n\
             answer_seconds = 1\nuser = 'delft'\npassword = {{ file = '{0}/password' }}\n",
            folder.display(),
            if retries > 0 {
                format!("retry = {{ retries = {retries}, wait_seconds = 0 }}")
            } else {
                String::new()
            },
        )
    };
    let order = consignment(&connection(&text("http://127.0.0.1:1/orders", Path::new("/"), 0)));
    tells_the_truth("https", |dice| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("password"), SECRET).unwrap();
        let log = folder.path().join("log");
        fs::create_dir(&log).unwrap();
        let retries = dice.below(3);
        let vandal = Vandal::new(dice, &log, &order.identity);
        let acts: Vec<Act> = (0..=retries).map(|_| Act::new(dice, order.files[0].bytes.len())).collect();
        let peer = acts[0].name().to_owned();
        let nobody = dice.below(20) == 0;
        let shop = Shop::open(acts, vandal.clone());
        let url = if nobody { crate::http::nobody() } else { shop.url() };
        let transport =
            |url: &str| connection(&text(url, folder.path(), retries)).transport(&SystemSecrets).unwrap();
        vandal.at(When::Before);
        let outcome = send(&*transport(&url), &order);
        let first = Said { outcome, copies: shop.copies_when_settled() };
        vandal.repair();
        let outcome = send(&*transport(&shop.url()), &order);
        let second = Said { outcome, copies: shop.copies_when_settled() };
        shop.close();
        Case::new(if nobody { "nobody there".to_owned() } else { peer }, &vandal, [first, second], &log)
    });
}

/// What is the matter with a directory for orders.
#[derive(Clone, Copy, Debug)]
enum Outbox {
    Well,
    Missing,
    IsFile,
    HasOther,
    HasSame,
    HasDirectory,
}

#[test]
fn directory() {
    use Outbox::{HasDirectory, HasOther, HasSame, IsFile, Missing, Well};

    let described = |folder: &Path, retries: usize| -> Connection {
        let retry = if retries > 0 { "retry = { retries = 2, wait_seconds = 0 }\n" } else { "" };
        let path = folder.join("outbox");
        connection(&format!(
            "[order]\nroute = 'directory'\nlimit_seconds = 60\njournal = '{}'\n{retry}directory.path = '{}'\n",
            folder.join("log").display(),
            path.display()
        ))
    };
    let order_sent = consignment(&described(Path::new("/"), 0));
    let bytes = order();
    tells_the_truth("directory", |dice| {
        let folder = tempfile::tempdir().unwrap();
        let (log, outbox) = (folder.path().join("log"), folder.path().join("outbox"));
        let file = outbox.join(&order_sent.files[0].name);
        fs::create_dir(&log).unwrap();
        let matter = dice.one_of(&[Well, Well, Missing, IsFile, HasOther, HasSame, HasDirectory]);
        if !matches!(matter, Missing | IsFile) {
            fs::create_dir(&outbox).unwrap();
        }
        match matter {
            Well | Missing => {}
            IsFile => fs::write(&outbox, "").unwrap(),
            HasOther => fs::write(&file, "<cXML/>").unwrap(),
            HasSame => fs::write(&file, &bytes).unwrap(),
            HasDirectory => fs::create_dir(&file).unwrap(),
        }
        let copies = || match fs::read_dir(&outbox) {
            Ok(entries) => entries
                .map(|entry| entry.unwrap().path())
                .filter(|path| {
                    path.is_file() && *path != file || fs::read(path).is_ok_and(|there| there == bytes)
                })
                .count(),
            Err(_) => 0,
        };
        let retries = dice.below(2);
        let mut vandal = Vandal::new(dice, &log, &order_sent.identity);
        if matches!(matter, HasSame) {
            // nothing was noted of it: whoever does not get to look cannot know
            vandal.when = When::Meanwhile;
        }
        let transport = |vandal: Option<&Vandal>| {
            let connection = described(folder.path(), retries);
            match vandal {
                Some(vandal) => connection
                    .transport_with_journal(&SystemSecrets, vandal.around(DirectoryJournal::new(&log))),
                None => connection.transport(&SystemSecrets),
            }
            .unwrap()
        };
        vandal.at(When::Before);
        let outcome = send(&*transport(Some(&vandal)), &order_sent);
        let first = Said { outcome, copies: copies() };
        vandal.repair();
        if matches!(matter, IsFile) {
            fs::remove_file(&outbox).unwrap();
        }
        if matches!(matter, Missing | IsFile) {
            fs::create_dir(&outbox).unwrap();
        }
        let outcome = send(&*transport(None), &order_sent);
        let second = Said { outcome, copies: copies() };
        Case::new(format!("{matter:?}"), &vandal, [first, second], &log)
    });
}
