//! Whether a server is done with everybody who came.

use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::sync::watch;

/// How many came, and how many of them are gone; clones share it.
#[derive(Clone)]
pub(crate) struct Tally(Arc<watch::Sender<(u64, u64)>>);

/// Somebody who came; gone when dropped.
pub(crate) struct Guest(Tally);

impl Tally {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new((0, 0))))
    }

    pub(crate) fn guest(&self) -> Guest {
        self.0.send_modify(|(came, _)| *came += 1);
        Guest(self.clone())
    }

    /// Waits until everybody is gone who has connected so far.
    pub(crate) async fn settle(&self, address: SocketAddr) {
        let mut state = self.0.subscribe();
        let (before, _) = *state.borrow();
        // whoever connects last is let in last
        drop(TcpStream::connect(address).await.unwrap());
        state.wait_for(|&(came, gone)| came > before && came == gone).await.unwrap();
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.0.0.send_modify(|(_, gone)| *gone += 1);
    }
}
