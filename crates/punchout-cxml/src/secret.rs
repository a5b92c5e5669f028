//! What in a document must not be shown, and where it stands.
//!
//! Secrets are shared secrets, MACs, signatures and passwords, everything that
//! cards and payment tokens say, extrinsics that are called like a secret, the
//! address of a start page, which lets its bearer in, and wherever they stand
//! the passwords and tokens of addresses. Card numbers are secrets in free text,
//! but no [identifier](is_identifier) is taken for one: a part number that is
//! masked orders something else.
//!
//! ```
//! use punchout_core::All;
//! use punchout_cxml::Validator;
//! use punchout_cxml::secret::{Secrets, hidden};
//!
//! let document = b"<Credential><SharedSecret>hush</SharedSecret><Foo domain='hush'/></Credential>";
//! let secrets = Secrets::of(document);
//! assert_eq!(document[secrets.spans()[0].clone()], *b"hush");
//! assert_eq!(secrets.hide("value `hush` is wrong"), "value `***` is wrong");
//!
//! assert_eq!(hidden("card 4111 1111 1111 1111, please"), "card ***, please");
//! assert_eq!(hidden("https://ann:hush@x.example/?token=1&n=2"), "https://***@x.example/?token=***&n=2");
//! ```
//!
//! A document that is not well-formed may have its secrets anywhere; there it
//! is rather hidden too much. What is a secret but looks like none, such as
//! somebody's password in a comment, is not recognised. A `BuyerCookie` and the
//! address that a cart is posted to are no secrets: both partners write them
//! into their logs, to find a session by them.

mod exact;
mod guess;
mod identifier;
mod place;
mod text;
mod values;
mod words;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use punchout_core::{Diagnostic, Secret};

use crate::original::encode;
use crate::tree::decode_value;
use crate::{Error, dtd, xml};
pub use identifier::{is_identifier, is_kind};
#[cfg(feature = "anonymise")]
pub(crate) use place::identifiers;
#[cfg(feature = "anonymise")]
pub(crate) use text::cards;
use words::Words;

/// What stands in place of a secret.
pub const MASK: &str = "***";

/// Elements whose content proves who somebody is.
const PROOFS: [&str; 4] = ["SharedSecret", "CredentialMac", "DigitalSignature", "Password"];
/// Elements whose attributes pay.
const CARDS: [&str; 2] = ["PCard", "PaymentToken"];
/// The element whose content lets its bearer in.
const START_PAGE: &str = "StartPage";

/// Whether the content of an element proves who somebody is, whatever its
/// prefix and the case of its letters, and also when it is misspelt.
#[must_use]
pub fn is_element(name: &str) -> bool {
    is_meant(&PROOFS, local(name))
}

/// Whether the attributes of an element are those of a card or a token to pay
/// with. All of them are: the name of one may be what is wrong.
#[must_use]
pub fn is_card(element: &str) -> bool {
    is_meant(&CARDS, local(element))
}

/// Whether the content of an element lets its bearer in.
#[must_use]
pub fn is_start_page(element: &str) -> bool {
    local(element).eq_ignore_ascii_case(START_PAGE)
}

/// A text with the card numbers, and the secrets of addresses and of markup in
/// it hidden.
#[must_use]
pub fn hidden(text: &str) -> Cow<'_, str> {
    without(text, text::spans(text.as_bytes()))
}

/// The same of an [identifier](is_identifier), in which no card number is looked
/// for.
///
/// ```
/// use punchout_cxml::secret::hidden_in_identifier;
///
/// assert_eq!(hidden_in_identifier("4111111111111111"), "4111111111111111");
/// assert_eq!(hidden_in_identifier("https://x.example/?token=1"), "https://x.example/?token=***");
/// ```
#[must_use]
pub fn hidden_in_identifier(text: &str) -> Cow<'_, str> {
    without(text, text::others(text.as_bytes()))
}

fn without(text: &str, mut spans: Vec<Range<usize>>) -> Cow<'_, str> {
    if text.contains(['<', '=']) {
        spans.extend(guess::spans(text.as_bytes()));
    }
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(masked(text, &rising(spans)))
}

