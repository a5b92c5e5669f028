//! The codes of the findings that reading reports.
//!
//! | code | severity | what it says |
//! |---|---|---|
//! | `CXML-UNKNOWN` | warning | an unknown element, attribute or text was kept as it is; it is written at its place |
//! | `CXML-REPEATED` | error | an element is there more often than it may be; the first one counts, the others are kept as they are |
//! | `CXML-BODY` | error | a document, request or message carries nothing |
//! | `CXML-MISSING` | error | something required is absent and was read as empty; it stays absent until it is given |
//! | `CXML-NUMBER` | error | a text is no number; its value is 0, its spelling is kept |
//! | `CXML-NUMBER-FORM` | note | a number with blanks, thousands commas or without its zero |
//! | `CXML-DATE` | error | a text is neither date nor time; its spelling is kept |
//! | `CXML-DATE-FORM` | note | a date or time not spelled as cXML wants, such as with `Z` |
//! | `CXML-FLAG` | warning | a yes-flag says something else than `yes` |
//! | `CXML-TOKEN` | warning | a value that the DTD does not list; it is kept |
//! | `CXML-STATUS` | error | a status code is no number; it was read as 0 |
//! | `CXML-DOCTYPE` | note, warning | there is no DOCTYPE, or not one of cXML |
//! | `CXML-SUBSET` | warning | declarations inside of the document were ignored |
//! | `CXML-VERSION` | note | the old attribute `version` says nothing; the DOCTYPE does |
//! | `CXML-DTD-ENTITY` | error | an entity is named that is not one of XML's five, such as `&nbsp;`; the reference stays as it stands, as text |
//! | `CXML-ENCODING` | note, warning | the document is in another encoding than UTF-8, or declares one it cannot have |

use punchout_core::Code;

/// An entity is named that is not one of XML's five. The validator has the same
/// code, and tells it once for both.
pub use crate::dtd::code::ENTITY;

/// An element is there more often than it may be.
pub const REPEATED: Code = Code::new("CXML-REPEATED");
/// An unknown element, attribute or text was kept as it is.
pub const UNKNOWN: Code = Code::new("CXML-UNKNOWN");
/// A document, request or message carries nothing.
pub const BODY: Code = Code::new("CXML-BODY");
/// Something required is absent and was read as empty.
pub const MISSING: Code = Code::new("CXML-MISSING");
/// A text is no number.
pub const NUMBER: Code = Code::new("CXML-NUMBER");
/// A number is oddly spelled.
pub const NUMBER_FORM: Code = Code::new("CXML-NUMBER-FORM");
/// A text is neither date nor time.
pub const DATE: Code = Code::new("CXML-DATE");
/// A date or time is not spelled as cXML wants.
pub const DATE_FORM: Code = Code::new("CXML-DATE-FORM");
/// A yes-flag says something else than `yes`.
pub const FLAG: Code = Code::new("CXML-FLAG");
/// A value that the DTD does not list.
pub const TOKEN: Code = Code::new("CXML-TOKEN");
/// A status code is no number.
pub const STATUS: Code = Code::new("CXML-STATUS");
/// There is no DOCTYPE, or not one of cXML.
pub const DOCTYPE: Code = Code::new("CXML-DOCTYPE");
/// Declarations inside of the document were ignored.
pub const SUBSET: Code = Code::new("CXML-SUBSET");
/// The old attribute `version` is there.
pub const VERSION: Code = Code::new("CXML-VERSION");
/// The encoding is not UTF-8, or not what it says.
pub const ENCODING: Code = Code::new("CXML-ENCODING");
