//! The document's `cid:` addresses and the parts that they mean.

use std::collections::BTreeMap;
use std::ops::Range;

use percent_encoding::percent_decode_str;
use punchout_core::{Limits, Severity, Sink, excerpt};

use super::read::report;
use super::{Attachment, Package, code};
use crate::Error;
use crate::xml::{self, Kind, Scanner};

impl Package {
    /// The part that an address such as `cid:drawing.1@erp.example` means.
    ///
    /// There must be exactly one; otherwise there is a finding and no part. An
    /// address that is not a `cid:` one at all means no part either, but that
    /// is legal and no finding.
    #[must_use]
    pub fn attachment(&self, url: &str, sink: &mut dyn Sink) -> Option<&Attachment> {
        let reference = Reference::of(url)?;
        reference.report_spelling(None, sink);
        let named = |id: &str| {
            let mut named = self.attachments.iter().filter(|it| it.content_id.as_deref() == Some(id));
            (named.next(), named.count())
        };
        let (found, more) = match named(&reference.id) {
            (None, _) => named(reference.raw),
            found => found,
        };
        match found {
            Some(attachment) if more == 0 => Some(attachment),
            Some(_) => {
                report_ambiguous(&reference, more + 1, None, sink);
                None
            }
            None => {
                let ids = self.attachments.iter().filter_map(|it| it.content_id.as_deref());
                report_missing(
                    &reference,
                    ids.clone().find(|id| id.eq_ignore_ascii_case(&reference.id)),
                    None,
                    sink,
                );
                None
            }
        }
    }

    /// Holds the `cid:` addresses of the document against the parts: each must
    /// mean exactly one, and each part should be meant.
    ///
    /// The spans of findings are of [`Package::document`]; a document that is
    /// not UTF-8 has findings without spans.
    ///
    /// # Errors
    /// When the document is not well-formed XML or goes beyond the default
    /// limits.
    pub fn check_references(&self, sink: &mut dyn Sink) -> Result<(), Error> {
        let decoded = xml::decode(&self.document)?;
        let mut parts = BTreeMap::<&str, Part>::new();
        for id in self.attachments.iter().filter_map(|it| it.content_id.as_deref()) {
            parts.entry(id).or_default().count += 1;
        }
        // only for the hint about a missing part
        let folded: BTreeMap<_, _> = parts.keys().map(|&id| (id.to_ascii_lowercase(), id)).collect();
        let moved = |span: Range<usize>| {
            decoded.from.is_none().then(|| span.start + decoded.mark..span.end + decoded.mark)
        };
        for_each_url(&decoded.text, &mut |url, span| {
            let Some(reference) = Reference::of(url) else { return };
            let span = moved(span);
            reference.report_spelling(span.clone(), sink);
            let id = if parts.contains_key(&*reference.id) { &*reference.id } else { reference.raw };
            if let Some(part) = parts.get_mut(id) {
                part.is_used = true;
                if part.count > 1 {
                    report_ambiguous(&reference, part.count, span, sink);
                }
            } else {
                let alike = folded.get(&reference.id.to_ascii_lowercase()).copied();
                report_missing(&reference, alike, span, sink);
            }
        })
        .map_err(|error| error.moved_by(decoded.mark))?;
        for (id, _) in parts.iter().filter(|(_, part)| !part.is_used) {
            report(sink, code::UNUSED, Severity::Note, "", None, || {
                (
                    format!("nothing in the document points at the part {}", excerpt(id)),
                    "add Attachment with URL cid: to a Comments",
                )
            });
        }
        Ok(())
    }
}

/// What is known of an id.
#[derive(Default)]
struct Part {
    count: usize,
    is_used: bool,
}

/// An address of the scheme `cid`.
struct Reference<'a> {
    /// As it stands in the document.
    url: &'a str,
    /// Without scheme and angle brackets.
    raw: &'a str,
    /// The id that it means.
    id: String,
}

