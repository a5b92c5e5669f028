//! The codes of the findings about form fields.
//!
//! | code | severity | what it says |
//! |---|---|---|
//! | `CXML-FORM-BOTH` | note | both fields are there; the one in base64 was taken |
//! | `CXML-FORM-REPEATED` | warning | a field is there more than once; the first one was taken |
//! | `CXML-FORM-SWAPPED` | warning | a field holds what belongs in the other one |
//! | `CXML-FORM-DOUBLE` | warning | the content was url-encoded twice; both were undone |
//! | `CXML-FORM-BASE64` | note, warning, error | the base64 is not as it should be |
//! | `CXML-FORM-SPACE` | note | white space before the document was left out |
//! | `CXML-FORM-CHARSET` | note, warning | the text is not US-ASCII, or not even UTF-8 |
//! | `CXML-FORM-PERCENT` | warning | a percent sign without two digits was kept |

use punchout_core::Code;

/// Both fields are there.
pub const BOTH: Code = Code::new("CXML-FORM-BOTH");
/// A field is there more than once.
pub const REPEATED: Code = Code::new("CXML-FORM-REPEATED");
/// A field holds what belongs in the other one.
pub const SWAPPED: Code = Code::new("CXML-FORM-SWAPPED");
/// The content was url-encoded twice.
pub const DOUBLE: Code = Code::new("CXML-FORM-DOUBLE");
/// The base64 is not as it should be.
pub const BASE64: Code = Code::new("CXML-FORM-BASE64");
/// White space before the document was left out.
pub const SPACE: Code = Code::new("CXML-FORM-SPACE");
/// The text is not US-ASCII, or not even UTF-8.
pub const CHARSET: Code = Code::new("CXML-FORM-CHARSET");
/// A percent sign without two digits was kept.
pub const PERCENT: Code = Code::new("CXML-FORM-PERCENT");
