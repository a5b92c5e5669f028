//! The XML variant: `BusinessDocument` in a field named `~xmlDocument`.

use std::borrow::Cow;
use std::ops::Range;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use punchout_core::{LimitExceeded, Sink};
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::basket::Basket;
use crate::charset::Fallback;
use crate::collect::{Collector, FieldRef};
use crate::decode::Decoder;
use crate::error::Error;
use crate::field::Field;
use crate::report::{At, Reporter};
use crate::rule::Rule;

/// Whether a form field's name is that of the XML document.
pub(crate) fn is_document(name: &str) -> bool {
    is_spelled(name, "xmldocument")
}

/// Whether a form field's name is that of the document's type.
fn is_type(name: &str) -> bool {
    is_spelled(name, "xmltype")
}

/// Compares without case, tilde, underscore and blanks.
fn is_spelled(name: &str, plain: &str) -> bool {
    let mut letters = name.bytes().filter(|b| !matches!(b, b'~' | b'_' | b' '));
    name.len() < 24
        && plain.bytes().all(|want| letters.next().is_some_and(|got| got.eq_ignore_ascii_case(&want)))
        && letters.next().is_none()
}

impl Decoder {
    /// Reads a `BusinessDocument`, plain or in base64.
    ///
    /// # Errors
    /// When the input is no XML at all, or goes beyond a limit.
    pub fn xml(&self, document: &[u8], sink: &mut dyn Sink) -> Result<Basket, Error> {
        self.limits.check_bytes(document.len())?;
        let mut collector = Collector::of_text(&self.limits);
        let is_plain =
            document.trim_ascii_start().starts_with(b"<") || document.starts_with(b"\xEF\xBB\xBF<");
        let decoded;
        let (text, place) = if is_plain {
            (document, None)
        } else {
            decoded = from_base64(document)
                .ok_or_else(|| Error::garbage("the input is neither XML nor base64 of XML"))?;
            (decoded.as_slice(), Some(0..document.len()))
        };
        let mut reporter = Reporter::new(sink, &self.levels);
        if let Some(problem) = self.products(text, place, &mut collector, &mut reporter)? {
            reporter.report(Rule::XmlBad, At::Document, None, || problem);
        }
        self.assemble(collector, sink)
    }

    /// Reads the document out of a form field, if the form has one and no
    /// items of its own.
    pub(crate) fn embedded_document(
        &self,
        fields: &Embedded,
        collector: &mut Collector<'_>,
        reporter: &mut Reporter<'_>,
    ) -> Result<(), Error> {
        let at = At::Control(&fields.name);
        let span = Some(fields.span.clone());
        match &fields.type_field {
            None => reporter.report(Rule::XmlType, at, span.clone(), || {
                "there is no type field beside the document".into()
            }),
            Some((name, value)) => {
                if !matches!(name.as_str(), "~xml_type" | "~xmlType" | "xmltype") {
                    reporter.report(Rule::XmlType, at, span.clone(), || {
                        format!("the type field is spelled `{name}`")
                    });
                } else if !value.starts_with("ESAPO") && !value.starts_with("ESBAS") {
                    reporter.report(Rule::XmlType, at, span.clone(), || {
                        format!("the type is {}", punchout_core::excerpt(value))
                    });
                }
            }
        }
        let is_plain = fields.value.trim_start().starts_with('<');
        let document = match from_base64(fields.value.as_bytes()) {
            None if is_plain => Some(fields.value.as_bytes().to_vec()),
            decoded => decoded,
        };
        let problem = match document {
            Some(document) => {
                collector.expect_text();
                self.products(&document, Some(fields.span.clone()), collector, reporter)?
            }
            None => Some("the document is no XML in base64".into()),
        };
        if let Some(problem) = problem {
            reporter.report(Rule::XmlBad, at, span, || problem);
        }
        Ok(())
    }

