//! Header fields, and what is written in them.

use super::mime::readable;
use mail_parser::parsers::MessageStream;
use punchout_core::{LimitExceeded, Limits, truncated};

/// Fields in the order of the mail: names in lower case, values on one line.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields that a part begins with, and what comes after the empty line.
    pub(super) fn of_part<'a>(part: &'a [u8], limits: &Limits) -> Result<(Self, &'a [u8]), LimitExceeded> {
        let mut fields = Self::default();
        let mut at = 0;
        for line in part.split_inclusive(|&byte| byte == b'\n') {
            at += line.len();
            if line.trim_ascii().is_empty() {
                break;
            }
            limits.check_value(at)?;
            fields.line(&readable(line));
        }
        Ok((fields, part.get(at..).unwrap_or_default()))
    }

    /// Groups of fields with empty lines between them (RFC 3464, 2.1).
    pub(super) fn groups(text: &str, limits: &Limits) -> Result<Vec<Self>, LimitExceeded> {
        let mut groups = Vec::new();
        let mut group = Self::default();
        // an empty line more, so that the last group ends like every other
        for line in text.lines().chain([""]) {
            if !line.trim().is_empty() {
                group.line(line);
            } else if !group.0.is_empty() {
                groups.push(std::mem::take(&mut group));
                limits.check_items(groups.len())?;
            }
        }
        Ok(groups)
    }

    /// The first field of this name, given in lower case.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// A line; what is no field and continues none is passed over.
    fn line(&mut self, line: &str) {
        let shown = line.trim_matches(|c: char| c.is_ascii_whitespace());
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = self.0.last_mut() {
                value.push(' ');
                value.push_str(shown);
            }
        } else if let Some((name, value)) = shown.split_once(':') {
            let name = name.trim_end().to_ascii_lowercase();
            if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()) {
                self.0.push((name, value.trim_start().to_owned()));
            }
        }
    }
}

/// Every `<left@right>` in a value, without the brackets.
pub(super) fn message_ids(value: &str) -> Vec<String> {
    value
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        // a folded id has a blank where the line ended
        .map(|(id, _)| id.split_whitespace().collect::<String>())
        .filter(|id| id.contains('@'))
        .collect()
}

/// A value with its encoded words read (RFC 2047).
pub(super) fn words(value: &str) -> String {
    // no subject is longer; reading one costs memory
    let line = format!("{}\n", truncated(value, 4096));
    let read = MessageStream::new(line.as_bytes()).parse_unstructured();
    read.as_text().unwrap_or_default().to_owned()
}

/// An address as reports write it: `type; address` (RFC 3464, 2.1.2).
pub(super) fn typed_address(value: &str) -> Option<String> {
    let (kind, address) = value.split_once(';').unwrap_or(("rfc822", value));
    let address = address.trim();
    let address = address.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(address);
    let address =
        if kind.trim().eq_ignore_ascii_case("utf-8") { unescaped(address) } else { address.to_owned() };
    Some(address).filter(|address| !address.is_empty())
}

/// The name behind `dns; mx.example`.
pub(super) fn typed_name(value: &str) -> Option<String> {
    let name = value.split_once(';').map_or(value, |(_, name)| name).trim();
    Some(name.to_owned()).filter(|name| !name.is_empty())
}

/// Characters as `\x{C3BC}` (RFC 6533, 3).
fn unescaped(address: &str) -> String {
    let mut text = String::new();
    let mut rest = address;
    while let Some((before, after)) = rest.split_once("\\x{") {
        text.push_str(before);
        let escape = after.split_once('}').and_then(|(code, after)| {
            let is_code = (2..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_hexdigit());
            let code = u32::from_str_radix(code, 16).ok().filter(|_| is_code)?;
            Some((char::from_u32(code).filter(|c| !c.is_control())?, after))
        });
        rest = if let Some((c, after)) = escape {
            text.push(c);
            after
        } else {
            text.push_str("\\x{");
            after
        };
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_unfolded() {
        let part = b"From a@b Thu\nSubject : one\r\n\ttwo\r\n  three\nno field\n continues\nX:\n\nbody: x\n";
        let (fields, body) = Fields::of_part(part, &Limits::default()).unwrap();
        assert_eq!(fields.value("subject"), Some("one two three continues"));
        assert_eq!((fields.value("x"), fields.value("body"), fields.0.len()), (Some(""), None, 2));
        assert_eq!(body, b"body: x\n");
        let (none, body) = Fields::of_part(b"\r\nbody", &Limits::default()).unwrap();
        assert_eq!((none.0.len(), body), (0, &b"body"[..]));
        let groups = Fields::groups("\n\nA: 1\nB: 2\n \t\n\nA: 3", &Limits::default()).unwrap();
        let first: Vec<_> = groups.iter().map(|group| group.value("a").unwrap()).collect();
        assert_eq!(first, ["1", "3"]);
        assert!(Fields::groups("A: 1\n\nA: 2", &Limits::default().with_items(1)).is_err());
    }

    #[test]
    fn values_are_read() {
        assert_eq!(message_ids("<a@b> <c@\t d> (x) <e> <f@g"), ["a@b", "c@d"]);
        assert_eq!(words("=?UTF-8?B?QmVzdGVsbHVuZyBmw7xy?= =?UTF-8?Q?_K=C3=B6ln?="), "Bestellung für Köln");
        for (value, address) in [
            ("rfc822; sales@shop.example", Some("sales@shop.example")),
            ("RFC822;<sales@shop.example>", Some("sales@shop.example")),
            ("sales@shop.example", Some("sales@shop.example")),
            (r"utf-8; m\x{FC}ller@shop.example", Some("müller@shop.example")),
            ("UTF-8;müller@shop.example", Some("müller@shop.example")),
            (r"utf-8; a\x{}\x{zz}\x{D800}\x{0A}\x{41", Some(r"a\x{}\x{zz}\x{D800}\x{0A}\x{41")),
            ("rfc822;", None),
        ] {
            assert_eq!(typed_address(value).as_deref(), address, "{value}");
        }
        assert_eq!(typed_name("dns; mx.example").as_deref(), Some("mx.example"));
        assert_eq!(typed_name("mx.example").as_deref(), Some("mx.example"));
    }
}
