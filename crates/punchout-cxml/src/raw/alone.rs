//! Markup that stands for itself, also where it came out of another document.

use std::ops::Range;

use super::unlimited;
use crate::xml::{Kind, Scanner};

/// A part of an element's markup in which references to entities are made the
/// characters that they say: no document that it comes into declares them.
#[cold]
pub(crate) fn standing_alone(element: &str, part: Range<usize>) -> String {
    const WELL_FORMED: &str = "the element was read before";
    let mut scanner = Scanner::new(element, unlimited()).expect(WELL_FORMED);
    let mut alone = String::with_capacity(part.len() + part.len() / 4);
    let mut from = part.start;
    loop {
        let kind = scanner.advance().expect(WELL_FORMED);
        if kind == Kind::End {
            break;
        }
        if scanner.names_entities(kind) {
            for name in scanner.entities(kind).filter(|name| part.contains(&name.start)) {
                alone.extend([element.get(from..name.start).unwrap_or_default(), "amp;"]);
                from = name.start;
            }
        }
    }
    alone.push_str(element.get(from..part.end).unwrap_or_default());
    alone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_references_are_made_characters() {
        let xml =
            "<a b='&x;'><!-- &x; --><c d=\"&x;&amp;x;&#38;&y;\">&x;<![CDATA[&x;]]></c><?e &x;?>&lt;&y;</a>";
        let alone = "<a b='&amp;x;'><!-- &x; --><c d=\"&amp;x;&amp;x;&#38;&amp;y;\">&amp;x;<![CDATA[&x;]]></c><?e &x;?>&lt;&amp;y;</a>";
        assert_eq!(standing_alone(xml, 0..xml.len()), alone);
        let inside = alone.strip_prefix("<a b='&amp;x;'>").and_then(|rest| rest.strip_suffix("</a>"));
        assert_eq!(Some(&*standing_alone(xml, 11..xml.len() - 4)), inside);
    }
}