    /// Reads the products; gives what is wrong with the document, if anything.
    fn products(
        &self,
        document: &[u8],
        place: Option<Range<usize>>,
        collector: &mut Collector<'_>,
        reporter: &mut Reporter<'_>,
    ) -> Result<Option<String>, Error> {
        let text = std::str::from_utf8(document).map_or_else(
            |_| {
                let declared = declared_encoding(document).and_then(|label| Fallback::declared_other(&label));
                let fallback = declared.unwrap_or(Fallback::WINDOWS_1252);
                let (text, is_lossy) = fallback.decode(document);
                if declared.is_none() || is_lossy {
                    reporter.report(Rule::Charset, At::Document, place.clone(), || {
                        format!("the document is no UTF-8; read as {}", fallback.name())
                    });
                }
                text
            },
            Cow::Borrowed,
        );
        // where the text is not the document byte for byte, spans are unknown
        let place = place.or_else(|| matches!(text, Cow::Owned(_)).then_some(0..0));
        Products::new(collector, place).read(&text, self.limits.depth)
    }
}

/// The XML document that a form carries.
pub(crate) struct Embedded {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) span: Range<usize>,
    pub(crate) type_field: Option<(String, String)>,
}

impl Embedded {
    /// Looks for the document among the pairs of no item.
    pub(crate) fn among<'a>(
        mut controls: impl Iterator<Item = (&'a str, &'a str, Range<usize>)> + Clone,
    ) -> Option<Self> {
        let (name, value, span) = controls.clone().find(|(name, ..)| is_document(name))?;
        let type_field = controls
            .find(|(name, ..)| is_type(name))
            .map(|(name, value, _)| (name.to_owned(), value.to_owned()));
        Some(Self { name: name.to_owned(), value: value.to_owned(), span, type_field })
    }
}

/// Decodes XML in base64, with or without padding and line breaks.
fn from_base64(text: &[u8]) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    // a form turns an unencoded plus into a blank
    let dense: Vec<u8> = match text.trim_ascii() {
        text if text.contains(&b'\n') => text.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect(),
        text => text.iter().map(|&b| if b == b' ' { b'+' } else { b }).collect(),
    };
    let decoded = GeneralPurpose::new(&STANDARD, config).decode(dense).ok()?;
    let text = decoded.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&decoded).trim_ascii_start();
    text.starts_with(b"<").then_some(decoded)
}

fn declared_encoding(document: &[u8]) -> Option<String> {
    let head = document.get(..document.len().min(200))?;
    let head = String::from_utf8_lossy(head);
    let (_, rest) = head.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(rest.get(1..)?.split(quote).next()?.to_owned())
}

struct Products<'a, 'c> {
    collector: &'a mut Collector<'c>,
    /// The place of the whole document, when it stands in a form field.
    place: Option<Range<usize>>,
    /// The elements that are open.
    path: Vec<Element>,
    index: u32,
    references: References,
    /// The partner that is being read is the one that the item refers to.
    is_matched: bool,
    /// What is wrong though the document can be read on.
    problem: Option<String>,
}

/// An open element.
struct Element {
    name: String,
    text: String,
    field: Option<Field>,
    has_elements: bool,
    /// Its text belongs to the element around it, as in `one <b>two</b>`.
    is_inline: bool,
    /// Where its tag starts.
    start: usize,
}

/// What stands for a field whose name is none of an element.
const NAMED_FIELD: &str = "Field";

#[derive(Default)]
struct References {
    vendor: Option<String>,
    manufacturer: Option<String>,
}

impl<'a, 'c> Products<'a, 'c> {
    fn new(collector: &'a mut Collector<'c>, place: Option<Range<usize>>) -> Self {
        let references = References::default();
        Self { collector, place, path: Vec::new(), index: 0, references, is_matched: true, problem: None }
    }

