//! Currencies: ISO 4217, active and retired, and what shops write instead.
//!
//! OCI has room for five characters and wants the three letters of ISO 4217.
//! Words and signs are recognised so that a finding can say what to write;
//! whether to read on with the code is the reader's choice.

/// What stands in a currency field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Currency {
    /// A currency in use, with the digits of its minor unit.
    Active {
        /// 2 for most, 0 for `JPY`, 3 for `KWD`.
        digits: u8,
    },
    /// A currency that was replaced, such as `DEM`.
    Retired {
        /// The currency that took its place.
        successor: &'static str,
    },
    /// A word, a sign or small letters: not a code, though it is clear or
    /// likely which one is meant.
    Word {
        /// The code to write.
        code: &'static str,
    },
    /// A code of ISO 4217 that is no money: metals, funds of accounts, `XTS`
    /// for tests, `XXX` for none.
    NoMoney,
    /// Anything else.
    Unknown,
}

/// Looks a currency up.
///
/// Blanks around it are ignored. Signs that several currencies share are read
/// as the one they mostly stand for (`$` as `USD`); `kr`, which three
/// neighbours use, stays unknown.
///
/// ```
/// use punchout_oci::currency::{Currency, look_up};
///
/// assert_eq!(look_up("EUR"), Currency::Active { digits: 2 });
/// assert_eq!(look_up("ROL"), Currency::Retired { successor: "RON" });
/// assert_eq!(look_up("Euro"), Currency::Word { code: "EUR" });
/// assert_eq!(look_up("---"), Currency::Unknown);
/// ```
#[must_use]
pub fn look_up(sent: &str) -> Currency {
    let sent = sent.trim();
    if let Some(digits) = find(&ACTIVE, sent) {
        return Currency::Active { digits };
    }
    if let Some(successor) = find(&RETIRED, sent) {
        return Currency::Retired { successor };
    }
    if NO_MONEY.contains(&sent) {
        return Currency::NoMoney;
    }
    if sent.len() > LONGEST {
        return Currency::Unknown;
    }
    let word: String =
        sent.chars().filter(|c| !c.is_whitespace() && *c != '.').flat_map(char::to_lowercase).collect();
    let upper = word.to_uppercase();
    let code = find(&WORDS, &word).or_else(|| {
        let at = ACTIVE.binary_search_by_key(&upper.as_str(), |&(code, _)| code).ok()?;
        ACTIVE.get(at).map(|&(code, _)| code)
    });
    code.map_or(Currency::Unknown, |code| Currency::Word { code })
}

/// Whether it is the code of a currency in use.
#[must_use]
pub fn is_known(code: &str) -> bool {
    find(&ACTIVE, code).is_some()
}

/// Bytes beyond which a text is no word for a currency.
const LONGEST: usize = 32;

fn find<T: Copy>(table: &[(&str, T)], sought: &str) -> Option<T> {
    let at = table.binary_search_by_key(&sought, |&(known, _)| known).ok()?;
    table.get(at).map(|&(_, value)| value)
}

