//! The codes of the findings about packages.
//!
//! | code | severity | what it says |
//! |---|---|---|
//! | `CXML-MIME-TYPE` | note, warning | the content type is odd for what it holds |
//! | `CXML-MIME-BOUNDARY` | warning | the boundary is not named; the first line was taken |
//! | `CXML-MIME-END` | error | the last boundary is missing: the end may be lost |
//! | `CXML-MIME-HEADER` | warning | headers of a part are not readable as such |
//! | `CXML-MIME-ROOT` | warning | the document is not the part that it should be |
//! | `CXML-MIME-ENCODING` | warning, error | content not as its transfer encoding says |
//! | `CXML-MIME-CHARSET` | note, warning | the charset does not go with the document |
//! | `CXML-MIME-ID` | note, warning | an attached part has no content id, or an odd one |
//! | `CXML-MIME-DUPLICATE` | error | a content id stands for several parts |
//! | `CXML-MIME-REFERENCE` | warning | an address is not spelled as `cid:` addresses are |
//! | `CXML-MIME-MISSING` | error | the document points at a part that is not there |
//! | `CXML-MIME-UNUSED` | note | the document does not point at a part |

use punchout_core::Code;

/// The content type is odd for what it holds.
pub const TYPE: Code = Code::new("CXML-MIME-TYPE");
/// The boundary is not named; the first line was taken.
pub const BOUNDARY: Code = Code::new("CXML-MIME-BOUNDARY");
/// The last boundary is missing.
pub const END: Code = Code::new("CXML-MIME-END");
/// Headers of a part are not readable as such.
pub const HEADER: Code = Code::new("CXML-MIME-HEADER");
/// The document is not the part that it should be.
pub const ROOT: Code = Code::new("CXML-MIME-ROOT");
/// Content is not as its transfer encoding says.
pub const ENCODING: Code = Code::new("CXML-MIME-ENCODING");
/// The charset does not go with the document.
pub const CHARSET: Code = Code::new("CXML-MIME-CHARSET");
/// An attached part has no content id, or an odd one.
pub const ID: Code = Code::new("CXML-MIME-ID");
/// A content id stands for several parts.
pub const DUPLICATE: Code = Code::new("CXML-MIME-DUPLICATE");
/// An address is not spelled as `cid:` addresses are.
pub const REFERENCE: Code = Code::new("CXML-MIME-REFERENCE");
/// The document points at a part that is not there.
pub const MISSING: Code = Code::new("CXML-MIME-MISSING");
/// The document does not point at a part.
pub const UNUSED: Code = Code::new("CXML-MIME-UNUSED");
