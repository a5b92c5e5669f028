//! Writing the document as a form field.

use std::fmt::Write as _;
use std::ops::Range;

use punchout_core::Limits;

use super::Field;
use crate::xml::{Kind, Scanner};
use crate::{Error, base64, charset, xml};

/// Writes name and value of the field for a document.
///
/// The value is what the form holds: url-encoding is the browser's.
///
/// # Errors
/// For [`Field::UrlEncoded`], when the document is not well-formed, or has a
/// character beyond US-ASCII where XML has no reference for it: in names,
/// comments and instructions. [`Field::Base64`] takes any bytes.
pub fn pair(field: Field, document: &[u8]) -> Result<(&'static str, String), Error> {
    let value = match field {
        Field::Base64 => base64::encode(document),
        Field::UrlEncoded => ascii(document)?,
    };
    Ok((field.name(), value))
}

/// The document in US-ASCII, with references for all other characters.
fn ascii(document: &[u8]) -> Result<String, Error> {
    let decoded = xml::decode(document)?;
    let text = &*decoded.text;
    if decoded.from.is_none() && text.is_ascii() {
        return Ok(text.to_owned());
    }
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut scanner = Scanner::new(text, Limits::default())?;
    let mut end = 0;
    loop {
        let kind = scanner.advance()?;
        let start = end;
        end = scanner.end();
        let piece = start..end;
        match kind {
            Kind::End => break,
            Kind::Text => referenced(&mut out, scanner.piece(piece)),
            Kind::CData => {
                // a section has no references: it is closed before each run of characters
                for run in scanner.piece(piece).split_inclusive(|c: char| !c.is_ascii()) {
                    let other = run.chars().next_back().filter(|c| !c.is_ascii());
                    out.push_str(run.trim_end_matches(|c: char| !c.is_ascii()));
                    if let Some(c) = other {
                        let _ = write!(out, "]]>&#{};<![CDATA[", u32::from(c));
                    }
                }
            }
            Kind::Open => tag(&mut out, text, piece)?,
            Kind::Close | Kind::Character | Kind::Entity | Kind::Doctype | Kind::Aside => {
                plain(&mut out, text, piece)?;
            }
        }
    }
    // what was declared is not so any more; US-ASCII is UTF-8 as well
    let out = if decoded.from.is_some() || decoded.untrue.is_some() {
        String::from_utf8(charset::redeclared(&out)).expect("the declaration of a text is text")
    } else {
        out
    };
    Ok(out)
}

/// A start tag: values take references, names do not.
fn tag(out: &mut String, text: &str, tag: Range<usize>) -> Result<(), Error> {
    let piece = text.get(tag.clone()).unwrap_or_default();
    let mut quote = None;
    for (at, c) in piece.char_indices() {
        match quote {
            None if matches!(c, '"' | '\'') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {}
        }
        if c.is_ascii() {
            out.push(c);
        } else if quote.is_some() {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            return Err(inexpressible(text, tag.start + at, c));
        }
    }
    Ok(())
}

/// What takes no references at all.
fn plain(out: &mut String, text: &str, range: Range<usize>) -> Result<(), Error> {
    let piece = text.get(range.clone()).unwrap_or_default();
    if let Some((at, c)) = piece.char_indices().find(|(_, c)| !c.is_ascii()) {
        return Err(inexpressible(text, range.start + at, c));
    }
    out.push_str(piece);
    Ok(())
}

fn referenced(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            let _ = write!(out, "&#{};", u32::from(c));
        }
    }
}

fn inexpressible(text: &str, at: usize, c: char) -> Error {
    let place = punchout_core::LineColumn::of(text.as_bytes(), at);
    Error::unwritable(
        Field::UrlEncoded.name().into(),
        format!(
            "U+{:04X} at line {}, column {} cannot be said in US-ASCII; use cXML-base64",
            u32::from(c),
            place.line,
            place.column
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_a_reference_but_in_names() {
        let xml =
            "<?xml version='1.0'?>\n<!-- c --><a b='é\"ü' c=\"'ß\">ö<![CDATA[1é2üß]]>\r\n&amp;€<d/></a>\n";
        assert_eq!(
            ascii(xml.as_bytes()).unwrap(),
            "<?xml version='1.0'?>\n<!-- c --><a b='&#233;\"&#252;' c=\"'&#223;\">&#246;\
             <![CDATA[1]]>&#233;<![CDATA[2]]>&#252;<![CDATA[]]>&#223;<![CDATA[]]>\r\n&amp;&#8364;<d/></a>\n"
        );
        for bad in
            ["<é/>", "<a é='1'/>", "<a><!-- é --></a>", "<a><?é b?></a>", "<!DOCTYPE a SYSTEM 'é'><a/>"]
        {
            let error = ascii(bad.as_bytes()).unwrap_err();
            assert!(error.to_string().contains("U+00E9 at line 1"), "{error}");
        }
        assert!(ascii("<é>".as_bytes()).is_err());
    }

    #[test]
    fn the_declaration_stays_true() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
        assert_eq!(ascii(latin).unwrap(), "<?xml version='1.0' encoding='UTF-8'?><a>&#233;</a>");
        let wide: Vec<u8> = "\u{feff}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(ascii(&wide).unwrap(), "<a>&#233;</a>");
        assert_eq!(ascii("\u{feff}<a>é</a>".as_bytes()).unwrap(), "<a>&#233;</a>");
    }
}
