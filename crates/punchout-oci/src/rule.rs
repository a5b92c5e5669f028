use std::fmt;

use punchout_core::{Code, Severity};

use crate::field::Field;
use Severity::{Error as E, Note as N, Warning as W};

/// A rule of the catalogue that findings refer to.
///
/// The severities of the two columns are those of the protocol as written and
/// of real life; a profile may change each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "`Rule::title` says what each is about")]
#[non_exhaustive]
pub enum Rule {
    IdxZero,
    IdxGap,
    IdxNone,
    IdxBlank,
    IdxForm,
    IdxBad,
    NameCase,
    NameSep,
    LongTextForm,
    Dup,
    EncEq,
    EncTwice,
    EncPercent,
    Len,
    ReqQuantity,
    ReqDescription,
    BothDescriptionMatnr,
    ReqUnit,
    ReqCurrency,
    ReqQuote,
    ReqContract,
    ReqSchema,
    ReqProduct,
    ReqField,
    Forbidden,
    NumBad,
    NumAmbiguous,
    NumComma,
    NumThousands,
    NumDecimals,
    NumLong,
    NumNegative,
    NumBlank,
    NumForm,
    QuantityZero,
    PriceUnitZero,
    PriceUnitNotWhole,
    PriceUnitOdd,
    UnitLen,
    UnitAlias,
    UnitUnknown,
    CurrencyUnknown,
    LeadNotWhole,
    ServiceValue,
    AttachmentUrl,
    HierType,
    HierParent,
    HierCycle,
    HtmlText,
    HtmlQuote,
    HtmlForms,
    Charset,
    CharsetDeclared,
    CharsetUnknown,
    Mojibake,
    CharsetLost,
    Empty,
    XmlType,
    XmlBad,
    XmlMixed,
    Php1000,
    JsonShape,
    LineForm,
    HttpStatus,
    HookHttp,
    HookMissing,
    HookTail,
    HookRaw,
    HookCut,
    HookScheme,
    CallRequired,
    PasswordGet,
    Placeholder,
    FuncUnknown,
    FuncProduct,
    FuncQuantity,
    FuncSearch,
    FuncValue,
    DownloadShape,
    DownloadItem,
    DownloadPaging,
    OutCut,
    OutScaled,
    OutMatnr,
    OutParent,
    OutCharset,
}

struct Row {
    rule: Rule,
    code: Code,
    strict: Severity,
    lenient: Severity,
    title: &'static str,
    help: &'static str,
}

const fn row(
    rule: Rule,
    code: &'static str,
    strict: Severity,
    lenient: Severity,
    title: &'static str,
    help: &'static str,
) -> Row {
    Row { rule, code: Code::new(code), strict, lenient, title, help }
}

