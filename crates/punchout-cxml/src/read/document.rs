use punchout_core::{Severity, Text, excerpt};

use super::{Cursor, Inside};
use crate::element::{Element, Value as _, read_value, write_child, write_value};
use crate::other::{Last, Node, START};
use crate::write::Writer;
use crate::xml::{Event, Tag};
use crate::{
    Body, Doctype, Document, Error, ErrorKind, Header, Message, MessagePayload, Payload, Request, Response,
    ResponsePayload, Status, Timestamp, code,
};

/// Reads a whole document.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Document, Error> {
    let document = prolog(cursor).and_then(|(doctype, root)| {
        if doctype.is_none() {
            let say = || ("there is no DOCTYPE".into(), Doctype::EXAMPLE);
            cursor.report(code::DOCTYPE, Severity::Note, None, say);
        }
        let mut document = envelope(cursor, root)?;
        if let Some(doctype) = doctype {
            document.doctype = doctype;
        }
        Ok(document)
    });
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
fn envelope<'a>(cursor: &mut Cursor<'a>, root: Tag<'a>) -> Result<Document, Error> {
    let mut this = Document::blank();
    envelope_attributes(cursor, &mut this);

    let mut header = None;
    let mut body = None;
    let mut at_body = START;
    let mut signatures = 0;
    let mut last = START;
    let mut inside = Inside::Elements;
    while let Some(child) = cursor.child_in(&root, &mut inside, last, &mut this.other)? {
        last = match child.name {
            "Header" if header.is_none() => {
                let start = child.start;
                header = Some((cursor.element::<Header>(child)?, start..cursor.end()));
                ("Header", 1)
            }
            "Request" if body.is_none() => {
                body = Some(Part::Request(Request::read(cursor, child)?));
                at_body = ("Request", 1);
                at_body
            }
            "Message" if body.is_none() => {
                body = Some(Part::Message(Message::read(cursor, child)?));
                at_body = ("Message", 1);
                at_body
            }
            "Response" if body.is_none() => {
                body = Some(Part::Response(Response::read(cursor, child)?));
                at_body = ("Response", 1);
                at_body
            }
            "ds:Signature" => {
                let signature = cursor.raw(&child)?;
                this.other.push(signature);
                signatures += 1;
                ("ds:Signature", signatures)
            }
            "Header" | "Request" | "Message" | "Response" => {
                // a second body is written behind the first, wherever the header was
                let is_behind = child.name == "Header" || last.0 != "Header";
                let behind = if is_behind { last } else { at_body };
                cursor.keep_repeated(&child, behind, &mut this.other)?;
                behind
            }
            _ => {
                cursor.keep_unknown(&child, last, &mut this.other)?;
                last
            }
        };
    }

    this.body = match body {
        Some(Part::Response(response)) => {
            if let Some((_, header)) = header {
                cursor.report(code::UNKNOWN, Severity::Warning, None, || {
                    ("a `Response` has no `Header`; it is kept as it is".into(), "remove it")
                });
                let raw = cursor.again("Header", header)?;
                this.other.keep_after(START, Node::Element(raw));
                // no header is written that it could stand behind
                this.other.move_behind(("Header", 1), START);
            }
            Body::Response(response)
        }
        part => {
            let header = header.map_or_else(
                || {
                    cursor.missing("Header", &mut this.other);
                    Header::blank()
                },
                |(header, _)| header,
            );
            match part {
                Some(Part::Request(request)) => Body::Request(header, request),
                Some(Part::Message(message)) => Body::Message(header, message),
                _ => {
                    cursor.report(code::BODY, Severity::Error, Some(root.start..root.end), || {
                        (
                            "there is neither `Request` nor `Message` nor `Response`".into(),
                            "add what is to be said",
                        )
                    });
                    Body::Missing(header)
                }
            }
        }
    };
    this.doctype = Doctype::of(Doctype::NEWEST, this.body.dtd());
    this.other.sort(&["ds:Signature"]);
    Ok(this)
}

