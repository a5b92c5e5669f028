//! How numbers are read: the policy of every profile, one table.

use punchout_core::{Amount, Severity};
use punchout_oci::profile::{Base, DecimalMark};
use punchout_oci::{Decoder, Field, Profile, Rule};

use super::{bolt_with, codes, read, strict};

/// What is sent as PRICE, the value where a dot is the decimal mark, where a
/// comma is, and the findings besides those about the mark.
type Row = (&'static str, Read, Read, &'static [Rule]);

/// The value and whether the mark is legal, or why there is no value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Read {
    /// Read without a word about marks.
    As(&'static str),
    /// Read, and the decimal comma is reported.
    Comma(&'static str),
    /// Read, and the decimal dot is reported.
    Dot(&'static str),
    /// Read, and the thousands separators are reported.
    Grouped(&'static str),
    /// Both of it.
    GroupedComma(&'static str),
    GroupedDot(&'static str),
    Ambiguous,
    Bad,
    /// Nothing but blanks.
    Nothing,
}

use Read::{Ambiguous, As, Bad, Comma, Dot, Grouped, GroupedComma, GroupedDot, Nothing};
use Rule::{NumBlank, NumDecimals, NumForm, NumLong, NumNegative};

/// Under `oci-4.0` and all profiles that extend it a dot is the decimal mark.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    // the plain form
    ("1", As("1"), As("1"), &[]),
    ("0", As("0"), As("0"), &[]),
    ("12.5", As("12.5"), Dot("12.5"), &[]),
    ("12.50", As("12.50"), Dot("12.50"), &[]),
    ("12.500", As("12.500"), Ambiguous, &[]),
    ("0.001", As("0.001"), Ambiguous, &[]),
    ("00000001730.900", As("1730.900"), Ambiguous, &[]),
    ("00000000012", As("12"), As("12"), &[]),
    ("99999999999.999", As("99999999999.999"), Ambiguous, &[]),
    // more digits than eleven; zeros in front do not count
    ("123456789012", As("123456789012"), As("123456789012"), &[NumLong]),
    ("123456789012.5", As("123456789012.5"), Dot("123456789012.5"), &[NumLong]),
    ("00000000000012", As("12"), As("12"), &[]),
    // more decimals than three
    ("17.5000", As("17.5000"), Dot("17.5000"), &[NumDecimals]),
    ("0.0215", As("0.0215"), Dot("0.0215"), &[NumDecimals]),
    ("1.00000000", As("1.00000000"), Dot("1.00000000"), &[NumDecimals]),
    // a comma
    ("780,1", Comma("780.1"), As("780.1"), &[]),
    ("780,12", Comma("780.12"), As("780.12"), &[]),
    ("0,0215", Comma("0.0215"), As("0.0215"), &[NumDecimals]),
    ("1,234", Ambiguous, As("1.234"), &[]),
    ("0,125", Ambiguous, As("0.125"), &[]),
    ("1234,567", Ambiguous, As("1234.567"), &[]),
    ("-1,234", Ambiguous, As("-1.234"), &[NumNegative]),
    // both marks: the last one is the decimal one
    ("1,234.56", Grouped("1234.56"), GroupedDot("1234.56"), &[]),
    ("1.234,56", GroupedComma("1234.56"), Grouped("1234.56"), &[]),
    ("1,234,567.89", Grouped("1234567.89"), GroupedDot("1234567.89"), &[]),
    ("1.234.567,891", GroupedComma("1234567.891"), Grouped("1234567.891"), &[]),
    // a mark twice is no decimal mark
    ("1.234.567", Grouped("1234567"), Grouped("1234567"), &[]),
    ("1,234,567", Grouped("1234567"), Grouped("1234567"), &[]),
    ("1.23.456", Bad, Bad, &[]),
    ("1,23,456.7", Bad, Bad, &[]),
    ("1234.567,8", Bad, Bad, &[]),
    ("1.2,3.4", Bad, Bad, &[]),
    // apostrophes
    ("1'234.50", Grouped("1234.50"), GroupedDot("1234.50"), &[]),
    ("1'234'567", Grouped("1234567"), Grouped("1234567"), &[]),
    ("1’234,50", GroupedComma("1234.50"), Grouped("1234.50"), &[]),
    ("1'23", Bad, Bad, &[]),
    // blanks
    (" 780.00", As("780.00"), Dot("780.00"), &[NumBlank]),
    ("100 ", As("100"), As("100"), &[NumBlank]),
    (" 780,12", Comma("780.12"), As("780.12"), &[NumBlank]),
    ("1 234.50", As("1234.50"), Dot("1234.50"), &[NumBlank]),
    ("1\u{a0}234,50", Comma("1234.50"), As("1234.50"), &[NumBlank]),
    ("12\u{202f}", As("12"), As("12"), &[NumBlank]),
    ("\t1\r\n", As("1"), As("1"), &[NumBlank]),
    (" ", Nothing, Nothing, &[NumBlank]),
    ("", Nothing, Nothing, &[]),
    // signs and lone marks
    ("-5", As("-5"), As("-5"), &[NumNegative]),
    ("-0.00", As("0.00"), Dot("0.00"), &[]),
    ("+5", As("5"), As("5"), &[NumForm]),
    (".5", As("0.5"), Dot("0.5"), &[NumForm]),
    ("5.", As("5"), As("5"), &[NumForm]),
    (",50", Comma("0.50"), As("0.50"), &[NumForm]),
    ("5,", Comma("5"), As("5"), &[NumForm]),
    ("--5", Bad, Bad, &[]),
    ("5-", Bad, Bad, &[]),
    ("-", Bad, Bad, &[]),
    (".", Bad, Bad, &[]),
    (",", Bad, Bad, &[]),
    // no numbers
    ("12 pcs", Bad, Bad, &[]),
    ("EUR 5", Bad, Bad, &[]),
    ("5 €", Bad, Bad, &[]),
    ("1e3", Bad, Bad, &[]),
    ("0x10", Bad, Bad, &[]),
    ("NaN", Bad, Bad, &[]),
    ("on request", Bad, Bad, &[]),
    ("١٢", Bad, Bad, &[]),
    ("1/2", Bad, Bad, &[]),
];

/// The rules about numbers; lengths are a matter of their own.
fn number_rules(found: &[punchout_core::Diagnostic]) -> Vec<(Rule, Severity)> {
    let mut rules: Vec<_> = found
        .iter()
        .filter(|finding| finding.code.as_str().starts_with("OCI-NUM-"))
        .map(|finding| (Rule::of(finding.code.as_str()).unwrap(), finding.severity))
        .collect();
    rules.sort();
    rules
}

/// What the decoder makes of a PRICE.
fn price(decoder: &Decoder, sent: &str) -> (Option<Amount>, Vec<(Rule, Severity)>) {
    let encoded: String = url::form_urlencoded::byte_serialize(sent.as_bytes()).collect();
    let (basket, found) =
        read(decoder, bolt_with(&format!("NEW_ITEM-CURRENCY[1]=EUR&NEW_ITEM-PRICE[1]={encoded}")));
    // whatever it is, it is kept
    let kept = basket.sent.iter().find(|field| field.field == Some(Field::Price)).unwrap();
    assert_eq!(kept.value, sent);
    (basket.items[0].price.clone(), number_rules(&found))
}

fn holds(decoder: &Decoder, sent: &str, expected: Read, others: &[Rule], level: &dyn Fn(Rule) -> Severity) {
    let (amount, found) = price(decoder, sent);
    let (value, mut rules) = match expected {
        As(value) => (Some(value), vec![]),
        Comma(value) => (Some(value), vec![Rule::NumComma]),
        Dot(value) => (Some(value), vec![NumForm]),
        Grouped(value) => (Some(value), vec![Rule::NumThousands]),
        GroupedDot(value) => (Some(value), vec![NumForm, Rule::NumThousands]),
        GroupedComma(value) => (Some(value), vec![Rule::NumComma, Rule::NumThousands]),
        Ambiguous => (None, vec![Rule::NumAmbiguous]),
        Bad => (None, vec![Rule::NumBad]),
        Nothing => (None, vec![]),
    };
    if expected != Ambiguous && expected != Bad {
        rules.extend(others);
    }
    rules.sort();
    let rules: Vec<_> = rules.into_iter().map(|rule| (rule, level(rule))).collect();
    assert_eq!(amount.as_ref().map(|amount| amount.value().to_string()).as_deref(), value, "{sent:?}");
    assert_eq!(amount.as_ref().map_or(sent, Amount::as_sent), sent, "the spelling is kept");
    assert_eq!(found, rules, "{sent:?}");
}

#[test]
fn every_profile_reads_numbers_by_its_policy() {
    for profile in Profile::builtin() {
        let decoder = Decoder::new(profile);
        let level = |rule: Rule| match profile.level(rule.code().as_str()) {
            Some(level) => level.severity().unwrap(),
            None if profile.base == Base::Strict => rule.strict(),
            None => rule.lenient(),
        };
        for (sent, dot, comma, others) in TABLE {
            match profile.numbers.decimal_mark {
                DecimalMark::Dot => holds(&decoder, sent, *dot, others, &level),
                _ => holds(&decoder, sent, *comma, others, &level),
            }
        }
    }
}

#[test]
fn a_profile_may_write_decimal_commas() {
    let mut profile = Profile::strict().clone();
    profile.numbers.decimal_mark = DecimalMark::Comma;
    let decoder = Decoder::new(&profile);
    for (sent, _, comma, others) in TABLE {
        holds(&decoder, sent, *comma, others, &Rule::strict);
    }
}

/// Where both marks are legal, a lone mark before three digits is ambiguous
/// only if it is a comma: a dot is what the protocol asks for.
#[test]
fn a_profile_may_leave_the_mark_open() {
    let mut profile = Profile::strict().clone();
    profile.numbers.decimal_mark = DecimalMark::Either;
    let decoder = Decoder::new(&profile);
    for (sent, dot, _, others) in TABLE {
        let expected = match *dot {
            Comma(value) => As(value),
            GroupedComma(value) => Grouped(value),
            other => other,
        };
        holds(&decoder, sent, expected, others, &Rule::strict);
    }
}

#[test]
fn a_profile_may_group_digits() {
    let mut profile = Profile::strict().clone();
    profile.numbers.grouping = ",'".into();
    let decoder = Decoder::new(&profile);
    assert_eq!(price(&decoder, "1,234.56").1, []);
    assert_eq!(price(&decoder, "1'234.50").1, []);
    assert_eq!(price(&decoder, "1.234.567").1, [(Rule::NumThousands, Severity::Error)]);
    assert_eq!(price(&decoder, "1,234").1, [(Rule::NumAmbiguous, Severity::Error)]);
}

#[test]
fn a_profile_may_allow_other_numbers_of_decimals() {
    let mut profile = Profile::strict().clone();
    profile.numbers.fraction_digits = 4;
    let decoder = Decoder::new(&profile);
    assert_eq!(price(&decoder, "0.0215").1, []);
    assert_eq!(price(&decoder, "0.02151").1, [(NumDecimals, Severity::Warning)]);
}

#[test]
fn a_profile_may_allow_fewer_digits() {
    let mut profile = Profile::strict().clone();
    profile.numbers.integer_digits = 3;
    let decoder = Decoder::new(&profile);
    assert_eq!(price(&decoder, "999.999").1, []);
    assert_eq!(price(&decoder, "1000").1, [(NumLong, Severity::Error)]);
    assert_eq!(price(&decoder, "0001").1, []);
}

#[test]
fn values_are_exact_to_28_digits() {
    let decoder = Decoder::lenient();
    let (amount, _) = price(&decoder, "9999999999999999999999999999");
    assert_eq!(amount.unwrap().value().to_string(), "9999999999999999999999999999");
    for sent in ["99999999999999999999999999999", "0.00000000000000000000000000001"] {
        let (amount, found) = price(&decoder, sent);
        assert_eq!((amount, found), (None, vec![(Rule::NumBad, Severity::Error)]), "{sent}");
    }
}

/// Price and price unit stay apart; the quotient is exact.
#[test]
fn price_units() {
    for (price, unit, quantity, unit_price, line) in [
        ("50.00", "5", "1", "10.00", "10.00"),
        ("10.000", "100", "100.000", "0.1", "10"),
        ("45.10", "100", "10", "0.451", "4.51"),
        ("0.0215", "1", "10", "0.0215", "0.2150"),
        ("1", "1000", "3", "0.001", "0.003"),
        ("0", "10", "7", "0", "0"),
        ("12.50", "", "2", "12.50", "25.00"),
        ("12.50", "0", "2", "12.50", "25.00"),
        ("12.50", "+", "2", "12.50", "25.00"),
        // divided last, so that a third three times is the whole
        ("10", "3", "3", "3.3333333333333333333333333333", "10"),
    ] {
        let (basket, _) = read(
            &Decoder::lenient(),
            format!(
                "NEW_ITEM-QUANTITY[1]={quantity}&NEW_ITEM-PRICE[1]={price}&NEW_ITEM-PRICEUNIT[1]={unit}\
                 &NEW_ITEM-CURRENCY[1]=EUR"
            ),
        );
        let item = &basket.items[0];
        let same = |got: rust_decimal::Decimal, want: &str| {
            assert_eq!(got, want.parse::<rust_decimal::Decimal>().unwrap(), "{price} for {unit}");
        };
        same(item.unit_price().unwrap(), unit_price);
        same(item.line_total().unwrap(), line);
        same(basket.total().unwrap(), line);
        assert_eq!(item.price.as_ref().unwrap().as_sent(), price, "the price is kept as it is");
    }
}

#[test]
fn what_is_said_about_price_units() {
    for (unit, value, want) in [
        ("1", Some("1"), vec![]),
        ("10", Some("10"), vec![]),
        ("100", Some("100"), vec![]),
        ("1000", Some("1000"), vec![]),
        ("10000", Some("10000"), vec!["PU-ODD"]),
        ("5", Some("5"), vec!["PU-ODD"]),
        ("1.000", Some("1.000"), vec!["PU-NONINT"]),
        ("2.5", Some("2.5"), vec!["PU-NONINT", "PU-ODD"]),
        ("0", Some("1"), vec!["PU-ZERO"]),
        ("0.0", Some("1"), vec!["PU-ZERO"]),
        ("", Some("1"), vec![]),
        ("+", Some("1"), vec!["NUM-BLANK"]),
        ("-1", Some("-1"), vec!["NUM-NEG"]),
        ("100+Stk", None, vec!["LEN-PRICEUNIT", "NUM-BAD"]),
        ("1%2C000", None, vec!["NUM-AMBIG"]),
    ] {
        let (basket, found) = strict(bolt_with(&format!(
            "NEW_ITEM-PRICE[1]=1&NEW_ITEM-CURRENCY[1]=EUR&NEW_ITEM-PRICEUNIT[1]={unit}"
        )));
        let read = basket.items[0].price_unit.as_ref().map(|unit| unit.value().to_string());
        assert_eq!(read.as_deref(), value, "{unit:?}");
        assert_eq!(codes(&found), want, "{unit:?}");
    }
}

#[test]
fn what_is_said_about_quantities_and_lead_times() {
    for (field, sent, want) in [
        ("QUANTITY", "0", vec!["QTY-ZERO"]),
        ("QUANTITY", "0.000", vec!["QTY-ZERO"]),
        ("QUANTITY", "-1", vec!["NUM-NEG"]),
        ("QUANTITY", "1.0000", vec!["NUM-DEC"]),
        ("QUANTITY", "two", vec!["NUM-BAD"]),
        ("LEADTIME", "0", vec![]),
        ("LEADTIME", "", vec![]),
        ("LEADTIME", "14", vec![]),
        ("LEADTIME", "1.5", vec!["LEAD-NONINT"]),
        ("LEADTIME", "-1", vec!["NUM-NEG"]),
        ("LEADTIME", "2-3", vec!["NUM-BAD"]),
    ] {
        let body = format!(
            "NEW_ITEM-{field}[1]={sent}&NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-UNIT[1]=PCE{}",
            if field == "QUANTITY" { "" } else { "&NEW_ITEM-QUANTITY[1]=1" }
        );
        assert_eq!(codes(&strict(body).1), want, "{field} {sent:?}");
    }
    let days = |sent: &str| {
        let (basket, _) = strict(bolt_with(&format!("NEW_ITEM-LEADTIME[1]={sent}")));
        basket.items[0].lead_time_days()
    };
    assert_eq!(
        [days("14"), days("0"), days(""), days("1.5"), days("-1")],
        [Some(14), Some(0), None, None, None]
    );
}

#[test]
fn a_basket_has_a_total_if_all_lines_have_one() {
    let line = |index: u32, price: &str, currency: &str| {
        format!(
            "NEW_ITEM-QUANTITY[{index}]=3&NEW_ITEM-PRICE[{index}]={price}&NEW_ITEM-CURRENCY[{index}]={currency}&"
        )
    };
    let total =
        |lines: &[String]| read(&Decoder::lenient(), lines.concat()).0.total().map(|total| total.to_string());
    assert_eq!(total(&[line(1, "0.10", "EUR"), line(2, "0.20", "EUR")]).as_deref(), Some("0.9"));
    assert_eq!(total(&[line(1, "0.10", "EUR"), line(2, "0.20", "USD")]), None);
    assert_eq!(total(&[line(1, "0.10", "EUR"), line(2, "", "EUR")]), None);
    assert_eq!(total(&[line(1, "79228162514264337593543950335", "EUR")]), None);
}
