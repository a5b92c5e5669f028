use punchout_core::{Amount, Limits, Sink, Text, excerpt};
use serde_json::value::RawValue;

use super::item::{CustomerField, DownloadAttachment, DownloadItem, LocalText, PriceScale, RawField};
use super::json::{Object, Reader, key_of, raw_field};
use super::request::{DownloadRequest, LAST_UPDATED};
use crate::charset::Fallback;
use crate::error::Error;
use crate::function::FunctionCall;
use crate::profile::Profile;
use crate::report::{At, Levels, Reporter};
use crate::rule::Rule;

/// One page of a downloaded catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct DownloadPage {
    /// CURRENTPAGE, from 1.
    pub current_page: Option<u32>,
    /// TOTALPAGES.
    pub total_pages: Option<u32>,
    /// TOTALITEMS, over all pages.
    pub total_items: Option<u32>,
    /// TRANSACTIONID: goes into the requests for the next pages.
    pub transaction_id: Option<Text>,
    /// The items, in their order.
    pub items: Vec<DownloadItem>,
    /// Keys that are not known, such as CTI, and values that could not be
    /// read.
    pub extra: Vec<RawField>,
}

/// Reads what DOWNLOADJSON has to do with: pages, and requests for them.
///
/// Keys are taken in any case, with `_` or without; numbers also from strings,
/// digit by digit. What is odd is reported, what is unknown is kept.
///
/// ```
/// use punchout_core::All;
/// use punchout_oci::DownloadDecoder;
///
/// let page = br#"{"CURRENTPAGE":1,"TOTALPAGES":3,"TRANSACTIONID":"8F","Items":[
///     {"NEWITEM":{"EXT_PRODUCT_ID":"SW-1","DESCRIPTION":[{"description":"Bolt","languageCode":"en"}],
///                 "PRICE":"9.990","PRICE_QUANTITY":10,"CURRENCY":"EUR","COLOUR":"red"}}]}"#;
/// let mut found = All::new();
/// let page = DownloadDecoder::lenient().page(page, &mut found)?;
/// assert_eq!(page.items[0].unit_price(), Some("0.999".parse()?));
/// assert_eq!(page.items[0].price.as_ref().unwrap().as_sent(), "9.990");
/// assert_eq!(page.items[0].extra[0].json, "\"red\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct DownloadDecoder {
    levels: Levels,
    limits: Limits,
}

impl DownloadDecoder {
    /// Reports at the severities of a profile.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        Self { levels: Levels::of(profile), limits: Limits::default() }
    }

    /// Reports by the protocol as written.
    #[must_use]
    pub fn strict() -> Self {
        Self::new(Profile::strict())
    }

    /// Reports with the severities of real life.
    #[must_use]
    pub fn lenient() -> Self {
        Self::new(Profile::lenient())
    }

    /// Sets what a page may cost.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads the answer to a DOWNLOADJSON.
    ///
    /// # Errors
    /// The answer is no JSON object, or goes beyond a limit.
    pub fn page(&self, json: &[u8], sink: &mut dyn Sink) -> Result<DownloadPage, Error> {
        self.limits.check_bytes(json.len())?;
        let mark = json.len() - json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json).len();
        let bytes = json.get(mark..).unwrap_or_default();
        let (text, is_utf8) = match std::str::from_utf8(bytes) {
            Ok(text) => (text.into(), true),
            Err(_) => (Fallback::WINDOWS_1252.decode(bytes).0, false),
        };
        let mut reader = Reader {
            input: is_utf8.then_some((text.as_ref(), mark)),
            limits: &self.limits,
            levels: &self.levels,
            sink,
        };
        if !is_utf8 {
            reader.report(Rule::Charset, At::Document, None, || {
                format!("bytes that are no UTF-8 are read as {}", Fallback::WINDOWS_1252.name())
            });
        }
        let object: Object<'_> = serde_json::from_str(&text).map_err(|error| {
            let place = offset(&text, error.line(), error.column());
            let garbage = Error::garbage("the answer to DOWNLOADJSON is no JSON object").caused_by(error);
            if is_utf8 { garbage.at(mark + place..mark + place) } else { garbage }
        })?;
        page(&mut reader, object)
    }

    /// Reads what a buyer asks for, as a shop does.
    ///
    /// A value that cannot be read is reported and taken as absent.
    pub fn request(&self, call: &FunctionCall, sink: &mut dyn Sink) -> DownloadRequest {
        let mut reporter = Reporter::new(sink, &self.levels);
        let mut unread = |name: &str, value: &str, wanted: &str| {
            reporter.report(Rule::FuncValue, At::Control(name), None, || {
                format!("{} is not {wanted}", excerpt(value))
            });
        };
        let mut count = |name: &str| {
            let value = call.parameter(name)?;
            let count = value.trim().parse().ok().filter(|count| *count > 0);
            if count.is_none() {
                unread(name, value, "a number above zero");
            }
            count
        };
        let (page_size, page) = (count("PAGESIZE"), count("REQUESTEDPAGE"));
        let last_updated = call.parameter("LASTUPDATED").and_then(|value| {
            let since = chrono::NaiveDateTime::parse_from_str(value.trim(), LAST_UPDATED).ok();
            if since.is_none() {
                unread("LASTUPDATED", value, "a time such as 31122026235959");
            }
            since
        });
        let transaction_id = call.parameter("TRANSACTIONID").map(Text::from);
        DownloadRequest { page_size, page, last_updated, transaction_id }
    }
}

