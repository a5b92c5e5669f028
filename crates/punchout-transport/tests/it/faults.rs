//! Many sends over ways that fail at random, and what the peer really has.
//!
//! `PUNCHOUT_FAULTS` says how many, `PUNCHOUT_FAULTS_SEED` where the dice start.

mod proxy;

use crate::{at_the_limit, everything};
use proxy::{Fault, Proxy, WRONGS, Wrong};
use punchout_transport::{Consignment, Disposition, Error, File, OrderTransport, Receipt, Retry, Schedule};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// As many as a test may take where nobody asks for more.
const FEW: usize = 120;

/// At a time.
const TOGETHER: usize = 24;

/// An order is sent as often at most.
const RETRIES: [(); 3] = [(); 3];

/// For everything that takes no time on a machine that is not busy.
const SHORT: Duration = Duration::from_millis(1500);

/// How many sends.
fn count() -> usize {
    number("PUNCHOUT_FAULTS").map_or(FEW, |count| usize::try_from(count).unwrap())
}

fn number(name: &str) -> Option<u64> {
    Some(std::env::var(name).ok()?.parse().expect("a number"))
}

/// The same dice for the same seed (Steele, Lea, Flood 2014: splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1)
    }

    /// Anywhere, and every second time close to the end, where it is decided
    /// what became of the order.
    fn fault(&mut self, whole: [u64; 2]) -> Fault {
        let wrong = WRONGS[usize::try_from(self.below(WRONGS.len() as u64)).unwrap()];
        let to_server = self.below(2) == 0;
        let end = whole[usize::from(!to_server)];
        let after = if self.below(2) == 0 { self.below(end) } else { end.saturating_sub(self.below(700)) };
        Fault { wrong, to_server, after }
    }
}

/// An order that no other is like: every fifth is large.
fn order_number(number: usize) -> Consignment {
    let size = if number.is_multiple_of(5) { 90_000 } else { 700 };
    let mut bytes = format!("<cXML payloadID=\"{number}@buyer.example\"/>\r\n").into_bytes();
    let filler = (0..size).map(|at| b' ' + u8::try_from((at * 7 + number) % 90).unwrap());
    bytes.extend(filler);
    Consignment::new(format!("{number}@buyer.example"), number.to_string()).with_file(File::new(
        format!("{number}.xml"),
        "text/xml",
        bytes,
    ))
}

/// What a peer has of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct There {
    whole: usize,
    partial: usize,
}

/// A peer with everything in it, once it is done.
trait Peer {
    /// How an order gets there by an address that leads there.
    fn transport(&self, by: SocketAddr) -> Box<dyn OrderTransport>;
    fn address(&self) -> SocketAddr;
    /// Whether a file that lies there stays, so that what is in doubt may be
    /// sent again.
    fn keeps_what_it_gets(&self) -> bool {
        false
    }
    /// Waits until nothing moves any more; what is there of each order.
    async fn inventory(self) -> Vec<There>;
}

/// Sorts what was received by the order it is; whatever is none is part of one.
fn sorted<'a>(count: usize, received: impl IntoIterator<Item = &'a [u8]>) -> Vec<There> {
    let mut there = vec![There::default(); count];
    for bytes in received {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        let number = head.split(['"', '@']).nth(1).and_then(|number| number.parse::<usize>().ok());
        let number = number.unwrap_or_else(|| panic!("{head:?} is no order and no part of one"));
        let whole = *order_number(number).files[0].bytes == *bytes;
        let there = &mut there[number];
        if whole { there.whole += 1 } else { there.partial += 1 }
    }
    there
}