impl<'a> Reference<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let url = url.trim();
        let (scheme, rest) = url.split_at_checked(4)?;
        if !scheme.eq_ignore_ascii_case("cid:") {
            return None;
        }
        let inside = rest.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        let raw = inside.unwrap_or(rest);
        // bytes that are no UTF-8 are left encoded, and match nothing but themselves
        let id = percent_decode_str(raw).decode_utf8().map_or_else(|_| raw.to_owned(), Into::into);
        Some(Self { url, raw, id })
    }

    fn report_spelling(&self, span: Option<Range<usize>>, sink: &mut dyn Sink) {
        if self.raw.len() + 4 < self.url.len() {
            report(sink, code::REFERENCE, Severity::Warning, "", span, || {
                (
                    format!("the address {} has angle brackets", excerpt(self.url)),
                    "write cid: and the bare content id",
                )
            });
        }
    }
}

fn report_missing(
    reference: &Reference<'_>,
    alike: Option<&str>,
    span: Option<Range<usize>>,
    sink: &mut dyn Sink,
) {
    report(sink, code::MISSING, Severity::Error, "", span, || {
        let message = format!("no part has the content id of {}", excerpt(reference.url));
        match alike {
            Some(id) => (
                format!("{message}; {} differs in capitals", excerpt(id)),
                "write id and address alike, capitals included",
            ),
            None => (message, "send the part along, or remove the address"),
        }
    });
}

fn report_ambiguous(
    reference: &Reference<'_>,
    count: usize,
    span: Option<Range<usize>>,
    sink: &mut dyn Sink,
) {
    report(sink, code::DUPLICATE, Severity::Error, "", span, || {
        (
            format!("{count} parts have the content id of {}", excerpt(reference.url)),
            "give each part an id of its own",
        )
    });
}

/// Finds the text of each element `URL`.
fn for_each_url(text: &str, visit: &mut dyn FnMut(&str, Range<usize>)) -> Result<(), Error> {
    let mut scanner = Scanner::new(text, Limits::default())?;
    let mut url: Option<(usize, String)> = None;
    loop {
        match scanner.advance()? {
            Kind::Open => {
                let tag = scanner.tag();
                url = (tag.name == "URL" && !tag.is_empty).then(|| (tag.end, String::new()));
            }
            Kind::Close => {
                if let Some((start, url)) = url.take() {
                    visit(&url, start..scanner.start());
                }
            }
            Kind::Text | Kind::CData => {
                if let Some((_, url)) = &mut url {
                    url.push_str(scanner.piece(scanner.inside()));
                }
            }
            Kind::Character => {
                if let Some((_, url)) = &mut url {
                    url.push(scanner.character());
                }
            }
            Kind::Entity => {
                if let Some((_, url)) = &mut url {
                    url.push_str(scanner.piece(scanner.span()));
                }
            }
            Kind::End => return Ok(()),
            Kind::Doctype | Kind::Aside => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_decoded() {
        let id = |url| Reference::of(url).map(|reference| reference.id);
        assert_eq!(id(" CID:a%40b%2bc \n").as_deref(), Some("a@b+c"));
        assert_eq!(id("cid:<a@b>").as_deref(), Some("a@b"));
        assert_eq!(id("cid:a%4").as_deref(), Some("a%4"));
        assert_eq!(id("cid:%FF").as_deref(), Some("%FF"));
        assert_eq!(id("cid:").as_deref(), Some(""));
        for other in ["https://a.example/cid:b", "ci", "", "éé:a"] {
            assert_eq!(id(other), None, "{other}");
        }
    }

    #[test]
    fn the_text_of_each_url_is_found() {
        let xml = "<a><URL> x<![CDATA[&]]>&#65;<!-- c -->y</URL><URL/><b>no</b><URL name='n'>z</URL></a>";
        let mut found = Vec::new();
        for_each_url(xml, &mut |url, span| found.push((url.to_owned(), xml[span].to_owned()))).unwrap();
        let expected = [(" x&Ay", " x<![CDATA[&]]>&#65;<!-- c -->y"), ("z", "z")];
        assert_eq!(found, expected.map(|(url, raw)| (url.to_owned(), raw.to_owned())));
    }
}