/// Takes the secrets out of a document; everything else stays byte for byte.
///
/// [`MASK`] stands in for each, and the document keeps its encoding. It is a
/// copy to show and to file; as an order it would be refused. What looks like a
/// card number stays where [`is_identifier`] says that it is none.
///
/// ```
/// let xml = b"<Sender><Credential domain='DUNS'><SharedSecret>hush</SharedSecret></Credential></Sender>";
/// let shown = punchout_cxml::secret::redact(xml)?;
/// assert_eq!(shown, b"<Sender><Credential domain='DUNS'><SharedSecret>***</SharedSecret></Credential></Sender>");
/// # Ok::<(), punchout_cxml::Error>(())
/// ```
///
/// A shared secret or a password is taken out wherever it is repeated as it
/// stands or as it is read, if it has at least six characters: from texts,
/// values, comments, instructions and the DOCTYPE. What stays is what is written
/// with other references than it, names of elements, attributes and the like, a
/// secret that is itself a name cXML has, and what is repeated of other secrets
/// than the 64 longest. If a secret names an entity, all goes that the document
/// declares of its own: the secret stands there.
///
/// What is left is well-formed.
///
/// # Errors
/// When the bytes are not well-formed XML, of which nobody could say what is
/// left in them.
pub fn redact(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let decoded = xml::decode(bytes)?;
    let text = &*decoded.text;
    let spans = spans(text).map_err(|error| error.moved_by(decoded.mark))?.spans;
    if spans.is_empty() {
        return Ok(bytes.to_vec());
    }
    let mut shown = masked(text, &spans);
    // a mask may have taken a quote or a tag that ended what is hidden
    for _ in 0..ROUNDS {
        let Ok(left) = self::spans(&shown) else { break };
        let again = masked(&shown, &left.spans);
        if again == shown {
            break;
        }
        shown = again;
    }
    Ok(encode::encode(&shown, bytes, &decoded))
}

/// So often is looked again, at most: each look takes time.
const ROUNDS: usize = 8;

/// The secrets of a document.
#[derive(Clone)]
pub struct Secrets {
    spans: Vec<Range<usize>>,
    words: Words,
    /// Whole, the longest first.
    proofs: Vec<String>,
    /// What the secrets say, however short, the longest first.
    said: Vec<String>,
}

/// So long is a secret that is looked for in other places; a shorter one is
/// part of many a word.
pub(crate) const TELLING: usize = 6;

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").field("spans", &self.spans).finish_non_exhaustive()
    }
}

