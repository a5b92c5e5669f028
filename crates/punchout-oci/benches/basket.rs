//! Decoding and encoding baskets, against iterating the same bytes with
//! `url::form_urlencoded`.
//!
//! Ends with a `ratio` line for each budget. Speed and growth are kept when
//! the value is at least the budget, memory when it is at most that.

#![expect(clippy::print_stdout, reason = "the report is the purpose")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use punchout_core::{All, Ignore};
use punchout_oci::{Basket, Decoder, Encoder};

fn main() {
    divan::main();
    ratios();
}

/// A return of `items` items with 15 fields each, as a browser encodes it.
fn body(items: usize) -> Vec<u8> {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    for n in 1..=items {
        let mut field = |name: &str, value: &str| {
            pairs.append_pair(&format!("NEW_ITEM-{name}[{n}]"), value);
        };
        field("DESCRIPTION", "Sechskantschraube M8x40, verzinkt");
        field("QUANTITY", "200.000");
        field("UNIT", "PCE");
        field("PRICE", "12.500");
        field("CURRENCY", "EUR");
        field("PRICEUNIT", "100");
        field("LEADTIME", "3");
        field("VENDOR", "100042");
        field("VENDORMAT", "031710    008  040");
        field("EXT_PRODUCT_ID", "031710-8-40");
        field("MATGROUP", "31161500");
        field("MANUFACTMAT", "DIN933-8x40");
        field("EXT_SCHEMA_TYPE", "UNSPSC");
        field("EXT_CATEGORY_ID", "31161500");
        pairs.append_pair(
            &format!("NEW_ITEM-LONGTEXT_{n}:132[]"),
            "Festigkeitsklasse 8.8, Größe M8, 100 Stück je Paket",
        );
    }
    pairs.finish().into_bytes()
}

fn iterate(body: &[u8]) -> usize {
    url::form_urlencoded::parse(body).map(|(name, value)| name.len() + value.len()).sum()
}

fn decode(decoder: &Decoder, body: &[u8]) -> Basket {
    decoder.form(body, &mut All::new()).expect("the body is below every limit")
}

const SIZES: [usize; 4] = [1, 20, 1_000, 100_000];

#[divan::bench(args = SIZES)]
fn typed_decode(bencher: divan::Bencher<'_, '_>, items: usize) {
    let (body, decoder) = (body(items), Decoder::lenient());
    bencher.counter(divan::counter::BytesCount::of_slice(&body)).bench(|| decode(&decoder, black_box(&body)));
}

#[divan::bench(args = SIZES)]
fn form_urlencoded_iterate(bencher: divan::Bencher<'_, '_>, items: usize) {
    let body = body(items);
    bencher.counter(divan::counter::BytesCount::of_slice(&body)).bench(|| iterate(black_box(&body)));
}

#[divan::bench]
fn encode_1000(bencher: divan::Bencher<'_, '_>) {
    let basket = decode(&Decoder::lenient(), &body(1_000));
    let encoder = Encoder::strict();
    bencher.bench(|| encoder.pairs(black_box(&basket), &mut Ignore));
}

/// The fastest of several runs, in seconds.
fn fastest<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..runs {
        let start = Instant::now();
        let made = black_box(work());
        best = best.min(start.elapsed().as_secs_f64());
        drop(made);
    }
    best
}

/// The two are run in turn, so that a slow moment of the machine hits both.
fn compare<A, B>(rounds: usize, mut ours: impl FnMut() -> A, mut theirs: impl FnMut() -> B) -> f64 {
    let (mut a, mut b) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..rounds {
        a = a.min(fastest(3, &mut ours));
        b = b.min(fastest(3, &mut theirs));
    }
    b / a
}

/// The largest memory of the process while it works, body and all, in bytes;
/// only Linux tells.
fn peak_of<T>(work: impl FnOnce() -> T) -> Option<f64> {
    // starts the high-water mark anew
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    let made = black_box(work());
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    drop(made);
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024.0)
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
fn to_f64(size: usize) -> f64 {
    size as f64
}

fn ratios() {
    let decoder = Decoder::lenient();
    let mut lines = String::new();
    let thousand = body(1_000);
    let speed = compare(40, || decode(&decoder, &thousand), || iterate(&thousand));
    let _ = writeln!(lines, "ratio oci-decode-1000x15-vs-form_urlencoded {speed:.2} budget 1.00");

    // linear growth: the time an item takes at 100,000 is that at 1,000
    let large = body(100_000);
    let small_time = fastest(30, || decode(&decoder, &thousand)) / 1_000.0;
    let large_time = fastest(5, || decode(&decoder, &large)) / 100_000.0;
    let _ =
        writeln!(lines, "ratio oci-decode-growth-1000-to-100000 {:.2} budget 0.50", small_time / large_time);
    if let Some(peak) = peak_of(|| decode(&decoder, &large)) {
        let ratio = peak / to_f64(large.len());
        let _ = writeln!(lines, "ratio oci-decode-memory-100000x15-per-body-byte {ratio:.2} budget 4.00");
    }
    print!("{lines}");
}
