//! A way through that fails after so many bytes.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// Closes both sides.
    Cut,
    /// Swallows everything, without a word.
    Stall,
}

/// Serves one connection.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    passed: Arc<AtomicU64>,
    thread: JoinHandle<()>,
}

impl Proxy {
    /// Lets so many bytes pass, both ways together.
    pub(crate) fn start(target: SocketAddr, limit: u64, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let passed = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&passed);
        let thread = std::thread::spawn(move || {
            let (client, _) = listener.accept().unwrap();
            let server = TcpStream::connect(target).unwrap();
            for end in [&client, &server] {
                end.set_nodelay(true).unwrap();
            }
            let pass = |from, to| pass(from, to, limit, then, &counter);
            std::thread::scope(|scope| {
                scope.spawn(|| pass(&client, &server));
                pass(&server, &client);
            });
        });
        Self { address, passed, thread }
    }

    /// Waits until both sides have closed; the bytes that passed.
    pub(crate) fn finish(self) -> u64 {
        self.thread.join().unwrap();
        self.passed.load(Ordering::SeqCst)
    }
}

fn pass(mut from: &TcpStream, mut to: &TcpStream, limit: u64, then: Then, passed: &AtomicU64) {
    let mut buffer = [0; 4096];
    loop {
        // an end that was cut is an end
        let read = from.read(&mut buffer).unwrap_or(0);
        if read == 0 {
            let _ = to.shutdown(if then == Then::Cut { Shutdown::Write } else { Shutdown::Both });
            return;
        }
        let before = passed.fetch_add(read as u64, Ordering::SeqCst);
        let allowed = usize::try_from(limit.saturating_sub(before)).unwrap().min(read);
        let _ = to.write_all(&buffer[..allowed]);
        if allowed < read && then == Then::Cut {
            let _ = from.shutdown(Shutdown::Both);
            let _ = to.shutdown(Shutdown::Both);
            return;
        }
    }
}
