//! Forms out of HTML pages.
//!
//! A shop answers VALIDATE and `BACKGROUND_SEARCH` with a page that holds the
//! return as a form; the same page is what a browser submits after shopping.
//! Pages are read with a conforming tokenizer, so that comments, scripts and
//! character references are what they are in a browser.

mod forms;

use std::borrow::Cow;
use std::ops::Range;

use html5gum::{HtmlString, Token, Tokenizer};
use punchout_core::Sink;

pub use forms::{HtmlForm, html_forms};

use crate::basket::Basket;
use crate::charset::Fallback;
use crate::collect::Collector;
use crate::decode::Decoder;
use crate::error::Error;
use crate::profile::Method;
use crate::report::{At, Reporter};
use crate::rule::Rule;

impl Decoder {
    /// Reads a page that holds the return as a form.
    ///
    /// A page without items is an empty basket: that is how a shop answers
    /// VALIDATE when it no longer has the product.
    ///
    /// # Errors
    /// When the page goes beyond a limit.
    pub fn html(&self, page: &[u8], sink: &mut dyn Sink) -> Result<Basket, Error> {
        self.html_declared(page, None, sink)
    }

    /// Reads a page whose charset the HTTP header may declare.
    pub(crate) fn html_declared(
        &self,
        page: &[u8],
        declared: Option<&str>,
        sink: &mut dyn Sink,
    ) -> Result<Basket, Error> {
        self.limits.check_bytes(page.len())?;
        let meta = declared.is_none().then(|| declared_in_page(page)).flatten();
        let fallback = self.fallback(declared.or(meta.as_deref()), sink);
        let decoded = Page::of(page, fallback);
        let forms = html_forms(&decoded.text, &self.limits)?;
        let mut collector = Collector::of_text(&self.limits);
        let returns = || forms.iter().filter(|form| form.is_return());
        // without items the controls of an empty return still count
        let form = returns().next().or_else(|| forms.iter().find(|form| form.method == Method::Post));
        for input in form.iter().flat_map(|form| form.inputs()) {
            let span = decoded.in_bytes(input.span.clone());
            let is_entry = collector.pair(input.name.as_bytes(), input.value.as_bytes(), span)?;
            if input.is_suspect {
                collector.suspect(is_entry, Rule::HtmlQuote, input.value);
            }
        }
        if decoded.is_converted && !fallback.is_believed {
            Reporter::new(sink, &self.levels).report(fallback.rule(), At::Document, None, || {
                format!("the page is no UTF-8; read as {}", decoded.charset)
            });
        }
        let count = returns().count();
        if count > 1 {
            Reporter::new(sink, &self.levels).report(Rule::HtmlForms, At::Document, None, || {
                format!("the page has {count} forms with items")
            });
        }
        self.assemble(collector, sink)
    }
}

/// A page as text, and the way back to its bytes.
struct Page<'a> {
    text: Cow<'a, str>,
    charset: &'static str,
    is_converted: bool,
    /// Where each character of the text is one byte of the page: the number
    /// of characters before every [`STEP`]th byte of the text.
    counts: Option<Vec<usize>>,
}

const STEP: usize = 1024;

impl<'a> Page<'a> {
    fn of(bytes: &'a [u8], fallback: Fallback) -> Self {
        if let Ok(text) = std::str::from_utf8(bytes)
            && !fallback.is_believed
        {
            return Self { text: Cow::Borrowed(text), charset: "UTF-8", is_converted: false, counts: None };
        }
        let text = fallback.decode(bytes).0;
        let counts = fallback.is_single_byte().then(|| {
            let starts = |chunk: &[u8]| chunk.iter().filter(|byte| is_start(**byte)).count();
            let mut before = 0;
            let add = |chunk| {
                before += starts(chunk);
                before
            };
            std::iter::once(0).chain(text.as_bytes().chunks(STEP).map(add)).collect()
        });
        Self { text, charset: fallback.name(), is_converted: true, counts }
    }

    /// The bytes of a place in the text; none where that cannot be told.
    fn in_bytes(&self, span: Range<usize>) -> Range<usize> {
        if !self.is_converted {
            return span;
        }
        let Some(counts) = &self.counts else { return 0..0 };
        let offset = |at: usize| {
            let step = at / STEP;
            let rest = self.text.as_bytes().get(step * STEP..at).unwrap_or_default();
            counts.get(step).copied().unwrap_or(0) + rest.iter().filter(|byte| is_start(**byte)).count()
        };
        offset(span.start)..offset(span.end)
    }
}

/// Whether a byte of UTF-8 starts a character.
fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// Looks for `<meta charset>` or its older form in the head of a page.
fn declared_in_page(page: &[u8]) -> Option<String> {
    const HEAD: usize = 4096;
    let head = page.get(..HEAD.min(page.len()))?;
    for token in Tokenizer::new(head) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        if tag.name.as_slice() != b"meta" {
            continue;
        }
        let text = |value: &HtmlString| String::from_utf8_lossy(value).into_owned();
        if let Some(charset) = tag.attributes.get(&b"charset"[..]) {
            return Some(text(&charset.value));
        }
        if let Some(content) = tag.attributes.get(&b"content"[..])
            && let Some((_, charset)) = text(&content.value).to_ascii_lowercase().split_once("charset=")
        {
            return Some(charset.trim().to_owned());
        }
    }
    None
}
