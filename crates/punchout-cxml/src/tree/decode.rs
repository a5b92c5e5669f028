use std::borrow::Cow;

use crate::xml::resolve;

/// What a run of characters and references says.
///
/// The run comes from a well-formed document; a reference that means nothing
/// here says nothing.
pub(crate) fn decode_text(raw: &str) -> Cow<'_, str> {
    decode(raw, &['&', '\r'], "\n")
}

/// What an attribute value says; white space counts as blanks there.
pub(crate) fn decode_value(raw: &str) -> Cow<'_, str> {
    decode(raw, &['&', '\t', '\r', '\n'], " ")
}

/// What a CDATA section says, given with its delimiters.
pub(super) fn decode_cdata(raw: &str) -> Cow<'_, str> {
    let inside = raw.strip_prefix("<![CDATA[").and_then(|inside| inside.strip_suffix("]]>"));
    decode(inside.unwrap_or_default(), &['\r'], "\n")
}

fn decode<'a>(raw: &'a str, special: &[char], space: &str) -> Cow<'a, str> {
    if !raw.contains(special) {
        return Cow::Borrowed(raw);
    }
    let mut decoded = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(special) {
        let (plain, from) = rest.split_at(at);
        decoded.push_str(plain);
        let reference = from.strip_prefix('&').and_then(|name| name.split_once(';'));
        if let Some((name, after)) = reference {
            decoded.extend(resolve(name));
            rest = after;
        } else {
            decoded.push_str(space);
            rest = from.strip_prefix("\r\n").or_else(|| from.get(1..)).unwrap_or_default();
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_xml_says() {
        assert_eq!(decode_text("a\r\nb\rc\n\td &lt;&#13;\r\n&#x20AC;"), "a\nb\nc\n\td <\r\n€");
        assert_eq!(decode_value("a\r\nb\tc&#10;d &quot;"), "a b c\nd \"");
        assert_eq!(decode_cdata("<![CDATA[a & b\r\n&lt;]]>"), "a & b\n&lt;");
        assert!(matches!(decode_text("plain\n"), Cow::Borrowed("plain\n")));
    }
}
