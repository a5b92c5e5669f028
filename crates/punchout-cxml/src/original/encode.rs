use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::xml::Decoded;

/// Whether the document can hold any character.
pub(super) fn is_unicode(decoded: &Decoded<'_>) -> bool {
    decoded.from.is_none_or(|name| name.starts_with("UTF-16"))
}

/// Puts text into the encoding that a document came in, with the byte order
/// mark that it had.
///
/// A character that the encoding lacks becomes a reference, which is right in
/// texts and attribute values, where all new characters stand.
pub(crate) fn encode(text: &str, original: &[u8], decoded: &Decoded<'_>) -> Vec<u8> {
    let mark = Encoding::for_bom(original).map_or(0, |(_, length)| length);
    let mut bytes = original.get(..mark).unwrap_or_default().to_vec();
    let encoding = decoded.from.and_then(|name| Encoding::for_label(name.as_bytes()));
    match encoding {
        None => bytes.extend(text.as_bytes()),
        Some(encoding) if encoding == UTF_16LE => {
            bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        }
        Some(encoding) if encoding == UTF_16BE => {
            bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        }
        Some(encoding) => bytes.extend(encoding.encode(text).0.iter()),
    }
    bytes
}
