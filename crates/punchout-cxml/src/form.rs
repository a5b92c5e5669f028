//! Documents in browser forms: how a basket comes back.
//!
//! A supplier's page holds the message as a hidden field, and the user's
//! browser posts it to the buyer. The field is `cXML-base64` or
//! `cXML-urlencoded`, in any case of letters.
//!
//! ```
//! use punchout_core::All;
//! use punchout_cxml::form::{self, Field};
//!
//! let mut found = All::new();
//! let received = form::read_body(b"cXML-Base64=PGNYTUwvPg%3D%3D&~other=1", &mut found)?;
//! assert_eq!(received.document, b"<cXML/>");
//! assert_eq!(received.field, Field::Base64);
//! assert!(found.found().is_empty());
//!
//! let page = form::Page::new("Back to your order system", "Continue")
//!     .write("https://erp.example/return?session=1", Field::Base64, b"<cXML/>")?;
//! assert!(page.contains(r#"<input type="hidden" name="cXML-base64" value="PGNYTUwvPg==">"#));
//! # Ok::<(), punchout_cxml::Error>(())
//! ```
//!
//! What is in a form passes through the user's hands: it can be read and
//! changed there, and a shared secret does not belong in it.

pub mod code;
mod page;
mod read;
mod write;

pub use page::{Page, Submit};
pub use read::{Reader, Received, read, read_body};
pub use write::pair;

/// The two fields that can hold a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Field {
    /// `cXML-base64`: the bytes of the document in base64. Nothing on the way
    /// can damage it, and the document may be in any encoding.
    Base64,
    /// `cXML-urlencoded`: the document as text of US-ASCII, which the browser
    /// encodes as it encodes any other field.
    UrlEncoded,
}

impl Field {
    /// The name, as the guide spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Base64 => "cXML-base64",
            Self::UrlEncoded => "cXML-urlencoded",
        }
    }

    fn is_named(self, name: &[u8]) -> bool {
        name.trim_ascii().eq_ignore_ascii_case(self.name().as_bytes())
    }
}
