//! Procurement punch-out: call-ups, baskets, orders and their delivery.
//!
//! A buyer's system sends its user's browser to a supplier's web shop, the
//! shop returns a basket, and after approval the order goes to the supplier by
//! mail with a PDF, by HTTPS or by SFTP with cXML. This crate is the whole way
//! in one dependency; each module is a crate of its own, but for `answer` and
//! `connection`, in which they meet.
//!
//! ```
//! use punchout::core::All;
//! use punchout::oci::{CallUp, CallUpDecoder, CallUpEncoder, Decoder, Encoder, Item, Basket, Profile, ReturnTo};
//! use punchout::oci::markup::FormPage;
//!
//! // the buyer writes a call-up, the shop reads it
//! let mut found = All::new();
//! let call_up = CallUp::new("https://erp.example/return?session=17").with_login("buyer", "secret");
//! let body = CallUpEncoder::new(Profile::lenient()).body(&call_up)?;
//! let at_shop = CallUpDecoder::lenient().body(body.expose(), &mut found)?;
//!
//! // the shop writes the return, the buyer reads it
//! let bolts = Item::new("Hex bolt", 250, "PCE").with_price("12.50".parse::<punchout::core::Amount>()?, "EUR", 100);
//! let to = ReturnTo::of(&at_shop)?;
//! let returned = Encoder::strict().body(&Basket::new(vec![bolts]), &to, &mut found)?;
//! let basket = Decoder::lenient().form(returned.as_bytes(), &mut found)?;
//! assert_eq!(basket.total().map(|total| total.to_string()).as_deref(), Some("31.25"));
//! assert!(found.found().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules and features
//!
//! | module | feature | what it is |
//! |---|---|---|
//! | [`core`] | always | findings, amounts, secrets, limits |
//! | `oci` | `oci`, default | OCI; `html` reads pages, `json` downloads and JSON returns |
//! | `cxml` | `cxml`, default | cXML documents; `advice` has rules beyond the DTD, `mime` attachments, `mac` the proof of direct punch-out, `anonymise` documents to show |
//! | `order` | `order`, default | basket to order |
//! | `pdf` | `pdf` | order to PDF |
//! | `transport` | `transport`; `https`, `sftp`, `email` bring their own, `bounce` reads what comes back | order to supplier |
//! | `answer` | `cxml` and `transport` | what an HTTPS answer means, by its cXML |
//! | `connection` | `connection` | a supplier's TOML file, what is wrong with it, and the way of an order made of it |
//!
//! `serde` adds serialisation to all models, `full` is all of these; `sftp-rsa` adds
//! RSA keys to SFTP and has to be asked for. The default is 58 crates, the five
//! of this project among them; what each transport adds stands in `transport`.
//!
//! # Not here
//!
//! Approval, budgets, receipts and invoices belong to the systems on either
//! side. Nothing in this crate keeps state, reads a clock or makes identifiers,
//! except the transports and the journals around them while they work.

#[cfg(all(feature = "cxml", feature = "transport"))]
pub mod answer;
#[cfg(feature = "connection")]
pub mod connection;

pub use punchout_core as core;
#[cfg(feature = "cxml")]
pub use punchout_cxml as cxml;
#[cfg(feature = "oci")]
pub use punchout_oci as oci;
#[cfg(feature = "order")]
pub use punchout_order as order;
#[cfg(feature = "pdf")]
pub use punchout_pdf as pdf;
#[cfg(feature = "transport")]
pub use punchout_transport as transport;

#[doc = include_str!("../docs/architecture.md")]
pub mod architecture {}

/// The code in the README is a test.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