    fn read(&mut self, text: &str, depth: usize) -> Result<Option<String>, Error> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut start = 0;
        let mut is_over = false;
        loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => return Ok(Some(format!("the document breaks off: {error}"))),
            };
            match event {
                Event::Start(_) if is_over => return Ok(Some("the document has a second root".into())),
                // the parser takes anything behind a `<` for a tag
                Event::Start(tag) if !is_name(tag.name().as_ref()) => {
                    return Ok(Some("the document breaks off: a `<` starts no tag".into()));
                }
                Event::Start(tag) => {
                    LimitExceeded::check("levels of nesting", depth, self.path.len() + 1)?;
                    self.open(&tag, start..position(&reader))?;
                }
                Event::End(_) => {
                    self.close(start..position(&reader))?;
                    is_over = self.path.is_empty();
                }
                Event::Text(piece) => {
                    let piece = piece.xml10_content();
                    if self.path.is_empty() && !piece.trim().trim_start_matches('\u{feff}').is_empty() {
                        return Ok(Some("the document has text outside of its root".into()));
                    }
                    self.text(&piece);
                }
                Event::CData(piece) => self.text(&piece.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => self.text(c.encode_utf8(&mut [0; 4])),
                    _ => {
                        if let Some(character) = resolve_predefined_entity(&reference) {
                            self.text(character);
                        } else {
                            self.text(&format!("&{};", &*reference));
                            let problem = || format!("entity `&{};` is not known", &*reference);
                            self.problem.get_or_insert_with(problem);
                        }
                    }
                },
                Event::Eof if is_over => return Ok(self.problem.take()),
                Event::Eof => return Ok(Some("the document ends too early".into())),
                _ => {}
            }
            start = position(&reader);
        }
    }

    fn text(&mut self, piece: &str) {
        let owner = self.path.iter().rposition(|element| !element.is_inline);
        if let Some(element) = owner.and_then(|owner| self.path.get_mut(owner)) {
            element.text.push_str(piece);
        }
    }

    /// Keeps the words before and after a line break apart.
    fn part_words(&mut self) {
        let owner = self.path.iter().rposition(|element| !element.is_inline);
        if let Some(element) = owner.and_then(|owner| self.path.get_mut(owner))
            && element.text.ends_with(|c: char| !c.is_whitespace())
        {
            element.text.push(' ');
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, span: Range<usize>) -> Result<(), Error> {
        let start = span.start;
        if let Some(Err(error)) = tag.attributes().find(Result::is_err) {
            let name = tag.name();
            self.problem.get_or_insert_with(|| {
                format!("an attribute of `{}` cannot be read: {error}", name.as_ref())
            });
        }
        let mut name = tag.local_name().as_ref().to_owned();
        let value = |wanted: &str| {
            tag.attributes()
                .filter_map(Result::ok)
                .find(|attribute| attribute.key.local_name().as_ref() == wanted)
                .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
                .map(Cow::into_owned)
        };
        match name.as_str() {
            "Product" => {
                self.index = self.index.saturating_add(1);
                self.references = References::default();
                if value("ProductType").is_some_and(|kind| kind == "Service") {
                    self.field(Field::Service, "X", span)?;
                }
            }
            "ShoppingBasketItem" => {
                self.references = References {
                    vendor: value("RefVendorDescription"),
                    manufacturer: value("RefManufacturerDescription"),
                };
            }
            "Quantity" => self.optional(Field::Unit, value("UoM"), span)?,
            "Price" => self.optional(Field::Currency, value("Currency"), span)?,
            "VendorDescription" => self.is_matched = matches(self.references.vendor.as_deref(), value("ID")),
            "ManufacturerDescription" => {
                self.is_matched = matches(self.references.manufacturer.as_deref(), value("ID"));
            }
            _ => {}
        }
        let mut parent = self.path.last_mut();
        if let Some(parent) = &mut parent {
            parent.has_elements = true;
        }
        let is_inline = parent.as_ref().is_some_and(|parent| parent.is_inline || parent.field.is_some());
        let breaks_line = ["br", "p", "div", "li", "tr"].iter().any(|tag| name.eq_ignore_ascii_case(tag));
        let field = if name == NAMED_FIELD {
            name = value("Name").unwrap_or(name);
            Field::named(&name)
        } else {
            field_of(parent.map_or("", |parent| parent.name.as_str()), &name)
        };
        let text = String::new();
        self.path.push(Element { name, text, field, has_elements: false, is_inline, start });
        if is_inline && breaks_line {
            self.part_words();
        }
        Ok(())
    }

    fn close(&mut self, span: Range<usize>) -> Result<(), Error> {
        let Some(Element { name, text, field, has_elements, is_inline, start }) = self.path.pop() else {
            return Ok(());
        };
        let span = start..span.end;
        let is_partner = |name: &str| matches!(name, "VendorDescription" | "ManufacturerDescription");
        if !is_inline && !text.trim().is_empty() {
            let inside_one = self.path.iter().any(|element| is_partner(&element.name));
            if self.index == 0 {
                // in a form the document itself is a control that keeps it
                if self.place.is_none() {
                    self.collector.control(&name, &text, span)?;
                }
            } else {
                match field {
                    Some(field) if !inside_one || self.is_matched => self.field(field, &text, span)?,
                    _ => {
                        let place = self.place.clone().unwrap_or(span);
                        self.collector.field(self.index, FieldRef::Extra(&name), &text, place)?;
                    }
                }
                if has_elements {
                    self.collector.suspect_entry(Rule::XmlMixed, &name);
                }
            }
        }
        if is_partner(&name) {
            self.is_matched = true;
        }
        Ok(())
    }

    fn field(&mut self, field: Field, value: &str, span: Range<usize>) -> Result<(), Error> {
        let place = self.place.clone().unwrap_or(span);
        self.collector.field(self.index, FieldRef::Known(field), value, place)
    }

    fn optional(&mut self, field: Field, value: Option<String>, span: Range<usize>) -> Result<(), Error> {
        // before the first product there is no item that it could belong to
        value.filter(|_| self.index > 0).map_or(Ok(()), |value| self.field(field, &value, span))
    }
}

