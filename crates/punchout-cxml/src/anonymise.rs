//! Documents that can be shown to others.

mod held;
mod known;
mod pseudonym;
mod rewrite;
mod rule;

use punchout_core::Limits;

use crate::original::encode;
use crate::tree::Tree;
use crate::{Error, xml};
use pseudonym::Pseudonyms;
use rewrite::Rewrite;

/// Replaces what tells who trades with whom, and for how much.
///
/// The same value gets the same replacement wherever it stands, in all
/// documents that are anonymised with the same seed; who has the seed can
/// repeat that, so it is a secret. Everything else stays byte for byte. A
/// document that was valid is valid afterwards, and one that was not has the
/// same faults, but for references to entities in secrets.
///
/// | what | becomes |
/// |---|---|
/// | identities, names, addresses, phone numbers, document numbers, cookies | other letters for letters, other digits for digits |
/// | mail addresses, URLs, domains of identities | the same, with a host below `.example`; with references to entities in them, other letters |
/// | the address of the DTD | the same, but for file, version, and a public host |
/// | secrets, MACs, payment tokens, binary signatures, with all that stands in them | 16 hexadecimal digits |
/// | card numbers | digits that begin with 0, which no card does |
/// | prices | see [`Prices`] |
/// | what no DTD lists where only listed words may stand | as names |
/// | `Comments`, `Extrinsic`, `Status`, accountings, shipping instructions, what no DTD knows, XML comments, signatures | as names, see [`with_texts`](Self::with_texts) |
/// | descriptions, part numbers, manufacturers | nothing, see [`with_articles`](Self::with_articles) |
///
/// Where such a value stands within something else that is kept, such as the
/// name of a buyer in a description, it is replaced there, too. So is what stands
/// in quotes and comments of declarations inside of the document; references to
/// entities stay where they are, with their names, but for those in secrets, whose
/// names may be a part of the secret. A name is looked for as whole words if it has
/// at least five letters, a secret of at least six also within words.
///
/// These stay on purpose: dates, countries and their states, languages, units,
/// quantities, user agents, references to MIME parts (`cid:`), words that a DTD
/// lists, names of elements and attributes, marks that only refer to each other
/// (`Id`, `taxedElement`), domains such as `DUNS` and `NetworkID`, kinds of
/// identifiers and segments, `name`s such as `default` and `work`, the usual
/// words of a `Status`, and hosts of public formats such as `www.w3.org`.
///
/// ```
/// use punchout_cxml::Anonymiser;
///
/// let xml = "<Contact role='buyer'><Name xml:lang='en'>Jo Doe</Name><Email>jo@doe.test</Email></Contact>";
/// let anonymiser = Anonymiser::new("my seed");
/// let bytes = anonymiser.anonymise(xml.as_bytes())?;
/// let shown = String::from_utf8_lossy(&bytes);
/// assert!(!shown.contains("Jo") && !shown.contains("Doe") && !shown.contains("doe.test"));
/// assert!(shown.starts_with("<Contact role='buyer'><Name xml:lang='en'>") && shown.contains(".example</Email>"));
/// assert_eq!(anonymiser.anonymise(xml.as_bytes())?, bytes);
/// # Ok::<(), punchout_cxml::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Anonymiser {
    pseudonyms: Pseudonyms,
    prices: Prices,
    has_texts: bool,
    has_articles: bool,
    limits: Limits,
}

/// What becomes of amounts of money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Prices {
    /// All are multiplied by one whole number that the seed decides, so that
    /// sums still add up and no amount gets more decimals than it had.
    ///
    /// That hides amounts from a glance. Who knows one of them, or has many,
    /// can find the number.
    #[default]
    Scaled,
    /// All are 0, which adds up, too.
    Zero,
    /// They stay.
    Kept,
}

impl Anonymiser {
    /// Makes replacements of its own for each seed.
    pub fn new(seed: impl AsRef<[u8]>) -> Self {
        Self {
            pseudonyms: Pseudonyms::new(seed.as_ref()),
            prices: Prices::default(),
            has_texts: true,
            has_articles: false,
            limits: Limits::default(),
        }
    }

    /// Says what becomes of amounts of money.
    pub fn with_prices(mut self, prices: Prices) -> Self {
        self.prices = prices;
        self
    }

    /// Says whether free texts are replaced: comments, extrinsics, elements
    /// that no DTD knows, XML comments and the like. They are by default.
    ///
    /// Texts that stay still lose mail addresses, URLs and whatever else was
    /// replaced in the document.
    pub fn with_texts(mut self, replaced: bool) -> Self {
        self.has_texts = replaced;
        self
    }

    /// Says whether it is hidden what is traded: descriptions, part numbers,
    /// manufacturers. It is not by default.
    pub fn with_articles(mut self, replaced: bool) -> Self {
        self.has_articles = replaced;
        self
    }

    /// Sets what a document may cost at most.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Anonymises a document of any root element, in its own encoding.
    ///
    /// # Errors
    /// When the bytes are not well-formed XML, but for an entity that is declared
    /// nowhere, or go beyond the limits.
    pub fn anonymise(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.limits.check_bytes(bytes.len())?;
        let decoded = xml::decode(bytes)?;
        let tree = Tree::parse(&decoded.text, self.limits).map_err(|error| error.moved_by(decoded.mark))?;
        let text = Rewrite::new(self, &tree, encode::Room::of(&decoded)).document();
        Ok(encode::encode(&text, bytes, &decoded))
    }
}
