//! SAP's Open Catalog Interface (OCI): call-ups, baskets, profiles.
//!
//! A buyer's system sends its user's browser to a web shop (the *call-up*);
//! the shop returns the basket in form fields (the *return*). The protocol has
//! no status and many dialects, so this crate reads whatever has one meaning,
//! keeps all of it, and reports each departure with a stable code.
//!
//! ```
//! use punchout_core::All;
//!
//! let body = b"NEW_ITEM-DESCRIPTION[1]=Bolt&NEW_ITEM-QUANTITY[1]=1.234,5&NEW_ITEM-UNIT[1]=STK";
//! let mut found = All::new();
//! let basket = punchout_oci::decode(body, &mut found)?;
//! let bolt = &basket.items[0];
//! assert_eq!(bolt.quantity.as_ref().map(|quantity| quantity.value().to_string()).as_deref(), Some("1234.5"));
//! assert_eq!(bolt.unit_code(), Some("PCE"));
//! for finding in found.found() {
//!     println!("{finding}");
//! }
//! # Ok::<(), punchout_oci::Error>(())
//! ```
//!
//! # The main types
//!
//! | | write | read |
//! |---|---|---|
//! | call-up | [`CallUpEncoder`] | [`CallUpDecoder`] |
//! | return | [`Encoder`] | [`Decoder`] |
//!
//! [`CallUp`] and [`Basket`] are the models, [`Profile`] holds the rules of one
//! system, [`Rule`] lists what can be found.
//!
//! # What it does not do
//!
//! It opens no connection and keeps no session. It does not verify a return
//! address, an attachment or a product against anything outside of the input. The XML
//! variant is written as SAP Commerce does; no specification of it was at hand.
//!
//! # Features
//!
//! * `html`: the return out of an HTML page, which is how a shop answers
//!   VALIDATE and `BACKGROUND_SEARCH`.
//! * `json`: the OCI 5.0 download, and returns that were stored as JSON.
//! * `serde`: serialisation of the models.
//!
//! # Limits
//!
//! Time and memory grow in proportion to the input: beside its text a basket
//! takes 28 bytes a field and three quarters of a kilobyte an item, about
//! twice the body of an ordinary return. [`punchout_core::Limits`] bounds
//! bytes, fields, items and the length of a value; inputs of 4 GiB and more
//! are refused in any case.

mod basket;
mod call_up;
mod charset;
mod collect;
pub mod currency;
mod decode;
#[cfg(feature = "json")]
mod download;
mod encode;
mod error;
mod field;
mod function;
#[cfg(feature = "html")]
mod html;
mod input;
#[cfg(feature = "json")]
mod json;
pub mod markup;
mod name;
pub mod number;
mod pairs;
pub mod profile;
mod report;
mod rule;
mod sent;
pub mod unit;
mod xml;

pub use basket::{Basket, Control, ExtraField, Item, ItemType};
pub use call_up::{
    CallUp, CallUpDecoder, CallUpEncoder, CallUpRequest, CallUpUrl, Parameter, ParameterValue,
};
pub use decode::{Decoder, decode};
#[cfg(feature = "json")]
pub use download::{
    CustomerField, DownloadAttachment, DownloadDecoder, DownloadItem, DownloadPage, DownloadRequest,
    LocalText, Pages, PriceScale, RawField,
};
pub use encode::{Encoder, ReturnTo};
pub use error::{Error, ErrorKind};
pub use field::{Field, Kind};
pub use function::{Function, FunctionCall};
#[cfg(feature = "html")]
pub use html::{HtmlForm, html_forms};
pub use input::Input;
pub use profile::Profile;
pub use rule::Rule;
pub use sent::{Sent, SentField};

#[doc = include_str!("../docs/diagnostics.md")]
#[expect(clippy::doc_markdown, reason = "field names are plain words in the catalogue")]
pub mod diagnostics {}

/// The code in the README is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
