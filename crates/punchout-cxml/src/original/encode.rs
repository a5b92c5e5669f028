use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::xml::{Decoded, declared, is_ascii};

/// What characters can be added to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// Any.
    Unicode,
    /// Those up to this one, as the declared encoding has it. US-ASCII and
    /// ISO-8859-1 are read as windows-1252, which has more; strict readers know
    /// the difference.
    UpTo(char),
    /// Those that the encoder knows.
    Encoder,
}

impl Room {
    pub(crate) fn of(decoded: &Decoded<'_>) -> Self {
        if decoded.from.is_none_or(|name| name.starts_with("UTF-16")) {
            return Self::Unicode;
        }
        let label = declared(decoded.text.as_bytes()).unwrap_or_default().trim().to_ascii_lowercase();
        match &*label {
            "windows-1252" | "cp1252" | "x-cp1252" => Self::Encoder,
            label if is_ascii(label) => Self::UpTo('\u{7f}'),
            _ if decoded.from == Some("windows-1252") => Self::UpTo('\u{ff}'),
            _ => Self::Encoder,
        }
    }

    /// Writes references for the characters that have no room. What the encoder
    /// does not know becomes one when it is encoded.
    pub(crate) fn fit(self, text: &str) -> Cow<'_, str> {
        let Self::UpTo(last) = self else { return text.into() };
        let fits = |c: char| c <= last && !matches!(c, '\u{80}'..='\u{9f}');
        if text.chars().all(fits) {
            return text.into();
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if fits(c) {
                out.push(c);
            } else {
                out.extend(["&#", &u32::from(c).to_string(), ";"]);
            }
        }
        out.into()
    }
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
