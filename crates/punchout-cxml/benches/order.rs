//! Reading, validating and writing orders, against quick-xml's events and
//! serde, roxmltree, and libxml2 where its `xmllint` is installed.
//!
//! Ends with a `ratio` line for each budget; each is kept when the value is at
//! least the budget.

#![expect(clippy::print_stdout, reason = "the report is the purpose")]

mod order {
    pub(super) mod document;
    pub(super) mod rivals;
}

use std::hint::black_box;
use std::time::Instant;

use order::{document, rivals};
use punchout_core::{All, Limits};
use punchout_cxml::{Document, Reader, Report, Validator};

fn main() {
    divan::main();
    ratios();
}

/// Room for 100,000 lines with some 50 elements and attributes each.
fn limits() -> Limits {
    Limits::default().with_fields(8_000_000)
}

fn read(xml: &str) -> Document {
    let mut found = All::new();
    let document = Reader::new().with_limits(limits()).read(xml.as_bytes(), &mut found);
    let document = document.expect("the order is well-formed");
    assert!(found.found().is_empty(), "{:?}", found.found());
    document
}

fn validate(xml: &str) -> Report {
    let report = Validator::new().with_limits(limits()).validate(xml.as_bytes(), &mut All::new());
    let report = report.expect("it is within the limits");
    assert!(report.valid);
    report
}

fn read_and_validate(xml: &str) -> (Document, Report) {
    let mut found = All::new();
    let read = Validator::new().with_limits(limits()).read(xml.as_bytes(), &mut found);
    let read = read.expect("the order is well-formed");
    assert!(read.1.valid && found.found().is_empty(), "{:?}", found.found());
    read
}

const LINES: [usize; 3] = [3, 100, 5_000];

fn measure<T>(bencher: divan::Bencher<'_, '_>, lines: usize, work: impl Fn(&str) -> T + Sync) {
    let xml = document::order(lines);
    let size = divan::counter::BytesCount::of_str(&xml);
    bencher.counter(size).bench(|| work(black_box(&xml)));
}

#[divan::bench(args = LINES)]
fn read_typed(bencher: divan::Bencher<'_, '_>, lines: usize) {
    measure(bencher, lines, read);
}

#[divan::bench(args = LINES)]
fn read_typed_and_validate(bencher: divan::Bencher<'_, '_>, lines: usize) {
    measure(bencher, lines, read_and_validate);
}

#[divan::bench(args = LINES)]
fn validate_only(bencher: divan::Bencher<'_, '_>, lines: usize) {
    measure(bencher, lines, validate);
}

#[divan::bench(args = LINES)]
fn write(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let order = read(&document::order(lines));
    bencher.bench(|| black_box(&order).write());
}

#[divan::bench(args = LINES)]
fn quick_xml_events(bencher: divan::Bencher<'_, '_>, lines: usize) {
    measure(bencher, lines, rivals::events);
}

#[divan::bench(args = LINES)]
fn quick_xml_serde_read(bencher: divan::Bencher<'_, '_>, lines: usize) {
    measure(bencher, lines, rivals::deserialize);
}

#[divan::bench(args = LINES)]
fn quick_xml_serde_write(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let order = rivals::deserialize(&document::order(lines));
    bencher.bench(|| rivals::serialize(black_box(&order)));
}

#[divan::bench(args = LINES)]
fn roxmltree_read(bencher: divan::Bencher<'_, '_>, lines: usize) {
    measure(bencher, lines, rivals::tree_nodes);
}

/// How long it takes, in seconds; giving the result back is not counted.
fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let made = black_box(work());
    let elapsed = start.elapsed().as_secs_f64();
    drop(made);
    elapsed
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The medians of several works that are run in turn, so that a slow moment of
/// the machine hits all of them.
fn compare<const N: usize>(rounds: usize, works: [&dyn Fn() -> f64; N]) -> [f64; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (times, work) in times.iter_mut().zip(works) {
            times.push(work());
        }
    }
    times.map(median)
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
fn to_f64(size: usize) -> f64 {
    size as f64
}

fn ratios() {
    let mut lines = String::new();
    let mut add = |line: String| {
        lines.push_str(&line);
        lines.push('\n');
    };
    let xml = document::order(5_000);
    let typed = read(&xml);
    let structs = rivals::deserialize(&xml);
    let names = [
        "quick-xml, bare events",
        "read",
        "read and validate",
        "validate",
        "write",
        "quick-xml serde, read",
        "quick-xml serde, write",
        "roxmltree",
    ];
    let times = compare(
        21,
        [
            &|| time(|| rivals::events(&xml)),
            &|| time(|| read(&xml)),
            &|| time(|| read_and_validate(&xml)),
            &|| time(|| validate(&xml)),
            &|| time(|| typed.write()),
            &|| time(|| rivals::deserialize(&xml)),
            &|| time(|| rivals::serialize(&structs)),
            &|| time(|| rivals::tree_nodes(&xml)),
        ],
    );
    println!("an order of 5,000 lines, {:.1} MB; medians of 21 rounds, in turn", to_f64(xml.len()) / 1e6);
    for (name, time) in names.iter().zip(times) {
        println!("  {name:<24} {:>7.1} ms", time * 1e3);
    }
    let [events, read_time, both, _, write, _, serde_write, _] = times;
    add(format!("ratio cxml-read-5000-vs-quick-xml-events {:.2} budget 0.50", events / read_time));
    add(format!("ratio cxml-write-5000-vs-quick-xml-serde {:.2} budget 2.00", serde_write / write));
    match rivals::libxml2(&xml, &document::order(1)) {
        Ok(theirs) => {
            println!("  {:<24} {:>7.1} ms", "libxml2, parse+validate", theirs * 1e3);
            // That takes long; ours is measured before and after it.
            let [after] = compare(21, [&|| time(|| read_and_validate(&xml))]);
            let both = f64::midpoint(both, after);
            add(format!("ratio cxml-read-and-validate-5000-vs-libxml2 {:.2} budget 5.00", theirs / both));
        }
        Err(why) => println!("skipped: {why}"),
    }

    // linear growth: the time a line takes at 100,000 is that at 1,000
    let sizes = [1, 10, 100, 1_000, 10_000, 100_000];
    let per_line = sizes.map(|size| {
        let xml = document::order(size);
        let rounds = (20_000 / size).clamp(3, 200);
        let [time] = compare(rounds, [&|| time(|| read_and_validate(&xml))]);
        println!("  {size:>7} lines {:>9.2} ms, {:>6.2} µs each", time * 1e3, time * 1e6 / to_f64(size));
        time / to_f64(size)
    });
    let [.., thousand, _, hundred_thousand] = per_line;
    add(format!("ratio cxml-growth-1000-to-100000 {:.2} budget 0.50", thousand / hundred_thousand));
    print!("{lines}");
}
