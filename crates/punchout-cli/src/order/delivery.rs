//! Waiting for a delivery, and saying so.

use std::future::pending;
use std::io::{self, IsTerminal as _, Write};
use std::pin::pin;
use std::time::{Duration, Instant};

use punchout::transport::{
    Capabilities, Consignment, Delivery, Disposition, Error, Evidence, Kind, OrderTransport, Party, Past,
    Progress, Receipt,
};
use terminal_size::terminal_size_of;
use tokio::runtime::{Builder, Runtime};
use tokio::time::{MissedTickBehavior, interval, timeout};

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

    fn accepts(&self, consignment: &Consignment) -> Result<(), Error> {
        self.transport.accepts(consignment)
    }

    fn send<'a>(&'a self, consignment: &'a Consignment) -> Delivery<'a> {
        self.progress.begins(consignment.attempt);
        self.transport.send_watched(consignment, self.progress.clone())
    }
}

/// What is written down of an order whose delivery was broken off.
pub(super) enum Noted {
    /// Nothing.
    Nowhere,
    /// All that began has ended, and the supplier cannot have it.
    Settled,
    /// It is written there that it may have arrived.
    InDoubt(&'static str),
    /// An earlier attempt delivered it.
    Delivered(Past),
}

/// Runs a delivery to its end, or to the user's patience; nothing when that
/// ended first.
pub(super) fn run(
    watched: &Watched<'_>,
    delivery: impl Future<Output = Result<Receipt, Error>>,
) -> Result<Option<Result<Receipt, Error>>, Failure> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(Failure::Runtime)?;
    let outcome = runtime.block_on(async {
        let mut delivery = pin!(delivery);
        let line = Line::new(&watched.endpoint().unwrap_or_default());
        let mut ticks = interval(Duration::from_millis(500));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut stopped = pin!(stopped());
        loop {
            tokio::select! {
                biased;
                outcome = &mut delivery => break Some(outcome),
                () = &mut stopped => break None,
                _ = ticks.tick(), if line.is_shown => line.show(&watched.progress),
            }
        }
    });
    if outcome.is_some() {
        take_leave(&runtime);
    }
    Ok(outcome)
}

/// Lets what goes on beside a delivery that has ended, such as taking leave of
/// a mail server, come to its end; not for long.
fn take_leave(runtime: &Runtime) {
    const MOST: Duration = Duration::from_secs(1);
    let at_work = async {
        let mut often = interval(Duration::from_millis(5));
        while runtime.metrics().num_alive_tasks() > 0 {
            often.tick().await;
        }
    };
    // whoever is slower gets no good-bye
    let _ = runtime.block_on(async { timeout(MOST, at_work).await });
}

/// Ends when the user, or the system, wants the program to end.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let terminated = async {
            if let Ok(mut terminated) = signal(SignalKind::terminate())
                && terminated.recv().await.is_some()
            {
                return;
            }
            pending::<()>().await;
        };
        tokio::select! {
            () = interrupted => {}
            () = terminated => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}

/// What is known of an order when its delivery was broken off and dropped.
pub(super) fn broken_off(
    watched: &Watched<'_>,
    consignment: &Consignment,
    noted: Noted,
) -> Result<Receipt, Error> {
    let mut evidence = Evidence::new(watched.endpoint().unwrap_or_default(), consignment);
    evidence.attempt = watched.progress.attempt().unwrap_or(evidence.attempt);
    let (disposition, known) = match noted {
        _ if watched.progress.may_have_left() => (Disposition::Unknown, "the order may have arrived".into()),
        Noted::Nowhere | Noted::Settled => (Disposition::NotDelivered, "nothing had left".to_owned()),
        Noted::InDoubt(place) => {
            (Disposition::Unknown, format!("nothing had left now, but by {place} it may have arrived"))
        }
        Noted::Delivered(past) => {
            evidence.sent = past.files;
            return Ok(Receipt::new(evidence).with_already_there(true));
        }
    };
    let error = Error::new(Kind::Interrupted, disposition, format!("broken off: {known}"));
    Err(error.with_party(Party::Caller).with_evidence(evidence))
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
        let width = terminal_size_of(io::stderr()).map_or(80, |(width, _)| usize::from(width.0));
        // in its last column some terminals begin a new line
        let text = self.text(self.started.elapsed(), progress, width.saturating_sub(1));
        // with stderr gone there is nobody left to tell
        let _ = write!(io::stderr().lock(), "\r\x1b[K{text}");
    }

    /// What fits into so many columns; of the place rather than of the facts
    /// something is left out.
    fn text(&self, elapsed: Duration, progress: &Progress, width: usize) -> String {
        let attempt =
            progress.attempt().map_or("the attempt".to_owned(), |number| format!("attempt {number}"));
        let has_left = progress.may_have_left();
        let facts = if let Some(wait) = progress.next_in() {
            let came = if has_left { "may have arrived" } else { "was not delivered" };
            format!("{attempt} {came}, the next one in {}", rounded(wait))
        } else {
            let doing = if has_left { "the order has left" } else { "nothing has left yet" };
            format!("{attempt}: {doing}, {} s", elapsed.as_secs())
        };
        let room = width.saturating_sub(facts.len() + 2);
        if room < SHORTEST_PLACE {
            return cut(&facts, width);
        }
        format!("{}: {facts}", cut(&self.endpoint, room))
    }
}

