use std::fmt;

use punchout_core::Code;

/// A field of a returned item, as OCI names it after `NEW_ITEM-`.
///
/// The set is that of OCI 5.0; a field outside of it is kept by name as an
/// extra field of its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "the names are those of the specification; `Field::meaning` says what they hold"
)]
#[non_exhaustive]
pub enum Field {
    Description,
    Matnr,
    Matgroup,
    Quantity,
    Unit,
    Price,
    Currency,
    PriceUnit,
    LeadTime,
    LongText,
    Vendor,
    VendorMat,
    ManufactCode,
    ManufactMat,
    Contract,
    ContractItem,
    Service,
    ExtQuoteId,
    ExtQuoteItem,
    ExtProductId,
    Attachment,
    AttachmentTitle,
    AttachmentPurpose,
    ExtSchemaType,
    ExtCategoryId,
    ExtCategory,
    SldSysName,
    CustField1,
    CustField2,
    CustField3,
    CustField4,
    CustField5,
    ItemType,
    ParentId,
    Tax,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Characters.
    Text,
    /// A decimal number.
    Number,
    /// A whole number, as a decimal.
    Whole,
}

struct Row {
    field: Field,
    name: &'static str,
    len_code: &'static str,
    kind: Kind,
    meaning: &'static str,
}

const fn row(
    field: Field,
    name: &'static str,
    len_code: &'static str,
    kind: Kind,
    meaning: &'static str,
) -> Row {
    Row { field, name, len_code, kind, meaning }
}

/// In the order of [`Field`], so that a field is the number of its row.
const TABLE: [Row; 35] = [
    row(Field::Description, "DESCRIPTION", "OCI-LEN-DESCRIPTION", Kind::Text, "item text"),
    row(Field::Matnr, "MATNR", "OCI-LEN-MATNR", Kind::Text, "the buyer's product number"),
    row(Field::Matgroup, "MATGROUP", "OCI-LEN-MATGROUP", Kind::Text, "the buyer's material group"),
    row(Field::Quantity, "QUANTITY", "OCI-LEN-QUANTITY", Kind::Number, "ordered quantity"),
    row(Field::Unit, "UNIT", "OCI-LEN-UNIT", Kind::Text, "unit of the quantity, an ISO code"),
    row(Field::Price, "PRICE", "OCI-LEN-PRICE", Kind::Number, "net price per price unit"),
    row(Field::Currency, "CURRENCY", "OCI-LEN-CURRENCY", Kind::Text, "ISO 4217 code"),
    row(Field::PriceUnit, "PRICEUNIT", "OCI-LEN-PRICEUNIT", Kind::Whole, "number of units the price is for"),
    row(Field::LeadTime, "LEADTIME", "OCI-LEN-LEADTIME", Kind::Whole, "delivery time in days"),
    row(Field::LongText, "LONGTEXT", "OCI-LEN-LONGTEXT", Kind::Text, "long text"),
    row(Field::Vendor, "VENDOR", "OCI-LEN-VENDOR", Kind::Text, "the supplier's number in the buyer's system"),
    row(Field::VendorMat, "VENDORMAT", "OCI-LEN-VENDORMAT", Kind::Text, "the supplier's article number"),
    row(
        Field::ManufactCode,
        "MANUFACTCODE",
        "OCI-LEN-MANUFACTCODE",
        Kind::Text,
        "the manufacturer's number in the buyer's system",
    ),
    row(
        Field::ManufactMat,
        "MANUFACTMAT",
        "OCI-LEN-MANUFACTMAT",
        Kind::Text,
        "the manufacturer's part number",
    ),
    row(Field::Contract, "CONTRACT", "OCI-LEN-CONTRACT", Kind::Text, "the buyer's contract number"),
    row(Field::ContractItem, "CONTRACT_ITEM", "OCI-LEN-CONTRACT_ITEM", Kind::Text, "line of the contract"),
    row(Field::Service, "SERVICE", "OCI-LEN-SERVICE", Kind::Text, "`X` for a service, empty for a material"),
    row(Field::ExtQuoteId, "EXT_QUOTE_ID", "OCI-LEN-EXT_QUOTE_ID", Kind::Text, "the supplier's quote number"),
    row(Field::ExtQuoteItem, "EXT_QUOTE_ITEM", "OCI-LEN-EXT_QUOTE_ITEM", Kind::Text, "line of the quote"),
    row(
        Field::ExtProductId,
        "EXT_PRODUCT_ID",
        "OCI-LEN-EXT_PRODUCT_ID",
        Kind::Text,
        "the shop's key of the product",
    ),
    row(Field::Attachment, "ATTACHMENT", "OCI-LEN-ATTACHMENT", Kind::Text, "URL of a file to fetch"),
    row(
        Field::AttachmentTitle,
        "ATTACHMENT_TITLE",
        "OCI-LEN-ATTACHMENT_TITLE",
        Kind::Text,
        "title of the file",
    ),
    row(
        Field::AttachmentPurpose,
        "ATTACHMENT_PURPOSE",
        "OCI-LEN-ATTACHMENT_PURPOSE",
        Kind::Text,
        "`C` for a configuration",
    ),
    row(
        Field::ExtSchemaType,
        "EXT_SCHEMA_TYPE",
        "OCI-LEN-EXT_SCHEMA_TYPE",
        Kind::Text,
        "name of the classification",
    ),
    row(
        Field::ExtCategoryId,
        "EXT_CATEGORY_ID",
        "OCI-LEN-EXT_CATEGORY_ID",
        Kind::Text,
        "category key in the classification",
    ),
    row(
        Field::ExtCategory,
        "EXT_CATEGORY",
        "OCI-LEN-EXT_CATEGORY",
        Kind::Text,
        "category key with version, or name",
    ),
    row(
        Field::SldSysName,
        "SLD_SYS_NAME",
        "OCI-LEN-SLD_SYS_NAME",
        Kind::Text,
        "logical name of the selling system",
    ),
    row(Field::CustField1, "CUST_FIELD1", "OCI-LEN-CUST_FIELD1", Kind::Text, "free, by agreement"),
    row(Field::CustField2, "CUST_FIELD2", "OCI-LEN-CUST_FIELD2", Kind::Text, "free, by agreement"),
    row(Field::CustField3, "CUST_FIELD3", "OCI-LEN-CUST_FIELD3", Kind::Text, "free, by agreement"),
    row(Field::CustField4, "CUST_FIELD4", "OCI-LEN-CUST_FIELD4", Kind::Text, "free, by agreement"),
    row(Field::CustField5, "CUST_FIELD5", "OCI-LEN-CUST_FIELD5", Kind::Text, "free, by agreement"),
    row(Field::ItemType, "ITEM_TYPE", "OCI-LEN-ITEM_TYPE", Kind::Text, "place in a hierarchy: `R`, `O`, `F`"),
    row(
        Field::ParentId,
        "PARENT_ID",
        "OCI-LEN-PARENT_ID",
        Kind::Text,
        "index of the line above in the hierarchy",
    ),
    row(Field::Tax, "TAX", "OCI-LEN-TAX", Kind::Text, "tax percentage or code"),
];

