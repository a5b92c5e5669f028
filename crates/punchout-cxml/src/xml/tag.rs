//! Start tags and their attributes.

use std::ops::Range;

use punchout_core::excerpt;

use super::attributes::{Attribute, duplicate};
use super::chars::{Class, class, is_name};
use super::eight;
use super::scanner::{END, Kind, Scanner, Stage, Tag};
use crate::Error;

impl Scanner<'_> {
    #[inline(never)]
    pub(super) fn start_tag(&mut self) -> Result<Kind, Error> {
        let start = self.start;
        let Some(name_end) = self.name_end(start + 1) else { return Err(self.no_element()) };
        let at = if self.byte(name_end) == b'>' {
            self.attributes.clear();
            self.has_entities = false;
            name_end
        } else {
            self.attributes_from(name_end)?
        };
        let is_empty = self.byte(at) == b'/';
        let end = at + usize::from(is_empty);
        if self.byte(end) != b'>' {
            return Err(if at == name_end {
                self.no_element()
            } else {
                self.no_attribute(if self.byte(end) == END { end } else { at })
            });
        }
        self.position = end + 1;
        if self.stage == Stage::Epilog {
            return Err(self.wrong_at(start..end + 1, "a second element follows the root element"));
        }
        self.fields += 1 + self.attributes.len();
        self.limits.check_fields(self.fields)?;
        self.limits.check_depth(self.open.len() + 1)?;
        let name = self.piece(start + 1..name_end);
        if !is_empty {
            self.open.push(name);
            self.stage = Stage::Root;
        } else if self.open.is_empty() {
            self.stage = Stage::Epilog;
        }
        self.tag = Tag { name, start, end: self.position, is_empty };
        Ok(Kind::Open)
    }

    /// Where the name ends that begins here, if one does.
    #[inline]
    fn name_end(&self, from: usize) -> Option<usize> {
        let first = class(self.byte(from));
        let (mut at, mut all) = (from + eight::letters(self.bytes_from(from)), first);
        loop {
            let here = class(self.byte(at));
            if !here.is(Class::NAME) {
                break;
            }
            all = all.with(here);
            at += 1;
        }
        if first.is(Class::STARTS_NAME) && !all.is(Class::WIDE) {
            return Some(at);
        }
        self.is_wide_name(from..at).then_some(at)
    }

    #[cold]
    fn is_wide_name(&self, range: Range<usize>) -> bool {
        is_name(self.piece(range))
    }

    /// Reads attributes and the white space around them. Says where something
    /// else begins.
    pub(super) fn attributes_from(&mut self, from: usize) -> Result<usize, Error> {
        self.attributes.clear();
        self.has_entities = false;
        let mut at = from;
        // A bit for each name that was there; different names may share one.
        let mut seen = 0_u64;
        let mut may_repeat = false;
        loop {
            let start = self.skip_space(at);
            if !class(self.byte(start)).is(Class::NAME) {
                at = start;
                break;
            }
            if start == at {
                let end = self.end_of_word(start);
                return Err(self.wrong_at(start..end, "white space is missing before an attribute"));
            }
            let Some(name_end) = self.name_end(start) else { return Err(self.no_attribute(start)) };
            let (value, is_plain) = self.attribute_value(start, name_end)?;
            at = value.end + 1;

            let ends = usize::from(self.byte(start)) + usize::from(self.byte(name_end - 1));
            let bit = 1 << (((name_end - start) * 11 + ends) % 64);
            may_repeat |= seen & bit != 0;
            seen |= bit;

            self.limits.check_value(value.len())?;
            if !is_plain {
                self.check_references(value.clone())?;
            }
            self.attributes.push(Attribute { name: self.piece(start..name_end), value, is_plain });
            self.limits.check_fields(self.fields + self.attributes.len())?;
        }
        if may_repeat && let Some(twice) = duplicate(&self.attributes) {
            let message = format!("attribute {} is there twice", excerpt(twice.name));
            return Err(self.wrong_at(twice.value.clone(), message));
        }
        Ok(at)
    }

    /// Where the value of an attribute stands, and whether it means what
    /// stands there.
    #[inline]
    fn attribute_value(&self, name: usize, name_end: usize) -> Result<(Range<usize>, bool), Error> {
        let equals = self.skip_space(name_end);
        if self.byte(equals) != b'=' {
            return Err(self.no_value(name..name_end, equals));
        }
        let opening = self.skip_space(equals + 1);
        let quote = self.byte(opening);
        if !matches!(quote, b'"' | b'\'') {
            return Err(self.bad_value(name..name_end, opening, "is not in quotes"));
        }
        let start = opening + 1;
        let mut is_plain = true;
        let mut at = start;
        loop {
            let Some(length) = eight::end_of_value(self.bytes_from(at), quote) else {
                return Err(self.endless("a tag"));
            };
            at += length;
            match self.byte(at) {
                b if b == quote => return Ok((start..at, is_plain)),
                b'<' => return Err(self.bad_value(name..name_end, at, "has a `<`; write `&lt;`")),
                _ => is_plain = false,
            }
            at += 1;
        }
    }

    /// Where what stands here ends, for pointing at it.
    fn end_of_word(&self, from: usize) -> usize {
        let ends =
            |&b: &u8| class(b).is(Class::SPACE) || matches!(b, b'<' | b'>' | b'/' | b'=' | b'"' | b'\'');
        let rest = self.bytes_from(from);
        from + rest.iter().position(ends).unwrap_or(rest.len())
    }

    #[cold]
    fn no_element(&self) -> Error {
        let start = self.start + 1;
        let end = self.end_of_word(start);
        if end == self.text.len() {
            return self.endless("a tag");
        }
        let name = self.piece(start..end);
        self.wrong_at(
            self.start..end,
            match name {
                "" => "no name follows the `<`; write `&lt;` for a plain one".to_owned(),
                name if is_name(name) => "a tag has a `/` that does not end it".to_owned(),
                name => format!("{} is no element name", excerpt(name)),
            },
        )
    }

    #[cold]
    fn no_attribute(&self, at: usize) -> Error {
        let end = self.end_of_word(at);
        if self.byte(at) == END || end == self.text.len() {
            return self.endless("a tag");
        }
        match self.piece(at..end) {
            "" => {
                let stray = excerpt(self.piece(at..at + 1));
                self.wrong_at(at..at + 1, format!("a tag has a stray {stray}"))
            }
            name => self.wrong_at(at..end, format!("{} is no attribute name", excerpt(name))),
        }
    }

    #[cold]
    fn no_value(&self, name: Range<usize>, at: usize) -> Error {
        match self.byte(at) {
            END => self.endless("a tag"),
            // What stands right behind the name belongs to it.
            b if at == name.end && !matches!(b, b'>' | b'/') => self.no_attribute(name.start),
            _ => {
                let message = format!("attribute {} has no value", excerpt(self.piece(name.clone())));
                self.wrong_at(name, message)
            }
        }
    }

    #[cold]
    fn bad_value(&self, name: Range<usize>, at: usize, is: &str) -> Error {
        if self.byte(at) == END {
            return self.endless("a tag");
        }
        let length = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let name = excerpt(self.piece(name));
        self.wrong_at(at..at + length, format!("the value of attribute {name} {is}"))
    }
}
