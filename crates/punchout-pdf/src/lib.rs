//! A cXML order as a PDF document.
//!
//! Many suppliers work from paper: the order that went through a web shop and
//! an approval comes to them as a PDF in a mail. This crate makes it from the
//! same [`OrderRequest`] that would travel as cXML, so the two cannot disagree.
//!
//! ```
//! use punchout_core::{All, Amount};
//! use punchout_cxml::*;
//!
//! let city = Address::new(Name::new("City of Delft", "en"));
//! let header = OrderRequestHeaderInit {
//!     order_id: "4500012345".into(),
//!     order_date: "2026-03-01T09:30:00+01:00".into(),
//!     total: Money::new(Amount::from(25), "EUR").into(),
//!     bill_to: city.into(),
//! };
//! let screws = ItemDetailInit {
//!     unit_price: Money::new("12.50".parse::<Amount>()?, "EUR").into(),
//!     description: Description::new("Screws M8 × 40, zinc-plated", "en"),
//!     unit_of_measure: "EA".into(),
//!     classification: Classification::new("UNSPSC", "31161500"),
//! };
//! let screws = ItemDetail::from(screws).with_price_basis_quantity(PriceBasisQuantity::new(100, "EA"));
//! let order = OrderRequest::new(header, [ItemOut::new(200, "A-4711").with_item_detail(screws)]);
//!
//! let mut found = All::new();
//! let options = punchout_pdf::Options::new("City of Delft\nPostbus 78\n2600 ME Delft", "invoices@delft.example", "buy@delft.example");
//! let pdf = punchout_pdf::render(&order, &options, &mut found)?;
//! assert!(pdf.starts_with(b"%PDF-1.7") && found.found().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! * [`Renderer`] holds the typeface and makes documents; keep it.
//! * [`Options`] say what the order does not: the [`Language`].
//! * [`Layout`] is the document as plain data, before any PDF.
//!
//! # Findings
//!
//! | code | severity | what was found |
//! |---|---|---|
//! | `PDF-GLYPH` | error | characters that the typeface lacks; `\u{FFFD}` stands in for each |
//! | `PDF-AMOUNT` | error | a line without an amount: price for a quantity of 0, or too many digits |
//! | `PDF-TOTAL` | warning | the lines come to something else than the order's total; shown as sent |
//! | `PDF-OMITTED` | warning | elements of the order that the document does not show |
//!
//! # Facts about the document
//!
//! A4, as many pages as the order needs, none of its text cut or overprinted.
//! The text can be searched and copied. Prices keep all their decimals; the
//! amount of a line is quantity × conversion factor × price ÷ basis quantity,
//! rounded to the currency's smallest coin at the very end. Dates in the file
//! are the order's, its identifier comes from its content, and so the same
//! order gives the same bytes. The number of a purchasing card is not shown.
//!
//! The typeface is Noto Sans (SIL Open Font License 1.1) with the Latin, Greek
//! and Cyrillic scripts. Only the characters used are embedded. There is no
//! shaping: no ligatures, no kerning, no right-to-left text, and combining
//! marks stand where the typeface puts them by itself.
//!
//! # What it does not do yet
//!
//! Other languages than English, a logo, own texts and fonts, letter paper,
//! units spelled out, the cXML as an attachment, and PDF/A.
//!
//! [`OrderRequest`]: punchout_cxml::OrderRequest

mod currency;
mod error;
mod font;
mod hash;
mod language;
mod layout;
mod logo;
mod options;
mod renderer;
mod sheet;
mod text;
mod texts;
mod tree;
mod unit;
mod writer;

pub use error::{Error, ErrorKind};
pub use font::Weight;
pub use language::Language;
pub use layout::{Layout, Page, PlacedImage, PlacedText, Rule, Tone};
pub use logo::{Logo, LogoKind};
pub use options::{Amounts, Color, Options, Paper, Whose};
pub use renderer::{Renderer, render};
pub use text::text;