/// Code and digits of the minor unit; sorted.
#[rustfmt::skip]
static ACTIVE: [(&str, u8); 165] = [
    ("AED", 2), ("AFN", 2), ("ALL", 2), ("AMD", 2), ("AOA", 2), ("ARS", 2), ("AUD", 2), ("AWG", 2),
    ("AZN", 2), ("BAM", 2), ("BBD", 2), ("BDT", 2), ("BHD", 3), ("BIF", 0), ("BMD", 2), ("BND", 2),
    ("BOB", 2), ("BOV", 2), ("BRL", 2), ("BSD", 2), ("BTN", 2), ("BWP", 2), ("BYN", 2), ("BZD", 2),
    ("CAD", 2), ("CDF", 2), ("CHE", 2), ("CHF", 2), ("CHW", 2), ("CLF", 4), ("CLP", 0), ("CNY", 2),
    ("COP", 2), ("COU", 2), ("CRC", 2), ("CUP", 2), ("CVE", 2), ("CZK", 2), ("DJF", 0), ("DKK", 2),
    ("DOP", 2), ("DZD", 2), ("EGP", 2), ("ERN", 2), ("ETB", 2), ("EUR", 2), ("FJD", 2), ("FKP", 2),
    ("GBP", 2), ("GEL", 2), ("GHS", 2), ("GIP", 2), ("GMD", 2), ("GNF", 0), ("GTQ", 2), ("GYD", 2),
    ("HKD", 2), ("HNL", 2), ("HTG", 2), ("HUF", 2), ("IDR", 2), ("ILS", 2), ("INR", 2), ("IQD", 3),
    ("IRR", 2), ("ISK", 0), ("JMD", 2), ("JOD", 3), ("JPY", 0), ("KES", 2), ("KGS", 2), ("KHR", 2),
    ("KMF", 0), ("KPW", 2), ("KRW", 0), ("KWD", 3), ("KYD", 2), ("KZT", 2), ("LAK", 2), ("LBP", 2),
    ("LKR", 2), ("LRD", 2), ("LSL", 2), ("LYD", 3), ("MAD", 2), ("MDL", 2), ("MGA", 2), ("MKD", 2),
    ("MMK", 2), ("MNT", 2), ("MOP", 2), ("MRU", 2), ("MUR", 2), ("MVR", 2), ("MWK", 2), ("MXN", 2),
    ("MXV", 2), ("MYR", 2), ("MZN", 2), ("NAD", 2), ("NGN", 2), ("NIO", 2), ("NOK", 2), ("NPR", 2),
    ("NZD", 2), ("OMR", 3), ("PAB", 2), ("PEN", 2), ("PGK", 2), ("PHP", 2), ("PKR", 2), ("PLN", 2),
    ("PYG", 0), ("QAR", 2), ("RON", 2), ("RSD", 2), ("RUB", 2), ("RWF", 0), ("SAR", 2), ("SBD", 2),
    ("SCR", 2), ("SDG", 2), ("SEK", 2), ("SGD", 2), ("SHP", 2), ("SLE", 2), ("SOS", 2), ("SRD", 2),
    ("SSP", 2), ("STN", 2), ("SVC", 2), ("SYP", 2), ("SZL", 2), ("THB", 2), ("TJS", 2), ("TMT", 2),
    ("TND", 3), ("TOP", 2), ("TRY", 2), ("TTD", 2), ("TWD", 2), ("TZS", 2), ("UAH", 2), ("UGX", 0),
    ("USD", 2), ("USN", 2), ("UYI", 0), ("UYU", 2), ("UYW", 4), ("UZS", 2), ("VED", 2), ("VES", 2),
    ("VND", 0), ("VUV", 0), ("WST", 2), ("XAD", 2), ("XAF", 0), ("XCD", 2), ("XCG", 2), ("XOF", 0),
    ("XPF", 0), ("YER", 2), ("ZAR", 2), ("ZMW", 2), ("ZWG", 2),
];

/// Code and successor, the last in a chain; sorted.
#[rustfmt::skip]
static RETIRED: [(&str, &str); 76] = [
    ("ADP", "EUR"), ("AFA", "AFN"), ("ALK", "ALL"), ("ANG", "XCG"), ("AOK", "AOA"), ("AON", "AOA"),
    ("AOR", "AOA"), ("ARA", "ARS"), ("ARP", "ARS"), ("ATS", "EUR"), ("AYM", "AZN"), ("AZM", "AZN"),
    ("BAD", "BAM"), ("BEF", "EUR"), ("BGL", "EUR"), ("BGN", "EUR"), ("BRC", "BRL"), ("BRE", "BRL"),
    ("BRN", "BRL"), ("BRR", "BRL"), ("BYB", "BYN"), ("BYR", "BYN"), ("CSD", "RSD"), ("CSK", "CZK"),
    ("CUC", "CUP"), ("CYP", "EUR"), ("DDM", "EUR"), ("DEM", "EUR"), ("ECS", "USD"), ("EEK", "EUR"),
    ("ESP", "EUR"), ("FIM", "EUR"), ("FRF", "EUR"), ("GEK", "GEL"), ("GHC", "GHS"), ("GRD", "EUR"),
    ("GWP", "XOF"), ("HRD", "EUR"), ("HRK", "EUR"), ("IEP", "EUR"), ("ITL", "EUR"), ("LTL", "EUR"),
    ("LUF", "EUR"), ("LVL", "EUR"), ("MGF", "MGA"), ("MRO", "MRU"), ("MTL", "EUR"), ("MXP", "MXN"),
    ("MZM", "MZN"), ("NLG", "EUR"), ("PEI", "PEN"), ("PLZ", "PLN"), ("PTE", "EUR"), ("ROK", "RON"),
    ("ROL", "RON"), ("RUR", "RUB"), ("SDD", "SDG"), ("SIT", "EUR"), ("SKK", "EUR"), ("SLL", "SLE"),
    ("SRG", "SRD"), ("STD", "STN"), ("TJR", "TJS"), ("TMM", "TMT"), ("TPE", "USD"), ("TRL", "TRY"),
    ("UAK", "UAH"), ("VEB", "VES"), ("VEF", "VES"), ("XEU", "EUR"), ("YUM", "RSD"), ("YUN", "RSD"),
    ("ZMK", "ZMW"), ("ZRN", "CDF"), ("ZWD", "ZWG"), ("ZWL", "ZWG"),
];

