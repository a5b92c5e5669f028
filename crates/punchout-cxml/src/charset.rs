//! The charset that comes with a document, from outside of it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::xml;

/// What is odd about a stated charset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Odd {
    /// It overrides what the document says; the document was made UTF-8.
    Overrides,
    /// It is US-ASCII, or nothing was stated for `text/xml`, which means the
    /// same, and the document has other characters. What it says itself counts.
    NotAscii,
    /// The document cannot be in it. What it says itself counts.
    Untrue,
    /// Nobody knows it. What the document says counts.
    Unknown,
}

/// Gives a document so that its reader, who has nothing but the document,
/// understands it in the stated charset.
///
/// A byte order mark counts more than any statement.
pub(crate) fn apply<'a>(bytes: &'a [u8], label: &str) -> (Cow<'a, [u8]>, Option<Odd>) {
    let label = label.trim();
    let kept = Cow::Borrowed(bytes);
    if Encoding::for_bom(bytes).is_some() {
        return (kept, None);
    }
    if xml::is_ascii(label) && !bytes.is_ascii() {
        return (kept, Some(Odd::NotAscii));
    }
    let Some(stated) = xml::encoding_of(label) else { return (kept, Some(Odd::Unknown)) };
    // Half of its bytes are zeros, so it is no XML in anything else.
    if xml::wide(bytes).is_some() {
        let is_wide = [UTF_16LE, UTF_16BE].contains(&stated);
        return (kept, (!is_wide).then_some(Odd::Untrue));
    }
    let declared = xml::declared(bytes);
    let own = declared.map_or(Some(UTF_8), xml::encoding_of);
    // a declaration that can be read byte by byte is not in UTF-16, as XML's reader knows
    let own = own.map(|own| if own == UTF_16LE || own == UTF_16BE { UTF_8 } else { own });
    if own == Some(stated) {
        return (kept, None);
    }
    let Some(text) = stated.decode_without_bom_handling_and_without_replacement(bytes) else {
        return (kept, Some(Odd::Untrue));
    };
    if own.is_some_and(|own| {
        own.decode_without_bom_handling_and_without_replacement(bytes).is_some_and(|same| same == text)
    }) {
        return (kept, None);
    }
    (Cow::Owned(redeclared(&text)), Some(Odd::Overrides))
}

/// UTF-8, with a declaration that agrees.
pub(crate) fn redeclared(text: &str) -> Vec<u8> {
    let label = xml::declared(text.as_bytes()).filter(|label| !label.is_empty());
    match (label, text.split_once("encoding")) {
        (Some(label), Some((before, after))) => {
            format!("{before}encoding{}", after.replacen(label, "UTF-8", 1)).into_bytes()
        }
        _ => text.as_bytes().to_vec(),
    }
}

/// The value of the parameter `charset` of a content type.
pub(crate) fn parameter(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(bytes: &[u8], label: &str) -> (String, Option<Odd>) {
        let (bytes, odd) = apply(bytes, label);
        (xml::decode(&bytes).unwrap().text.into(), odd)
    }

    #[test]
    fn the_statement_counts() {
        let latin = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?><a>\xE9</a>";
        let (text, odd) = applied(latin, "iso-8859-1");
        assert_eq!(text, "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><a>é</a>");
        assert_eq!(odd, Some(Odd::Overrides));
        let utf8 = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>é</a>";
        let (text, odd) = applied(utf8.as_bytes(), " utf-8");
        assert_eq!(text, utf8.replace("ISO-8859-1", "UTF-8"));
        assert_eq!(odd, Some(Odd::Overrides));
        assert_eq!(
            applied(b"<?xml version='1.0' encoding='klingon'?><a/>", "utf-8").0,
            "<?xml version='1.0' encoding='UTF-8'?><a/>"
        );
        let wide: Vec<u8> = "<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(applied(&wide, "utf-16le"), ("<a>é</a>".into(), Some(Odd::Overrides)));
    }

    #[test]
    fn nothing_changes_where_nothing_differs() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
        let plain = "<a>é</a>".as_bytes();
        let marked = "\u{feff}<a>é</a>".as_bytes();
        let wide = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "<?xml version='1.0'?><a>é</a>".encode_utf16().flat_map(bytes).collect()
        };
        let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
        for (bytes, label, odd) in [
            (&*little, "utf-16le", None),
            (&*big, "UTF-16", None),
            (&*little, "utf-8", Some(Odd::Untrue)),
            (&latin[..], "ISO-8859-1", None),
            (latin, "utf-8", Some(Odd::Untrue)),
            (latin, "us-ascii", Some(Odd::NotAscii)),
            (latin, "klingon", Some(Odd::Unknown)),
            (plain, "UTF-8", None),
            (marked, "iso-8859-1", None),
            (b"<?xml version='1.0' encoding='ISO-8859-15'?><a/>", "utf-8", None),
            (b"<?xml version='1.0' encoding='utf-16'?><a/>", "utf-8", None),
            (b"<a/>", "us-ascii", None),
        ] {
            assert_eq!(apply(bytes, label), (Cow::Borrowed(bytes), odd), "{label}");
        }
    }

    #[test]
    fn finds_the_parameter() {
        assert_eq!(parameter("text/xml; charset=UTF-8"), Some("UTF-8"));
        assert_eq!(parameter("text/xml;a=b; Charset = \"utf-8\" "), Some("utf-8"));
        for none in ["text/xml", "charset=utf-8", "text/xml; charset=", "text/xml; xcharset=a"] {
            assert_eq!(parameter(none), None, "{none}");
        }
    }
}
