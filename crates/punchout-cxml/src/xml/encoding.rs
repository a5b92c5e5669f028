use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::chars::{Survey, is_space};
use crate::Error;

/// A document's text, and how it was had.
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    /// What was decoded from, unless it was UTF-8.
    pub(crate) from: Option<&'static str>,
    /// How many bytes of the input stand before the text.
    pub(crate) mark: usize,
    /// The declared encoding, where it cannot be true.
    pub(crate) untrue: Option<String>,
    /// What was seen in the text, if it was looked at.
    pub(crate) survey: Option<Survey>,
}

/// A text, and what was seen in it, if it was looked at.
type Seen<'b> = (Cow<'b, str>, Option<Survey>);

/// Turns the bytes of a document into text.
///
/// A byte order mark decides, then the XML declaration, then UTF-8 is assumed.
/// Bytes that are wrong in the encoding end the reading: XML has no repair for
/// them.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    decode_with(bytes, |text| Ok((str::from_utf8(text).map_err(|error| error.valid_up_to())?.into(), None)))
}

/// The same for who keeps the text: it is copied and surveyed on the way.
pub(crate) fn decode_to_keep(bytes: &[u8]) -> Result<Decoded<'_>, Error> {
    decode_with(bytes, copy)
}

/// Decodes with this for UTF-8, which says how much is valid if not all is.
fn decode_with<'b>(
    bytes: &'b [u8],
    utf8: impl Fn(&'b [u8]) -> Result<Seen<'b>, usize>,
) -> Result<Decoded<'b>, Error> {
    let utf8 = |mark: usize, untrue: Option<&str>| {
        let (text, survey) = utf8(bytes.get(mark..).unwrap_or_default()).map_err(|valid| {
            let message = "the document is not UTF-8 and does not declare another encoding";
            Error::encoding(bytes, mark + valid, message)
        })?;
        Ok(Decoded { text, from: None, mark, untrue: untrue.map(Into::into), survey })
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let decoded = if encoding == UTF_8 { utf8(mark, None) } else { other(rest, encoding) };
        return decoded.map(|decoded| against_its_declaration(decoded, encoding));
    }
    if let Some(encoding) = wide(bytes) {
        return other(bytes, encoding);
    }
    let Some(label) = declared(bytes) else {
        return utf8(0, None);
    };
    if is_ascii(label)
        && let Some(at) = bytes.iter().position(|byte| !byte.is_ascii())
    {
        return Err(Error::encoding(bytes, at, "the document is not US-ASCII, as it says".to_owned()));
    }
    match encoding_of(label) {
        None => Err(Error::encoding(
            bytes,
            0,
            format!("the declared encoding {} is unknown", punchout_core::excerpt(label)),
        )),
        Some(encoding) if encoding == UTF_8 => utf8(0, None),
        // Who can read the declaration byte by byte does not have UTF-16.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => utf8(0, Some(label)),
        Some(encoding) => other(bytes, encoding),
    }
}

/// What US-ASCII is called: its names in the register of character sets, and
/// the short one that everybody uses.
const ASCII: &[&str] = &[
    "us-ascii",
    "ascii",
    "ansi_x3.4-1968",
    "ansi_x3.4-1986",
    "iso-ir-6",
    "iso_646.irv:1991",
    "iso646-us",
    "us",
    "ibm367",
    "cp367",
    "csascii",
];

/// Whether an encoding has no more than ASCII.
pub(crate) fn is_ascii(label: &str) -> bool {
    ASCII.iter().any(|ascii| label.trim().eq_ignore_ascii_case(ascii))
}

/// The encoding of a name. What stands for US-ASCII on the web is windows-1252.
pub(crate) fn encoding_of(label: &str) -> Option<&'static Encoding> {
    if is_ascii(label) { Some(WINDOWS_1252) } else { Encoding::for_label(label.as_bytes()) }
}

/// A byte order mark counts more than what a declaration says.
fn against_its_declaration<'b>(mut decoded: Decoded<'b>, encoding: &'static Encoding) -> Decoded<'b> {
    let label = declared(decoded.text.as_bytes());
    let untrue = label.filter(|label| {
        let said = encoding_of(label);
        let is_wide = said.is_some_and(|said| [UTF_16LE, UTF_16BE].contains(&said));
        said != Some(encoding) && !(is_wide && encoding != UTF_8)
    });
    decoded.untrue = untrue.map(Into::into);
    decoded
}

/// UTF-16 without a mark, which the first two characters, `<?`, tell.
pub(crate) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, b'?', 0, ..] => Some(UTF_16LE),
        [0, b'<', 0, b'?', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Checks, copies and looks through a text, block by block: whoever looks at a
/// byte again has it at hand then, however long the document is.
fn copy<'b>(bytes: &[u8]) -> Result<Seen<'b>, usize> {
    const BLOCK: usize = 16 << 10;
    let mut text = String::with_capacity(bytes.len());
    let mut survey = Survey::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        // A block ends where a character begins. Where none does, it is no UTF-8.
        let begins = |at: &usize| rest.get(*at).is_none_or(|byte| !(0x80..0xC0).contains(byte));
        let end = (BLOCK..BLOCK + 4).find(begins).unwrap_or(BLOCK);
        let (block, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let block = str::from_utf8(block).map_err(|error| text.len() + error.valid_up_to())?;
        survey.add(block, text.len());
        text.push_str(block);
        rest = after;
    }
    Ok((text.into(), Some(survey)))
}

fn other<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Result<Decoded<'b>, Error> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(Decoded { text, from: Some(encoding.name()), mark: 0, untrue: None, survey: None }),
        None => {
            Err(Error::encoding(bytes, 0, format!("the document is not {}, as it says", encoding.name())))
        }
    }
}

