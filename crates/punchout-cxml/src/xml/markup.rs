//! What is neither element nor text: comments, instructions, declarations.

use memchr::memchr;
use memchr::memmem::find;
use punchout_core::excerpt;

use super::chars::{Class, class, is_name, is_space};
use super::doctype;
use super::scanner::{Kind, Scanner, Stage};
use crate::Error;

const COMMENT: &str = "<!--";
const CDATA: &str = "<![CDATA[";
const DOCTYPE: &str = "<!DOCTYPE";

impl Scanner<'_> {
    /// Reads what begins with `<!`.
    #[inline(never)]
    pub(super) fn declaration(&mut self) -> Result<Kind, Error> {
        let rest = self.bytes_from(self.start);
        if rest.starts_with(COMMENT.as_bytes()) {
            self.comment()
        } else if rest.starts_with(CDATA.as_bytes()) {
            self.cdata()
        } else if rest.starts_with(DOCTYPE.as_bytes()) {
            self.doctype()
        } else {
            let message = "`<!` begins neither a comment, nor CDATA, nor a DOCTYPE";
            Err(self.wrong_at(self.start..self.start + 2, message))
        }
    }

    fn comment(&mut self) -> Result<Kind, Error> {
        let start = self.start + COMMENT.len();
        let Some(length) = find(self.bytes_from(start), b"--") else {
            return Err(self.endless("a comment"));
        };
        let end = start + length;
        if self.byte(end + 2) != b'>' {
            return Err(self.wrong_at(end..end + 2, "a comment has `--`"));
        }
        self.position = end + 3;
        Ok(Kind::Aside)
    }

    fn cdata(&mut self) -> Result<Kind, Error> {
        let start = self.start + CDATA.len();
        let Some(length) = find(self.bytes_from(start), b"]]>") else {
            return Err(self.endless("a CDATA section"));
        };
        self.position = start + length + 3;
        if self.stage != Stage::Root {
            return Err(self.outside());
        }
        self.inside = start..start + length;
        Ok(Kind::CData)
    }

    /// Reads what begins with `<?`.
    #[inline(never)]
    pub(super) fn instruction(&mut self) -> Result<Kind, Error> {
        let start = self.start + 2;
        let Some(length) = find(self.bytes_from(start), b"?>") else {
            return Err(self.endless("a processing instruction"));
        };
        self.position = start + length + 2;
        let instruction = self.piece(start..start + length);
        let target = instruction.split(is_space).next().unwrap_or_default();
        if target == "xml" {
            return if self.start == 0 { self.xml_declaration() } else { Err(self.late_declaration()) };
        }
        if !is_name(target) || target.eq_ignore_ascii_case("xml") {
            let message = format!("{} is no processing instruction", excerpt(target));
            return Err(self.wrong_at(self.start..self.position, message));
        }
        Ok(Kind::Aside)
    }

    #[cold]
    fn late_declaration(&self) -> Error {
        let message = "the XML declaration may only stand at the very beginning";
        self.wrong_at(self.start..self.position, message)
    }

    fn xml_declaration(&mut self) -> Result<Kind, Error> {
        let end = self.position;
        let after = self.attributes_from("<?xml".len())?;
        let found = self.take_attributes();
        let named: Vec<_> = found.iter().map(|found| (found.name, self.piece(found.value.clone()))).collect();
        let is_version = |version: &str| version.strip_prefix("1.").is_some_and(is_number);
        let (is_right, standalone) = match *named {
            [("version", v)] => (is_version(v), None),
            [("version", v), ("encoding", e)] => (is_version(v) && is_encoding(e), None),
            [("version", v), ("standalone", s)] => (is_version(v), Some(s)),
            [("version", v), ("encoding", e), ("standalone", s)] => {
                (is_version(v) && is_encoding(e), Some(s))
            }
            _ => (false, None),
        };
        let is_right = is_right && matches!(standalone, None | Some("yes" | "no"));
        if after + 2 != end || !is_right {
            return Err(self.wrong_at(self.start..end, "the XML declaration is not well-formed"));
        }
        self.is_standalone = standalone == Some("yes");
        Ok(Kind::Aside)
    }

    fn doctype(&mut self) -> Result<Kind, Error> {
        let start = self.start + DOCTYPE.len();
        let Some(end) = self.end_of_doctype(start) else { return Err(self.endless("a DOCTYPE")) };
        self.position = end + 1;
        let span = self.start..end + 1;
        if self.stage != (Stage::Prolog { doctype: false }) {
            let message = "a DOCTYPE may stand once, before the root element";
            return Err(self.wrong_at(span, message));
        }
        self.stage = Stage::Prolog { doctype: true };
        self.declared = doctype::parse(self.piece(start..end));
        match self.declared {
            Some(_) => Ok(Kind::Doctype),
            None => Err(self.wrong_at(span, "the DOCTYPE is not well-formed")),
        }
    }

    /// Where the `>` of a DOCTYPE stands: not in quotes, and not among the
    /// declarations inside of it, which are passed over.
    fn end_of_doctype(&self, from: usize) -> Option<usize> {
        let mut at = from;
        let mut is_inside = false;
        loop {
            let rest = self.bytes_from(at);
            at += rest.iter().position(|&b| class(b).is(Class::IN_DOCTYPE))?;
            let rest = self.bytes_from(at);
            let here = self.byte(at);
            at += match here {
                b'>' if !is_inside => return Some(at),
                b'[' if !is_inside => {
                    is_inside = true;
                    1
                }
                b']' => {
                    let end = self.skip_space(at + 1);
                    return (is_inside && self.byte(end) == b'>').then_some(end);
                }
                b'<' if is_inside && rest.starts_with(COMMENT.as_bytes()) => {
                    COMMENT.len() + find(rest.get(COMMENT.len()..)?, b"-->")? + 3
                }
                b'<' if is_inside && rest.starts_with(b"<?") => 2 + find(rest.get(2..)?, b"?>")? + 2,
                b'<' if is_inside => declaration_length(rest)?,
                b'"' | b'\'' => 2 + memchr(here, rest.get(1..)?)?,
                _ => 1,
            };
        }
    }
}

/// How long the declaration is that begins these bytes.
fn declaration_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|b| matches!(b, b'>' | b'"' | b'\''))?;
        match bytes.get(at)? {
            b'>' => return Some(at + 1),
            quote => at += 2 + memchr(*quote, bytes.get(at + 1..)?)?,
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_encoding(name: &str) -> bool {
    let rest = name.strip_prefix(|c: char| c.is_ascii_alphabetic());
    rest.is_some_and(|rest| {
        rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
    })
}