/// In the order of [`Rule`], so that a rule is the number of its row.
const TABLE: &[Row] = &[
    row(Rule::IdxZero, "OCI-IDX-0", E, E, "items are counted from 0", "count items from 1"),
    row(
        Rule::IdxGap,
        "OCI-IDX-GAP",
        E,
        W,
        "an index is left out",
        "number the items 1, 2, 3 without a gap; some buyers stop reading at the first gap",
    ),
    row(
        Rule::IdxNone,
        "OCI-IDX-NONE",
        E,
        W,
        "a field has no index",
        "write the item's number in brackets: `NEW_ITEM-PRICE[1]`",
    ),
    row(Rule::IdxBlank, "OCI-IDX-BLANK", W, N, "a field name has a blank too many", "leave the blank out"),
    row(
        Rule::IdxForm,
        "OCI-IDX-FORM",
        W,
        N,
        "an index is not spelled as one plain number",
        "write one plain decimal number in one pair of brackets",
    ),
    row(
        Rule::IdxBad,
        "OCI-IDX-BAD",
        E,
        E,
        "an index cannot be read",
        "write a number from 1 to 999999999 in the brackets; the pair is kept among the controls",
    ),
    row(
        Rule::NameCase,
        "OCI-NAME-CASE",
        W,
        N,
        "a field name is not in upper case",
        "write field names in upper case",
    ),
    row(
        Rule::NameSep,
        "OCI-NAME-SEP",
        E,
        W,
        "a field name does not start with `NEW_ITEM-`",
        "start the name with `NEW_ITEM-`",
    ),
    row(
        Rule::LongTextForm,
        "OCI-LT-FORM",
        E,
        W,
        "a long text is not named `NEW_ITEM-LONGTEXT_<n>:132[]`",
        "name the long text `NEW_ITEM-LONGTEXT_<n>:132[]`, with the item's number in place of `<n>`",
    ),
    row(
        Rule::Dup,
        "OCI-DUP",
        W,
        W,
        "a field is sent twice",
        "send each field once per item; the first value that is not empty counts",
    ),
    row(
        Rule::EncEq,
        "OCI-ENC-EQ",
        E,
        W,
        "the equals sign is percent-encoded",
        "encode name and value apart and leave the `=` between them as it is",
    ),
    row(
        Rule::EncTwice,
        "OCI-ENC-TWICE",
        E,
        W,
        "a pair is percent-encoded twice",
        "encode names and values once",
    ),
    row(
        Rule::EncPercent,
        "OCI-ENC-PERCENT",
        E,
        W,
        "a percent sign is not followed by two hexadecimal digits",
        "encode a percent sign as `%25`",
    ),
    row(
        Rule::Len,
        "OCI-LEN-x",
        E,
        W,
        "a value is longer than its field",
        "shorten the value; put a longer text into the long text",
    ),
    row(Rule::ReqQuantity, "OCI-REQ-QTY", E, E, "an item has no quantity", "send QUANTITY with each item"),
    row(
        Rule::ReqDescription,
        "OCI-REQ-DESC",
        E,
        E,
        "an item has neither description nor material number",
        "send DESCRIPTION, or MATNR if the buyer's own number is known",
    ),
    row(
        Rule::BothDescriptionMatnr,
        "OCI-BOTH-DESC-MATNR",
        W,
        N,
        "an item has both description and material number",
        "send MATNR only if it is the buyer's own number, and no DESCRIPTION then",
    ),
    row(
        Rule::ReqUnit,
        "OCI-REQ-UNIT",
        E,
        W,
        "an item without material number has no unit",
        "send UNIT with an ISO code such as PCE",
    ),
    row(
        Rule::ReqCurrency,
        "OCI-REQ-CUR",
        E,
        W,
        "an item with a price has no currency",
        "send CURRENCY with an ISO 4217 code such as EUR",
    ),
    row(
        Rule::ReqQuote,
        "OCI-REQ-EXTQ",
        E,
        W,
        "a quote line without a quote",
        "send EXT_QUOTE_ID beside EXT_QUOTE_ITEM",
    ),
    row(
        Rule::ReqContract,
        "OCI-REQ-CONTR",
        E,
        W,
        "a contract line without a contract",
        "send CONTRACT beside CONTRACT_ITEM",
    ),
    row(
        Rule::ReqSchema,
        "OCI-REQ-SCHEMA",
        E,
        W,
        "a category without its classification",
        "send EXT_SCHEMA_TYPE beside EXT_CATEGORY_ID and EXT_CATEGORY",
    ),
    row(
        Rule::ReqProduct,
        "OCI-REQ-PRODUCT",
        E,
        W,
        "an item without the shop's product key",
        "send EXT_PRODUCT_ID; the buyer asks for DETAIL and VALIDATE with it",
    ),
    row(
        Rule::ReqField,
        "OCI-REQ-FIELD",
        E,
        W,
        "a field that the profile requires is missing",
        "send this field; the profile says that the system needs it",
    ),
    row(
        Rule::Forbidden,
        "OCI-FORBIDDEN",
        E,
        W,
        "a field that the profile forbids is filled",
        "leave this field out; the profile says that the system refuses it",
    ),
    row(
        Rule::NumBad,
        "OCI-NUM-BAD",
        E,
        E,
        "a number cannot be read",
        "write digits with at most one dot, such as `12.500`",
    ),
    row(
        Rule::NumAmbiguous,
        "OCI-NUM-AMBIG",
        E,
        E,
        "a number has two meanings",
        "write a dot as the decimal mark and no thousands separators",
    ),
    row(
        Rule::NumComma,
        "OCI-NUM-COMMA",
        E,
        W,
        "a comma is the decimal mark",
        "write a dot as the decimal mark",
    ),
    row(
        Rule::NumThousands,
        "OCI-NUM-THOUS",
        E,
        E,
        "a number has thousands separators",
        "leave thousands separators out",
    ),
    row(
        Rule::NumDecimals,
        "OCI-NUM-DEC",
        W,
        N,
        "a number has more decimals than allowed",
        "write at most 3 decimals; raise the price unit if a price needs more",
    ),
    row(
        Rule::NumLong,
        "OCI-NUM-LONG",
        E,
        W,
        "a number has more digits before the dot than allowed",
        "send at most 11 digits before the dot",
    ),
    row(
        Rule::NumNegative,
        "OCI-NUM-NEG",
        E,
        E,
        "a number is negative",
        "send no negative numbers; OCI has no returns or credits",
    ),
    row(Rule::NumBlank, "OCI-NUM-BLANK", W, N, "a number has blanks", "leave blanks out"),
    row(
        Rule::NumForm,
        "OCI-NUM-FORM",
        W,
        N,
        "a number has a sign, or no digit on one side of the mark",
        "write digits, and a dot only between digits",
    ),
    row(
        Rule::QuantityZero,
        "OCI-QTY-ZERO",
        E,
        W,
        "a quantity is zero",
        "leave out items that are not wanted",
    ),
    row(
        Rule::PriceUnitZero,
        "OCI-PU-ZERO",
        W,
        W,
        "a price unit is zero",
        "leave PRICEUNIT out, or send 1; it is read as 1",
    ),
    row(
        Rule::PriceUnitNotWhole,
        "OCI-PU-NONINT",
        W,
        W,
        "a price unit is not written as a whole number",
        "write the price unit as a whole number",
    ),
    row(
        Rule::PriceUnitOdd,
        "OCI-PU-ODD",
        W,
        W,
        "a price unit is unusual",
        "check that the price is meant for this many units; usual are 1, 10, 100 and 1000",
    ),
    row(
        Rule::UnitLen,
        "OCI-UNIT-LEN",
        E,
        E,
        "a unit is longer than 3 characters",
        "send an ISO code of 3 characters such as PCE",
    ),
    row(
        Rule::UnitAlias,
        "OCI-UNIT-ALIAS",
        E,
        W,
        "a unit is no ISO code, but its meaning is known",
        "send the ISO code",
    ),
    row(
        Rule::UnitUnknown,
        "OCI-UNIT-UNK",
        E,
        W,
        "the meaning of a unit is not known",
        "send an ISO code as in UN/ECE Recommendation 20",
    ),
    row(
        Rule::CurrencyUnknown,
        "OCI-CUR-UNK",
        E,
        W,
        "a currency is not an ISO 4217 code",
        "send an ISO 4217 code such as EUR",
    ),
    row(
        Rule::LeadNotWhole,
        "OCI-LEAD-NONINT",
        W,
        W,
        "a lead time is not a whole number of days",
        "send whole days",
    ),
    row(
        Rule::ServiceValue,
        "OCI-SVC-VAL",
        W,
        W,
        "SERVICE is neither `X` nor empty",
        "send `X` for a service and leave the field empty for a material",
    ),
    row(
        Rule::AttachmentUrl,
        "OCI-ATT-URL",
        W,
        W,
        "an attachment is no URL",
        "send a whole URL that the buyer can fetch",
    ),
    row(
        Rule::HierType,
        "OCI-HIER-TYPE",
        W,
        W,
        "an item type is not `R`, `O` or `F`, or is missing on a child",
        "send ITEM_TYPE `R` for a root, `O` for a group inside, `F` for an ordinary line",
    ),
    row(
        Rule::HierParent,
        "OCI-HIER-PARENT",
        E,
        E,
        "a parent does not exist or cannot have children",
        "send the number of a line of type `R` or `O` as PARENT_ID",
    ),
    row(
        Rule::HierCycle,
        "OCI-HIER-CYCLE",
        E,
        E,
        "items are each other's parents",
        "send a root line without PARENT_ID",
    ),
    row(
        Rule::HtmlText,
        "OCI-HTML-TEXT",
        W,
        W,
        "a text has HTML in it",
        "send plain text: buyers show tags and entities as they are",
    ),
    row(
        Rule::HtmlQuote,
        "OCI-HTML-QUOTE",
        E,
        W,
        "an unescaped quotation mark may have cut a value short",
        "escape a quotation mark in an attribute as `&quot;`",
    ),
    row(
        Rule::HtmlForms,
        "OCI-HTML-FORMS",
        W,
        W,
        "a page has more than one return form",
        "send one return form a page; only the first with items is read",
    ),
    row(
        Rule::Charset,
        "OCI-CHARSET",
        E,
        W,
        "bytes are no UTF-8",
        "send UTF-8, or what http_content_charset asks for",
    ),
    row(
        Rule::CharsetDeclared,
        "OCI-CHARSET-DECLARED",
        W,
        W,
        "bytes are no UTF-8 but the charset that was declared",
        "nothing to do if that charset was asked for; UTF-8 has all characters",
    ),
    row(
        Rule::CharsetUnknown,
        "OCI-CHARSET-UNK",
        W,
        W,
        "the declared charset is not known",
        "name a charset of the WHATWG encoding standard, such as `utf-8`",
    ),
    row(
        Rule::Mojibake,
        "OCI-CHARSET-MOJIBAKE",
        W,
        W,
        "UTF-8 was encoded twice",
        "encode UTF-8 once: somewhere it was read as windows-1252",
    ),
    row(
        Rule::CharsetLost,
        "OCI-CHARSET-LOST",
        W,
        W,
        "characters were lost before the text was sent",
        "look for a conversion to a charset that lacks these characters; they cannot be restored here",
    ),
    row(
        Rule::Empty,
        "OCI-EMPTY",
        N,
        N,
        "the basket has no items",
        "nothing to do: the user came back without items",
    ),
    row(
        Rule::XmlType,
        "OCI-XML-TYPE",
        W,
        W,
        "the XML variant's type field is spelled in a way that buyers overlook",
        "name the type field `~xml_type` and give it a value such as `ESAPO`",
    ),
    row(
        Rule::XmlBad,
        "OCI-XML-BAD",
        E,
        E,
        "the XML variant cannot be read to its end",
        "send one well-formed `BusinessDocument`, in base64 without line breaks",
    ),
    row(
        Rule::XmlMixed,
        "OCI-XML-MIXED",
        E,
        W,
        "an element of the XML variant has elements between its text",
        "send plain text in CDATA; the texts were joined",
    ),
    row(
        Rule::Php1000,
        "OCI-PHP-1000",
        W,
        W,
        "so many fields that some receivers cut them off",
        "ask the receiver to raise its limit (PHP: max_input_vars), or send fewer empty fields",
    ),
    row(Rule::JsonShape, "OCI-JSON-SHAPE", E, W, "a JSON value is no text", "send names and values as text"),
    row(
        Rule::LineForm,
        "OCI-LINE-FORM",
        E,
        W,
        "a pair has no equals sign",
        "write `NAME=VALUE`, and encode an `&` that belongs to a value as `%26`",
    ),
    row(
        Rule::HttpStatus,
        "OCI-HTTP-STATUS",
        E,
        E,
        "the captured response is no success",
        "look at the page: the shop did not answer with a basket",
    ),
    row(
        Rule::HookHttp,
        "OCI-HOOK-HTTP",
        W,
        W,
        "the return address is not HTTPS",
        "use an https address: browsers warn before they post from https to http",
    ),
    row(
        Rule::HookMissing,
        "OCI-HOOK-MISSING",
        E,
        E,
        "the call-up has no return address",
        "send HOOK_URL: without it the shop cannot return the basket",
    ),
    row(
        Rule::HookTail,
        "OCI-HOOK-TAIL",
        E,
        W,
        "the return address was not encoded and lost its tail",
        "percent-encode HOOK_URL; its tail was joined again",
    ),
    row(
        Rule::HookRaw,
        "OCI-HOOK-RAW",
        W,
        N,
        "the return address was not encoded",
        "percent-encode HOOK_URL: an `&` in it would be lost",
    ),
    row(
        Rule::HookCut,
        "OCI-HOOK-CUT",
        E,
        W,
        "the return address was not encoded and may be cut short",
        "percent-encode HOOK_URL; nothing was joined, since known parameters follow",
    ),
    row(
        Rule::HookScheme,
        "OCI-HOOK-SCHEME",
        E,
        E,
        "the return address is neither http nor https nor SAPEVENT",
        "send an http or https address, or SAPEVENT:POST",
    ),
    row(
        Rule::CallRequired,
        "OCI-CALL-REQ",
        E,
        W,
        "a parameter that the profile requires is missing",
        "send this parameter; the profile says that the system needs it",
    ),
    row(
        Rule::PasswordGet,
        "OCI-PWD-GET",
        W,
        W,
        "a secret stands in a URL",
        "use POST: URLs stay in histories and logs",
    ),
    row(
        Rule::Placeholder,
        "OCI-PLACEHOLDER",
        W,
        N,
        "a parameter holds the name of a variable",
        "set the parameter's value in the call structure: the variable was not replaced",
    ),
    row(
        Rule::FuncUnknown,
        "OCI-FUNC-UNKNOWN",
        W,
        W,
        "the function is not known",
        "leave FUNCTION out for ordinary shopping",
    ),
    row(
        Rule::FuncProduct,
        "OCI-FUNC-PRODUCTID",
        E,
        E,
        "the function needs PRODUCTID",
        "send PRODUCTID: what the shop returned as EXT_PRODUCT_ID",
    ),
    row(
        Rule::FuncQuantity,
        "OCI-FUNC-QUANTITY",
        W,
        W,
        "VALIDATE has no QUANTITY",
        "send QUANTITY, so that the scale price can be found; it is read as 1",
    ),
    row(
        Rule::FuncSearch,
        "OCI-FUNC-SEARCHSTRING",
        E,
        E,
        "the function needs SEARCHSTRING",
        "send SEARCHSTRING",
    ),
    row(
        Rule::FuncValue,
        "OCI-FUNC-VALUE",
        W,
        W,
        "a function's parameter cannot be read",
        "send a value of the parameter's form",
    ),
    row(
        Rule::DownloadShape,
        "OCI-DOWNLOAD-SHAPE",
        E,
        W,
        "a download page is not shaped as specified",
        "send the page as the specification has it",
    ),
    row(
        Rule::DownloadItem,
        "OCI-DOWNLOAD-ITEM",
        E,
        W,
        "a downloaded item lacks what it needs",
        "send what an item needs, or leave the item out",
    ),
    row(
        Rule::DownloadPaging,
        "OCI-DOWNLOAD-PAGING",
        E,
        E,
        "the pages of a download do not advance",
        "send CURRENTPAGE and TOTALPAGES as numbers that advance",
    ),
    row(
        Rule::OutCut,
        "OCI-OUT-CUT",
        N,
        N,
        "a description was cut on writing",
        "nothing to do: the whole text is in the long text",
    ),
    row(
        Rule::OutScaled,
        "OCI-OUT-SCALED",
        N,
        N,
        "a price was written for more units, to save its decimals",
        "nothing to do: the unit price is the same",
    ),
    row(
        Rule::OutMatnr,
        "OCI-OUT-MATNR",
        W,
        W,
        "a material number was left out on writing",
        "set MATNR only if it is the buyer's own number and the profile writes it",
    ),
    row(
        Rule::OutParent,
        "OCI-OUT-PARENT",
        W,
        W,
        "a parent was left out on writing, since it is not in the basket",
        "set `parent` to the index of a line of the basket",
    ),
    row(
        Rule::OutCharset,
        "OCI-OUT-CHARSET",
        W,
        W,
        "a text has characters that the wanted charset lacks",
        "ask the buyer for http_content_charset utf-8; the characters were written as references",
    ),
];

