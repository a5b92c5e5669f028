//! Layouts and texts as they were found good. `UPDATE_GOLDEN=1` rewrites them.

use std::path::PathBuf;

use punchout_core::All;
use punchout_cxml::OrderRequest;
use punchout_pdf::{Amounts, Color, Language, Options, Paper, Renderer, Whose, text};

use crate::pages::assert_sound;
use crate::{order, scene};

fn options() -> Options {
    Options::new(
        "Gemeente Waterrijk\nPostbus 78\n2600 ME Waterrijk",
        "facturen@waterrijk.example",
        "inkoop@waterrijk.example",
    )
}

fn check(name: &str, written: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1") {
        std::fs::write(&file, written).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let first = kept.lines().zip(written.lines()).position(|(kept, written)| kept != written);
    assert!(
        kept == written,
        "{} differs from line {} on; UPDATE_GOLDEN=1 rewrites it",
        file.display(),
        first.unwrap_or(kept.lines().count().min(written.lines().count())) + 1
    );
}

fn case(name: &str, order: &OrderRequest, options: &Options) {
    let mut found = All::new();
    let layout = Renderer::new().layout(order, options, &mut found).unwrap();
    assert_sound(&layout);
    let mut said = All::new();
    let text = text(order, options, &mut said).unwrap();
    assert_eq!(found.found(), said.found(), "text and layout find the same");
    check(&format!("{name}.layout"), &layout.to_string());
    check(&format!("{name}.txt"), &text);
}

#[test]
fn short_in_dutch() {
    let options = options()
        .with_language(Language::Dutch)
        .with_above(Language::Dutch, "Hierbij bestellen wij onder onze algemene inkoopvoorwaarden.")
        .with_above(Language::German, "kommt nicht vor")
        .with_below(Language::Dutch, "Leveringen zonder bestelnummer worden niet aangenomen.");
    case("short-nl", &scene::short(), &options);
}

#[test]
fn short_with_tax_on_letter_paper() {
    let options = options()
        .with_amounts(Amounts::IncludingTax)
        .with_paper(Paper::Letter)
        .with_whose(Whose::Requester)
        .with_accent(Color::new(250, 200, 0));
    case("short-en", &scene::short(), &options);
}

#[test]
fn short_without_amounts() {
    let options = options().with_amounts(Amounts::Hidden).with_language(Language::German);
    case("hidden-de", &scene::short(), &options);
}

#[test]
fn changed_in_french() {
    case("changed-fr", &scene::changed(), &options().with_language(Language::French));
}

#[test]
fn cancelled_in_german() {
    case("cancelled-de", &scene::cancelled(), &options().with_language(Language::German));
}

#[test]
fn long_in_german() {
    case("long-de", &scene::long(), &options().with_language(Language::German));
}

#[test]
fn rich_in_english() {
    case("rich-en", &order::rich(), &options());
}

/// The same words, whatever the width, and no line wider than it unless a word is.
#[test]
fn texts_fit_their_columns() {
    let orders: [fn() -> OrderRequest; 5] =
        [scene::short, scene::changed, scene::cancelled, scene::long, order::rich];
    for order in orders {
        let order = order();
        for language in [Language::English, Language::Dutch, Language::German, Language::French] {
            let options = options().with_language(language);
            let wide = text(&order, &options, &mut All::new()).unwrap();
            let words = |text: &str| {
                // the line below the title is as long as that
                let said = text.split_whitespace().filter(|word| !word.starts_with("=="));
                said.map(str::to_owned).collect::<Vec<_>>()
            };
            for columns in [20, 34, 50, 72, 78] {
                let options = options.clone().with_columns(columns);
                let narrow = text(&order, &options, &mut All::new()).unwrap();
                assert_eq!(words(&narrow), words(&wide), "{narrow}");
                let is_good =
                    |line: &str| line.chars().count() <= columns || line.split_whitespace().count() == 1;
                assert!(narrow.lines().all(is_good), "{columns}: {narrow}");
                assert!(narrow.lines().all(|line| !line.ends_with(' ')), "{columns}: {narrow}");
            }
        }
    }
}

/// What is ordered can be copied in one piece.
#[test]
fn numbers_with_blanks_in_them_stay_whole() {
    const PART: &str = "SK M8 40 ZN";
    let mut order = scene::short();
    order.item_out = vec![order::item(1, PART, "Hexagon bolt", "2", "EA", "1.00")];
    for columns in 20..60 {
        let narrow = text(&order, &options().with_columns(columns), &mut All::new()).unwrap();
        assert!(narrow.lines().any(|line| line.contains(PART)), "{columns}: {narrow}");
        assert!(
            narrow.lines().all(|line| line.chars().count() <= columns || !line.contains(PART)),
            "{narrow}"
        );
        assert!(!narrow.contains('\u{A0}'), "{narrow}");
    }
}