fn envelope_attributes(cursor: &mut Cursor<'_>, this: &mut Document) {
    let (mut has_id, mut has_time) = (false, false);
    let attributes = cursor.take_attributes();
    for attribute in &attributes {
        match attribute.name {
            "payloadID" => {
                this.payload_id = cursor.value(attribute);
                has_id = true;
            }
            "timestamp" => {
                this.timestamp = Timestamp::read(cursor, attribute);
                has_time = true;
            }
            "signatureVersion" => this.signature_version = Some(cursor.value(attribute)),
            "xml:lang" => this.lang = Some(cursor.value(attribute)),
            "version" => {
                cursor.report(code::VERSION, Severity::Note, Some(attribute.value.clone()), || {
                    ("attribute `version` says nothing; the DOCTYPE says the version".into(), "remove it")
                });
                cursor.keep_version(attribute, &mut this.other);
            }
            _ => cursor.keep_attribute(attribute, &mut this.other),
        }
    }
    cursor.reuse(attributes);
    for (what, is_there) in [("payloadID", has_id), ("timestamp", has_time)] {
        if !is_there {
            cursor.missing(what, &mut this.other);
        }
    }
}

/// A document inside of a document; it names no DTD.
impl Element for Document {
    fn blank() -> Self {
        Self::new(Text::EMPTY, Text::EMPTY, Body::Missing(Header::blank()))
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        cursor.inner_document(|cursor| envelope(cursor, tag))
    }

    fn write(&self, writer: &mut Writer, _: &'static str) {
        self.write_to(writer);
    }
}

enum Part {
    Request(Request),
    Message(Message),
    Response(Response),
}

impl Element for Request {
    fn blank() -> Self {
        Self::new(Payload::Missing)
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        let mut this = Self::blank();
        let attributes = cursor.take_attributes();
        for attribute in &attributes {
            match attribute.name {
                "deploymentMode" => this.deployment_mode = read_value(cursor, attribute, &mut this.other),
                "Id" => this.id = Some(cursor.value(attribute)),
                _ => cursor.keep_attribute(attribute, &mut this.other),
            }
        }
        cursor.reuse(attributes);
        let mut last = START;
        let mut inside = Inside::Elements;
        while let Some(child) = cursor.child_in(&tag, &mut inside, last, &mut this.other)? {
            if last == START {
                this.payload = Payload::read(cursor, &child)?;
                last = PAYLOAD;
            } else {
                cursor.keep_unknown(&child, last, &mut this.other)?;
            }
        }
        this.other.sort(&[]);
        report_payload(cursor, &tag, matches!(this.payload, Payload::Missing));
        Ok(this)
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        writer.open(name);
        write_value(writer, "deploymentMode", &self.deployment_mode, &self.other);
        write_value(writer, "Id", &self.id, &self.other);
        writer.other_attributes(&self.other);
        writer.after(START, &self.other);
        self.payload.write(writer);
        writer.after(PAYLOAD, &self.other);
        writer.raw_except(&self.other, &[]);
        writer.close();
    }
}

impl Element for Message {
    fn blank() -> Self {
        Self::new(MessagePayload::Missing)
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        let mut this = Self::blank();
        let attributes = cursor.take_attributes();
        for attribute in &attributes {
            match attribute.name {
                "deploymentMode" => this.deployment_mode = read_value(cursor, attribute, &mut this.other),
                "inReplyTo" => this.in_reply_to = Some(cursor.value(attribute)),
                "Id" => this.id = Some(cursor.value(attribute)),
                _ => cursor.keep_attribute(attribute, &mut this.other),
            }
        }
        cursor.reuse(attributes);
        let mut last = START;
        let mut inside = Inside::Elements;
        while let Some(child) = cursor.child_in(&tag, &mut inside, last, &mut this.other)? {
            match child.name {
                "Status" if this.status.is_none() => {
                    this.status = Some(cursor.element(child)?);
                    if last == START {
                        last = ("Status", 1);
                    }
                }
                "Status" => cursor.keep_repeated(&child, last, &mut this.other)?,
                _ if matches!(this.payload, MessagePayload::Missing) => {
                    this.payload = MessagePayload::read(cursor, &child)?;
                    last = PAYLOAD;
                }
                _ => cursor.keep_unknown(&child, last, &mut this.other)?,
            }
        }
        this.other.sort(&[]);
        report_payload(cursor, &tag, matches!(this.payload, MessagePayload::Missing));
        Ok(this)
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        writer.open(name);
        write_value(writer, "deploymentMode", &self.deployment_mode, &self.other);
        write_value(writer, "inReplyTo", &self.in_reply_to, &self.other);
        write_value(writer, "Id", &self.id, &self.other);
        writer.other_attributes(&self.other);
        writer.after(START, &self.other);
        write_child(&self.status, writer, "Status", &self.other);
        self.payload.write(writer);
        writer.after(PAYLOAD, &self.other);
        writer.raw_except(&self.other, &[]);
        writer.close();
    }
}

