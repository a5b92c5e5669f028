//! What PDF/A-3b asks for, clause by clause, as far as it can be seen in the
//! file; `docs/pdfa.md` has the list.

use lopdf::{Dictionary, Document, Object, Stream};
use punchout_core::{All, Ignore};
use punchout_pdf::{Amounts, Attach, Fonts, Options, Pdf, Renderer};

use crate::{cxml, order};

fn pdfs() -> Vec<(&'static str, Pdf)> {
    let renderer = Renderer::new();
    let plain = renderer.render(&order::rich(), &order::options(), &mut Ignore).unwrap();
    let large = renderer.render(&order::long(200), &order::options(), &mut Ignore).unwrap();
    let cxml = cxml::document(order::rich()).write().unwrap();
    let attached = renderer.render_document(&cxml, &order::options(), &mut Ignore).unwrap();
    let own = Renderer::with_fonts(Fonts::new(notosans::BOLD_TTF, notosans::ITALIC_TTF).unwrap());
    let own = own.render(&order::rich(), &order::options(), &mut Ignore).unwrap();
    vec![("plain", plain), ("large", large), ("attached", attached), ("own fonts", own)]
}

fn objects(file: &Document) -> impl Iterator<Item = &Dictionary> {
    file.objects.values().filter_map(|object| match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    })
}

fn is_of(dictionary: &Dictionary, kind: &str) -> bool {
    name(dictionary, "Type") == kind
}

fn name(dictionary: &Dictionary, key: &str) -> String {
    let name = dictionary.get(key.as_bytes()).and_then(Object::as_name).unwrap_or_default();
    String::from_utf8(name.to_vec()).unwrap()
}

fn stream<'a>(file: &'a Document, holder: &'a Dictionary, key: &str) -> &'a Stream {
    let id = holder.get(key.as_bytes()).unwrap().as_reference().unwrap();
    file.get_object(id).unwrap().as_stream().unwrap()
}

fn content(stream: &Stream) -> Vec<u8> {
    stream.get_plain_content().unwrap()
}

/// 6.1: header, trailer, no encryption, no filters that are not allowed.
#[test]
fn file_structure() {
    for (what, pdf) in pdfs() {
        assert!(pdf.starts_with(b"%PDF-1.7\n%"), "{what}");
        assert!(pdf[10..14].iter().all(|byte| *byte > 127), "{what}: {:?}", &pdf[..20]);
        assert!(pdf.trim_ascii_end().ends_with(b"%%EOF"), "{what}: nothing behind the end");
        let file = Document::load_mem(&pdf).unwrap();
        assert!(file.trailer.get(b"Encrypt").is_err(), "{what}");
        let id = file.trailer.get(b"ID").unwrap().as_array().unwrap();
        assert_eq!(id.len(), 2, "{what}");
        assert_eq!(id[0].as_str().unwrap().len(), 16, "{what}");
        for object in objects(&file) {
            for forbidden in ["F", "FFilter", "FDecodeParms"] {
                let is_stream = object.has(b"Length");
                assert!(!is_stream || !object.has(forbidden.as_bytes()), "{what}: {forbidden} {object:?}");
            }
            let filter = name(object, "Filter");
            assert!(["", "FlateDecode", "DCTDecode"].contains(&&*filter), "{what}: {filter}");
        }
    }
}

/// 6.2.3: one output intent with a profile of an RGB screen; every colour is
/// RGB or grey.
#[test]
fn colours() {
    for (what, pdf) in pdfs() {
        let file = Document::load_mem(&pdf).unwrap();
        let catalog = file.catalog().unwrap();
        let intents = catalog.get(b"OutputIntents").unwrap().as_array().unwrap();
        assert_eq!(intents.len(), 1, "{what}");
        let intent = file.get_dictionary(intents[0].as_reference().unwrap()).unwrap();
        assert_eq!(name(intent, "S"), "GTS_PDFA1", "{what}");
        let profile = stream(&file, intent, "DestOutputProfile");
        assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 3, "{what}");
        assert_eq!(&content(profile)[12..24], b"mntrRGB XYZ ", "{what}");
        for (_, page) in file.get_pages() {
            let drawn = lopdf::content::Content::decode(&file.get_page_content(page)).unwrap();
            for operation in &drawn.operations {
                let known = [
                    "q", "Q", "cm", "Do", "rg", "g", "re", "f", "BT", "ET", "Tf", "Tm", "Td", "Tj", "TJ",
                    "m", "l", "h", "n", "W",
                ];
                assert!(known.contains(&&*operation.operator), "{what}: {operation:?}");
            }
        }
    }
}

