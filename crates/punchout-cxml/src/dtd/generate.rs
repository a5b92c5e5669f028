//! Makes `builtin/tables.rs` from the DTDs.
//!
//! The DTDs are found in `cxml/dtd/VERSION/NAME.dtd` of the folder that
//! `PUNCHOUT_DATA` names. To write the tables anew:
//!
//! ```sh
//! UPDATE_TABLES=1 cargo test -p punchout-cxml --lib dtd::generate
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::builder::{Builder, OwnTables, names};
use super::parse::{self, Declarations};

/// The order of the files in a version: the first that holds a payload is
/// taken when the document does not say.
const FILES: [&str; 8] =
    ["cXML", "Fulfill", "InvoiceDetail", "Quote", "Catalog", "PaymentRemittance", "Contract", "Logistics"];

struct Source {
    version: String,
    file: &'static str,
    declared: Declarations,
}

/// Newest version first, so that what is in use stands first in the tables.
fn sources(folder: &Path) -> Vec<Source> {
    let mut versions: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    versions.retain(|path| path.is_dir());
    versions.sort();
    let mut found = Vec::new();
    for path in versions.iter().rev() {
        for file in FILES {
            let Ok(text) = std::fs::read_to_string(path.join(file).with_extension("dtd")) else { continue };
            let declared =
                parse::parse(&text).unwrap_or_else(|error| panic!("{}/{file}: {error}", path.display()));
            let version = path.file_name().unwrap().to_str().unwrap().to_owned();
            found.push(Source { version, file, declared });
        }
    }
    found
}

fn generate(sources: &[Source]) -> String {
    let names = names(sources.iter().map(|source| &source.declared));
    let mut builder = Builder::new(names.iter().copied()).unwrap();
    let mut defined: Vec<Vec<u16>> =
        sources.iter().map(|source| builder.add(&source.declared).unwrap()).collect();
    let mut tables = builder.tables;
    by_name(&mut tables, &mut defined);

    let mut out = String::from("// Made by `dtd/generate.rs`; not to be edited by hand.\n\n");
    out.push_str("use super::{BuiltIn, dense};\n\n");
    writeln!(out, "pub(super) const NAMES: usize = {};\n", names.len()).unwrap();
    out.push_str("pub(super) static TEXT: &str = \"\\\n");
    let mut start = 0;
    let mut strings = Vec::new();
    for &end in &tables.ends {
        strings.push(&tables.text[start..end as usize]);
        start = end as usize;
    }
    wrap(
        &mut out,
        strings.iter().map(|string| {
            // A blank at the beginning of a line would be lost.
            assert!(!string.contains(['"', '\\', '\n']) && !string.starts_with(' '), "{string}");
            (*string).to_owned()
        }),
        "\\",
    );
    out.push_str("\";\n\n");
    numbers(&mut out, "ENDS", "u32", tables.ends.iter().map(u32::to_string));
    numbers(&mut out, "BUCKETS", "u16", tables.buckets.iter().map(u16::to_string));
    numbers(&mut out, "SLOTS", "u16", tables.slots.iter().map(u16::to_string));
    numbers(&mut out, "STATES", "[u16; 3]", tables.states.iter().map(|row| list(row)));
    numbers(&mut out, "RANGES", "[u16; 2]", tables.ranges.iter().map(|row| list(row)));
    numbers(&mut out, "ATTRIBUTES", "[u16; 5]", tables.attributes.iter().map(|row| list(row)));
    numbers(&mut out, "LISTS", "u16", tables.lists.iter().map(u16::to_string));
    numbers(&mut out, "VALUES", "u16", tables.values.iter().map(u16::to_string));
    numbers(&mut out, "DEFINITIONS", "[u16; 6]", tables.definitions.iter().map(|row| list(row)));

    writeln!(out, "pub(super) static DTDS: [BuiltIn; {}] = [", sources.len()).unwrap();
    for (number, source) in sources.iter().enumerate() {
        let Source { version, file, .. } = source;
        writeln!(
            out,
            "    BuiltIn {{ version: {version:?}, file: {file:?}, name: \"{version}/{file}\", elements: &ELEMENTS_{number} }},"
        )
        .unwrap();
    }
    out.push_str("];\n");
    for (number, defined) in defined.iter().enumerate() {
        writeln!(out, "\nstatic ELEMENTS_{number}: [u16; NAMES] = dense(&[").unwrap();
        let mut runs: Vec<[u16; 2]> = Vec::new();
        for &definition in defined {
            match runs.last_mut() {
                Some([_, end]) if *end == definition => *end += 1,
                _ => runs.push([definition, definition + 1]),
            }
        }
        wrap(&mut out, runs.iter().map(|run| list(run) + ","), "");
        out.push_str("]);\n");
    }
    out
}

/// Sorts the definitions by name, so that those of one DTD come in long runs.
fn by_name(tables: &mut OwnTables, defined: &mut [Vec<u16>]) {
    let mut order: Vec<usize> = (0..tables.definitions.len()).collect();
    order.sort_by_key(|&definition| (tables.definitions[definition][0], definition));
    let moved: BTreeMap<usize, u16> =
        order.iter().enumerate().map(|(to, &from)| (from, u16::try_from(to).unwrap())).collect();
    tables.definitions = order.iter().map(|&from| tables.definitions[from]).collect();
    for defined in defined {
        for definition in &mut *defined {
            *definition = moved[&usize::from(*definition)];
        }
        defined.sort_unstable();
    }
}

fn list(row: &[u16]) -> String {
    let numbers: Vec<_> = row.iter().map(u16::to_string).collect();
    format!("[{}]", numbers.join(","))
}

fn numbers(out: &mut String, name: &str, kind: &str, rows: impl ExactSizeIterator<Item = String>) {
    writeln!(out, "pub(super) static {name}: [{kind}; {}] = [", rows.len()).unwrap();
    wrap(out, rows.map(|row| row + ","), "");
    out.push_str("];\n\n");
}

/// Writes pieces one after the other, in lines of at most 110 characters.
fn wrap(out: &mut String, pieces: impl Iterator<Item = String>, line_end: &str) {
    let mut column = 0;
    for piece in pieces {
        if column > 0 && column + piece.len() > 110 {
            out.push_str(line_end);
            out.push('\n');
            column = 0;
        }
        column += piece.len();
        out.push_str(&piece);
    }
    out.push_str(line_end);
    out.push('\n');
}

#[test]
fn the_tables_are_those_of_the_dtds() {
    let folder = std::env::var_os("PUNCHOUT_DATA").map(|data| PathBuf::from(data).join("cxml/dtd"));
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        assert!(
            std::env::var("PUNCHOUT_REQUIRE").as_deref() != Ok("1"),
            "the DTDs of PUNCHOUT_DATA are needed"
        );
        println!("SKIPPED the_tables_are_those_of_the_dtds: folder cxml/dtd of PUNCHOUT_DATA is not there");
        return;
    };
    let generated = generate(&sources(&folder));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dtd/builtin/tables.rs");
    if std::env::var("UPDATE_TABLES").as_deref() == Ok("1") {
        std::fs::write(&file, &generated).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap();
    let parted = kept.lines().zip(generated.lines()).position(|(kept, made)| kept != made);
    assert!(kept == generated, "the tables are not those of the DTDs, from line {parted:?} on");
}
