use std::borrow::Cow;

use crate::xml::push_decoded;

/// What a run of characters and references says.
pub(crate) fn decode_text(raw: &str) -> Cow<'_, str> {
    decode(raw, ['&', '\r'], "\n")
}

/// What an attribute value says; white space counts as blanks there.
pub(crate) fn decode_value(raw: &str) -> Cow<'_, str> {
    decode(raw, ['&', '\t', '\r', '\n'], " ")
}

/// What a CDATA section says, given with its delimiters.
pub(super) fn decode_cdata(raw: &str) -> Cow<'_, str> {
    let inside = raw.strip_prefix("<![CDATA[").and_then(|inside| inside.strip_suffix("]]>"));
    decode(inside.unwrap_or_default(), ['\r'], "\n")
}

fn decode<'a, const N: usize>(raw: &'a str, special: [char; N], space: &str) -> Cow<'a, str> {
    if !raw.contains(special) {
        return Cow::Borrowed(raw);
    }
    let mut decoded = String::with_capacity(raw.len());
    push_decoded(raw, special, space, &mut decoded);
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
        assert_eq!(decode_text("a&xxe;\r&amp;b;"), "a&xxe;\n&b;");
        assert!(matches!(decode_text("plain\n"), Cow::Borrowed("plain\n")));
    }
}