/// 6.2.11: every font is embedded, its widths are those of the program, its
/// codes are its glyphs, and no code draws `.notdef`.
#[test]
fn fonts() {
    for (what, pdf) in pdfs() {
        let file = Document::load_mem(&pdf).unwrap();
        let mut seen = 0;
        for font in objects(&file).filter(|object| name(object, "Subtype") == "Type0") {
            seen += 1;
            assert_eq!(name(font, "Encoding"), "Identity-H", "{what}");
            let descendant = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
            let descendant = descendant.as_dict().unwrap();
            assert_eq!(name(descendant, "CIDToGIDMap"), "Identity", "{what}");
            let id = descendant.get(b"FontDescriptor").unwrap().as_reference().unwrap();
            let descriptor = file.get_dictionary(id).unwrap();
            assert!(!descriptor.has(b"CIDSet"), "{what}: it need not be there, and if so it must be right");
            let names = [name(font, "BaseFont"), name(descendant, "BaseFont"), name(descriptor, "FontName")];
            assert!(names.iter().all(|name| *name == names[0]), "{what}: {names:?}");
            assert!(names[0].as_bytes()[6] == b'+', "{what}: {names:?}");

            let program = content(stream(&file, descriptor, "FontFile2"));
            let face = ttf_parser::Face::parse(&program, 0).unwrap();
            let widths = descendant.get(b"W").unwrap().as_array().unwrap();
            let mut checked = 0;
            let mut rest = widths.as_slice();
            while let [first, second, behind @ ..] = rest {
                let first = u16::try_from(first.as_i64().unwrap()).unwrap();
                let (range, given, used) = if let Ok(list) = second.as_array() {
                    (list.len(), list.clone(), 0)
                } else {
                    let last = usize::try_from(second.as_i64().unwrap()).unwrap();
                    let count = last + 1 - usize::from(first);
                    (count, vec![behind[0].clone(); count], 1)
                };
                for (n, width) in given.iter().enumerate().take(range) {
                    let glyph = ttf_parser::GlyphId(first + u16::try_from(n).unwrap());
                    let advance = f32::from(face.glyph_hor_advance(glyph).unwrap()) * 1000.0
                        / f32::from(face.units_per_em());
                    assert!((width.as_float().unwrap() - advance).abs() < 1.0, "{what}: {glyph:?}");
                    checked += 1;
                }
                rest = &behind[used..];
            }
            assert!(checked > 20, "{what}: {checked} widths");
        }
        assert_eq!(seen, 2, "{what}");

        for (_, page) in file.get_pages() {
            let drawn = lopdf::content::Content::decode(&file.get_page_content(page)).unwrap();
            let mut glyphs = 0;
            for operation in drawn.operations.iter().filter(|o| ["Tj", "TJ"].contains(&&*o.operator)) {
                let parts = match &operation.operands[0] {
                    Object::Array(parts) => parts.clone(),
                    text => vec![text.clone()],
                };
                for text in parts.iter().filter_map(|part| part.as_str().ok()) {
                    assert!(text.chunks(2).all(|code| code != [0, 0]), "{what}: .notdef in {text:?}");
                    glyphs += text.len() / 2;
                }
            }
            assert!(glyphs > 10, "{what}");
        }
    }
}

