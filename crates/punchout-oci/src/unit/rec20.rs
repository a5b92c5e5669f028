//! UN/ECE Recommendation 20, the codes for units of measure: code, whether it is
//! active, and its English name. What is retired was deprecated or marked as
//! deleted in some revision.

use super::table::{CodeTable, cut, lines};

/// The name of a code, and whether Recommendation 20 still has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Active(&'static str),
    Retired(&'static str),
}

pub(super) static REC20: CodeTable<Unit, { ROWS.len() }> = CodeTable::new(&ROWS);

const TABLE: &str = include_str!("rec20.tsv");

static ROWS: [(&str, Unit); lines(TABLE)] = rows(TABLE);

#[expect(clippy::indexing_slicing, reason = "called by the compiler, which stops at a fault")]
const fn rows<const N: usize>(table: &'static str) -> [(&'static str, Unit); N] {
    let mut rows = [("", Unit::Active("")); N];
    let (mut rest, mut at) = (table, 0);
    while at < N {
        let (code, after) = cut(rest, b'\t');
        let (state, after) = cut(after, b'\t');
        let (name, after) = cut(after, b'\n');
        let unit = match state.as_bytes() {
            b"active" => Unit::Active(name),
            b"retired" => Unit::Retired(name),
            _ => panic!("a unit is active or retired"),
        };
        rows[at] = (code, unit);
        rest = after;
        at += 1;
    }
    rows
}