/// Sends through faults, and compares what is said with what is there.
async fn tells_the_truth(name: &str, peer: impl Peer) {
    let count = count();
    let mut dice = Dice(number("PUNCHOUT_FAULTS_SEED").unwrap_or(1));
    // the first two go well, and say how much passes
    let mut whole = [[0; 2]; 2];
    for (number, whole) in whole.iter_mut().enumerate() {
        let good = Fault { wrong: Wrong::Nothing, to_server: true, after: 0 };
        let (outcome, passed) = send(&peer, number, good).await;
        outcome.unwrap_or_else(|error| panic!("{name}: {}", everything(&error)));
        *whole = passed;
    }
    let sends = 2..count + 2;
    let mut running = JoinSet::new();
    let places = Arc::new(Semaphore::new(TOGETHER));
    for number in sends.clone() {
        let faults = RETRIES.map(|()| dice.fault(whole[usize::from(!number.is_multiple_of(5))]));
        let fault = faults[0];
        let proxy = Proxy::start(peer.address(), faults.to_vec()).await;
        let mut transport = peer.transport(proxy.address);
        // every second one is tried again, and meets another fault each time
        if number.is_multiple_of(2) {
            let schedule = Schedule::new(2, Duration::ZERO);
            let retry = Retry::new(transport, schedule, at_the_limit);
            transport = Box::new(retry.with_unknown_sent_again(peer.keeps_what_it_gets()));
        }
        let place = Arc::clone(&places).acquire_owned().await.unwrap();
        running.spawn(async move {
            let outcome = transport.send(&order_number(number)).await;
            proxy.finish().await;
            drop(place);
            (number, fault, outcome)
        });
    }
    let outcomes = running.join_all().await;
    let there = peer.inventory().await;
    assert_eq!(there.len(), count + 2);

    let mut table = BTreeMap::<Wrong, Row>::new();
    let mut lies = String::new();
    for (number, fault, outcome) in &outcomes {
        let There { whole, partial } = there[*number];
        let row = table.entry(fault.wrong).or_default();
        row.sends += 1;
        row.twice += usize::from(whole > 1);
        row.partial += partial;
        let honest = match outcome.as_ref().map_err(Error::disposition) {
            Ok(_) => {
                row.delivered += 1;
                whole == 1
            }
            Err(Disposition::NotDelivered) => {
                row.not_delivered += 1;
                whole == 0
            }
            Err(Disposition::Unknown) => {
                let row = if whole == 0 { &mut row.unknown_missing } else { &mut row.unknown_there };
                *row += 1;
                whole <= 1
            }
            // nobody here refuses anything
            Err(_) => false,
        };
        if !honest || partial > 0 {
            row.lies += 1;
            let said = match outcome {
                Ok(_) => "delivered".to_owned(),
                Err(error) => everything(error),
            };
            writeln!(lies, "{number}: {fault:?}: there {whole} times, in part {partial} times: {said}")
                .unwrap();
        }
    }
    print(name, &table);
    assert_eq!(lies, "", "{name}");
    let all = table.values().fold(Row::default(), Row::plus);
    assert_eq!((all.sends, all.lies, all.twice, all.partial), (count, 0, 0, 0));
    if count < FEW {
        return;
    }
    assert!(all.delivered > 0 && all.not_delivered > 0 && all.unknown_there + all.unknown_missing > 0);
    // rare in few sends
    assert!(count < 10 * FEW || (all.unknown_there > 0 && all.unknown_missing > 0));
}

async fn send(peer: &impl Peer, number: usize, fault: Fault) -> (Result<Receipt, Error>, [u64; 2]) {
    let proxy = Proxy::start(peer.address(), vec![fault]).await;
    let outcome = peer.transport(proxy.address).send(&order_number(number)).await;
    (outcome, proxy.finish().await)
}

#[derive(Clone, Copy, Default)]
struct Row {
    sends: usize,
    delivered: usize,
    not_delivered: usize,
    unknown_there: usize,
    unknown_missing: usize,
    lies: usize,
    twice: usize,
    partial: usize,
}

impl Row {
    fn cells(&self) -> [usize; 8] {
        let Self { sends, delivered, not_delivered, unknown_there, unknown_missing, lies, twice, partial } =
            *self;
        [sends, delivered, not_delivered, unknown_there, unknown_missing, lies, twice, partial]
    }

    fn plus(self, other: &Self) -> Self {
        let [a, b] = [self, *other].map(|row| row.cells());
        let mut sum = a.iter().zip(b).map(|(a, b)| a + b);
        let mut next = || sum.next().unwrap();
        Self {
            sends: next(),
            delivered: next(),
            not_delivered: next(),
            unknown_there: next(),
            unknown_missing: next(),
            lies: next(),
            twice: next(),
            partial: next(),
        }
    }
}

