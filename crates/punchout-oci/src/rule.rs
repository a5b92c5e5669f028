mod table;

use std::fmt;

use punchout_core::{Code, Severity};

use crate::field::Field;
use table::{Row, TABLE};

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
    NameLost,
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
    XmlBeside,
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
