//! Call-ups: written by a buyer, read by a shop.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "helpers of tests")]

mod functions;
mod laws;
mod read;
mod vectors;
mod write;

#[cfg(feature = "json")]
mod download;

use punchout_core::{All, Diagnostic};
use punchout_oci::{CallUp, CallUpDecoder};

/// Reads a query with the severities of real life.
fn read(query: &str) -> (CallUp, Vec<Diagnostic>) {
    let mut found = All::new();
    let call_up = CallUpDecoder::lenient().body(query, &mut found).unwrap();
    (call_up, found.into_found())
}

/// Reads a query; gives the codes of the findings, without `OCI-`.
fn codes(query: &str) -> Vec<&'static str> {
    short(&read(query).1)
}

fn short(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.code.as_str().trim_start_matches("OCI-")).collect()
}

/// The names of the parameters without a place of their own.
fn extra(call_up: &CallUp) -> Vec<&str> {
    call_up.extra.iter().map(|parameter| parameter.name.as_str()).collect()
}