/// The place that an error of the JSON reader names.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

fn page(reader: &mut Reader<'_>, object: Object<'_>) -> Result<DownloadPage, Error> {
    let mut page = DownloadPage::default();
    for (name, value) in object.0 {
        let at = At::Control(&name);
        let taken = match key_of(&name).as_str() {
            "CURRENTPAGE" => reader.count(&mut page.current_page, at, value)?,
            "TOTALPAGES" => reader.count(&mut page.total_pages, at, value)?,
            "TOTALITEMS" => reader.count(&mut page.total_items, at, value)?,
            "TRANSACTIONID" => reader.text(&mut page.transaction_id, at, value)?,
            "ITEMS" => {
                for entry in reader.array(at, value) {
                    reader.limits.check_items(page.items.len() + 1)?;
                    let index = u32::try_from(page.items.len() + 1).unwrap_or(u32::MAX);
                    match wrapped(reader, index, entry)? {
                        Some(item) => page.items.push(item),
                        None => page.extra.push(raw_field(&name, entry)),
                    }
                }
                true
            }
            _ => false,
        };
        if !taken {
            page.extra.push(raw_field(&name, value));
        }
    }
    for (name, is_there) in
        [("CURRENTPAGE", page.current_page.is_some()), ("TOTALPAGES", page.total_pages.is_some())]
    {
        if !is_there {
            reader
                .report(Rule::DownloadPaging, At::Control(name), None, || format!("the page has no {name}"));
        }
    }
    Ok(page)
}

/// Reads an entry of the items, `{"NEWITEM":{…}}`.
fn wrapped(reader: &mut Reader<'_>, index: u32, entry: &RawValue) -> Result<Option<DownloadItem>, Error> {
    let at = At::Item(index);
    let Some(mut outer) = reader.object(at, entry) else { return Ok(None) };
    let Some(place) = outer.0.iter().position(|(name, _)| key_of(name) == "NEWITEM") else {
        reader.report(Rule::DownloadShape, at, Some(entry), || {
            "the item stands without NEWITEM around it".to_owned()
        });
        return item(reader, index, entry, outer).map(Some);
    };
    let (_, inner) = outer.0.remove(place);
    let Some(object) = reader.object(at, inner) else { return Ok(None) };
    let mut item = item(reader, index, inner, object)?;
    item.extra.extend(outer.0.iter().map(|(name, value)| raw_field(name, value)));
    Ok(Some(item))
}

fn item(
    reader: &mut Reader<'_>,
    index: u32,
    whole: &RawValue,
    object: Object<'_>,
) -> Result<DownloadItem, Error> {
    let mut item = DownloadItem::default();
    for (name, value) in object.0 {
        let at = At::Extra(index, &name);
        let here = (at, name.as_str());
        let taken = match key_of(&name).as_str() {
            "EXTPRODUCTID" => reader.text(&mut item.ext_product_id, at, value)?,
            "VENDOR" => reader.text(&mut item.vendor, at, value)?,
            "VENDORNAME" => reader.text(&mut item.vendor_name, at, value)?,
            "VENDORMAT" => reader.text(&mut item.vendor_mat, at, value)?,
            "MANUFACTMAT" => reader.text(&mut item.manufact_mat, at, value)?,
            "MATNR" => reader.text(&mut item.matnr, at, value)?,
            "DESCRIPTION" => local_texts(reader, &mut item.description, &mut item.extra, here, value)?,
            "UNIT" => reader.text(&mut item.unit, at, value)?,
            "CURRENCY" => reader.text(&mut item.currency, at, value)?,
            "PRICE" => reader.amount(&mut item.price, at, value)?,
            "PRICEQUANTITY" => reader.amount(&mut item.price_quantity, at, value)?,
            "TAX" => reader.text(&mut item.tax, at, value)?,
            "PRICEVALIDFROM" => reader.text(&mut item.price_valid_from, at, value)?,
            "PRICEVALIDTO" => reader.text(&mut item.price_valid_to, at, value)?,
            "PRICESCALES" => {
                reader.list(&mut item.price_scales, &mut item.extra, here, value, price_scale)?
            }
            "LEADTIME" => reader.amount(&mut item.lead_time, at, value)?,
            "MINORDERQTY" => reader.amount(&mut item.min_order_quantity, at, value)?,
            "PACKAGINGQTY" => reader.amount(&mut item.packaging_quantity, at, value)?,
            "CATALOGNAME" => reader.text(&mut item.catalog_name, at, value)?,
            "CATALOGMANAGED" => reader.text(&mut item.catalog_managed, at, value)?,
            "CHANGEDAT" => reader.text(&mut item.changed_at, at, value)?,
            "ITEMTYPE" => reader.text(&mut item.item_type, at, value)?,
            "ATTACHMENTS" => reader.list(&mut item.attachments, &mut item.extra, here, value, attachment)?,
            "ATTRIBUTES" => {
                item.attributes
                    .extend(reader.array(at, value).into_iter().map(|entry| Text::from(entry.get())));
                true
            }
            "CUSTOMERFIELDS" => {
                reader.list(&mut item.customer_fields, &mut item.extra, here, value, customer_field)?
            }
            _ => false,
        };
        if !taken {
            item.extra.push(raw_field(&name, value));
        }
    }
    for (name, is_needed) in [
        ("EXT_PRODUCT_ID", item.ext_product_id.is_none()),
        ("DESCRIPTION", item.description.is_empty()),
        ("CURRENCY", item.price.is_some() && item.currency.is_none()),
    ] {
        if is_needed {
            reader.report(Rule::DownloadItem, At::Extra(index, name), Some(whole), || {
                format!("{name} is missing")
            });
        }
    }
    if item.price_quantity.as_ref().map(Amount::value).is_some_and(|per| per.is_zero()) {
        reader.report(Rule::PriceUnitZero, At::Extra(index, "PRICE_QUANTITY"), Some(whole), || {
            "the price is for 0 units; read as 1".to_owned()
        });
    }
    Ok(item)
}

