//! Making documents, against the same pages drawn with `krilla`, and by hand
//! with `pdf-writer`. What a value above 1 says: so many times as fast.

#[path = "../../crates/punchout-pdf/tests/it/order.rs"]
#[allow(dead_code, unused_imports, reason = "the tests need more of it")]
mod order;
mod page {
    pub(super) mod krilla;
    #[path = "../../../crates/punchout-pdf/benches/page/measure.rs"]
    pub(super) mod measure;
    #[path = "../../../crates/punchout-pdf/benches/page/rival.rs"]
    #[allow(dead_code, reason = "packed lightly it is measured there")]
    pub(super) mod pdf_writer;
}

use page::measure::{compare, time};
use page::{krilla, pdf_writer};
use punchout_core::Ignore;
use punchout_pdf::Renderer;

fn main() {
    let warm = Renderer::new();
    let options = order::options();
    println!("medians, in turn       krilla  pdf-writer      cold      warm");
    for (name, lines, rounds) in [("one page", 8, 101), ("2,300 lines", 2_300, 7)] {
        let order = order::long(lines);
        let layout = warm.layout(&order, &options, &mut Ignore).unwrap();
        let render = |renderer: &Renderer| renderer.render(&order, &options, &mut Ignore).unwrap().to_vec();
        let [theirs, by_hand, cold, warm] = compare(
            rounds,
            [
                &|| time(|| krilla::draw(&layout)),
                &|| time(|| pdf_writer::draw(&layout, pdf_writer::USUAL)),
                &|| time(|| render(&Renderer::new())),
                &|| time(|| render(&warm)),
            ],
        );
        println!("  {name:<18} {theirs:>6.2} ms {by_hand:>8.2} ms {cold:>6.2} ms {warm:>6.2} ms");
        let name = if lines == 8 { "page" } else { "2300" };
        println!("ratio pdf-{name}-cold-vs-krilla {:.2}", theirs / cold);
        println!("ratio pdf-{name}-warm-vs-krilla {:.2}", theirs / warm);
    }
}