#[expect(clippy::print_stdout, reason = "the table is for whoever runs it")]
fn print(name: &str, table: &BTreeMap<Wrong, Row>) {
    let heads =
        ["sends", "delivered", "not deliv.", "unkn.+there", "unkn.+missing", "untrue", "twice", "in part"];
    let line = |name: &str, cells: [String; 8]| {
        cells.iter().fold(format!("{name:<18}"), |line, cell| line + &format!("{cell:>14}"))
    };
    println!("{}", line(name, heads.map(str::to_owned)));
    for (wrong, row) in table {
        println!("{}", line(&format!("  {wrong:?}"), row.cells().map(|cell| cell.to_string())));
    }
    let all = table.values().fold(Row::default(), Row::plus);
    println!("{}", line("  all", all.cells().map(|cell| cell.to_string())));
}

#[cfg(all(target_os = "linux", feature = "https"))]
mod https {
    use super::{Peer, SHORT, There, sorted, tells_the_truth};
    use crate::certificates::Certified;
    use crate::nginx::Nginx;
    use crate::server::{Reaction, Request, Server};
    use punchout_transport::{Https, HttpsOptions, OrderTransport};
    use std::net::SocketAddr;

    /// nginx, and a shop behind it.
    struct Shop {
        certified: Certified,
        nginx: Nginx,
        behind: Server,
    }

    impl Peer for Shop {
        fn transport(&self, by: SocketAddr) -> Box<dyn OrderTransport> {
            let options = HttpsOptions::new(format!("https://{by}/orders").parse().unwrap())
                .without_public_roots()
                .with_roots(self.certified.issuer.as_str())
                .with_connect_timeout(SHORT)
                .with_send_timeout(SHORT)
                .with_answer_timeout(SHORT);
            Box::new(Https::new(options).unwrap())
        }

        fn address(&self) -> SocketAddr {
            ([127, 0, 0, 1], self.nginx.port).into()
        }

        async fn inventory(self) -> Vec<There> {
            self.nginx.finish();
            self.behind.settle().await;
            let seen = self.behind.seen();
            let files: Vec<_> = seen.iter().flat_map(Request::files).collect();
            sorted(super::count() + 2, files.iter().map(Vec::as_slice))
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_said_of_an_order_is_true() {
        let certified = Certified::new("127.0.0.1");
        let shop = Server::plain(Reaction::status("200 OK", "<cXML/>")).await;
        let Some(nginx) = Nginx::start(&certified, None, &shop) else { return };
        tells_the_truth("https", Shop { certified, nginx, behind: shop }).await;
    }
}

#[cfg(feature = "email")]
mod email {
    use super::{Peer, SHORT, There, sorted, tells_the_truth};
    use crate::certificates::Certified;
    use crate::email::postfix::Postfix;
    use crate::smtp::{Script, Server, attachments};
    use punchout_transport::{Email, EmailOptions, OrderTransport};
    use std::net::SocketAddr;

    struct Mail {
        certified: Certified,
        server: Server,
        implicit: bool,
    }

    impl Peer for Mail {
        fn transport(&self, by: SocketAddr) -> Box<dyn OrderTransport> {
            let options = EmailOptions::new("127.0.0.1", "orders@buyer.example", "sales@shop.example")
                .with_port(by.port())
                .without_public_roots()
                .with_roots(self.certified.issuer.as_str())
                .with_login("buyer", "hunter2")
                .with_connect_timeout(SHORT)
                .with_timeout(SHORT);
            let options = if self.implicit { options.with_implicit_tls() } else { options };
            Box::new(Email::new(options).unwrap())
        }

        fn address(&self) -> SocketAddr {
            self.server.address
        }

        async fn inventory(self) -> Vec<There> {
            self.server.settle().await;
            let kept = self.server.heard().kept;
            let files: Vec<_> = kept.iter().flat_map(|message| attachments(message)).collect();
            sorted(super::count() + 2, files.iter().map(|(.., bytes)| bytes.as_slice()))
        }
    }

    /// A server that others wrote, with its queue and its mailboxes.
    struct Office {
        certified: Certified,
        postfix: Postfix,
    }

    impl Peer for Office {
        fn transport(&self, by: SocketAddr) -> Box<dyn OrderTransport> {
            let options = self.postfix.options(&self.certified, "sales@shop.example");
            let options = options.with_port(by.port()).with_connect_timeout(SHORT).with_timeout(SHORT);
            Box::new(Email::new(options).unwrap())
        }

        fn address(&self) -> SocketAddr {
            ([127, 0, 0, 1], self.postfix.port).into()
        }