fn is_name(name: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || matches!(c, '_' | ':');
    name.starts_with(is_start) && !name.contains(['<', '&', '"', '\''])
}

/// Without a reference, or without an identity, there is nothing to tell apart.
fn matches(reference: Option<&str>, id: Option<String>) -> bool {
    match (reference, id) {
        (Some(reference), Some(id)) => reference == id,
        _ => true,
    }
}

fn field_of(parent: &str, name: &str) -> Option<Field> {
    Some(match (parent, name) {
        ("Product", "ProductID") => Field::Matnr,
        ("Product", "CatalogKey") => Field::ExtProductId,
        ("Product", "ParentCategoryID") => Field::Matgroup,
        ("Product", "Description") => Field::Description,
        ("Attachment", "URL") => Field::Attachment,
        ("Attachment", "Description") => Field::AttachmentTitle,
        ("Attachment", "Purpose") => Field::AttachmentPurpose,
        ("ShoppingBasketItem", "Quantity") => Field::Quantity,
        ("NetPrice", "Price") => Field::Price,
        ("NetPrice", "PriceUnit") => Field::PriceUnit,
        ("ShoppingBasketItem", "LeadTime") => Field::LeadTime,
        ("Quote", "QuoteID") => Field::ExtQuoteId,
        ("Quote", "QuoteItemID") => Field::ExtQuoteItem,
        ("ShoppingBasketItem", "ItemText") => Field::LongText,
        ("ManufacturerDescription", "PartnerProductID") => Field::ManufactMat,
        ("ManufacturerDescription", "PartnerID") => Field::ManufactCode,
        ("VendorDescription", "PartnerProductID") => Field::VendorMat,
        ("VendorDescription", "PartnerID") => Field::Vendor,
        ("BuyerContract", "ContractID") => Field::Contract,
        ("BuyerContract", "ContractItemID") => Field::ContractItem,
        // fields without a place of their own are elements of their name
        _ => return Field::named(name),
    })
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}
