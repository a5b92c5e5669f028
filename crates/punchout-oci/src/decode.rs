//! Reading what a shop returned.

mod assemble;
mod check;
mod hierarchy;
mod value;

use punchout_core::{Limits, Sink};
use rust_decimal::Decimal;

use crate::basket::Basket;
use crate::charset::Fallback;
use crate::collect::Collector;
use crate::error::Error;
use crate::field::Field;
use crate::profile::{Presence, Profile};
use crate::report::{At, Levels, Reporter};
use crate::rule::Rule;
use crate::unit::Resolver;

/// Reads a url-encoded return with the rules of real life.
///
/// This is [`Decoder::lenient`] in one call; findings go to `sink`.
///
/// ```
/// use punchout_core::All;
///
/// let body = b"NEW_ITEM-DESCRIPTION%5B1%5D=Bolt&NEW_ITEM-QUANTITY%5B1%5D=200&NEW_ITEM-UNIT%5B1%5D=PCE\
///     &NEW_ITEM-PRICE%5B1%5D=12%2C50&NEW_ITEM-PRICEUNIT%5B1%5D=100&NEW_ITEM-CURRENCY%5B1%5D=EUR";
/// let mut found = All::new();
/// let basket = punchout_oci::decode(body, &mut found)?;
/// assert_eq!(basket.items[0].line_total().unwrap().to_string(), "25");
/// assert_eq!(found.found()[0].code.as_str(), "OCI-NUM-COMMA");
/// # Ok::<(), punchout_oci::Error>(())
/// ```
///
/// # Errors
/// When the body goes beyond the default [`Limits`].
pub fn decode(body: &[u8], sink: &mut dyn Sink) -> Result<Basket, Error> {
    Decoder::lenient().form(body, sink)
}

/// Reads returns by the rules of a profile.
///
/// There is one way of reading; a profile decides how much each departure
/// matters, how long fields may be and which ones must be there. Making a
/// decoder costs a few microseconds: make one and keep it.
#[derive(Clone, Debug)]
pub struct Decoder {
    pub(crate) levels: Levels,
    pub(crate) limits: Limits,
    pub(crate) profile: Profile,
    declared: Option<String>,
    resolver: Resolver,
    /// The most characters of each field.
    lengths: [u32; Field::COUNT],
    required: Vec<Field>,
    forbidden: Vec<Field>,
    /// The least number with more digits before the dot than allowed.
    too_long: Decimal,
}

