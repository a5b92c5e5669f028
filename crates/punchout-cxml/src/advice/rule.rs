use punchout_core::{Code, Severity};

/// A rule that documents are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its stable name.
    pub code: Code,
    /// How much it matters, unless a profile says otherwise.
    pub severity: Severity,
    /// What it asks for.
    pub title: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Whether it was read in the guide or the DTD themselves, rather than
    /// drawn from practice.
    pub verified: bool,
}

/// All rules, in the order of the documentation.
#[must_use]
pub fn rules() -> &'static [Rule] {
    RULES
}

/// Finds the rule of a code of this table.
pub(super) fn of(code: Code) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

const GUIDE: &str = "cXML Reference Guide 1.2.051";
const PRACTICE: &str = "what receivers are known to do with it";
const PROFILE: &str = "the profile, which names its source";

macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $source:ident $verified:literal $title:literal)+) => {
        $(#[doc = $title] pub(super) const $name: Code = Code::new($code);)+
        const RULES: &[Rule] = &[$(Rule {
            code: $name,
            severity: Severity::$severity,
            title: $title,
            source: $source,
            verified: $verified,
        },)+];
    };
}

rules! {
    BOM "CXML-ADV-BOM" Note PRACTICE false "a document begins with `<`, without a byte order mark"
    START "CXML-ADV-START" Warning GUIDE true "nothing stands before `<?xml` or `<!DOCTYPE`, not even white space"
    ROOT "CXML-ADV-ROOT" Warning GUIDE true "the root element is `cXML`, or one of a catalog file"
    DTD_HOST "CXML-ADV-DTD-HOST" Warning GUIDE true "the DOCTYPE names a DTD of cxml.org"
    PAYLOAD_ID "CXML-ADV-PAYLOAD-ID" Warning GUIDE true "the payload id is unique in space and time, so it is not empty"
    TIME "CXML-ADV-TIME" Warning GUIDE true "the timestamp is local time with a numeric offset, never `Z`"
    DATE "CXML-ADV-DATE" Warning GUIDE true "a date is one of ISO 8601"
    DATE_FORM "CXML-ADV-DATE-FORM" Note GUIDE true "a date has its time and a numeric offset"
    VERSION "CXML-ADV-VERSION" Note GUIDE true "the DOCTYPE says the version, not the attribute `version`"
    LANG "CXML-ADV-LANG" Note GUIDE true "a language is written like `en-US`"
    CREDENTIAL "CXML-ADV-CREDENTIAL" Warning GUIDE true "credentials of one domain name the same identity"
    SECRET_PLACE "CXML-ADV-SECRET-PLACE" Warning GUIDE true "a shared secret stands in the sender of a request, and in no message"
    EMPTY "CXML-ADV-EMPTY" Note GUIDE true "an optional element without content is left out"
    STATUS_CODE "CXML-ADV-STATUS-CODE" Note GUIDE true "a status code is one that cXML defines"
    STATUS_TEXT "CXML-ADV-STATUS-TEXT" Note GUIDE true "a failure says in its text what went wrong"
    STATUS_PAYLOAD "CXML-ADV-STATUS-PAYLOAD" Warning GUIDE true "only a success carries an answer"
    COOKIE "CXML-ADV-COOKIE" Warning GUIDE true "the buyer's cookie identifies the session, so it is not empty"
    HTTPS "CXML-ADV-HTTPS" Warning PRACTICE false "addresses that open a session or take its basket are https"
    DEPRECATED "CXML-ADV-DEPRECATED" Note GUIDE true "`SupplierSetup` and `Followup` are not used any more"
    EDIT_ITEMS "CXML-ADV-EDIT-ITEMS" Note GUIDE true "who edits or inspects a basket sends its lines"
    REFERENCE "CXML-ADV-REFERENCE" Warning GUIDE true "an update or deletion names the document that it replaces"
    ORDER_VERSION "CXML-ADV-ORDER-VERSION" Note GUIDE true "the version of an order counts from 1"
    BOTH_LEVELS "CXML-ADV-BOTH-LEVELS" Warning GUIDE true "what stands at the header does not stand at lines too"
    SOME_LINES "CXML-ADV-SOME-LINES" Warning GUIDE true "what is said of lines is said of every line, or at the header"
    LINE_NUMBER "CXML-ADV-LINE-NUMBER" Warning GUIDE true "no two lines have the same number"
    NO_LINE_NUMBER "CXML-ADV-NO-LINE-NUMBER" Note PRACTICE false "every line has a number, which confirmations and invoices name"
    QUANTITY "CXML-ADV-QUANTITY" Warning GUIDE true "a quantity is a decimal number, and not negative where goods are ordered"
    TOTAL "CXML-ADV-TOTAL" Warning PRACTICE false "the total is the sum of the lines, without tax and shipping"
    ADDRESS_DOMAIN "CXML-ADV-ADDRESS-DOMAIN" Note GUIDE true "an address id has a value, and says whose it is"
    AGREEMENT "CXML-ADV-AGREEMENT" Warning GUIDE true "a blanket order has its period and blanket lines; a release names its agreement"
    CARD "CXML-ADV-CARD" Warning PRACTICE false "a card number travels masked"
    CONFIRM_ITEMS "CXML-ADV-CONFIRM-ITEMS" Warning GUIDE true "a confirmation has lines when its type speaks of lines, and none when it speaks of the whole"
    CONFIRM_TYPE "CXML-ADV-CONFIRM-TYPE" Warning GUIDE true "the types of the lines fit the type of the confirmation"
    CONFIRM_SUM "CXML-ADV-CONFIRM-SUM" Warning GUIDE true "the quantities of a line's statuses add up to the line's"
    SHIP_TWICE "CXML-ADV-SHIP-TWICE" Warning GUIDE true "an order stands in one portion of a ship notice"
    SHIP_START "CXML-ADV-SHIP-START" Note GUIDE true "the first leg of a shipment has no start date"
    CREDIT "CXML-ADV-CREDIT" Warning GUIDE true "a credit memo has negative amounts, an invoice has none in sum"
    CREDIT_OF "CXML-ADV-CREDIT-OF" Warning GUIDE true "a memo on lines names the invoice that it corrects"
    MONEY "CXML-ADV-MONEY" Warning GUIDE true "an amount is a number with a dot"
    MONEY_FORM "CXML-ADV-MONEY-FORM" Note GUIDE true "an amount is digits and a dot, without blanks and thousands commas"
    CURRENCY "CXML-ADV-CURRENCY" Warning GUIDE true "a currency is an ISO 4217 code, and an alternate amount has one"
    UNIT "CXML-ADV-UNIT" Note GUIDE true "a unit is a code of UN/ECE Recommendation 20"
    COUNTRY "CXML-ADV-COUNTRY" Warning GUIDE true "a country is an ISO 3166 code of two letters"
    CLASSIFICATION "CXML-ADV-CLASSIFICATION" Note PRACTICE false "a UNSPSC code has eight digits"
    SHORT_NAME "CXML-ADV-SHORT-NAME" Note GUIDE true "a short name has 50 characters at most"
    LIMIT "CXML-ADV-LIMIT" Warning PROFILE false "a value keeps to the limits of the partner"
    PARTNER_VERSION "CXML-ADV-PARTNER-VERSION" Note PROFILE false "the DOCTYPE names the version that the partner uses for this document"
}
