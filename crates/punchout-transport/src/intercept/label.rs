//! The file `consignment`: what an intercepted order is.
//!
//! One field per line, in a fixed order. No value holds a control character,
//! for [`Consignment::check`] sees to that, so none needs to be escaped.

use crate::{Consignment, Digest, Sent};
use chrono::{DateTime, Utc};
use std::fmt::Write as _;

const FIRST: &str = "punchout intercepted consignment, version 1";

/// An intercepted order without the content of its files.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Its `files` are empty.
    pub(super) consignment: Consignment,
    pub(super) endpoint: String,
    pub(super) files: Vec<Sent>,
}

impl Label {
    pub(super) fn write(consignment: &Consignment, files: &[Sent], endpoint: &str) -> String {
        let mut text = format!("{FIRST}\n");
        let mut line = |name: &str, value: &dyn std::fmt::Display| {
            writeln!(text, "{name}: {value}").expect("a string takes all");
        };
        line("identity", &consignment.identity);
        line("order number", &consignment.order_number);
        line("subject", &consignment.subject);
        line("attempt", &consignment.attempt);
        line("created", &written(consignment.created));
        line("endpoint", &endpoint);
        line("files", &files.len());
        for file in files {
            line("name", &file.name);
            line("media type", &file.media_type);
            line("content id", &file.content_id.as_deref().unwrap_or_default());
            line("bytes", &file.bytes);
            line("sha256", &file.sha256);
        }
        let seal = Digest::of(text.as_bytes());
        text + &format!("seal: {seal}\n")
    }

    /// Reads it back, or says what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut lines = text.strip_suffix('\n').ok_or("its last line is cut")?.split('\n');
        if lines.next() != Some(FIRST) {
            return Err(format!("it does not begin with `{FIRST}`"));
        }
        let (sealed, seal) = text.rsplit_once("seal: ").ok_or("it has no seal")?;
        if seal != format!("{}\n", Digest::of(sealed.as_bytes())) {
            return Err("its seal does not fit: it was changed".into());
        }
        let mut value = |name: &str| {
            let value = lines.next().and_then(|line| line.strip_prefix(name)?.strip_prefix(": "));
            value.ok_or_else(|| format!("`{name}` is missing"))
        };
        let mut consignment =
            Consignment::new(value("identity")?, value("order number")?).with_subject(value("subject")?);
        consignment.attempt = number(value("attempt")?)?;
        consignment.created = point_in_time(value("created")?)?;
        let endpoint = value("endpoint")?.to_owned();
        let mut files = Vec::new();
        for _ in 0..number::<usize>(value("files")?)? {
            files.push(Sent {
                name: value("name")?.to_owned(),
                media_type: value("media type")?.to_owned(),
                content_id: Some(value("content id")?.to_owned()).filter(|id| !id.is_empty()),
                bytes: number(value("bytes")?)?,
                sha256: Digest::from_hex(value("sha256")?).ok_or("`sha256` is no digest")?,
            });
        }
        Ok(Self { consignment, endpoint, files })
    }
}

/// Seconds and their billionths since 1970, or nothing: exact for every year.
fn written(time: Option<DateTime<Utc>>) -> String {
    time.map_or_else(String::new, |time| format!("{}.{:09}", time.timestamp(), time.timestamp_subsec_nanos()))
}

fn point_in_time(value: &str) -> Result<Option<DateTime<Utc>>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    let (seconds, billionths) = value.split_once('.').ok_or("`created` is no point in time")?;
    let time = DateTime::from_timestamp(number(seconds)?, number(billionths)?);
    Ok(Some(time.ok_or("`created` is no point in time")?))
}

fn number<T: std::str::FromStr>(value: &str) -> Result<T, String> {
    value.parse().map_err(|_| "a number is none".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Evidence, File};
    use proptest::prelude::*;

    fn label(consignment: &Consignment, endpoint: &str) -> String {
        Label::write(consignment, &Evidence::new(endpoint, consignment).sent, endpoint)
    }

    proptest! {
        #[test]
        fn comes_back_as_it_was(
            identity in "[^\\p{Cc}]+", number in "[^\\p{Cc}]*", subject in "[^\\p{Cc}]*",
            endpoint in "[^\\p{Cc}]*", attempt: u32,
            created in prop::option::of((-8_000_000_000_000_i64..8_000_000_000_000, 0_u32..2_000_000_000)),
            media_type in "[^\\p{Cc}]+", names in prop::collection::vec("[a-z: ]{1,9}", 0..3),
        ) {
            let mut order = Consignment::new(identity, number).with_subject(subject).with_attempt(attempt);
            // of the second billion there are none but in leap seconds
            order.created = created.and_then(|(seconds, billionths)| DateTime::from_timestamp(seconds, billionths));
            for name in names {
                let file = File::new(name.clone(), media_type.clone(), name.clone().into_bytes());
                order = order.with_file(if name.len() > 4 { file.with_content_id(name) } else { file });
            }
            let read = Label::read(&label(&order, &endpoint)).unwrap();
            prop_assert_eq!(&read.files, &Evidence::new("", &order).sent);
            prop_assert_eq!(&read.endpoint, &endpoint);
            order.files.clear();
            prop_assert_eq!(read.consignment, order);
        }
    }

    #[test]
    fn every_change_shows() {
        let order = Consignment::new("id", "17").with_file(File::new("a.xml", "text/xml", *b"<cXML/>"));
        let good = label(&order, "sftp://shop.example");
        Label::read(&good).unwrap();
        for at in 0..good.len() {
            assert!(Label::read(&good[..at]).is_err(), "cut at {at}");
            let mut other = good.clone().into_bytes();
            other[at] ^= 1;
            assert!(Label::read(&String::from_utf8(other).unwrap()).is_err(), "changed at {at}");
        }
        assert!(Label::read(&(good.clone() + "\n")).is_err());
        assert!(Label::read(&(good + "more")).is_err());
    }
}
