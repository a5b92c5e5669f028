use punchout_core::{Amount, Text};

/// An item of a downloaded catalogue, `NEWITEM`.
///
/// A value that was not sent, was empty or null, or could not be read is
/// `None`; what could not be read is kept in `extra`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct DownloadItem {
    /// `EXT_PRODUCT_ID`: the shop's key of the product.
    pub ext_product_id: Option<Text>,
    /// VENDOR: the supplier's number in the buyer's system.
    pub vendor: Option<Text>,
    /// `VENDOR_NAME`: the supplier's name.
    pub vendor_name: Option<Text>,
    /// `VENDOR_MAT`: the supplier's article number.
    pub vendor_mat: Option<Text>,
    /// MANUFACTMAT: the manufacturer's part number.
    pub manufact_mat: Option<Text>,
    /// MATNR: the buyer's own product number.
    pub matnr: Option<Text>,
    /// DESCRIPTION, by language.
    pub description: Vec<LocalText>,
    /// UNIT: unit of measure, as sent.
    pub unit: Option<Text>,
    /// CURRENCY: ISO 4217 code, as sent.
    pub currency: Option<Text>,
    /// PRICE: net price of `price_quantity` units.
    pub price: Option<Amount>,
    /// `PRICE_QUANTITY`: how many units the price is for; 1 when absent.
    pub price_quantity: Option<Amount>,
    /// TAX: tax percentage or code.
    pub tax: Option<Text>,
    /// `PRICE_VALID_FROM`, as sent.
    pub price_valid_from: Option<Text>,
    /// `PRICE_VALID_TO`, as sent.
    pub price_valid_to: Option<Text>,
    /// `PRICE_SCALES`: prices by quantity.
    pub price_scales: Vec<PriceScale>,
    /// LEADTIME: delivery time in days.
    pub lead_time: Option<Amount>,
    /// `MINORDER_QTY`: the least quantity.
    pub min_order_quantity: Option<Amount>,
    /// `PACKAGING_QTY`: the quantity comes in multiples of this.
    pub packaging_quantity: Option<Amount>,
    /// `CATALOG_NAME`.
    pub catalog_name: Option<Text>,
    /// `CATALOG_MANAGED`.
    pub catalog_managed: Option<Text>,
    /// `CHANGED_AT`, as sent.
    pub changed_at: Option<Text>,
    /// `ITEM_TYPE`; shops send words of their own here.
    pub item_type: Option<Text>,
    /// ATTACHMENTS.
    pub attachments: Vec<DownloadAttachment>,
    /// ATTRIBUTES: each as JSON text, since their form is not published.
    pub attributes: Vec<Text>,
    /// `CUSTOMER_FIELDS`.
    pub customer_fields: Vec<CustomerField>,
    /// Keys that are not known, and values that could not be read.
    pub extra: Vec<RawField>,
}

impl DownloadItem {
    /// The description in a language, else the one without a language, else
    /// the first.
    #[must_use]
    pub fn description_in(&self, language: &str) -> Option<&str> {
        LocalText::pick(&self.description, language)
    }

    /// The price of one unit: price by price quantity.
    #[must_use]
    pub fn unit_price(&self) -> Option<rust_decimal::Decimal> {
        let per = self.price_quantity.as_ref().map(Amount::value).filter(|per| !per.is_zero());
        self.price.as_ref()?.value().checked_div(per.unwrap_or(rust_decimal::Decimal::ONE))
    }
}

/// A text in a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct LocalText {
    /// The language's code, as sent.
    pub language: Option<Text>,
    /// The text.
    pub text: Text,
    /// Keys that are not known, and values that could not be read.
    pub extra: Vec<RawField>,
}

impl LocalText {
    fn pick<'a>(texts: &'a [Self], language: &str) -> Option<&'a str> {
        let is =
            |text: &&Self| text.language.as_deref().is_some_and(|code| code.eq_ignore_ascii_case(language));
        let found = texts.iter().find(is).or_else(|| texts.iter().find(|text| text.language.is_none()));
        found.or_else(|| texts.first()).map(|text| text.text.as_str())
    }
}

/// The price for a range of quantities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct PriceScale {
    /// The least quantity.
    pub low: Option<Amount>,
    /// The greatest quantity.
    pub high: Option<Amount>,
    /// The price.
    pub price: Option<Amount>,
    /// The kind of scale; `01` is all that was seen.
    pub scale_type: Option<Text>,
    /// Keys that are not known, and values that could not be read.
    pub extra: Vec<RawField>,
}

/// A file that belongs to an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct DownloadAttachment {
    /// Its name or URL.
    pub file_name: Option<Text>,
    /// Its media type.
    pub mime_type: Option<Text>,
    /// The kind of file; `01` is all that was seen.
    pub kind: Option<Text>,
    /// What it is, by language.
    pub descriptions: Vec<LocalText>,
    /// Keys that are not known, and values that could not be read.
    pub extra: Vec<RawField>,
}

/// A field that buyer and shop agreed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct CustomerField {
    /// Its name.
    pub name: Option<Text>,
    /// Its value.
    pub value: Option<Text>,
    /// Keys that are not known, and values that could not be read.
    pub extra: Vec<RawField>,
}

/// A key with its value as JSON text, exactly as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RawField {
    /// The key.
    pub name: Text,
    /// The value.
    pub json: Text,
}

impl RawField {
    /// Makes a field.
    #[must_use]
    pub fn new(name: impl Into<Text>, json: impl Into<Text>) -> Self {
        Self { name: name.into(), json: json.into() }
    }
}