impl Rule {
    /// How many rules there are.
    pub const COUNT: usize = TABLE.len();

    fn row(self) -> &'static Row {
        TABLE.get(self as usize).expect("the table has a row for each rule")
    }

    /// All rules, in the order of the catalogue.
    #[must_use]
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        TABLE.iter().map(|row| row.rule)
    }

    /// Finds a rule by its code, such as `OCI-IDX-GAP` or `OCI-LEN-MATNR`.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        if let Some(field) = code.strip_prefix("OCI-LEN-")
            && Field::named(field).is_some()
        {
            return Some(Self::Len);
        }
        TABLE.iter().find(|row| row.code.as_str() == code).map(|row| row.rule)
    }

    /// The stable code that findings carry.
    ///
    /// [`Rule::Len`] is a family: its findings carry [`Field::len_code`], such
    /// as `OCI-LEN-MATNR`, and `x` stands for the field here.
    #[must_use]
    pub fn code(self) -> Code {
        self.row().code
    }

    /// The severity by the protocol as written.
    #[must_use]
    pub fn strict(self) -> Severity {
        self.row().strict
    }

    /// The severity in real life.
    #[must_use]
    pub fn lenient(self) -> Severity {
        self.row().lenient
    }

    /// What a breach looks like, in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// What the sender should do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.row().help
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_and_enum_agree() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(row.rule as usize, at, "{}", row.code);
            assert_eq!(Rule::of(row.code.as_str()), Some(row.rule), "{} is there twice", row.code);
            assert!(row.strict >= row.lenient, "{}", row.code);
        }
    }
}
