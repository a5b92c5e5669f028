//! Waiting for a delivery, and saying so.

use std::io::{self, IsTerminal as _, Write};
use std::pin::pin;
use std::time::{Duration, Instant};

use punchout::transport::{
    Capabilities, Consignment, Delivery, Disposition, Error, Kind, OrderTransport, Progress, Receipt,
};
use tokio::time::{MissedTickBehavior, interval};

use crate::failure::Failure;
use crate::output::printable;

/// A transport that says meanwhile whether the order may have left.
pub(super) struct Watched<'a> {
    transport: &'a dyn OrderTransport,
    progress: Progress,
}

impl<'a> Watched<'a> {
    pub(super) fn new(transport: &'a dyn OrderTransport) -> Self {
        Self { transport, progress: Progress::new() }
    }
}

impl OrderTransport for Watched<'_> {
    fn capabilities(&self) -> Capabilities {
        self.transport.capabilities()
    }

    fn endpoint(&self) -> Option<String> {
        self.transport.endpoint()
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        self.transport.send_watched(consignment, self.progress.clone())
    }
}

/// Runs a delivery to its end, or to the user's patience.
///
/// Somewhere it may be noted that it started, and nowhere that it ended: then
/// breaking it off leaves it unknown, whatever is known here.
pub(super) fn run(
    watched: &Watched<'_>,
    delivery: impl Future<Output = Result<Receipt, Error>>,
    is_noted: bool,
) -> Result<Result<Receipt, Error>, Failure> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::Runtime)?;
    let outcome = runtime.block_on(async {
        let mut delivery = pin!(delivery);
        let line = Line::new(&watched.endpoint().unwrap_or_default());
        let mut ticks = interval(Duration::from_millis(500));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut broken_off = pin!(tokio::signal::ctrl_c());
        loop {
            tokio::select! {
                biased;
                outcome = &mut delivery => break Some(outcome),
                Ok(()) = &mut broken_off => break None,
                _ = ticks.tick(), if line.is_shown => line.show(&watched.progress),
            }
        }
    });
    Ok(outcome.unwrap_or_else(|| Err(broken_off(watched, is_noted))))
}

fn broken_off(watched: &Watched<'_>, is_noted: bool) -> Error {
    let (disposition, known) = if watched.progress.may_have_left() {
        (Disposition::Unknown, "the order may have arrived")
    } else if is_noted {
        (Disposition::Unknown, "nothing had left, but that is not in the journal")
    } else {
        (Disposition::NotDelivered, "nothing had left")
    };
    Error::new(Kind::Interrupted, disposition, format!("broken off: {known}"))
}

/// A line on the terminal that is written over and over.
struct Line {
    endpoint: String,
    started: Instant,
    is_shown: bool,
}

impl Line {
    fn new(endpoint: &str) -> Self {
        Self { endpoint: printable(endpoint), started: Instant::now(), is_shown: io::stderr().is_terminal() }
    }

    fn show(&self, progress: &Progress) {
        let text = self.text(self.started.elapsed(), progress);
        // with stderr gone there is nobody left to tell
        let _ = write!(io::stderr().lock(), "\r\x1b[K{text}");
    }

    fn text(&self, elapsed: Duration, progress: &Progress) -> String {
        let doing = if progress.may_have_left() { "the order has left" } else { "nothing has left yet" };
        format!("{}: {doing}, {} s", self.endpoint, elapsed.as_secs())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.is_shown {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_is_known() {
        let line =
            Line { endpoint: "https://shop.example/".into(), started: Instant::now(), is_shown: false };
        let progress = Progress::new();
        let seconds = Duration::from_millis(2_900);
        assert_eq!(line.text(seconds, &progress), "https://shop.example/: nothing has left yet, 2 s");
        progress.leaves();
        assert_eq!(line.text(seconds, &progress), "https://shop.example/: the order has left, 2 s");
    }
}