/// 6.5, 6.6 and others: nothing acts, nothing is hidden, nothing asks.
#[test]
fn nothing_but_pages() {
    for (what, pdf) in pdfs() {
        let file = Document::load_mem(&pdf).unwrap();
        let catalog = file.catalog().unwrap();
        for forbidden in ["OpenAction", "AA", "AcroForm", "OCProperties", "Requirements", "NeedsRendering"] {
            assert!(!catalog.has(forbidden.as_bytes()), "{what}: {forbidden}");
        }
        assert_eq!(name(catalog, "PageMode"), "UseNone", "{what}");
        for object in objects(&file) {
            let kind = name(object, "Type");
            assert!(!["Action", "Annot", "OCG", "XObjectRef"].contains(&&*kind), "{what}: {kind}");
            assert!(!object.has(b"AA") && !object.has(b"TR") && !object.has(b"HTP"), "{what}: {object:?}");
            assert!(!object.has(b"Interpolate"), "{what}: {object:?}");
        }
    }
}

fn packet(file: &Document) -> String {
    let metadata = stream(file, file.catalog().unwrap(), "Metadata");
    assert!(!metadata.dict.has(b"Filter"), "programs look for it in the file");
    String::from_utf8(metadata.content.clone()).unwrap()
}

/// 6.6.2: the packet says the same as the information dictionary.
#[test]
fn metadata() {
    let mut odd = order::rich();
    odd.order_request_header.order_id = "4711 <A&B>\t\u{85}C\nD".into();
    odd.order_request_header.bill_to.address.name.text = "E\u{9f}F\n\tG".into();
    let odd = Renderer::new().render(&odd, &order::options(), &mut Ignore).unwrap();
    for (what, pdf) in pdfs().into_iter().chain([("odd", odd)]) {
        let file = Document::load_mem(&pdf).unwrap();
        let packet = packet(&file);
        let body = packet.split_once("?>").unwrap().1.rsplit_once("<?").unwrap().0;
        let xml = roxmltree::Document::parse(body.trim()).unwrap();
        let said = |name: &str| {
            let element = xml.descendants().find(|node| node.tag_name().name() == name);
            let texts = element.unwrap().descendants().filter(roxmltree::Node::is_text);
            texts.filter_map(|node| node.text()).collect::<String>().trim().to_owned()
        };
        let info = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let info = file.get_dictionary(info).unwrap();
        let told = |key: &str| lopdf::decode_text_string(info.get(key.as_bytes()).unwrap()).unwrap();
        for (key, name) in [("Title", "title"), ("Author", "creator"), ("Producer", "Producer")] {
            assert_eq!(told(key), said(name), "{what}");
            assert!(!told(key).contains(char::is_control), "{what}: {:?}", told(key));
        }
        assert_eq!(told("CreationDate"), "D:20260301093000+01'00'", "{what}");
        assert_eq!(told("ModDate"), told("CreationDate"), "{what}");
        assert_eq!(said("CreateDate"), "2026-03-01T09:30:00+01:00", "{what}");
        assert_eq!(said("ModifyDate"), said("CreateDate"), "{what}");
        assert_eq!((said("part"), said("conformance")), ("3".to_owned(), "B".to_owned()), "{what}");
        assert_eq!(said("language"), "en", "{what}");
    }
}

/// 6.8: an embedded file says what it is and what it has to do with the order.
#[test]
fn attachment() {
    let cxml = cxml::document(order::rich()).write().unwrap();
    let pdf = Renderer::new().render_document(&cxml, &order::options(), &mut Ignore).unwrap();
    assert_eq!(pdf.name, "4500012345.pdf");
    let file = Document::load_mem(&pdf).unwrap();
    let catalog = file.catalog().unwrap();
    let associated = catalog.get(b"AF").unwrap().as_array().unwrap();
    assert_eq!(associated.len(), 1);
    let files = catalog.get(b"Names").and_then(Object::as_dict).unwrap();
    let names = files.get(b"EmbeddedFiles").and_then(Object::as_dict).unwrap();
    let names = names.get(b"Names").and_then(Object::as_array).unwrap();
    assert_eq!(names[1], associated[0], "the list and the association mean one file");
    let spec = file.get_dictionary(associated[0].as_reference().unwrap()).unwrap();
    assert_eq!(name(spec, "AFRelationship"), "Source");
    for key in ["F", "UF"] {
        assert_eq!(spec.get(key.as_bytes()).unwrap().as_str().unwrap(), b"4500012345.xml");
    }
    let embedded = stream(&file, spec.get(b"EF").unwrap().as_dict().unwrap(), "F");
    assert_eq!(name(&embedded.dict, "Subtype"), "text/xml");
    let params = embedded.dict.get(b"Params").unwrap().as_dict().unwrap();
    assert_eq!(params.get(b"ModDate").unwrap().as_str().unwrap(), b"D:20260301093000+01'00'");
    let shown = content(embedded);
    assert_eq!(params.get(b"Size").unwrap().as_i64().unwrap(), i64::try_from(shown.len()).unwrap());
    let sent = String::from_utf8(cxml).unwrap();
    assert!(sent.contains(cxml::SECRET));
    assert_eq!(String::from_utf8(shown).unwrap(), sent.replace(cxml::SECRET, "***"));
}

