//! Returns out of files: each is read as the file beside it says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "helpers of tests")]

mod cases;
mod golden;
mod render;
mod vectors;

use std::path::PathBuf;

/// The folder of the data.
fn data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/oci")
}