impl Secrets {
    /// Looks for the secrets of a document, which need not be well-formed.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let Ok(decoded) = xml::decode(bytes) else {
            let guessed = guess::spans(bytes);
            let anywhere = text::spans(bytes);
            let said = guessed.iter().flat_map(|span| values::texts(bytes, span));
            let said = said.chain(anywhere.iter().flat_map(|span| values::anywhere(bytes, span))).collect();
            let spans = rising([guessed, anywhere].concat());
            let words = Words::of(&String::from_utf8_lossy(bytes), &spans);
            return Self { spans, words, proofs: Vec::new(), said: longest_first(said) };
        };
        let text = &*decoded.text;
        let marked = spans(text).unwrap_or_else(|_| {
            let spans = guess::spans(text.as_bytes());
            let said = spans.iter().flat_map(|span| values::texts(text.as_bytes(), span)).collect();
            Marked { spans, said, ..Marked::default() }
        });
        let (proofs, mut said) = (marked.proofs, marked.said);
        // also what is no place to replace anything, such as a name
        let anywhere = text::spans_outside(text.as_bytes(), &marked.identifiers);
        // a number that is said again of an order or a part is not the card's
        let numbers: BTreeSet<&str> =
            marked.identifiers.iter().filter_map(|span| text.get(span.clone())).map(str::trim).collect();
        let are_secret = anywhere
            .iter()
            .filter(|span| text.get((*span).clone()).is_none_or(|text| !numbers.contains(text)));
        said.extend(are_secret.flat_map(|span| values::anywhere(text.as_bytes(), span)));
        let said = longest_first(said);
        let spans = rising([marked.spans, anywhere].concat());
        let words = Words::of(text, &spans);
        // findings have no places in a document of another encoding
        let from = if decoded.from.is_some() { None } else { Some(decoded.mark) };
        let moved = |span: Range<usize>| from.map(|from| span.start + from..span.end + from);
        Self { spans: spans.into_iter().filter_map(moved).collect(), words, proofs, said }
    }

    /// Where they stand, by rising place, to be masked where the document is
    /// shown; nothing for a document that is not UTF-8.
    #[must_use]
    pub fn spans(&self) -> &[Range<usize>] {
        &self.spans
    }

    /// Hides them in what is said about the document.
    #[must_use]
    pub fn hide<'t>(&self, said: &'t str) -> Cow<'t, str> {
        self.words.hide(said, false)
    }

    /// Hides them in a text of the document, such as a comment: what [`hidden`]
    /// hides, and a shared secret or a password that is repeated there, if it
    /// has at least six characters and the document is well-formed.
    #[must_use]
    pub fn hide_repeated<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.hide_proofs(text, hidden)
    }

    /// The same in an [identifier](is_identifier), in which no card number is
    /// looked for.
    #[must_use]
    pub fn hide_repeated_in_identifier<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.hide_proofs(text, hidden_in_identifier)
    }

    fn hide_proofs<'t>(&self, text: &'t str, hidden: fn(&str) -> Cow<'_, str>) -> Cow<'t, str> {
        let mut shown = Cow::Borrowed(text);
        for proof in self.proofs.iter().filter(|proof| text.contains(&***proof)) {
            shown = Cow::Owned(shown.replace(&**proof, MASK));
        }
        match shown {
            Cow::Borrowed(text) => hidden(text),
            Cow::Owned(shown) => Cow::Owned(hidden(&shown).into_owned()),
        }
    }

    /// What proves who the sender is, such as a shared secret, as it would be
    /// repeated: whole, without white space around it, at least six characters,
    /// the longest first. Nothing for a document that is not well-formed.
    pub fn proofs(&self) -> impl Iterator<Item = Secret> {
        self.proofs.iter().map(|proof| Secret::new(proof.as_str()))
    }

    /// What the secrets say, to be kept from whatever a partner says who got the
    /// document: all that may prove who the sender is, however short, the numbers
    /// of cards and tokens, cards in free text, start pages, and the passwords
    /// and tokens of addresses; the longest first.
    ///
    /// They are as they are read, those of addresses also as they are written
    /// there. When a card ends and what it is called are left out: by themselves
    /// they are dates and words as any others. So is of an address what has fewer
    /// than four characters, and a number in free text that is an
    /// [identifier](is_identifier) elsewhere in the document. Of a document that
    /// is not well-formed it is each text where a secret may stand, as it is
    /// spelled and as it is read: rather too much.
    ///
    /// ```
    /// use punchout_core::Secret;
    /// use punchout_cxml::secret::Secrets;
    ///
    /// let secrets = Secrets::of(b"<a><SharedSecret>abc</SharedSecret><PCard number='4111-1' expiration='2027-01'/></a>");
    /// assert_eq!(secrets.proofs().count(), 0);
    /// assert_eq!(secrets.values().map(|value| value.expose().to_owned()).collect::<Vec<_>>(), ["4111-1", "abc"]);
    /// ```
    pub fn values(&self) -> impl Iterator<Item = Secret> {
        self.said.iter().map(|said| Secret::new(said.as_str()))
    }

    /// Hides them in a name of the document, or in a path of names.
    #[must_use]
    pub fn hide_name<'t>(&self, name: &'t str) -> Cow<'t, str> {
        self.words.hide(name, true)
    }

    /// Hides them in a finding.
    #[must_use]
    pub fn redacted(&self, mut finding: Diagnostic) -> Diagnostic {
        if let Cow::Owned(hidden) = self.hide(&finding.message) {
            finding.message = hidden;
        }
        if let Cow::Owned(hidden) = self.hide_name(&finding.at) {
            finding.at = hidden;
        }
        if let Some(help) = &mut finding.help
            && let Cow::Owned(hidden) = self.hide(help)
        {
            *help = hidden.into();
        }
        finding
    }
}

