//! Times that can be compared.

use std::hint::black_box;
use std::time::Instant;

/// How long it takes, in milliseconds; giving the result back is not counted.
pub(crate) fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let made = black_box(work());
    let elapsed = start.elapsed().as_secs_f64();
    drop(made);
    elapsed * 1e3
}

/// The medians of several works that are run in turn, so that a slow moment of
/// the machine hits all of them.
pub(crate) fn compare<const N: usize>(rounds: usize, works: [&dyn Fn() -> f64; N]) -> [f64; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (times, work) in times.iter_mut().zip(works) {
            times.push(work());
        }
    }
    times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    })
}
