//! What a document needs to know and the order does not say.

use std::collections::BTreeMap;

use crate::{Language, Logo};

mod color;
mod paper;
#[cfg(feature = "serde")]
mod with_serde;

pub use color::Color;
pub use paper::Paper;

/// How a document is to be made, as far as the order does not say it.
///
/// Invoice address, invoice mailbox and procurement mailbox have no default:
/// a supplier who has to guess where the invoice goes sends it to the wrong
/// place. A blank one is a finding (`PDF-OPTION`).
///
/// ```
/// use punchout_pdf::{Amounts, Language, Options, Paper};
///
/// let options = Options::new("City of Delft\nPostbus 78\n2600 ME Delft", "invoices@delft.example", "buy@delft.example")
///     .with_language(Language::Dutch)
///     .with_amounts(Amounts::IncludingTax)
///     .with_paper(Paper::Letter)
///     .with_above(Language::Dutch, "Wij bestellen graag bij u:")
///     .with_accent("#7a1f3d".parse()?);
/// assert_eq!(options.language.tag(), "nl");
/// # Ok::<(), punchout_pdf::Error>(())
/// ```
///
/// With the feature `serde` they are read from a file as well; all but the
/// first three may be left out:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// let options = punchout_pdf::Options::from_toml(r##"
///     invoice-address = "City of Delft\nPostbus 78\n2600 ME Delft"
///     invoice-mailbox = "invoices@delft.example"
///     procurement-mailbox = "buy@delft.example"
///     language = "nl"
///     whose = "requester"
///     amounts = "hidden"
///     accent = "#7a1f3d"
///     paper = "letter"
///
///     [above]
///     nl = "Wij bestellen graag bij u:"
/// "##)?;
/// assert_eq!(options.above[&punchout_pdf::Language::Dutch], "Wij bestellen graag bij u:");
/// # }
/// # Ok::<(), punchout_pdf::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", deny_unknown_fields))]
#[non_exhaustive]
pub struct Options {
    /// Who gets the invoice: name and address, a line each.
    pub invoice_address: String,
    /// Where invoices are mailed to.
    pub invoice_mailbox: String,
    /// Who answers questions about the order, and takes its confirmation.
    pub procurement_mailbox: String,
    /// The language of headings, units, numbers and dates.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language: Language,
    /// Whose name and address head the document.
    #[cfg_attr(feature = "serde", serde(default))]
    pub whose: Whose,
    /// A picture in the head of the first page. It is no part of a file of
    /// options: what is a path there is bytes here.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub logo: Option<Logo>,
    /// What stands above the lines of the order, in each language; not in a
    /// cancellation, since what asks for a delivery has no place there.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "BTreeMap::is_empty"))]
    pub above: BTreeMap<Language, String>,
    /// What stands below the totals, in each language, of every order, be it
    /// changed or cancelled.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "BTreeMap::is_empty"))]
    pub below: BTreeMap<Language, String>,
    /// What is said about money.
    #[cfg_attr(feature = "serde", serde(default))]
    pub amounts: Amounts,
    /// The one colour besides black and greys.
    #[cfg_attr(feature = "serde", serde(default))]
    pub accent: Color,
    /// What the document is printed on.
    #[cfg_attr(feature = "serde", serde(default))]
    pub paper: Paper,
    /// Whether the order's cXML goes with the document.
    #[cfg_attr(feature = "serde", serde(default))]
    pub attach: Attach,
    /// How many characters a line of the [text](crate::text()) has at most; at
    /// least 20. Without it lines are as long as what they say.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub columns: Option<usize>,
}

/// Whose name and address head the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Whose {
    /// Those of the organisation: the order's bill-to address.
    #[default]
    Organisation,
    /// Those of the person who asked for the goods, below the name of the
    /// organisation. An order that names nobody is headed by the organisation.
    Requester,
}

/// What is said about money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Amounts {
    /// Prices and lines without tax, as cXML sends them; the total without
    /// tax is the one in bold.
    #[default]
    ExcludingTax,
    /// Lines with their tax, as far as the order says what it is; the total
    /// with tax is the one in bold.
    IncludingTax,
    /// No price, discount, charge, tax or total on any page, nor in
    /// [`text()`](crate::text()): neither those of cXML nor extrinsics and the
    /// like that tell an amount by their name, in four languages, or by a number
    /// with a currency. How many of these are hidden is a finding (`PDF-HIDDEN`).
    /// What comments and descriptions say of money stays.
    ///
    /// The cXML tells all amounts. It is not attached then (`PDF-ATTACH`): whoever
    /// hides them does not expect them in the file. [`Attach::Always`] attaches it
    /// as it is, with them.
    Hidden,
}

/// Whether [`Renderer::render_document`](crate::Renderer::render_document)
/// attaches the cXML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Attach {
    /// If amounts are shown. If they are [hidden](Amounts::Hidden) the cXML is
    /// left out, which is a finding (`PDF-ATTACH`).
    #[default]
    UnlessHidden,
    /// Even if amounts are hidden: on paper they are, in the file they are not.
    Always,
    /// Never: a document without attachments.
    Never,
}

impl Options {
    /// Where invoices and questions go; everything else by default: English,
    /// the organisation's data, amounts without tax, A4, the cXML attached.
    #[must_use]
    pub fn new(
        invoice_address: impl Into<String>,
        invoice_mailbox: impl Into<String>,
        procurement_mailbox: impl Into<String>,
    ) -> Self {
        Self {
            invoice_address: invoice_address.into(),
            invoice_mailbox: invoice_mailbox.into(),
            procurement_mailbox: procurement_mailbox.into(),
            language: Language::default(),
            whose: Whose::default(),
            logo: None,
            above: BTreeMap::new(),
            below: BTreeMap::new(),
            amounts: Amounts::default(),
            accent: Color::default(),
            paper: Paper::default(),
            attach: Attach::default(),
            columns: None,
        }
    }

    /// Sets the language.
    #[must_use]
    pub fn with_language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Sets whose data head the document.
    #[must_use]
    pub fn with_whose(mut self, whose: Whose) -> Self {
        self.whose = whose;
        self
    }

    /// Sets the picture in the head.
    #[must_use]
    pub fn with_logo(mut self, logo: Logo) -> Self {
        self.logo = Some(logo);
        self
    }

    /// Sets the text above the lines for documents in one language. A
    /// cancellation is without it.
    #[must_use]
    pub fn with_above(mut self, language: Language, text: impl Into<String>) -> Self {
        self.above.insert(language, text.into());
        self
    }

    /// Sets the text below the totals for documents in one language.
    #[must_use]
    pub fn with_below(mut self, language: Language, text: impl Into<String>) -> Self {
        self.below.insert(language, text.into());
        self
    }

    /// Sets what is said about money.
    #[must_use]
    pub fn with_amounts(mut self, amounts: Amounts) -> Self {
        self.amounts = amounts;
        self
    }

    /// Sets the colour.
    #[must_use]
    pub fn with_accent(mut self, accent: Color) -> Self {
        self.accent = accent;
        self
    }

    /// Sets the paper.
    #[must_use]
    pub fn with_paper(mut self, paper: Paper) -> Self {
        self.paper = paper;
        self
    }

    /// Sets how wide the text is.
    #[must_use]
    pub fn with_columns(mut self, columns: usize) -> Self {
        self.columns = Some(columns);
        self
    }

    /// Sets whether the cXML goes with the document.
    #[must_use]
    pub fn with_attach(mut self, attach: Attach) -> Self {
        self.attach = attach;
        self
    }
}
