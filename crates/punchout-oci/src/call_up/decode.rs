use std::ops::Range;

use memchr::{memchr, memchr3};
use punchout_core::{Limits, Sink, Text, excerpt};

use super::assign::{Sent, Way, assign};
use super::check::Findings;
use super::names::{Meaning, Names};
use super::parameter::{canonical, is_secret};
use super::{CallUp, hook};
use crate::charset::Fallback;
use crate::error::Error;
use crate::pairs;
use crate::profile::{CallUpRules, Profile};
use crate::report::Levels;
use crate::rule::Rule;

/// Reads call-ups, as a shop does.
///
/// Names are taken in any case, with `_` or without. The first non-empty
/// value of a name counts; others stay among [`CallUp::extra`]. The return
/// address is not interpreted, with one exception: where it was sent without
/// encoding and its own query fell apart, the pieces are joined again as they
/// stand, and that is reported as `OCI-HOOK-TAIL`.
///
/// Bytes are taken as UTF-8, else in the charset that the call-up declares,
/// else as windows-1252. Making a decoder costs a few microseconds: make one
/// and keep it.
///
/// ```
/// use punchout_core::All;
/// use punchout_oci::CallUpDecoder;
///
/// let url = "https://shop.example/oci?username=ann&hookUrl=https://erp.example/r?id=7&sid=9";
/// let mut found = All::new();
/// let call_up = CallUpDecoder::lenient().url(url, &mut found)?;
/// assert_eq!(call_up.hook_url.as_deref(), Some("https://erp.example/r?id=7&sid=9"));
/// assert_eq!(found.found()[0].code.as_str(), "OCI-HOOK-TAIL");
/// # Ok::<(), punchout_oci::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct CallUpDecoder {
    pub(super) rules: CallUpRules,
    pub(super) names: Names,
    levels: Levels,
    limits: Limits,
}

impl CallUpDecoder {
    /// Reads by the names and severities of a profile.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        Self {
            rules: profile.call_up.clone(),
            names: Names::of(&profile.call_up),
            levels: Levels::of(profile),
            limits: Limits::default(),
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

    /// Sets what a call-up may cost.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads the query of a URL; what follows a `#` is left out.
    ///
    /// # Errors
    /// When the URL goes beyond a limit.
    pub fn url(&self, url: impl AsRef<[u8]>, sink: &mut dyn Sink) -> Result<CallUp, Error> {
        let url = url.as_ref();
        self.bytes(url, query_of(url), Way::Url, sink)
    }

    /// Reads a query as a web server hands it over, without the `?`.
    ///
    /// # Errors
    /// When the query goes beyond a limit.
    pub fn query(&self, query: impl AsRef<[u8]>, sink: &mut dyn Sink) -> Result<CallUp, Error> {
        let query = query.as_ref();
        self.bytes(query, 0..query.len(), Way::Url, sink)
    }

    /// Reads the url-encoded body of a POST.
    ///
    /// # Errors
    /// When the body goes beyond a limit.
    pub fn body(&self, body: impl AsRef<[u8]>, sink: &mut dyn Sink) -> Result<CallUp, Error> {
        let body = body.as_ref();
        // a body that was saved to a file often ends in a line feed
        self.bytes(body, 0..body.trim_ascii_end().len(), Way::Body, sink)
    }

