//! The public API of the crate.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "helpers of tests")]
#![allow(clippy::format_collect, reason = "bodies are put together out of pairs")]

mod call_up;
mod carrier;
mod charset;
mod decode;
mod diagnostics;
mod draw;
mod encode;
mod hierarchy;
#[cfg(feature = "html")]
mod html;
mod input;
#[cfg(feature = "json")]
mod json;
mod laws;
mod limits;
mod numbers;
mod rules;
#[cfg(feature = "serde")]
mod serde;
mod xml;

use punchout_core::{All, Diagnostic};
use punchout_oci::{Basket, Decoder, Field};

/// An item without a fault.
const BOLT: &str = "NEW_ITEM-DESCRIPTION[1]=Bolt&NEW_ITEM-QUANTITY[1]=2&NEW_ITEM-UNIT[1]=PCE";

/// An item without a fault but for what comes with these pairs.
fn bolt_with(pairs: &str) -> String {
    format!("{BOLT}&{pairs}")
}

fn read(decoder: &Decoder, body: impl AsRef<[u8]>) -> (Basket, Vec<Diagnostic>) {
    let mut found = All::new();
    let basket = decoder.form(body.as_ref(), &mut found).unwrap();
    (basket, found.into_found())
}

fn lenient(body: impl AsRef<[u8]>) -> (Basket, Vec<Diagnostic>) {
    read(&Decoder::lenient(), body)
}

fn strict(body: impl AsRef<[u8]>) -> (Basket, Vec<Diagnostic>) {
    read(&Decoder::strict(), body)
}

/// Findings in short: `warning NUM-COMMA at item 1 / PRICE`.
fn short(found: &[Diagnostic]) -> Vec<String> {
    let one = |finding: &Diagnostic| {
        let code = finding.code.as_str().trim_start_matches("OCI-");
        let place = if finding.at.is_empty() { "the return" } else { &finding.at };
        format!("{} {code} at {place}", finding.severity)
    };
    found.iter().map(one).collect()
}

/// The codes alone, without `OCI-`.
fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.code.as_str().trim_start_matches("OCI-")).collect()
}

/// Index and description of each item.
fn descriptions(basket: &Basket) -> Vec<(u32, &str)> {
    basket.items.iter().map(|item| (item.index, item.text(Field::Description).unwrap_or("-"))).collect()
}