        async fn inventory(self) -> Vec<There> {
            let mails = tokio::task::spawn_blocking(move || self.postfix.settle("sales")).await.unwrap();
            let files: Vec<_> = mails.iter().flat_map(|mail| attachments(mail)).collect();
            sorted(super::count() + 2, files.iter().map(|(.., bytes)| bytes.as_slice()))
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn so_it_is_with_postfix() {
        let certified = Certified::new("127.0.0.1");
        let Some(postfix) = Postfix::start(&certified) else { return };
        tells_the_truth("email, postfix", Office { certified, postfix }).await;
    }

    async fn with(implicit: bool) {
        let certified = Certified::new("127.0.0.1");
        let script = Script::new().with_tls(&certified.acceptor).offers("AUTH PLAIN");
        let server = Server::start(if implicit { script.implicit() } else { script }).await;
        let name = if implicit { "email, implicit" } else { "email, STARTTLS" };
        tells_the_truth(name, Mail { certified, server, implicit }).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_said_of_an_order_is_true() {
        with(false).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn so_it_is_with_implicit_tls() {
        with(true).await;
    }
}

#[cfg(all(unix, feature = "sftp"))]
mod sftp {
    use super::{Peer, SHORT, There, sorted, tells_the_truth};
    use crate::sftp::sshd::{Sshd, everything_in};
    use punchout_transport::{OrderTransport, Sftp};
    use std::fs;
    use std::net::SocketAddr;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread::JoinHandle;
    use tempfile::TempDir;

    struct Host {
        sshd: Sshd,
        place: TempDir,
        supplier: Option<Supplier>,
    }

    /// Takes files away as they come, into a directory of its own.
    struct Supplier {
        inbox: TempDir,
        goes_on: Arc<AtomicBool>,
        thread: JoinHandle<()>,
    }

    impl Supplier {
        fn start(place: &Path) -> Self {
            let (inbox, goes_on) = (tempfile::tempdir().unwrap(), Arc::new(AtomicBool::new(true)));
            let (from, into, still) = (place.to_owned(), inbox.path().to_owned(), Arc::clone(&goes_on));
            let thread = std::thread::spawn(move || {
                let mut copy = 0;
                loop {
                    // once more after the end, for what came last
                    let is_last = !still.load(Ordering::SeqCst);
                    for name in everything_in(&from).iter().filter(|name| !name.starts_with('.')) {
                        copy += 1;
                        fs::rename(from.join(name), into.join(format!("{copy} {name}"))).unwrap();
                    }
                    if is_last {
                        return;
                    }
                    std::thread::yield_now();
                }
            });
            Self { inbox, goes_on, thread }
        }

        /// What it took, every copy of it.
        fn finish(self) -> TempDir {
            self.goes_on.store(false, Ordering::SeqCst);
            self.thread.join().unwrap();
            self.inbox
        }
    }

    impl Peer for Host {
        fn transport(&self, by: SocketAddr) -> Box<dyn OrderTransport> {
            let options = self.sshd.options(self.place.path()).with_port(by.port());
            // a log-in takes a while on a busy machine
            let options = options.with_connect_timeout(4 * SHORT).with_answer_timeout(SHORT);
            Box::new(Sftp::new(options).unwrap())
        }

        fn address(&self) -> SocketAddr {
            self.sshd.address
        }

        fn keeps_what_it_gets(&self) -> bool {
            self.supplier.is_none()
        }

        async fn inventory(self) -> Vec<There> {
            tokio::task::spawn_blocking(move || {
                self.sshd.settle();
                let inbox = self.supplier.map_or(self.place, Supplier::finish);
                let place = inbox.path();
                let names = everything_in(place).into_iter().filter(|name| !name.starts_with(".punchout-"));
                let files: Vec<_> = names.map(|name| fs::read(place.join(name)).unwrap()).collect();
                sorted(super::count() + 2, files.iter().map(Vec::as_slice))
            })
            .await
            .unwrap()
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_said_of_an_order_is_true() {
        let Some(sshd) = Sshd::start() else { return };
        let place = tempfile::tempdir().unwrap();
        tells_the_truth("sftp", Host { sshd, place, supplier: None }).await;
    }

    /// Nothing in doubt is sent again, so there is no second copy even there.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn so_it_is_with_a_supplier_that_takes_files_away() {
        let Some(sshd) = Sshd::start() else { return };
        let place = tempfile::tempdir().unwrap();
        let supplier = Some(Supplier::start(place.path()));
        tells_the_truth("sftp, taken away", Host { sshd, place, supplier }).await;
    }
}
