//! The codes of the findings that validation reports.
//!
//! | code | severity | what it says |
//! |---|---|---|
//! | `CXML-DTD-MALFORMED` | error | the document is not well-formed; nothing after this place was looked at |
//! | `CXML-DTD-LIMIT` | error | the document is beyond its limits; for whoever makes a finding of that [`Error`](crate::Error) |
//! | `CXML-DTD-UNKNOWN` | error | an element is not declared |
//! | `CXML-DTD-MISSING` | error | a required element is absent |
//! | `CXML-DTD-ORDER` | error | an element stands at the wrong place among its siblings |
//! | `CXML-DTD-TWICE` | error | an element may stand only once |
//! | `CXML-DTD-ALIEN` | error | an element may not stand in this parent, or not beside its siblings |
//! | `CXML-DTD-INSTEAD` | error | an element stands where another one is required |
//! | `CXML-DTD-TEXT` | error | text stands where only elements may |
//! | `CXML-DTD-EMPTY` | error | an element that must be empty is not |
//! | `CXML-DTD-ATTR-UNKNOWN` | error | an attribute is not declared |
//! | `CXML-DTD-ATTR-MISSING` | error | a required attribute is absent |
//! | `CXML-DTD-ATTR-VALUE` | error | an attribute has a value that it cannot have |
//! | `CXML-DTD-ID` | error | an ID is there twice, or a reference has no ID |
//! | `CXML-DTD-ROOT` | error | the root element is not the one that the DOCTYPE names |
//! | `CXML-DTD-ENTITY` | error | an entity is named that is not one of XML's five; it is never expanded, the reference stays as it stands |
//! | `CXML-DTD-STANDALONE` | error | the document says it is standalone, but the DTD adds to what it says |
//! | `CXML-DTD-DOCTYPE` | warning | there is no DOCTYPE, or it names another DTD than the one that holds the payload |
//! | `CXML-DTD-VERSION` | warning | the DOCTYPE names a version that is not known |
//! | `CXML-DTD-SUBSET` | warning | declarations inside of the document were ignored |
//!
//! Only errors make a document invalid.

use punchout_core::Code;

/// The document is not well-formed.
pub const MALFORMED: Code = Code::new("CXML-DTD-MALFORMED");
/// An element is not declared.
pub const UNKNOWN: Code = Code::new("CXML-DTD-UNKNOWN");
/// A required element is absent.
pub const MISSING: Code = Code::new("CXML-DTD-MISSING");
/// An element stands at the wrong place among its siblings.
pub const ORDER: Code = Code::new("CXML-DTD-ORDER");
/// The document is beyond its limits and was not checked to its end.
///
/// The validator returns an error instead; this is its name in reports.
pub const LIMIT: Code = Code::new("CXML-DTD-LIMIT");
/// An element may stand only once.
pub const TWICE: Code = Code::new("CXML-DTD-TWICE");
/// An element may not stand in this parent, or not beside its siblings.
pub const ALIEN: Code = Code::new("CXML-DTD-ALIEN");
/// An element stands where another one is required.
pub const INSTEAD: Code = Code::new("CXML-DTD-INSTEAD");
/// Text stands where only elements may.
pub const TEXT: Code = Code::new("CXML-DTD-TEXT");
/// An element that must be empty is not.
pub const EMPTY: Code = Code::new("CXML-DTD-EMPTY");
/// An attribute is not declared.
pub const ATTR_UNKNOWN: Code = Code::new("CXML-DTD-ATTR-UNKNOWN");
/// A required attribute is absent.
pub const ATTR_MISSING: Code = Code::new("CXML-DTD-ATTR-MISSING");
/// An attribute has a value that it cannot have.
pub const ATTR_VALUE: Code = Code::new("CXML-DTD-ATTR-VALUE");
/// An ID is there twice, or a reference has no ID.
pub const ID: Code = Code::new("CXML-DTD-ID");
/// The root element is not the one that the DOCTYPE names.
pub const ROOT: Code = Code::new("CXML-DTD-ROOT");
/// An entity is named that is not one of XML's five.
pub const ENTITY: Code = Code::new("CXML-DTD-ENTITY");
/// The document says it is standalone, but is not.
pub const STANDALONE: Code = Code::new("CXML-DTD-STANDALONE");
/// There is no DOCTYPE, or it names another DTD.
pub const DOCTYPE: Code = Code::new("CXML-DTD-DOCTYPE");
/// The DOCTYPE names a version that is not known.
pub const VERSION: Code = Code::new("CXML-DTD-VERSION");
/// Declarations inside of the document were ignored.
pub const SUBSET: Code = Code::new("CXML-DTD-SUBSET");
