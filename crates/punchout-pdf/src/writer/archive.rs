//! What makes a PDF one that can be kept: PDF/A-3b.

use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary, text_string};

use super::packer::Packer;
use super::{icc, xmp};
use crate::hash::Hash;
use crate::{Error, ErrorKind, Layout};

const PRODUCER: &str = concat!("punchout-pdf ", env!("CARGO_PKG_VERSION"));

/// The same in all documents.
static PROFILE: LazyLock<Stream> = LazyLock::new(|| {
    let mut stream = Stream::new(dictionary! { "N" => 3 }, icc::srgb());
    Packer::default().pack(&mut stream);
    stream
});

/// A file within the PDF.
pub(crate) struct Attachment {
    /// Its name.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Says what the document is, in place of what printpdf says.
pub(super) fn describe(
    file: &mut Document,
    layout: &Layout,
    attachment: Option<Attachment>,
) -> Result<(), Error> {
    "1.7".clone_into(&mut file.version);
    // viewers and transports tell by it that the file is not text
    file.binary_mark = vec![0xE2, 0xE3, 0xCF, 0xD3];
    let date = layout.date.map(|date| {
        let offset = date.format("%z").to_string();
        let (hours, minutes) = offset.split_at(3);
        Object::string_literal(format!("D:{}{hours}'{minutes}'", date.format("%Y%m%d%H%M%S")))
    });

    // a title may be long; where a long one comes first, poppler complains that
    // there is no trailer
    let mut info = dictionary! {
        "Producer" => text_string(PRODUCER),
        "Title" => text_string(&xmp::plain(&layout.title)),
    };
    if !layout.author.is_empty() {
        info.set("Author", text_string(&xmp::plain(&layout.author)));
    }
    if let Some(date) = &date {
        info.set("CreationDate", date.clone());
        info.set("ModDate", date.clone());
    }
    let info = Object::Reference(file.add_object(info));
    replace_info(file, info);

    let packet = xmp::packet(layout, PRODUCER).into_bytes();
    let about = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // left as it is, for programs that look for it in any kind of file
    let metadata = file.add_object(Stream::new(about, packet).with_compression(false));
    let profile = file.add_object(PROFILE.clone());
    let intent = file.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB (IEC 61966-2-1)"),
        "DestOutputProfile" => profile,
    });
    let attached = attachment.map(|attachment| {
        let name = text_string(&attachment.name);
        (name, attach(file, attachment, date))
    });

    let catalog = file
        .catalog_mut()
        .map_err(|e| Error::new(ErrorKind::Writer, "the PDF has no catalogue").caused_by(e))?;
    catalog.set("Lang", text_string(layout.language.tag()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![intent.into()]);
    if let Some((name, attached)) = attached {
        catalog.set("AF", vec![attached.into()]);
        let files = dictionary! { "Names" => vec![name, attached.into()] };
        catalog.set("Names", dictionary! { "EmbeddedFiles" => files });
    }
    catalog.remove(b"PageLayout");
    Ok(())
}

fn attach(file: &mut Document, attachment: Attachment, date: Option<Object>) -> ObjectId {
    let Attachment { name, bytes } = attachment;
    let mut params = dictionary! { "Size" => i64::try_from(bytes.len()).unwrap_or(i64::MAX) };
    if let Some(date) = date {
        params.set("ModDate", date);
    }
    let about = dictionary! { "Type" => "EmbeddedFile", "Subtype" => "text/xml", "Params" => params };
    let stream = file.add_object(Stream::new(about, bytes));
    // the older of the two names is one of bytes
    let plain = name.replace(|c: char| !c.is_ascii() || matches!(c, '(' | ')'), "_");
    file.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => Object::string_literal(plain),
        "UF" => text_string(&name),
        "Desc" => text_string("cXML OrderRequest"),
        "AFRelationship" => "Source",
        "EF" => dictionary! { "F" => stream, "UF" => stream },
    })
}

fn replace_info(file: &mut Document, info: Object) {
    let old = file.trailer.get(b"Info").and_then(Object::as_reference).ok();
    file.trailer.set("Info", info);
    if let Some(old) = old {
        file.objects.remove(&old);
    }
}

/// Derives the file's identifier from what is in it, where printpdf rolls dice.
pub(super) fn identify(file: &mut Document) {
    let mut hash = Hash::new();
    for object in file.objects.values() {
        match object {
            Object::Stream(stream) => hash.add(&stream.content),
            Object::Dictionary(dictionary) => hash_texts(dictionary, &mut hash),
            _ => {}
        }
    }
    let id = Object::String(hash.value().to_be_bytes().to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
}

fn hash_texts(dictionary: &Dictionary, hash: &mut Hash) {
    for (_, value) in dictionary {
        if let Object::String(text, _) = value {
            hash.add(text);
        }
    }
}