impl Decoder {
    /// Reads by the rules of this profile.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        let fields = |presence| {
            Field::all().filter(move |field| {
                profile.field(field.as_str()).is_some_and(|rule| rule.presence == presence)
            })
        };
        let mut lengths = [u32::MAX; Field::COUNT];
        for (slot, field) in lengths.iter_mut().zip(Field::all()) {
            *slot = profile.field(field.as_str()).and_then(|rule| rule.max).unwrap_or(u32::MAX);
        }
        if let (Some(slot), Some(max)) =
            (lengths.get_mut(Field::LongText as usize), profile.text.long_text_max)
        {
            *slot = max.min(*slot);
        }
        Self {
            levels: Levels::of(profile),
            limits: Limits::default(),
            declared: None,
            resolver: Resolver::new(&profile.units),
            lengths,
            required: fields(Presence::Required).collect(),
            forbidden: fields(Presence::Forbidden).collect(),
            too_long: (0..profile.numbers.integer_digits)
                .try_fold(Decimal::ONE, |power, _| power.checked_mul(Decimal::TEN))
                .unwrap_or(Decimal::MAX),
            profile: profile.clone(),
        }
    }

    /// Reads by OCI 4.0 as written.
    #[must_use]
    pub fn strict() -> Self {
        Self::new(Profile::strict())
    }

    /// Reads with the severities of real life.
    #[must_use]
    pub fn lenient() -> Self {
        Self::new(Profile::lenient())
    }

    /// Sets what an input may cost.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Names the charset that the return was asked for or declares.
    ///
    /// UTF-8 is tried first in any case; this one is taken where that fails.
    #[must_use]
    pub fn with_charset(mut self, label: impl Into<String>) -> Self {
        self.declared = Some(label.into());
        self
    }

    /// Reads a url-encoded body.
    ///
    /// # Errors
    /// When the body goes beyond a limit.
    pub fn form(&self, body: &[u8], sink: &mut dyn Sink) -> Result<Basket, Error> {
        self.form_declared(body, None, sink)
    }

    pub(crate) fn form_declared(
        &self,
        body: &[u8],
        declared: Option<&str>,
        sink: &mut dyn Sink,
    ) -> Result<Basket, Error> {
        self.limits.check_bytes(body.len())?;
        // a body that was saved to a file often ends in a line feed
        let trimmed = body.trim_ascii_end();
        let own = declared.is_none().then(|| declared_in_form(trimmed)).flatten();
        let mut collector = Collector::new(&self.limits, self.fallback(declared.or(own), sink));
        collector.form(trimmed)?;
        self.assemble(collector, sink)
    }

    /// Reads pairs that a web framework split and decoded.
    ///
    /// Spans count the bytes of the names and values, one after the other
    /// with one byte after each, as if they stood in a body as they are.
    ///
    /// # Errors
    /// When the pairs go beyond a limit.
    pub fn pairs<N, V>(
        &self,
        pairs: impl IntoIterator<Item = (N, V)>,
        sink: &mut dyn Sink,
    ) -> Result<Basket, Error>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        let mut collector = Collector::of_text(&self.limits);
        let mut at = 0;
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref());
            let end = at + name.len() + 1 + value.len();
            self.limits.check_bytes(end)?;
            collector.pair(name.as_bytes(), value.as_bytes(), at..end)?;
            at = end + 1;
        }
        self.assemble(collector, sink)
    }

    /// Reads one `NAME=VALUE` a line, nothing of it encoded.
    ///
    /// This is how returns are written down in documentation and tickets.
    ///
    /// # Errors
    /// When the text goes beyond a limit.
    pub fn lines(&self, text: &[u8], sink: &mut dyn Sink) -> Result<Basket, Error> {
        self.lines_declared(text, None, sink)
    }

    pub(crate) fn lines_declared(
        &self,
        text: &[u8],
        declared: Option<&str>,
        sink: &mut dyn Sink,
    ) -> Result<Basket, Error> {
        self.limits.check_bytes(text.len())?;
        let mut collector = Collector::new(&self.limits, self.fallback(declared, sink));
        let mut next = 0;
        for line in text.split(|&b| b == b'\n') {
            let mut start = next;
            next += line.len() + 1;
            let mut line = line.strip_suffix(b"\r").unwrap_or(line);
            if start == 0
                && let Some(rest) = line.strip_prefix(b"\xEF\xBB\xBF")
            {
                (start, line) = (3, rest);
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            let span = start..start + line.len();
            if let Some(equals) = memchr::memchr(b'=', line) {
                let (name, value) = line.split_at(equals);
                collector.pair(name, value.get(1..).unwrap_or_default(), span)?;
            } else {
                let is_entry = collector.pair(line, b"", span)?;
                collector.suspect(is_entry, Rule::LineForm, &String::from_utf8_lossy(line));
            }
        }
        self.assemble(collector, sink)
    }

    /// The charset for what is no UTF-8: the decoder's, what the input
    /// declares, or the profile's.
    pub(crate) fn fallback(&self, declared: Option<&str>, sink: &mut dyn Sink) -> Fallback {
        let own = || {
            let own = Fallback::declared(&self.profile.text.charset).unwrap_or(Fallback::WINDOWS_1252);
            own.undeclared()
        };
        let Some(label) = self.declared.as_deref().or(declared) else { return own() };
        Fallback::declared(label).unwrap_or_else(|| {
            Reporter::new(sink, &self.levels).report(Rule::CharsetUnknown, At::Document, None, || {
                format!("charset {} is not known", punchout_core::excerpt(label))
            });
            own()
        })
    }
}

/// The charset that a form says it is sent in: browsers fill `_charset_`, and
/// shops send `http_content_charset` back.
fn declared_in_form(body: &[u8]) -> Option<&str> {
    // most forms do not have the word in them at all
    let finder = memchr::memmem::Finder::new("charset");
    finder.find_iter(body).find_map(|at| {
        let start = body.get(..at)?.iter().rposition(|&b| b == b'&').map_or(0, |before| before + 1);
        let pair = body.get(start..)?.split(|&b| b == b'&').next()?;
        let value =
            pair.strip_prefix(b"_charset_=").or_else(|| pair.strip_prefix(b"http_content_charset="))?;
        std::str::from_utf8(value).ok().filter(|value| !value.is_empty())
    })
}