    /// Reads pairs that a web framework split and decoded, also those of a
    /// `multipart/form-data` body.
    ///
    /// Whether the return address was encoded can no longer be seen, so a
    /// lost tail is not joined, and findings have no span; prefer the other
    /// ways where there is a choice.
    ///
    /// # Errors
    /// When the pairs go beyond a limit.
    pub fn pairs<N, V>(
        &self,
        pairs: impl IntoIterator<Item = (N, V)>,
        sink: &mut dyn Sink,
    ) -> Result<CallUp, Error>
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        let mut sent = Vec::new();
        let mut bytes = 0_usize;
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref());
            bytes = bytes.saturating_add(name.len()).saturating_add(value.len());
            self.limits.check_bytes(bytes)?;
            self.limits.check_fields(sent.len() + 1)?;
            self.limits.check_value(value.len())?;
            if !name.is_empty() || !value.is_empty() {
                sent.push(Sent { name: name.into(), key: canonical(name), value: value.into(), span: None });
            }
        }
        Ok(assign(self, &sent, Way::Body, &mut Findings::new(&self.levels, sink)))
    }

    /// Where secrets stand in a URL, a query or a body, so that they can be
    /// masked where it is shown.
    #[must_use]
    pub fn secret_spans(&self, input: impl AsRef<[u8]>) -> Vec<Range<usize>> {
        let input = input.as_ref();
        let query = match memchr3(b'?', b'=', b'&', input) {
            Some(mark) if input.get(mark) == Some(&b'?') => query_of(input),
            _ => 0..input.len(),
        };
        let mut beside_user = false;
        let mut found = Vec::new();
        for pair in pairs::split(input.get(query.clone()).unwrap_or_default()) {
            let key = key_of(pair.name);
            beside_user |= key == "U";
            if self.names.meaning(&key) == Some(Meaning::Password) || is_secret(&key) || key == "P" {
                let end = query.start + pair.span.end;
                found.push((key, end - pair.value.unwrap_or_default().len()..end));
            }
        }
        found.retain(|(key, span)| !span.is_empty() && (key != "P" || beside_user));
        found.into_iter().map(|(_, span)| span).collect()
    }

    fn bytes(
        &self,
        input: &[u8],
        query: Range<usize>,
        way: Way,
        sink: &mut dyn Sink,
    ) -> Result<CallUp, Error> {
        self.limits.check_bytes(input.len())?;
        let mut findings = Findings::new(&self.levels, sink);
        let mut split = Vec::new();
        for pair in pairs::split(input.get(query.clone()).unwrap_or_default()) {
            let value = pair.value.unwrap_or_default();
            if pair.name.is_empty() && value.is_empty() {
                continue;
            }
            self.limits.check_fields(split.len() + 1)?;
            self.limits.check_value(value.len())?;
            let span = query.start + pair.span.start..query.start + pair.span.end;
            split.push(Raw { name: pair.name, key: key_of(pair.name), value, is_encoded: true, span });
        }
        self.join_tail(input, &mut split, &mut findings);
        let fallback = self.declared(&split);
        let sent: Vec<_> = split.into_iter().map(|raw| raw.decode(fallback, &mut findings)).collect();
        Ok(assign(self, &sent, way, &mut findings))
    }

    /// The charset of bytes that are no UTF-8.
    fn declared(&self, split: &[Raw<'_>]) -> Fallback {
        let labels = split.iter().filter(|raw| self.names.meaning(&raw.key) == Some(Meaning::Charset));
        let label =
            labels.filter_map(|raw| std::str::from_utf8(raw.value).ok()).find(|label| !label.is_empty());
        label.and_then(Fallback::declared).unwrap_or(Fallback::WINDOWS_1252)
    }

    /// Joins what was torn off a return address that was not encoded.
    ///
    /// That is certain enough only if nothing follows it that is known to be
    /// a parameter of its own.
    fn join_tail<'a>(&self, input: &'a [u8], split: &mut Vec<Raw<'a>>, findings: &mut Findings<'_>) {
        let is_hook =
            |raw: &Raw<'_>| self.names.meaning(&raw.key) == Some(Meaning::HookUrl) && !raw.value.is_empty();
        let Some(at) = split.iter().position(is_hook) else { return };
        let (before, tail) = split.split_at(at + 1);
        let Some(hook) = before.last().filter(|hook| hook::has_bare_query(hook.value)) else { return };
        let name = String::from_utf8_lossy(hook.name);
        let unknown = tail.iter().take_while(|raw| !self.names.is_known(&raw.key)).count();
        let next =
            || tail.first().map_or_else(String::new, |raw| excerpt(&String::from_utf8_lossy(raw.name)));
        let whole = tail.last().map_or(hook.span.end, |last| last.span.end);
        if unknown == 0 {
            let message = || "the return address is not percent-encoded".to_owned();
            findings.report(Rule::HookRaw, &name, Some(hook.span.clone()), message);
        } else if unknown < tail.len() {
            findings.report(Rule::HookCut, &name, Some(hook.span.clone()), || {
                format!(
                    "the return address is not percent-encoded; {} may belong to it, but is not joined",
                    next()
                )
            });
        } else {
            findings.report(Rule::HookTail, &name, Some(hook.span.start..whole), || {
                format!(
                    "the return address is not percent-encoded; {} and what follows is joined to it",
                    next()
                )
            });
            let start = hook.span.end - hook.value.len();
            let value = input.get(start..whole).unwrap_or_default();
            let joined = Raw { value, is_encoded: false, span: hook.span.start..whole, ..hook.clone() };
            split.truncate(at);
            split.push(joined);
        }
    }
}

/// What stands between the first `?` and the first `#`.
fn query_of(url: &[u8]) -> Range<usize> {
    let end = memchr(b'#', url).unwrap_or(url.len());
    let url = url.get(..end).unwrap_or_default().trim_ascii_end();
    memchr(b'?', url).map_or(url.len(), |mark| mark + 1)..url.len()
}

/// A name in the form by which it is looked up.
fn key_of(raw: &[u8]) -> String {
    let mut name = Vec::with_capacity(raw.len());
    pairs::percent_decode(raw, &mut name);
    canonical(&String::from_utf8_lossy(&name))
}

/// A pair before decoding.
#[derive(Clone)]
struct Raw<'a> {
    name: &'a [u8],
    key: String,
    value: &'a [u8],
    /// Whether the value is url-encoded.
    is_encoded: bool,
    span: Range<usize>,
}

impl Raw<'_> {
    fn decode(self, fallback: Fallback, findings: &mut Findings<'_>) -> Sent {
        let (mut is_well_formed, mut is_utf8) = (true, true);
        let mut decode = |raw: &[u8], is_encoded: bool| {
            let mut bytes = Vec::with_capacity(raw.len());
            if is_encoded {
                is_well_formed &= pairs::percent_decode(raw, &mut bytes);
            } else {
                bytes.extend_from_slice(raw);
            }
            Text::from(String::from_utf8(bytes).unwrap_or_else(|error| {
                is_utf8 = false;
                fallback.decode(error.as_bytes()).0.into_owned()
            }))
        };
        let name = decode(self.name, true);
        let value = decode(self.value, self.is_encoded);
        if !is_utf8 {
            findings.report(Rule::Charset, &name, Some(self.span.clone()), || {
                format!("bytes that are no UTF-8 are read as {}", fallback.name())
            });
        }
        if !is_well_formed {
            findings.report(Rule::EncPercent, &name, Some(self.span.clone()), || {
                "`%` without two hexadecimal digits is kept as it is".to_owned()
            });
        }
        Sent { name, key: self.key, value, span: Some(self.span) }
    }
}