/// The encoding in the XML declaration, read byte by byte.
pub(crate) fn declared(bytes: &[u8]) -> Option<&str> {
    // What goes on without a blank is another instruction, such as that of a style sheet.
    let declaration =
        bytes.strip_prefix(b"<?xml").filter(|rest| rest.first().is_some_and(|&b| is_space(b.into())))?;
    let end = declaration.iter().take(256).position(|&b| b == b'>')?;
    let declaration = str::from_utf8(declaration.get(..end)?).ok()?;
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value.strip_prefix(quote)?.split_once(quote)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text.into_owned()
    }

    #[test]
    fn decodes_what_is_declared() {
        assert_eq!(text("\u{feff}<a>é</a>".as_bytes()), "<a>é</a>");
        assert_eq!(text("<a>é</a>".as_bytes()), "<a>é</a>");
        for label in ["ISO-8859-1", "windows-1252", "iso-8859-15"] {
            let mut latin = format!("<?xml version='1.0' encoding='{label}'?><a>").into_bytes();
            latin.extend(b"\xE9</a>");
            assert!(text(&latin).ends_with("<a>é</a>"), "{label}");
        }
        let wide: Vec<u8> = "\u{feff}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&wide), "<a>é</a>");
        let unmarked = "<?xml version='1.0' encoding='UTF-16'?><a>é</a>";
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let wide: Vec<u8> = unmarked.encode_utf16().flat_map(bytes).collect();
            assert_eq!(text(&wide), unmarked);
        }
    }

    #[test]
    fn ascii_is_no_more_than_ascii() {
        assert_eq!(text(b"<?xml version='1.0' encoding='US-ASCII'?><a/>").len(), 45);
        let error = decode(b"<?xml version='1.0' encoding='us-ascii'?><a>\xE9</a>").err().unwrap();
        assert_eq!(error.to_string(), "the document is not US-ASCII, as it says at line 1, column 45");
        for label in ["ANSI_X3.4-1968", "ANSI_X3.4-1986", "iso-ir-6", "ISO646-US", "us", "IBM367", "csASCII"]
        {
            let declaration = format!("<?xml version='1.0' encoding='{label}'?>");
            assert!(text(format!("{declaration}<a/>").as_bytes()).ends_with("<a/>"), "{label}");
            let error = decode(&[declaration.as_bytes(), b"<a>\xE9</a>"].concat()).err().unwrap();
            assert!(error.to_string().starts_with("the document is not US-ASCII"), "{label}: {error}");
        }
    }

    #[test]
    fn another_instruction_declares_nothing() {
        for label in ["ISO-8859-1", "klingon", "us-ascii", "UTF-16"] {
            let xml = format!("<?xml-stylesheet href='a' encoding='{label}'?><a>Müller</a>");
            let decoded = decode(xml.as_bytes()).unwrap();
            assert_eq!((&*decoded.text, decoded.untrue), (&*xml, None), "{label}");
            let marked = format!("\u{feff}{xml}");
            let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let unmarked = wide.get(2..).unwrap();
            for bytes in [marked.as_bytes(), &wide, unmarked] {
                let decoded = decode(bytes).unwrap();
                assert_eq!((&*decoded.text, decoded.untrue), (&*xml, None), "{label}");
            }
        }
        for blank in [" ", "\n", "\t", "\r\n"] {
            assert_eq!(declared(format!("<?xml{blank}encoding='a'?>").as_bytes()), Some("a"), "{blank:?}");
        }
    }

    #[test]
    fn copies_as_it_decodes() {
        let tails = [&b"\xE9"[..], b"\x9F", b"\xF0\x9F\x98", b"\x9F\x9F\x9F\x9F\x9F", b"", b"\r", b"\x0B"];
        for padding in 0..5 {
            for piece in ["a", "é", "€", "😀"] {
                let text = "x".repeat(padding) + &piece.repeat(20_000);
                for tail in tails {
                    let bytes = [text.as_bytes(), tail, b"<a/>"].concat();
                    match (decode(&bytes), decode_to_keep(&bytes)) {
                        (Ok(plain), Ok(kept)) => {
                            assert!(plain.text == kept.text);
                            let survey = kept.survey.unwrap();
                            assert_eq!(survey.forbidden, (tail == b"\x0B").then_some(text.len()));
                            assert_eq!(survey.has_returns, tail == b"\r");
                        }
                        (Err(plain), Err(kept)) => assert_eq!(plain.span(), kept.span()),
                        _ => panic!("{piece} {tail:?}"),
                    }
                }
            }
        }
    }

    #[test]
    fn says_where_it_is_no_text() {
        let error = decode(b"<a>\n\xE9</a>").err().unwrap();
        assert_eq!(error.position().map(|at| (at.line, at.column)), Some((2, 1)));
        assert!(decode(b"<?xml version='1.0' encoding='klingon'?><a/>").is_err());
        assert!(decode(b"<?xml version='1.0' encoding='utf-16'?><a/>").unwrap().untrue.is_some());
        for (label, is_true) in [("utf-8", false), ("utf-16", true), ("utf-16le", true), ("latin1", false)] {
            let text = format!("\u{feff}<?xml version='1.0' encoding='{label}'?><a>é</a>");
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(decode(&wide).unwrap().untrue.is_none(), is_true, "{label}");
            assert_eq!(decode(text.as_bytes()).unwrap().untrue.is_none(), label == "utf-8", "{label}");
        }
    }
}