/// What is in the list of ISO 4217 beside money.
static NO_MONEY: [&str; 12] =
    ["XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XXX"];

/// Words and signs in small letters without dots and blanks; sorted.
#[rustfmt::skip]
static WORDS: [(&str, &str); 66] = [
    ("$", "USD"), ("$us", "USD"), ("a$", "AUD"), ("au$", "AUD"), ("c$", "CAD"), ("ca$", "CAD"),
    ("can$", "CAD"), ("dkr", "DKK"), ("dollar", "USD"), ("dollars", "USD"), ("eu", "EUR"),
    ("euro", "EUR"), ("euros", "EUR"), ("eur€", "EUR"), ("forint", "HUF"), ("fr", "CHF"),
    ("franc", "CHF"), ("francs", "CHF"), ("ft", "HUF"), ("gbp£", "GBP"), ("kc", "CZK"), ("kč", "CZK"),
    ("lei", "RON"), ("leu", "RON"), ("nkr", "NOK"), ("pound", "GBP"), ("pounds", "GBP"),
    ("poundsterling", "GBP"), ("r$", "BRL"), ("rmb", "CNY"), ("rs", "INR"), ("rubel", "RUB"),
    ("schweizerfranken", "CHF"), ("sfr", "CHF"), ("sfranken", "CHF"), ("skr", "SEK"), ("sterling", "GBP"),
    ("tl", "TRY"), ("ukp", "GBP"), ("us$", "USD"), ("usd$", "USD"), ("usdollar", "USD"),
    ("usdollars", "USD"), ("yen", "JPY"), ("ytl", "TRY"), ("yuan", "CNY"), ("zl", "PLN"),
    ("zloty", "PLN"), ("zł", "PLN"), ("złoty", "PLN"), ("złotych", "PLN"), ("£", "GBP"), ("¥", "JPY"),
    ("ευρώ", "EUR"), ("грн", "UAH"), ("евро", "EUR"), ("руб", "RUB"), ("₩", "KRW"), ("₪", "ILS"),
    ("₫", "VND"), ("€", "EUR"), ("€uro", "EUR"), ("₴", "UAH"), ("₹", "INR"), ("₺", "TRY"), ("₽", "RUB"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_lead_to_money() {
        assert!(ACTIVE.is_sorted_by(|a, b| a.0 < b.0));
        assert!(RETIRED.is_sorted_by(|a, b| a.0 < b.0));
        assert!(WORDS.is_sorted_by(|a, b| a.0 < b.0));
        for (code, digits) in ACTIVE {
            assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) && digits <= 4, "{code}");
            assert!(!NO_MONEY.contains(&code), "{code}");
        }
        for (code, successor) in RETIRED {
            assert!(!is_known(code) && is_known(successor), "{code} {successor}");
        }
        for (word, code) in WORDS {
            assert!(is_known(code) && !word.contains([' ', '.']) && word.to_lowercase() == word, "{word}");
        }
    }

    #[test]
    fn what_shops_send() {
        use Currency::{Active, NoMoney, Retired, Unknown, Word};
        let rows = [
            ("EUR", Active { digits: 2 }),
            (" EUR ", Active { digits: 2 }),
            ("JPY", Active { digits: 0 }),
            ("KWD", Active { digits: 3 }),
            ("CLF", Active { digits: 4 }),
            ("DEM", Retired { successor: "EUR" }),
            ("ROL", Retired { successor: "RON" }),
            ("HRK", Retired { successor: "EUR" }),
            ("Euro", Word { code: "EUR" }),
            ("EURO", Word { code: "EUR" }),
            ("eur", Word { code: "EUR" }),
            ("€", Word { code: "EUR" }),
            ("$", Word { code: "USD" }),
            ("US$", Word { code: "USD" }),
            ("US $", Word { code: "USD" }),
            ("Fr.", Word { code: "CHF" }),
            ("Kč", Word { code: "CZK" }),
            ("zł", Word { code: "PLN" }),
            ("kr", Unknown),
            ("XXX", NoMoney),
            ("---", Unknown),
            ("", Unknown),
            ("QQQ", Unknown),
        ];
        for (sent, expected) in rows {
            assert_eq!(look_up(sent), expected, "{sent}");
        }
        assert_eq!(look_up(&"€".repeat(100_000)), Unknown);
        assert!(is_known("SEK") && !is_known("sek") && !is_known("DEM"));
    }
}