/// Below so many columns a place says nothing.
const SHORTEST_PLACE: usize = 8;

/// As much of a text as fits into so many columns.
fn cut(text: &str, width: usize) -> String {
    // no terminal needs more than two for a character, and all need one for these
    let columns = |c: char| if c.is_ascii() { 1 } else { 2 };
    if text.chars().map(columns).sum::<usize>() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(columns('…'));
    let fits = |c: &char| {
        let left = room.checked_sub(columns(*c));
        room = left.unwrap_or(0);
        left.is_some()
    };
    let mut shown: String = text.chars().take_while(fits).collect();
    if width >= columns('…') {
        shown.push('…');
    }
    shown
}

/// A wait in the unit that people would say it in, never less than it is.
fn rounded(wait: Duration) -> String {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    match seconds {
        0..=120 => format!("{seconds} s"),
        121..=7_200 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
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

    fn line(endpoint: &str) -> Line {
        Line { endpoint: endpoint.into(), started: Instant::now(), is_shown: false }
    }

    #[test]
    fn the_line_says_what_is_known() {
        let line = line("https://shop.example/");
        let progress = Progress::new();
        let text = |progress: &Progress| line.text(Duration::from_millis(2_900), progress, 100);
        assert_eq!(text(&progress), "https://shop.example/: the attempt: nothing has left yet, 2 s");
        progress.begins(3);
        assert_eq!(text(&progress), "https://shop.example/: attempt 3: nothing has left yet, 2 s");
        progress.leaves();
        assert_eq!(text(&progress), "https://shop.example/: attempt 3: the order has left, 2 s");
        progress.waits(Duration::from_secs(3_600));
        assert_eq!(
            text(&progress),
            "https://shop.example/: attempt 3 may have arrived, the next one in 60 min"
        );
        progress.stays();
        assert_eq!(
            text(&progress),
            "https://shop.example/: attempt 3 was not delivered, the next one in 60 min"
        );
        progress.begins(4);
        assert_eq!(text(&progress), "https://shop.example/: attempt 4: nothing has left yet, 2 s");
    }

    /// A line that is longer than the terminal would not be written over.
    #[test]
    fn the_line_fits() {
        let progress = Progress::new();
        progress.begins(1);
        let second = Duration::from_secs(1);
        for endpoint in ["https://shop.example/a/rather/long/way/to/the/orders", "/srv/発注/受信箱/注文"]
        {
            for width in 0..120 {
                let text = line(endpoint).text(second, &progress, width);
                let columns: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                assert!(columns <= width, "{width}: {text}");
            }
        }
        let shop = line("https://shop.example/a/rather/long/way/to/the/orders");
        assert_eq!(
            shop.text(second, &progress, 60),
            "https://shop.example…: attempt 1: nothing has left yet, 1 s"
        );
        assert_eq!(shop.text(second, &progress, 40), "attempt 1: nothing has left yet, 1 s");
        assert_eq!(shop.text(second, &progress, 12), "attempt 1:…");
    }

    #[test]
    fn waits_are_rounded_up() {
        for (seconds, said) in [
            (0.0, "0 s"),
            (0.2, "1 s"),
            (120.0, "120 s"),
            (120.5, "3 min"),
            (3_600.0, "60 min"),
            (7_201.0, "3 h"),
            (86_400.0, "24 h"),
        ] {
            assert_eq!(rounded(Duration::from_secs_f64(seconds)), said);
        }
    }
}
