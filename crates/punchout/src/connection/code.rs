//! The codes of findings about a connection.

use punchout_core::Code;

/// No way of orders is named, or none that there is.
pub const ROUTE: Code = Code::new("CON-ROUTE");
/// The table of the route is not there.
pub const TABLE: Code = Code::new("CON-TABLE");
/// A table of another route is there, or a key without effect.
pub const UNUSED: Code = Code::new("CON-UNUSED");
/// A key is not there that the route needs.
pub const MISSING: Code = Code::new("CON-MISSING");
/// What should be an address is none, or holds a user name or a password.
pub const URL: Code = Code::new("CON-URL");
/// What should be the name of a server is none, or more than one.
pub const HOST: Code = Code::new("CON-HOST");
/// Orders, or passwords, would travel in the open.
pub const PLAIN: Code = Code::new("CON-PLAIN");
/// Orders would go to the address at which users log in.
pub const ORDER_LOGIN: Code = Code::new("CON-ORDER-LOGIN");
/// There is no way to log in, or more than one.
pub const CREDENTIALS: Code = Code::new("CON-CREDENTIALS");
/// The server would not be known by its key, or in two ways.
pub const HOST_KEY: Code = Code::new("CON-HOST-KEY");
/// A mailbox is not there, or is none.
pub const MAILBOX: Code = Code::new("CON-MAILBOX");
/// A secret stands in the description itself.
pub const SECRET_INLINE: Code = Code::new("CON-SECRET-INLINE");
/// The files cannot be sent this way.
pub const FILES: Code = Code::new("CON-FILES");
/// What is for nobody else lies where the supplier takes orders from.
pub const DIRECTORY: Code = Code::new("CON-DIRECTORY");
/// A language that texts and documents are not made in.
pub const LANGUAGE: Code = Code::new("CON-LANGUAGE");
/// A limit that nothing can keep.
pub const LIMIT: Code = Code::new("CON-LIMIT");
/// A rule for answers takes a failure for success.
pub const ANSWER: Code = Code::new("CON-ANSWER");
/// Orders are kept instead of sent.
pub const INTERCEPT: Code = Code::new("CON-INTERCEPT");
/// A file or a directory is not where the description says, or is none.
pub const FILE: Code = Code::new("CON-FILE");
/// Attempts are noted nowhere.
pub const JOURNAL: Code = Code::new("CON-JOURNAL");
/// An order has no payload id; found while an order is made ready.
pub const PAYLOAD_ID: Code = Code::new("CON-PAYLOAD-ID");
/// An attachment that the order does not point at; found while it is made
/// ready.
pub const ATTACHMENT: Code = Code::new("CON-ATTACHMENT");
/// An order holds a shared secret and goes by mail; found while it is made
/// ready.
pub const MAIL_SECRET: Code = Code::new("CON-MAIL-SECRET");