/// Reads texts by language; a plain string is one without a language.
fn local_texts(
    reader: &mut Reader<'_>,
    list: &mut Vec<LocalText>,
    extra: &mut Vec<RawField>,
    here: (At<'_>, &str),
    value: &RawValue,
) -> Result<bool, Error> {
    if value.get().starts_with('"') {
        let mut text = None;
        let taken = reader.text(&mut text, here.0, value)?;
        list.extend(text.map(|text| LocalText { text, ..LocalText::default() }));
        return Ok(taken);
    }
    reader.list(list, extra, here, value, local_text)
}

fn local_text(reader: &mut Reader<'_>, at: At<'_>, object: Object<'_>) -> Result<LocalText, Error> {
    let mut local = LocalText::default();
    let mut text = None;
    for (name, value) in object.0 {
        let taken = match key_of(&name).as_str() {
            "DESCRIPTION" => reader.text(&mut text, at, value)?,
            "LANGUAGECODE" => reader.text(&mut local.language, at, value)?,
            _ => false,
        };
        if !taken {
            local.extra.push(raw_field(&name, value));
        }
    }
    local.text = text.unwrap_or_default();
    Ok(local)
}

fn price_scale(reader: &mut Reader<'_>, at: At<'_>, object: Object<'_>) -> Result<PriceScale, Error> {
    let mut scale = PriceScale::default();
    for (name, value) in object.0 {
        let taken = match key_of(&name).as_str() {
            "LOW" => reader.amount(&mut scale.low, at, value)?,
            "HIGH" => reader.amount(&mut scale.high, at, value)?,
            "PRICE" => reader.amount(&mut scale.price, at, value)?,
            "SCALETYPE" => reader.text(&mut scale.scale_type, at, value)?,
            _ => false,
        };
        if !taken {
            scale.extra.push(raw_field(&name, value));
        }
    }
    Ok(scale)
}

fn attachment(reader: &mut Reader<'_>, at: At<'_>, object: Object<'_>) -> Result<DownloadAttachment, Error> {
    let mut attachment = DownloadAttachment::default();
    for (name, value) in object.0 {
        let here = (at, name.as_str());
        let taken = match key_of(&name).as_str() {
            "FILENAME" => reader.text(&mut attachment.file_name, at, value)?,
            "MIMETYPE" => reader.text(&mut attachment.mime_type, at, value)?,
            "TYPE" => reader.text(&mut attachment.kind, at, value)?,
            "DESCRIPTIONS" => {
                local_texts(reader, &mut attachment.descriptions, &mut attachment.extra, here, value)?
            }
            _ => false,
        };
        if !taken {
            attachment.extra.push(raw_field(&name, value));
        }
    }
    Ok(attachment)
}

fn customer_field(reader: &mut Reader<'_>, at: At<'_>, object: Object<'_>) -> Result<CustomerField, Error> {
    let mut field = CustomerField::default();
    for (name, value) in object.0 {
        let taken = match key_of(&name).as_str() {
            "FIELDNAME" => reader.text(&mut field.name, at, value)?,
            "FIELDVALUE" => reader.text(&mut field.value, at, value)?,
            _ => false,
        };
        if !taken {
            field.extra.push(raw_field(&name, value));
        }
    }
    Ok(field)
}