/// What the secrets of a well-formed document say that may be repeated in it, the
/// longest first.
#[cfg(feature = "anonymise")]
pub(crate) fn said(text: &str) -> Vec<String> {
    exact::find(text).map(|found| telling(longest_first(found.said))).unwrap_or_default()
}

/// What is to be masked in a document.
#[derive(Default)]
struct Marked {
    /// By rising place.
    spans: Vec<Range<usize>>,
    /// What of it may be repeated, the longest first.
    proofs: Vec<String>,
    /// All that the secrets say, but for what may stand anywhere.
    said: Vec<String>,
    /// Where no card number is looked for.
    identifiers: Vec<Range<usize>>,
}

/// Where the secrets of a well-formed document stand. It stays well-formed when
/// they are replaced.
fn spans(text: &str) -> Result<Marked, Error> {
    let mut found = exact::find(text)?;
    let mut said = std::mem::take(&mut found.said);
    let proofs = telling(longest_first(said.clone()));
    let read = |span: &Range<usize>| text.get(span.clone()).map(|raw| decode_value(raw).into_owned());
    said.extend(found.values.iter().filter_map(read));
    said.extend(found.pages.iter().flat_map(|span| values::page(text.as_bytes(), span)));
    said.extend(found.guessed.iter().flat_map(|span| values::texts(text.as_bytes(), span)));
    let identifiers = std::mem::take(&mut found.identifiers);
    let mut spans = std::mem::take(&mut found.spans);
    let repeated = repeated(text, &proofs, &found);
    let anywhere = text::spans_outside(text.as_bytes(), &identifiers);
    let loose = [std::mem::take(&mut found.guessed), repeated, anywhere].concat();
    spans.extend(place::clipped(text, loose, &found.places));
    let mut spans = rising(spans);
    // what a secret cuts short, such as a value with a blank in it, goes on
    let mut rest = text.as_bytes().to_vec();
    for span in &spans {
        rest.get_mut(span.clone()).unwrap_or_default().fill(b'*');
    }
    spans.extend(place::clipped(text, text::spans_outside(&rest, &identifiers), &found.places));
    let mut spans = rising(spans);
    let is_hidden = |at: &usize| {
        spans.get(spans.partition_point(|span| span.end <= *at)).is_some_and(|span| span.start <= *at)
    };
    if !found.declared.is_empty() && found.entities.iter().any(is_hidden) {
        said.extend(found.declared.iter().filter_map(read).filter(|said| is_telling(said)));
        spans = rising([spans, found.declared].concat());
    }
    Ok(Marked { spans, proofs, said, identifiers })
}

/// Where secrets are repeated.
fn repeated(text: &str, proofs: &[String], found: &exact::Found) -> Vec<Range<usize>> {
    /// More than a document has senders; all would take too long.
    const MOST: usize = 64;
    let spelled = found.spelled.iter().filter_map(|span| text.get(span.clone())).map(str::trim);
    let spelled = spelled.filter(|raw| is_telling(raw)).take(MOST);
    let all = proofs.iter().map(String::as_str).take(MOST).chain(spelled);
    let all = all.flat_map(|proof| text.match_indices(proof).map(|(at, found)| at..at + found.len()));
    all.filter(|span| place::is_in_one(span, &found.places)).collect()
}

/// The texts of secrets that may be repeated.
fn telling(mut said: Vec<String>) -> Vec<String> {
    said.retain(|said| is_telling(said));
    said
}

/// Texts without white space around them, the longest first: one may be the
/// beginning of another.
fn longest_first(said: Vec<String>) -> Vec<String> {
    let mut said: Vec<String> = said.into_iter().map(|said| said.trim().to_owned()).collect();
    said.retain(|said| !said.is_empty());
    said.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    said.dedup();
    said
}

fn is_telling(proof: &str) -> bool {
    proof.chars().count() >= TELLING && !dtd::is_known(proof)
}

/// Whether this is the name of an element whose content proves who somebody is.
pub(crate) fn is_proof(element: &str) -> bool {
    PROOFS.iter().any(|known| known.eq_ignore_ascii_case(local(element)))
}

