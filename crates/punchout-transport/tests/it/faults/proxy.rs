//! A way through that does one thing wrong.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wrong {
    Nothing,
    /// Both sides are closed.
    Cut,
    /// Both sides are told that the connection is no more.
    Reset,
    /// What follows in this direction is lost; this side is closed, the other
    /// goes on.
    Truncate,
    /// What follows in this direction is lost, and nobody is told.
    Stall,
    /// What follows in this direction comes late.
    Delay,
    /// What is under way comes twice.
    Duplicate,
}

pub(crate) const WRONGS: [Wrong; 7] =
    [Wrong::Nothing, Wrong::Cut, Wrong::Reset, Wrong::Truncate, Wrong::Stall, Wrong::Delay, Wrong::Duplicate];

/// What goes wrong, in which direction and after how many bytes in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) wrong: Wrong,
    pub(crate) to_server: bool,
    pub(crate) after: u64,
}

/// Longer than any step but the longest takes.
const LATE: Duration = Duration::from_millis(150);

/// Serves connections, each with a fault of its own.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    passed: Arc<[AtomicU64; 2]>,
    closing: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// The last of the faults is for all connections that follow.
    pub(crate) async fn start(target: SocketAddr, faults: Vec<Fault>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let passed = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
        let counters = Arc::clone(&passed);
        let closing = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&closing);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            let last = *faults.last().unwrap();
            for fault in faults.into_iter().chain(std::iter::repeat(last)) {
                let (client, _) = listener.accept().await.unwrap();
                if closed.load(Ordering::SeqCst) {
                    break;
                }
                // what passes is counted of the first one
                let counters = if connections.is_empty() { Arc::clone(&counters) } else { Arc::default() };
                connections.spawn(serve(client, target, fault, counters));
            }
            connections.join_all().await;
        });
        Self { address, passed, closing, task }
    }

    /// Waits until both sides are closed; how much passed to the server and to
    /// the client, the first time. A client that never came is not waited for.
    pub(crate) async fn finish(self) -> [u64; 2] {
        // it ends its waiting for clients
        self.closing.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address).await);
        let _ = self.task.await;
        [0, 1].map(|direction: usize| self.passed[direction].load(Ordering::SeqCst))
    }
}

async fn serve(mut client: TcpStream, target: SocketAddr, fault: Fault, passed: Arc<[AtomicU64; 2]>) {
    let mut server = TcpStream::connect(target).await.unwrap();
    for end in [&client, &server] {
        end.set_nodelay(true).unwrap();
    }
    let cut = Notify::new();
    let [to_server, to_client] = &*passed;
    {
        let (from_client, into_client) = client.split();
        let (from_server, into_server) = server.split();
        let mine = |towards: bool| (fault.to_server == towards).then_some(fault);
        let both = async {
            tokio::join!(
                pass(from_client, into_server, mine(true), to_server, &cut),
                pass(from_server, into_client, mine(false), to_client, &cut)
            )
        };
        tokio::select! { _ = both => {}, () = cut.notified() => {} }
    }
    if fault.wrong == Wrong::Reset {
        for end in [&client, &server] {
            let _ = end.set_zero_linger();
        }
    }
}

async fn pass(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    mut fault: Option<Fault>,
    passed: &AtomicU64,
    cut: &Notify,
) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        // an end that was cut is an end
        let read = from.read(&mut buffer).await.unwrap_or(0);
        if read == 0 {
            let _ = to.shutdown().await;
            return;
        }
        let before = passed.fetch_add(read as u64, Ordering::SeqCst);
        let Some(Fault { wrong, after, .. }) = fault.filter(|fault| fault.after < before + read as u64)
        else {
            let _ = to.write_all(&buffer[..read]).await;
            continue;
        };
        let (good, rest) = buffer[..read].split_at(usize::try_from(after.saturating_sub(before)).unwrap());
        let _ = to.write_all(good).await;
        match wrong {
            Wrong::Cut | Wrong::Reset => return cut.notify_one(),
            Wrong::Truncate | Wrong::Stall => {
                if wrong == Wrong::Truncate {
                    let _ = to.shutdown().await;
                }
                while from.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
                let _ = to.shutdown().await;
                return;
            }
            Wrong::Delay => tokio::time::sleep(LATE).await,
            Wrong::Duplicate => drop(to.write_all(rest).await),
            Wrong::Nothing => {}
        }
        let _ = to.write_all(rest).await;
        fault = None;
    }
}