/// What is attached is called as the file that somebody wants to write.
#[test]
fn attachments_are_named_as_their_document() {
    let cxml = cxml::document(order::rich()).write().unwrap();
    for (stem, expected) in [("rich", "rich"), ("Größe (1)", "Größe (1)"), ("a/b", "a-b"), ("", "4500012345")]
    {
        let renderer = Renderer::new();
        let pdf = renderer.render_document_as(stem, &cxml, &order::options(), &mut Ignore).unwrap();
        assert_eq!(pdf.name, format!("{expected}.pdf"));
        let file = Document::load_mem(&pdf).unwrap();
        let spec = objects(&file).find(|object| is_of(object, "Filespec")).unwrap();
        let name = lopdf::decode_text_string(spec.get(b"UF").unwrap()).unwrap();
        assert_eq!(name, format!("{expected}.xml"));
        assert!(spec.get(b"F").unwrap().as_str().unwrap().is_ascii());
    }
}

/// A PDF without the cXML has no trace of it.
#[test]
fn nothing_is_attached_unasked() {
    let pdf = Renderer::new().render(&order::rich(), &order::options(), &mut Ignore).unwrap();
    let file = Document::load_mem(&pdf).unwrap();
    assert!(!file.catalog().unwrap().has(b"AF") && !file.catalog().unwrap().has(b"Names"));
    assert!(!objects(&file).any(|object| is_of(object, "Filespec")));
}

/// The cXML tells all prices, so it goes along with hidden ones only if asked.
#[test]
fn hidden_amounts_are_not_attached() {
    let cxml = cxml::document(order::rich()).write().unwrap();
    let shown = order::options();
    let hidden = order::options().with_amounts(Amounts::Hidden);
    for (options, attached, said) in [
        (shown.clone(), true, 0),
        (shown.clone().with_attach(Attach::Always), true, 0),
        (shown.with_attach(Attach::Never), false, 0),
        (hidden.clone(), false, 1),
        (hidden.clone().with_attach(Attach::Always), true, 0),
        (hidden.with_attach(Attach::Never), false, 0),
    ] {
        let mut found = All::new();
        let pdf = Renderer::new().render_document(&cxml, &options, &mut found).unwrap();
        let file = Document::load_mem(&pdf).unwrap();
        let what = format!("{:?}, {:?}", options.amounts, options.attach);
        assert_eq!(file.catalog().unwrap().has(b"AF"), attached, "{what}");
        assert_eq!(objects(&file).any(|object| is_of(object, "Filespec")), attached, "{what}");
        let notes = found.found().iter().filter(|found| found.code.as_str() == "PDF-ATTACH");
        assert_eq!(notes.count(), said, "{what}");
    }
}

/// A document that is no order, and bytes that are nothing, are errors.
#[test]
fn only_orders_are_attached() {
    let renderer = Renderer::new();
    let options: Options = order::options();
    for (bytes, why) in [
        (&b"<html/>"[..], "the order cannot be read"),
        (
            b"<cXML payloadID='1' timestamp='2026-03-01T09:30:00+01:00'><Response><Status code='200' text='OK'/></Response></cXML>",
            "the cXML document is no order",
        ),
    ] {
        let error = renderer.render_document(bytes, &options, &mut Ignore).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.kind()), (why, punchout_pdf::ErrorKind::Order));
    }
}
