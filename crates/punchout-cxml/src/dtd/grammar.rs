use std::collections::BTreeSet;

use punchout_core::excerpt;

use super::builder::{Builder, OwnTables, Unbuildable, names};
use super::parse;
use super::tables::Tables;
use crate::{Error, xml};

/// A DTD that was read at run time.
///
/// ```
/// use punchout_core::All;
/// use punchout_cxml::{Dtd, Validator};
///
/// let dtd = Dtd::parse(b"<!ELEMENT note (to, text?)> <!ELEMENT to (#PCDATA)> <!ELEMENT text ANY>")?;
/// let validator = Validator::new().with_dtd(dtd.with_name("note"));
/// let mut found = All::new();
/// let report = validator.validate(b"<!DOCTYPE note><note><text/></note>", &mut found)?;
/// assert!(!report.valid && report.dtd == "note");
/// assert_eq!(found.found()[0].message, "`to` is missing");
/// # Ok::<(), punchout_cxml::Error>(())
/// ```
#[derive(Debug)]
pub struct Dtd {
    name: String,
    tables: OwnTables,
    elements: Vec<u16>,
    pub(super) unparsed: BTreeSet<String>,
}

impl Dtd {
    /// Reads the text of a DTD.
    ///
    /// Parameter entities, conditional sections and general entities in
    /// defaults work as in XML 1.0. Nothing but this text is read: where a DTD
    /// uses a parameter entity of another file, that text has to be put in.
    ///
    /// # Errors
    /// When it is not well-formed, uses another file, has a content model that
    /// XML forbids because it is ambiguous, or is larger than any honest one.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let decoded = xml::decode(bytes)?;
        let text = decoded.text.as_ref();
        let declared = parse::parse(text)?;
        let unusable = |why: Unbuildable| {
            let message = match why {
                Unbuildable::Ambiguous { element, child } => format!(
                    "the content of element {} is ambiguous: it does not say which {} is meant",
                    excerpt(&element),
                    excerpt(&child)
                ),
                Unbuildable::TooLarge => "the DTD is too large".into(),
            };
            Error::dtd(text, text.len()..text.len(), message)
        };
        let mut builder = Builder::new(names(std::iter::once(&declared)).into_iter()).map_err(unusable)?;
        let defined = builder.add(&declared).map_err(unusable)?;
        if declared.elements.is_empty() {
            return Err(Error::dtd(text, 0..0, "it declares no element"));
        }
        let elements = builder.elements(&defined);
        let tables = builder.tables;
        Ok(Self { name: "custom".into(), tables, elements, unparsed: declared.unparsed })
    }

    /// Sets the name that reports use, which is `custom` otherwise.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The name that reports use.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many elements it declares.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tables().declared().count()
    }

    /// Whether it declares nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn tables(&self) -> Tables<'_> {
        self.tables.view(&self.elements)
    }
}