impl Element for Response {
    fn blank() -> Self {
        Self::new(Status::blank())
    }

    fn read<'a>(cursor: &mut Cursor<'a>, tag: Tag<'a>) -> Result<Self, Error> {
        let mut this = Self::blank();
        let attributes = cursor.take_attributes();
        for attribute in &attributes {
            match attribute.name {
                "Id" => this.id = Some(cursor.value(attribute)),
                _ => cursor.keep_attribute(attribute, &mut this.other),
            }
        }
        cursor.reuse(attributes);
        let mut has_status = false;
        let mut last = START;
        let mut inside = Inside::Elements;
        while let Some(child) = cursor.child_in(&tag, &mut inside, last, &mut this.other)? {
            match child.name {
                "Status" if !has_status => {
                    this.status = cursor.element(child)?;
                    has_status = true;
                    if last == START {
                        last = ("Status", 1);
                    }
                }
                "Status" => cursor.keep_repeated(&child, last, &mut this.other)?,
                _ if this.payload.is_none() => {
                    this.payload = Some(ResponsePayload::read(cursor, &child)?);
                    last = PAYLOAD;
                }
                _ => cursor.keep_unknown(&child, last, &mut this.other)?,
            }
        }
        if !has_status {
            cursor.missing("Status", &mut this.other);
        }
        this.other.sort(&[]);
        Ok(this)
    }

    fn write(&self, writer: &mut Writer, name: &'static str) {
        writer.open(name);
        write_value(writer, "Id", &self.id, &self.other);
        writer.other_attributes(&self.other);
        writer.after(START, &self.other);
        write_child(&self.status, writer, "Status", &self.other);
        if let Some(payload) = &self.payload {
            payload.write(writer);
        }
        writer.after(PAYLOAD, &self.other);
        writer.raw_except(&self.other, &[]);
        writer.close();
    }
}

/// Behind the payload, whatever its name.
const PAYLOAD: Last = ("*", 1);

fn report_payload<'a>(cursor: &mut Cursor<'a>, tag: &Tag<'a>, is_missing: bool) {
    if is_missing {
        let name = tag.name;
        cursor.report(code::BODY, Severity::Error, Some(tag.start..tag.end), || {
            (format!("the `{name}` carries nothing"), "add what is to be said")
        });
    }
}

impl Document {
    pub(crate) fn write_to(&self, writer: &mut Writer) {
        writer.open("cXML");
        write_value(writer, "payloadID", &self.payload_id, &self.other);
        write_value(writer, "timestamp", &self.timestamp, &self.other);
        write_value(writer, "signatureVersion", &self.signature_version, &self.other);
        write_value(writer, "xml:lang", &self.lang, &self.other);
        writer.other_attributes(&self.other);
        writer.after(START, &self.other);
        if let Some(header) = self.header() {
            write_child(header, writer, "Header", &self.other);
        }
        match &self.body {
            Body::Request(_, request) => write_child(request, writer, "Request", &self.other),
            Body::Message(_, message) => write_child(message, writer, "Message", &self.other),
            Body::Response(response) => write_child(response, writer, "Response", &self.other),
            Body::Missing(_) => writer.require(&["Request", "Message", "Response"]),
        }
        writer.raw_named(&self.other, "ds:Signature");
        writer.raw_except(&self.other, &["ds:Signature"]);
        writer.close();
    }
}
