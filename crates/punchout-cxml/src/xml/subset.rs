//! What is declared inside of a document.

use std::ops::Range;

/// What may tell something there: what stands in quotes, and comments.
///
/// Names stay, and so does the structure, which the scanner has seen to end.
pub(crate) fn declared_values(doctype: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut is_inside = false;
    while let Some(next) = doctype.get(at..).and_then(|rest| rest.find(['"', '\'', '<', '['])) {
        at += next;
        let rest = doctype.get(at..).unwrap_or_default();
        let (open, close) = match rest {
            _ if rest.starts_with("<!--") => ("<!--", "-->"),
            _ if rest.starts_with("<?") => ("<?", "?>"),
            _ if rest.starts_with('"') => ("\"", "\""),
            _ if rest.starts_with('\'') => ("'", "'"),
            _ => {
                is_inside |= rest.starts_with('[');
                at += 1;
                continue;
            }
        };
        let start = at + open.len();
        let length = doctype.get(start..).and_then(|rest| rest.find(close));
        let end = length.map_or(doctype.len(), |length| start + length);
        if is_inside {
            found.push(start..end);
        }
        at = (end + close.len()).min(doctype.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_may_tell_something() {
        let doctype = "<!DOCTYPE a SYSTEM '\"[\"' [ <!ENTITY b \"Jo's\"> <!-- of \"Jo --> <?c d?> <!ENTITY e SYSTEM 'f'>]>";
        let found: Vec<_> = declared_values(doctype).into_iter().map(|span| &doctype[span]).collect();
        assert_eq!(found, ["Jo's", " of \"Jo ", "c d", "f"]);
        assert!(declared_values("<!DOCTYPE a SYSTEM 'x'>").is_empty());
    }
}
