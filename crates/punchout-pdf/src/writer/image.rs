//! The logo as an object that all pages can show.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId};

use crate::logo::{Colors, Filter, Picture};

/// The resource that the logo is.
pub(super) const NAME: &str = "L";

pub(super) fn id() -> XObjectId {
    XObjectId(NAME.to_owned())
}

/// The picture without being packed anew, which is what printpdf's own images
/// would come to.
pub(super) fn object(picture: &Picture) -> XObject {
    let colors = match picture.colors {
        Colors::Gray => "DeviceGray",
        Colors::Rgb => "DeviceRGB",
    };
    let filter = match picture.filter {
        Filter::Deflate => "FlateDecode",
        Filter::Jpeg => "DCTDecode",
    };
    let mut stream = stream(picture, colors, filter, picture.data.clone());
    if let Some(alpha) = &picture.alpha {
        let mask = self::stream(picture, "DeviceGray", "FlateDecode", alpha.clone());
        stream.dict.insert("SMask".to_owned(), DictItem::Stream { stream: mask });
    }
    // without a size it stays the unit square that it is for PDF
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

fn stream(picture: &Picture, colors: &str, filter: &str, content: Vec<u8>) -> ExternalStream {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let dict: BTreeMap<_, _> = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(picture.width.into())),
        ("Height", DictItem::Int(picture.height.into())),
        ("ColorSpace", name(colors)),
        ("BitsPerComponent", DictItem::Int(8)),
        ("Filter", name(filter)),
    ]
    .into_iter()
    .map(|(key, item)| (key.to_owned(), item))
    .collect();
    ExternalStream { dict, content, compress: false }
}