/// Whether markup has an element of a secret in it.
pub(crate) fn is_mentioned(xml: &str) -> bool {
    PROOFS.iter().chain(&CARDS).any(|name| xml.contains(name))
}

/// Whether an attribute `name` says that a secret follows.
pub(crate) fn is_named(name: Option<&str>) -> bool {
    name.is_some_and(Secret::is_named)
}

/// Whether a name is one of these, or an undeclared one much like one of them.
fn is_meant(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
        || !dtd::is_known(name) && dtd::similar(name, names.iter().copied()).is_some()
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// In order, those that overlap or touch made one.
fn rising(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.retain(|span| !span.is_empty());
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// A text with a mask in place of each of its spans, which are rising.
fn masked(text: &str, spans: &[Range<usize>]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans {
        shown.push_str(text.get(from..span.start).unwrap_or_default());
        shown.push_str(MASK);
        from = span.end;
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn a_redacted_document_has_its_other_bytes() {
        for (sent, shown) in [
            (
                "<a b = 'c' >&#228;<SharedSecret >s3cret</SharedSecret></a >\r\n",
                "<a b = 'c' >&#228;<SharedSecret >***</SharedSecret></a >\r\n",
            ),
            ("<a><SharedSecret/><!-- ok --></a>", "<a><SharedSecret/><!-- ok --></a>"),
            ("<SharedSecret><![CDATA[a<b]]><!-- x --></SharedSecret>", "<SharedSecret>***</SharedSecret>"),
            (
                "<a><!-- <SharedSecret>old</SharedSecret> --></a>",
                "<a><!-- <SharedSecret>***</SharedSecret> --></a>",
            ),
            (
                "<PCard number='4111111111111111' expiration='2027-01-01'/>",
                "<PCard number='***' expiration='***'/>",
            ),
            ("<Comments>4500012345, 10.000 EA</Comments>", "<Comments>4500012345, 10.000 EA</Comments>"),
            (
                "<a b='by hunter2!'><Password>hunter2!</Password>is hunter2!<!--hunter2!--></a>",
                "<a b='by ***'><Password>***</Password>is ***<!--***--></a>",
            ),
            (
                "<a><SharedSecret>a&amp;b&#x63;d</SharedSecret>a&amp;b&#x63;d a&amp;bcd</a>",
                "<a><SharedSecret>***</SharedSecret>*** a&amp;bcd</a>",
            ),
            // what is markup is no secret
            (
                "<a hunter2='1'><SharedSecret>hunter2</SharedSecret><hunter2s/>hunter2</a>",
                "<a hunter2='1'><SharedSecret>***</SharedSecret><hunter2s/>***</a>",
            ),
            (
                "<!DOCTYPE a [<!ENTITY s 'hush'><!-- b -->]><a><SharedSecret>&s;</SharedSecret>&s;</a>",
                "<!DOCTYPE a [<!ENTITY s '***'><!--***-->]><a><SharedSecret>***</SharedSecret>&s;</a>",
            ),
            (
                "<!DOCTYPE a [<!ENTITY s 'hush'>]><a><SharedSecret>hush</SharedSecret>&s;</a>",
                "<!DOCTYPE a [<!ENTITY s 'hush'>]><a><SharedSecret>***</SharedSecret>&s;</a>",
            ),
        ] {
            assert_eq!(String::from_utf8(redact(sent.as_bytes()).unwrap()).unwrap(), shown);
        }
    }

    #[test]
    fn a_redacted_document_keeps_its_encoding() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>M\xfcller\x80<SharedSecret>x\xe9y</SharedSecret></a>";
        let shown = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>M\xfcller\x80<SharedSecret>***</SharedSecret></a>";
        assert_eq!(redact(latin).unwrap(), shown);
        let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let sent = wide("\u{feff}<a>\u{e9}<SharedSecret>\u{e9}</SharedSecret></a>");
        assert_eq!(redact(&sent).unwrap(), wide("\u{feff}<a>\u{e9}<SharedSecret>***</SharedSecret></a>"));
        assert!(redact(b"<a>").is_err());
    }
}
