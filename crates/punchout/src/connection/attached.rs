//! The files that an order points at.

use punchout_core::{Diagnostic, Severity, Sink, excerpt};
use punchout_cxml::{RawDocument, Step};
use punchout_transport::File;

use super::{Error, ErrorKind, code};

/// A `cid:` address of an order.
struct Reference {
    /// As it stands there.
    url: String,
    /// The content id that it means.
    id: String,
}

/// Holds the `cid:` addresses of an order against its attachments.
///
/// # Errors
/// When one of them means no attachment, or more than one.
pub(super) fn check(order: &[u8], attachments: &[File], sink: &mut dyn Sink) -> Result<(), Error> {
    let references = references(order)?;
    for Reference { url, id } in &references {
        match attachments.iter().filter(|file| file.content_id.as_ref() == Some(id)).count() {
            1 => {}
            0 => {
                let text = format!(
                    "the order points at {}, and there is no such attachment: give the file with this content id",
                    excerpt(url)
                );
                return Err(Error::new(ErrorKind::Order, text));
            }
            count => {
                let text = format!(
                    "the order points at {}, and {count} attachments have this content id",
                    excerpt(url)
                );
                return Err(Error::new(ErrorKind::Order, text));
            }
        }
    }
    for file in attachments {
        if !references.iter().any(|reference| file.content_id.as_ref() == Some(&reference.id)) {
            let message = format!("nothing in the order points at the attachment {}", excerpt(&file.name));
            sink.report(Diagnostic::new(code::ATTACHMENT, Severity::Warning, message).at("cXML").help(
                "name it in an Attachment with the URL `cid:` and its content id; it is sent all the same",
            ));
        }
    }
    Ok(())
}

fn references(order: &[u8]) -> Result<Vec<Reference>, Error> {
    let unreadable =
        |error| Error::new(ErrorKind::Order, "the order cannot be read as cXML").caused_by(error);
    // what is odd about the document was said when it was read
    let document = RawDocument::read(order, &mut punchout_core::Ignore).map_err(unreadable)?;
    let (mut all, mut url) = (Vec::new(), None::<String>);
    for step in document.root.steps() {
        match step {
            Step::Open(tag) => url = (tag.name() == "URL").then(String::new),
            Step::Text(text) => url.iter_mut().for_each(|url| url.push_str(&text)),
            Step::Close => all.extend(url.take().and_then(|url| reference(url.trim()))),
            _ => {}
        }
    }
    Ok(all)
}

/// Angle brackets do not belong there, and are often written.
fn reference(url: &str) -> Option<Reference> {
    let rest = url.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("cid:")).and(url.get(4..))?;
    let bare = rest.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(rest);
    let id = String::from_utf8(super::percent::decoded(bare)).unwrap_or_else(|_| bare.to_owned());
    Some(Reference { url: url.to_owned(), id })
}
