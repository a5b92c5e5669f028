use crate::Doctype;
use crate::tree::Tree;
use crate::xml::is_space;

/// Writes what stands before the root element, with the DTD that the document
/// names now.
pub(super) fn write(original: &Tree<'_>, base: &Doctype, new: &Doctype) -> String {
    let start = original.root().span().start;
    let before = original.piece(0..start);
    if base == new {
        return before.into();
    }
    let system_id = &*new.system_id;
    // The writer has refused what no quote can hold.
    let quote = if system_id.contains('"') { '\'' } else { '"' };
    let Some((declared, span)) = original.doctype() else {
        return format!("{before}<!DOCTYPE cXML SYSTEM {quote}{system_id}{quote}>\n");
    };
    let declaration = original.piece(span.clone());
    let head = "<!DOCTYPE".len();
    let name = declaration.get(head..).and_then(|rest| rest.find(declared.root)).unwrap_or_default();
    let rest = declaration.get(head + name + declared.root.len()..).unwrap_or_default();
    let after = behind_ids(rest);
    let end = span.end - after.len();
    let head = original.piece(0..span.start + head + name + declared.root.len());
    format!("{head} SYSTEM {quote}{system_id}{quote}{}", original.piece(end..start))
}

/// What follows the identifiers of a DOCTYPE: declarations inside of the
/// document, or the end.
fn behind_ids(rest: &str) -> &str {
    let words = rest.trim_start_matches(is_space);
    let literals = match words {
        _ if words.starts_with("SYSTEM") => 1,
        _ if words.starts_with("PUBLIC") => 2,
        _ => return rest,
    };
    (0..literals).fold(words, |rest, _| {
        let at = rest.find(['"', '\'']).unwrap_or(rest.len());
        let mut literal = rest.get(at..).unwrap_or_default().chars();
        let quote = literal.next().unwrap_or_default();
        literal.as_str().split_once(quote).map_or("", |(_, after)| after)
    })
}

#[cfg(test)]
mod tests {
    use punchout_core::Limits;

    use super::*;

    #[test]
    fn only_the_identifier_changes() {
        for (before, after) in [
            ("<!DOCTYPE cXML SYSTEM 'old'>\n", "<!DOCTYPE cXML SYSTEM \"new\">\n"),
            (
                "<!DOCTYPE  cXML SYSTEM  \"old\" [ <!-- 'x' --> ] >",
                "<!DOCTYPE  cXML SYSTEM \"new\" [ <!-- 'x' --> ] >",
            ),
            ("<!DOCTYPE cXML PUBLIC 'old' 'old'[]>", "<!DOCTYPE cXML SYSTEM \"new\"[]>"),
            ("<!DOCTYPE cXML [<!ELEMENT a ANY>]>", "<!DOCTYPE cXML SYSTEM \"new\" [<!ELEMENT a ANY>]>"),
            ("<?xml version='1.0'?>\n", "<?xml version='1.0'?>\n<!DOCTYPE cXML SYSTEM \"new\">\n"),
        ] {
            let text = format!("{before}<cXML/>");
            let tree = Tree::parse(&text, Limits::default()).unwrap();
            assert_eq!(write(&tree, &Doctype::new("old"), &Doctype::new("new")), after);
            assert_eq!(write(&tree, &Doctype::new("old"), &Doctype::new("old")), before);
        }
    }
}
