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
//! * [`Renderer`] holds the typeface and makes documents; keep it. Its
//!   [`render_document`](Renderer::render_document) takes the cXML that is sent
//!   and attaches it, without its secrets, and not where amounts are hidden.
//! * [`Pdf`] is the file, with a name for it.
//! * [`Fonts`] takes another typeface.
//! * [`Options`] say what the order does not: where invoices and questions go,
//!   [`Language`], [`Logo`], own texts, what is said about money, [`Color`],
//!   [`Paper`], whether the cXML goes along.
//! * [`Layout`] is the document as plain data, before any PDF.
//! * [`text()`] and [`text_of_document()`] say the same for a terminal or the body
//!   of a mail.
//!
//! # What stands in the document
//!
//! Whose order it is, its number and version, dates, references and terms;
//! supplier (if the order itself names none, whom the header of its document is
//! addressed to), ship-to, bill-to, partners and contacts; where invoices and
//! questions go; the lines with both part numbers, description, quantity, unit
//! spelled out, price and what it is for, discounts, tax, amount, and below
//! each line its delivery, accounts and comments; totals by rate of tax;
//! comments. An order that changes or cancels another says so in large
//! letters; a line that is deleted is grey, and its amount does not count.
//!
//! What the order holds and the document has no place for is listed at its end
//! under *Further data*, with its path: unknown elements too. **Nothing is
//! dropped**, apart from
//!
//! * what [`punchout_cxml::secret`] calls a secret: shared secrets and passwords
//!   with their elements, the attributes of cards and of tokens to pay with, and
//!   extrinsics that are called like a secret are left out; `***` stands for card
//!   numbers in free text, for the passwords and tokens of addresses, and for
//!   shared secrets that are repeated. Those of a header are known to
//!   [`render_document`](Renderer::render_document) and [`text_of_document()`]
//!   only. An [identifier](punchout_cxml::secret::is_identifier), such as the
//!   number of a part or of the order, is no card number, whatever it looks like;
//! * what repeats something in a program's way: the language of a text, the
//!   code of a country that is named or of a state as it is called, the name `default` of the only address,
//!   mailbox or number that somebody has, a time of midnight with its zone,
//!   which is how programs say a day. Other times are shown as sent, with
//!   seconds and zone: `1 March 2026, 09:30 UTC+1`.
//!
//! # Findings
//!
//! | code | severity | what was found |
//! |---|---|---|
//! | `PDF-GLYPH` | error | characters that the typeface lacks, once for an order, and where they are needed; `\u{FFFD}` stands in for each |
//! | `PDF-AMOUNT` | error | a line without an amount: a number that cannot be read, which is shown as sent, a price for a quantity of 0, or too many digits |
//! | `PDF-OPTION` | error | a mandatory address of the options is blank |
//! | `PDF-TOTAL` | warning, note | the lines come to something else than the order's total, with and without the `Modifications` of prices and of the total, with and without tax and shipping; or the total may be the lines with the one or with the other; shown as sent, and nothing is added to it. Also where it is read against cXML's rule, as the numbers show: with tax or shipping, or without the tax that prices hold; or before its own `Modifications`, which may still be to come: nothing is added then. As a note where the lines come to it only after `Modifications` that their amounts do not show |
//! | `PDF-TAX` | warning | lines should hold their tax, and the order does not say what it is; or some hold it and others do not; or the order's tax is another than that of all its lines, by more than rounding and the tax on shipping can make; or a tax is not what its rate makes of what is taxed, or not the sum of its `TaxDetail`s, or comes on top of what `isIncludedInPrice` says to hold it; or lines should hold a tax that is on what `Modifications` leave of them. Also where prices are read to hold it, as the numbers show, and no `isIncludedInPrice` says so |
//! | `PDF-UNCHECKED` | note | total or tax are not held against the lines, and why: a line without a price, in another currency, with conditions or an operation, a return, a part of a line that does not say whose price counts; or there is no grand total, and why: shipping or tax in another currency, withheld, or said twice |
//! | `PDF-MASKED` | warning | how many secrets or card numbers `***` stands for in a free text, and where |
//! | `PDF-HIDDEN` | note | amounts are hidden, and so many extrinsics and the like that tell one |
//! | `PDF-ATTACH` | note | the cXML is not attached, since it tells the amounts that are hidden |
//!
//! # Facts about the document
//!
//! As many pages as the order needs, none of its text cut or overprinted. Rows
//! of the table are kept together, long ones are split cleanly, with their number
//! (`120…`) beside what goes on, its heading is repeated, and the sums never stand
//! alone on a page. At the foot of each page is the whole order number. No line
//! ends between a number and its sign or unit, where they fit on one.
//! The text can be searched and copied. Prices keep all their decimals; the
//! amount of a line is quantity × conversion factor × price ÷ basis quantity,
//! rounded to the currency's smallest coin at the very end. Prices and total are
//! read as the order says that they are, the total without tax and shipping. If
//! the numbers contradict it, and there is one other way to read them in which
//! they agree (tax in the prices, in the total, in both; shipping in the total),
//! they are shown and added up that way. Dates in the file
//! are the order's, its identifier comes from its content, and so the same
//! order gives the same bytes. It is [PDF/A-3b](pdfa) as far as tests can tell.
//!
//! The typeface is Noto Sans (SIL Open Font License 1.1) with the Latin, Greek
//! and Cyrillic scripts. Only the characters used are embedded. Signs of office
//! texts that it lacks are set, and copied, as what they mean: `‐` and `‑` as
//! hyphens, the second without a break, `℃` as `°C`, `⌀` as `Ø`, `CO₂` as `CO2`,
//! `10⁻³` as `10^-³`, `2⅕` as `2 1/5`, `Ⅳ` as `IV`, `①` as `(1)`, `₽` as `RUB`,
//! arrows, ticks and bullets as the ones next to them. None is a `PDF-GLYPH`, and
//! none makes another number of one: `x₂8` lacks its `₂`. There is no
//! shaping: no ligatures, no kerning, no right-to-left text. A letter and the
//! marks that follow it are set as one character where Unicode has it (NFC), and
//! can be searched as such. Other marks stand where the typeface puts them by
//! itself: over the middle of a letter of usual width, too low on a capital, and
//! on each other if there are two.
//!
//! # What it does not do
//!
//! * It translates its own words, units and the usual roles; what the order
//!   says stays in the language that it was sent in.
//! * It computes no tax but that of a line from a rate that the order gives,
//!   and applies no discount: `Modifications` are shown, prices are as sent.
//! * It shows prices of other currencies as sent and converts nothing.
//! * Units outside the usual hundred, and `ST`, stay codes. A code that means
//!   something else in ANSI X12, such as `CA`, or that is in another spelling,
//!   such as `ea`, stands beside its word.
//! * With hidden amounts it leaves out all elements that tell prices, taxes,
//!   discounts or tolerances, terms of payment with a discount, what has a
//!   `currency`, and extrinsics, characteristics and elements that cXML does not
//!   know, if they are called like an amount in one of its four languages (such
//!   as `netValue`, but not `netWeight` or `costCenter`) or say a number with a
//!   currency. What stands in other free texts stays: descriptions, comments,
//!   texts of the options.
//! * A logo is PNG or JPEG, not SVG.
//!
//! # Features
//!
//! `serde`: reads and writes [`Options`], also from TOML.
//!
//! [`OrderRequest`]: punchout_cxml::OrderRequest

mod currency;
mod envelope;
mod error;
mod font;
mod hash;
mod language;
mod layout;
mod logo;
mod options;
mod pdf;
mod renderer;
mod sheet;
mod text;
mod texts;
mod tree;
mod unit;
mod writer;

#[doc = include_str!("../docs/pdfa.md")]
pub mod pdfa {}
#[doc = include_str!("../docs/speed.md")]
pub mod speed {}

pub use error::{Error, ErrorKind};
pub use font::{Fonts, Weight};
pub use language::Language;
pub use layout::{Cell, Layout, Page, PlacedImage, PlacedText, Rule, Tone};
pub use logo::{Logo, LogoKind};
pub use options::{Amounts, Attach, Color, Options, Paper, Whose};
pub use pdf::Pdf;
pub use renderer::{Renderer, render};
pub use text::{text, text_of_document};
