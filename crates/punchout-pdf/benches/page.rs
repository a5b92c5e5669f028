//! Making documents, against the same pages drawn by hand with `pdf-writer`.
//!
//! Ends with a `ratio` line for each budget; each is kept when the value is at
//! least the budget. The crate `krilla` needs a newer compiler and is measured
//! in a package of its own, in `rivals`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a report of sound orders"
)]

#[path = "../tests/it/order.rs"]
#[expect(dead_code, reason = "the tests need more of it")]
mod order;
mod page {
    pub(super) mod measure;
    pub(super) mod rival;
}

use std::hint::black_box;

use page::measure::{compare, time};
use page::rival;
use punchout_core::Ignore;
use punchout_cxml::OrderRequest;
use punchout_pdf::{Layout, Renderer};

/// As many as fit on a page, and as many as a large order of the field has.
const LINES: [u32; 2] = [8, 2_300];

fn main() {
    divan::main();
    ratios();
}

fn render(renderer: &Renderer, order: &OrderRequest) -> Vec<u8> {
    renderer.render(order, &order::options(), &mut Ignore).unwrap().to_vec()
}

fn layout(renderer: &Renderer, order: &OrderRequest) -> Layout {
    renderer.layout(order, &order::options(), &mut Ignore).unwrap()
}

#[divan::bench]
fn renderer() -> Renderer {
    Renderer::new()
}

#[divan::bench(args = LINES)]
fn cold(bencher: divan::Bencher<'_, '_>, lines: u32) {
    let order = order::long(lines);
    bencher.bench(|| render(&Renderer::new(), black_box(&order)));
}

#[divan::bench(args = LINES)]
fn warm(bencher: divan::Bencher<'_, '_>, lines: u32) {
    let (renderer, order) = (Renderer::new(), order::long(lines));
    bencher.bench(|| render(&renderer, black_box(&order)));
}

#[divan::bench(args = LINES)]
fn layout_only(bencher: divan::Bencher<'_, '_>, lines: u32) {
    let (renderer, order) = (Renderer::new(), order::long(lines));
    bencher.bench(|| layout(&renderer, black_box(&order)));
}

#[divan::bench(args = LINES)]
fn pdf_writer(bencher: divan::Bencher<'_, '_>, lines: u32) {
    let layout = layout(&Renderer::new(), &order::long(lines));
    bencher.bench(|| rival::draw(black_box(&layout), rival::USUAL));
}

fn ratios() {
    let warm = Renderer::new();
    let (short, large) = (order::long(LINES[0]), order::long(LINES[1]));
    let [one, many] = [&short, &large].map(|order| layout(&warm, order));
    assert_eq!(one.pages.len(), 1, "it is a page that is measured");
    let [small, big] = [&short, &large].map(|order| render(&warm, order).len());
    // no two have the same number, and none was seen before
    let thousand: Vec<_> = (0..1_000_u32)
        .map(|n| {
            let mut order = short.clone();
            order.order_request_header.order_id = format!("45{n:08}").into();
            order
        })
        .collect();

    let page = compare(
        201,
        [
            &|| time(|| rival::draw(&one, rival::USUAL)),
            &|| time(|| render(&Renderer::new(), &short)),
            &|| time(|| render(&warm, &short)),
            &|| time(|| rival::draw(&one, rival::LIGHT)),
        ],
    );
    let book = compare(
        15,
        [
            &|| time(|| rival::draw(&many, rival::USUAL)),
            &|| time(|| render(&Renderer::new(), &large)),
            &|| time(|| render(&warm, &large)),
            &|| time(|| rival::draw(&many, rival::LIGHT)),
        ],
    );
    let [stack] =
        compare(3, [&|| time(|| thousand.iter().map(|order| render(&warm, order).len()).sum::<usize>())]);
    println!("medians, in turn; {} and {} pages, {small} and {big} bytes", one.pages.len(), many.pages.len());
    println!("                       pdf-writer  packed lightly     cold      warm");
    for (name, [theirs, cold, warm, light]) in [("one page", page), ("2,300 lines", book)] {
        println!("  {name:<18} {theirs:>8.2} ms {light:>12.2} ms {cold:>6.2} ms {warm:>6.2} ms");
    }
    println!("  1,000 orders, one renderer: {stack:.0} ms");
    println!("ratio pdf-page-cold-vs-pdf-writer {:.2} budget 1.00", page[0] / page[1]);
    println!("ratio pdf-page-warm-vs-pdf-writer {:.2} budget 2.00", page[0] / page[2]);
    println!("ratio pdf-2300-vs-pdf-writer {:.2} budget 0.50", book[0] / book[1]);
    println!("ratio pdf-1000-orders-vs-pdf-writer {:.2} budget 2.00", page[0] * 1e3 / stack);
    #[expect(clippy::cast_precision_loss, reason = "a few kilobytes")]
    let room = 30_000.0 * one.pages.len() as f64 / small as f64;
    println!("ratio pdf-page-size-30kB {room:.2} budget 1.00");
}