impl Field {
    /// How many fields there are.
    pub const COUNT: usize = TABLE.len();

    fn row(self) -> &'static Row {
        TABLE.get(self as usize).expect("the table has a row for each field")
    }

    /// All fields, in the order in which a return lists them.
    #[must_use]
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        TABLE.iter().map(|row| row.field)
    }

    /// The canonical name, without `NEW_ITEM-`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().name
    }

    /// The code of the finding that a value is too long for this field.
    #[must_use]
    pub fn len_code(self) -> Code {
        Code::new(self.row().len_code)
    }

    /// What the field holds, in words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.row().meaning
    }

    /// What kind of value the field holds.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.row().kind
    }

    /// Finds a field by its canonical name, in upper case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::of_bytes(name.as_bytes())
    }

    pub(crate) fn of_bytes(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"DESCRIPTION" => Self::Description,
            b"MATNR" => Self::Matnr,
            b"MATGROUP" => Self::Matgroup,
            b"QUANTITY" => Self::Quantity,
            b"UNIT" => Self::Unit,
            b"PRICE" => Self::Price,
            b"CURRENCY" => Self::Currency,
            b"PRICEUNIT" => Self::PriceUnit,
            b"LEADTIME" => Self::LeadTime,
            b"LONGTEXT" => Self::LongText,
            b"VENDOR" => Self::Vendor,
            b"VENDORMAT" => Self::VendorMat,
            b"MANUFACTCODE" => Self::ManufactCode,
            b"MANUFACTMAT" => Self::ManufactMat,
            b"CONTRACT" => Self::Contract,
            b"CONTRACT_ITEM" => Self::ContractItem,
            b"SERVICE" => Self::Service,
            b"EXT_QUOTE_ID" => Self::ExtQuoteId,
            b"EXT_QUOTE_ITEM" => Self::ExtQuoteItem,
            b"EXT_PRODUCT_ID" => Self::ExtProductId,
            b"ATTACHMENT" => Self::Attachment,
            b"ATTACHMENT_TITLE" => Self::AttachmentTitle,
            b"ATTACHMENT_PURPOSE" => Self::AttachmentPurpose,
            b"EXT_SCHEMA_TYPE" => Self::ExtSchemaType,
            b"EXT_CATEGORY_ID" => Self::ExtCategoryId,
            b"EXT_CATEGORY" => Self::ExtCategory,
            b"SLD_SYS_NAME" => Self::SldSysName,
            b"CUST_FIELD1" => Self::CustField1,
            b"CUST_FIELD2" => Self::CustField2,
            b"CUST_FIELD3" => Self::CustField3,
            b"CUST_FIELD4" => Self::CustField4,
            b"CUST_FIELD5" => Self::CustField5,
            b"ITEM_TYPE" => Self::ItemType,
            b"PARENT_ID" => Self::ParentId,
            b"TAX" => Self::Tax,
            _ => return None,
        })
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name)
            .ok_or_else(|| serde::de::Error::custom(format_args!("no OCI field is named `{name}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_and_enum_agree() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(row.field as usize, at, "{}", row.name);
            assert_eq!(Field::named(row.name), Some(row.field));
            assert_eq!(row.len_code, format!("OCI-LEN-{}", row.name));
        }
        assert_eq!(Field::named("description"), None);
    }
}
