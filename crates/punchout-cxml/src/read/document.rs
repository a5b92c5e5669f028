use punchout_core::{Severity, excerpt};

use super::{Content, Cursor};
use crate::element::{Element as _, Value};
use crate::xml::{Event, Tag};
use crate::{
    Body, Doctype, Document, Error, ErrorKind, Header, OrderRequest, Payload, RawElement, Request, Response,
    Status, Timestamp, code,
};

/// Reads a whole document.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Document, Error> {
    let document = prolog(cursor).and_then(|(doctype, root)| envelope(cursor, doctype, root));
    if document.as_ref().is_err_and(|error| error.kind() != ErrorKind::NotCxml) {
        return document;
    }
    // What follows must be well-formed, and that comes before being cXML.
    while !matches!(cursor.next()?, Event::End) {}
    document
}

fn prolog<'a>(cursor: &mut Cursor<'a>) -> Result<(Option<Doctype>, Tag<'a>), Error> {
    let mut doctype = None;
    loop {
        match cursor.next()? {
            Event::Open(root) if root.name == "cXML" => return Ok((doctype, root)),
            Event::Open(root) => {
                let message = format!("the root element is {}, not `cXML`", excerpt(root.name));
                return Err(Error::not_cxml(cursor.text_of_document(), root.start..root.end, message));
            }
            Event::Doctype(declared, span) => {
                if declared.has_subset {
                    cursor.report(code::SUBSET, Severity::Warning, Some(span.clone()), || {
                        (
                            "declarations inside of the document are ignored".into(),
                            "name the DTD and nothing else",
                        )
                    });
                }
                let named = declared.system_id.map(Doctype::new);
                if declared.root != "cXML" || named.as_ref().and_then(Doctype::version).is_none() {
                    cursor.report(code::DOCTYPE, Severity::Warning, Some(span), || {
                        ("the DOCTYPE names no version of cXML".into(), Doctype::EXAMPLE)
                    });
                }
                doctype = named;
            }
            _ => {}
        }
    }
}

/// Reads the element `cXML`.
fn envelope<'a>(cursor: &mut Cursor<'a>, doctype: Option<Doctype>, root: Tag<'a>) -> Result<Document, Error> {
    if doctype.is_none() {
        cursor
            .report(code::DOCTYPE, Severity::Note, None, || ("there is no DOCTYPE".into(), Doctype::EXAMPLE));
    }
    let mut payload_id = None;
    let mut timestamp = None;
    let mut signature_version = None;
    let mut lang = None;
    let attributes = cursor.take_attributes();
    for attribute in &attributes {
        match attribute.name {
            "payloadID" => payload_id = Some(cursor.value(attribute)),
            "timestamp" => timestamp = Some(Timestamp::read(cursor, attribute)),
            "signatureVersion" => signature_version = Some(cursor.value(attribute)),
            "xml:lang" => lang = Some(cursor.value(attribute)),
            "version" => cursor.report(code::VERSION, Severity::Note, Some(attribute.value.clone()), || {
                ("attribute `version` is left out; the DOCTYPE says the version".into(), "remove it")
            }),
            _ => cursor.drop_attribute(attribute),
        }
    }
    cursor.reuse(attributes);

    let mut header = None;
    let mut body = None;
    let mut other = Vec::new();
    let mut content = Content::default();
    while let Some(child) = cursor.child(&root, &mut content)? {
        match child.name {
            "Header" if header.is_none() => header = Some(cursor.element::<Header>(child)?),
            "Request" if body.is_none() => body = Some(Part::Request(request(cursor, child)?)),
            "Message" if body.is_none() => body = Some(Part::Message(cursor.raw(&child)?)),
            "Response" if body.is_none() => body = Some(Part::Response(response(cursor, child)?)),
            "ds:Signature" => other.push(cursor.raw(&child)?),
            _ => cursor.unknown(&child, Some(&mut other))?,
        }
    }
    cursor.refuse_text(&content);

    if payload_id.is_none() {
        cursor.missing("payloadID");
    }
    if timestamp.is_none() {
        cursor.missing("timestamp");
    }
    let mut required_header = || {
        header.take().unwrap_or_else(|| {
            cursor.missing("Header");
            Header::blank()
        })
    };
    let body = match body {
        Some(Part::Request(request)) => Body::Request(required_header(), request),
        Some(Part::Message(message)) => Body::Message(required_header(), message),
        Some(Part::Response(response)) => Body::Response(response),
        None => {
            let message = "the document has neither `Request` nor `Message` nor `Response`";
            return Err(Error::not_cxml(cursor.text_of_document(), root.start..root.end, message));
        }
    };
    if header.is_some() {
        cursor.report(code::DROPPED, Severity::Error, None, || {
            ("a `Response` has no `Header`; it is dropped".into(), "remove it")
        });
    }
    Ok(Document {
        doctype: doctype.unwrap_or_default(),
        payload_id: payload_id.unwrap_or_default(),
        timestamp: timestamp.unwrap_or_else(Timestamp::blank),
        signature_version,
        lang,
        body,
        other,
    })
}

enum Part {
    Request(Request),
    Message(RawElement),
    Response(Response),
}

fn request<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Request, Error> {
    let mut deployment_mode = None;
    let mut id = None;
    let attributes = cursor.take_attributes();
    for attribute in &attributes {
        match attribute.name {
            "deploymentMode" => deployment_mode = Some(Value::read(cursor, attribute)),
            "Id" => id = Some(cursor.value(attribute)),
            _ => cursor.drop_attribute(attribute),
        }
    }
    cursor.reuse(attributes);
    let mut payload = None;
    let mut content = Content::default();
    while let Some(child) = cursor.child(&tag, &mut content)? {
        match child.name {
            _ if payload.is_some() => cursor.drop_child(&child)?,
            "OrderRequest" => payload = Some(cursor.element::<OrderRequest>(child)?.into()),
            _ => payload = Some(Payload::Other(cursor.raw(&child)?)),
        }
    }
    cursor.refuse_text(&content);
    let Some(payload) = payload else {
        let message = "the `Request` asks for nothing";
        return Err(Error::not_cxml(cursor.text_of_document(), tag.start..tag.end, message));
    };
    Ok(Request { deployment_mode: deployment_mode.unwrap_or_default(), id, payload })
}

fn response<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Response, Error> {
    let mut id = None;
    let attributes = cursor.take_attributes();
    for attribute in &attributes {
        match attribute.name {
            "Id" => id = Some(cursor.value(attribute)),
            _ => cursor.drop_attribute(attribute),
        }
    }
    cursor.reuse(attributes);
    let mut status = None;
    let mut payload = None;
    let mut content = Content::default();
    while let Some(child) = cursor.child(&tag, &mut content)? {
        match child.name {
            "Status" if status.is_none() => status = Some(cursor.element::<Status>(child)?),
            _ if payload.is_none() => payload = Some(cursor.raw(&child)?),
            _ => cursor.drop_child(&child)?,
        }
    }
    cursor.refuse_text(&content);
    if status.is_none() {
        cursor.missing("Status");
    }
    Ok(Response { id, status: status.unwrap_or_else(Status::blank), payload })
}
