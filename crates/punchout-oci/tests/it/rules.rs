//! Lengths, required fields, severities: what the profile decides.

use punchout_core::Severity;
use punchout_oci::profile::{Base, Level, Presence};
use punchout_oci::unit::Tier;
use punchout_oci::{Decoder, Field, Profile, Rule};

use super::{BOLT, bolt_with, codes, lenient, read, short, strict};

/// A body with one field of a given value and what else an item needs.
fn with_field(field: Field, value: &str) -> String {
    let name = match field {
        Field::LongText => "LONGTEXT_1:132[]".to_owned(),
        _ => format!("{field}[1]"),
    };
    let rest: String = BOLT
        .split('&')
        .filter(|pair| !pair.contains(&format!("-{field}[")))
        .map(|pair| format!("&{pair}"))
        .collect();
    let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    format!("NEW_ITEM-{name}={value}{rest}")
}

/// A value of so many characters that the field takes without another word.
fn value_of(field: Field, length: usize) -> String {
    match field.kind() {
        punchout_oci::Kind::Text => "ä".repeat(length),
        _ => "1".repeat(length),
    }
}

#[test]
fn lengths_are_counted_in_characters_and_hold_to_the_last() {
    let mut limited = 0;
    for profile in Profile::builtin() {
        let decoder = Decoder::new(profile);
        for field in Field::all() {
            let Some(max) = profile.field(field.as_str()).and_then(|rule| rule.max) else { continue };
            limited += 1;
            let code = if field == Field::Unit { "OCI-UNIT-LEN" } else { field.len_code().as_str() };
            let found = |length: usize| {
                let (_, found) = read(&decoder, with_field(field, &value_of(field, length)));
                found.into_iter().filter(|finding| finding.code.as_str() == code).collect::<Vec<_>>()
            };
            let max = max as usize;
            assert_eq!(found(max).len(), 0, "{} {field} {max}", profile.name);
            let beyond = found(max + 1);
            assert_eq!(beyond.len(), 1, "{} {field} {}", profile.name, max + 1);
            assert_eq!(beyond[0].at, format!("item 1 / {field}"));
            let rule = Rule::of(code).unwrap();
            let severity = if profile.base == Base::Strict { rule.strict() } else { rule.lenient() };
            assert_eq!(beyond[0].severity, severity, "{} {field}", profile.name);
        }
    }
    assert!(limited > 300, "only {limited} lengths were tried");
}

#[test]
fn the_lengths_of_the_protocol() {
    let lengths: Vec<_> = Field::all()
        .map(|field| {
            let max = |profile: &Profile| profile.field(field.as_str()).and_then(|rule| rule.max);
            (field.as_str(), max(Profile::strict()), max(Profile::named("oci-5.0").unwrap()))
        })
        .filter(|(_, four, five)| four.is_some() || five.is_some())
        .collect();
    let both = |name, max| (name, Some(max), Some(max));
    assert_eq!(
        lengths,
        [
            both("DESCRIPTION", 40),
            both("MATNR", 40),
            both("MATGROUP", 10),
            both("QUANTITY", 15),
            both("UNIT", 3),
            both("PRICE", 15),
            both("CURRENCY", 5),
            both("PRICEUNIT", 5),
            both("LEADTIME", 5),
            both("VENDOR", 10),
            both("VENDORMAT", 40),
            both("MANUFACTCODE", 10),
            both("MANUFACTMAT", 40),
            both("CONTRACT", 10),
            both("CONTRACT_ITEM", 5),
            both("SERVICE", 1),
            both("EXT_QUOTE_ID", 35),
            both("EXT_QUOTE_ITEM", 10),
            both("EXT_PRODUCT_ID", 40),
            both("ATTACHMENT", 255),
            both("ATTACHMENT_TITLE", 255),
            both("ATTACHMENT_PURPOSE", 1),
            both("EXT_SCHEMA_TYPE", 10),
            both("EXT_CATEGORY_ID", 60),
            both("EXT_CATEGORY", 40),
            both("SLD_SYS_NAME", 60),
            both("CUST_FIELD1", 10),
            both("CUST_FIELD2", 10),
            both("CUST_FIELD3", 10),
            both("CUST_FIELD4", 20),
            both("CUST_FIELD5", 50),
            ("ITEM_TYPE", None, Some(1)),
            ("PARENT_ID", None, Some(5)),
            ("TAX", None, Some(5)),
        ]
    );
}

#[test]
fn a_value_that_is_too_long_is_kept_whole() {
    let (basket, found) = lenient(with_field(Field::Description, &"x".repeat(70)));
    assert_eq!(basket.items[0].description.as_deref(), Some("x".repeat(70).as_str()));
    assert_eq!(short(&found), ["warning LEN-DESCRIPTION at item 1 / DESCRIPTION"]);
}

#[test]
fn a_long_text_has_a_limit_where_the_profile_has_one() {
    let decoder = Decoder::new(Profile::named("onventis").unwrap());
    let text = |pieces: &[usize]| {
        let pieces: Vec<_> = pieces
            .iter()
            .map(|length| format!("NEW_ITEM-LONGTEXT_1:132[]={}", "x".repeat(*length)))
            .collect();
        codes(&read(&decoder, bolt_with(&pieces.join("&"))).1)
    };
    assert_eq!(text(&[1000]), Vec::<&str>::new());
    assert_eq!(text(&[1001]), ["LEN-LONGTEXT"]);
    assert_eq!(text(&[500, 500]), Vec::<&str>::new());
    assert_eq!(text(&[500, 501]), ["LEN-LONGTEXT"]);
    let (_, found) = strict(bolt_with(&format!("NEW_ITEM-LONGTEXT_1:132[]={}", "x".repeat(100_000))));
    assert!(found.is_empty(), "{found:?}");
}

/// The conditions: what is sent, the rule, and the field it is about.
#[test]
fn fields_that_are_required_because_of_others() {
    for (body, want) in [
        ("NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-UNIT[1]=PCE", vec!["REQ-QTY at item 1 / QUANTITY"]),
        (
            "NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-QUANTITY[1]=+&NEW_ITEM-UNIT[1]=PCE",
            vec!["NUM-BLANK at item 1 / QUANTITY", "REQ-QTY at item 1 / QUANTITY"],
        ),
        ("NEW_ITEM-QUANTITY[1]=1&NEW_ITEM-UNIT[1]=PCE", vec!["REQ-DESC at item 1 / DESCRIPTION"]),
        (
            "NEW_ITEM-DESCRIPTION[1]=+&NEW_ITEM-QUANTITY[1]=1&NEW_ITEM-UNIT[1]=PCE",
            vec!["REQ-DESC at item 1 / DESCRIPTION"],
        ),
        ("NEW_ITEM-MATNR[1]=700123&NEW_ITEM-QUANTITY[1]=1", vec![]),
        (
            "NEW_ITEM-MATNR[1]=7&NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-QUANTITY[1]=1",
            vec!["BOTH-DESC-MATNR at item 1 / MATNR"],
        ),
        ("NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-QUANTITY[1]=1", vec!["REQ-UNIT at item 1 / UNIT"]),
    ] {
        let found: Vec<_> =
            strict(body).1.iter().map(|it| short(std::slice::from_ref(it))[0].clone()).collect();
        let found: Vec<_> = found.iter().map(|line| line.split_once(' ').unwrap().1).collect();
        assert_eq!(found, want, "{body}");
    }
    for (pairs, want) in [
        ("NEW_ITEM-PRICE[1]=1", vec!["error REQ-CUR at item 1 / CURRENCY"]),
        ("NEW_ITEM-PRICE[1]=0", vec!["error REQ-CUR at item 1 / CURRENCY"]),
        ("NEW_ITEM-PRICE[1]=", vec![]),
        ("NEW_ITEM-CURRENCY[1]=EUR", vec![]),
        ("NEW_ITEM-CONTRACT_ITEM[1]=10", vec!["error REQ-CONTR at item 1 / CONTRACT"]),
        ("NEW_ITEM-CONTRACT_ITEM[1]=10&NEW_ITEM-CONTRACT[1]=4600000001", vec![]),
        ("NEW_ITEM-CONTRACT[1]=4600000001", vec![]),
        ("NEW_ITEM-EXT_QUOTE_ITEM[1]=10", vec!["error REQ-EXTQ at item 1 / EXT_QUOTE_ID"]),
        ("NEW_ITEM-EXT_QUOTE_ITEM[1]=10&NEW_ITEM-EXT_QUOTE_ID[1]=Q", vec![]),
        ("NEW_ITEM-EXT_CATEGORY_ID[1]=31161500", vec!["error REQ-SCHEMA at item 1 / EXT_SCHEMA_TYPE"]),
        ("NEW_ITEM-EXT_CATEGORY[1]=31161500", vec!["error REQ-SCHEMA at item 1 / EXT_SCHEMA_TYPE"]),
        ("NEW_ITEM-EXT_CATEGORY_ID[1]=3&NEW_ITEM-EXT_SCHEMA_TYPE[1]=UNSPSC", vec![]),
        ("NEW_ITEM-EXT_CATEGORY_ID[1]=", vec![]),
    ] {
        assert_eq!(short(&strict(bolt_with(pairs)).1), want, "{pairs}");
    }
}

#[test]
fn each_condition_can_be_switched_off() {
    let mut profile = Profile::strict().clone();
    let conditions = &mut profile.conditions;
    conditions.description_or_matnr = false;
    conditions.not_description_and_matnr = false;
    conditions.unit_without_matnr = false;
    conditions.currency_with_price = false;
    conditions.contract_with_item = false;
    conditions.quote_with_item = false;
    conditions.schema_with_category = false;
    let decoder = Decoder::new(&profile);
    let body = "NEW_ITEM-QUANTITY[1]=1&NEW_ITEM-PRICE[1]=1&NEW_ITEM-CONTRACT_ITEM[1]=1\
                &NEW_ITEM-EXT_QUOTE_ITEM[1]=1&NEW_ITEM-EXT_CATEGORY[1]=1\
                &NEW_ITEM-QUANTITY[2]=1&NEW_ITEM-DESCRIPTION[2]=a&NEW_ITEM-MATNR[2]=b";
    let (_, found) = read(&decoder, body);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(codes(&strict(body).1).len(), 7);
}

#[test]
fn profiles_require_and_forbid_fields() {
    let srm = Decoder::new(Profile::named("sap-srm-7").unwrap());
    assert_eq!(short(&read(&srm, BOLT).1), ["error REQ-PRODUCT at item 1 / EXT_PRODUCT_ID"]);
    let merck = Decoder::new(Profile::named("merck-ishop").unwrap());
    assert_eq!(
        short(&read(&merck, BOLT).1),
        [
            "error REQ-FIELD at item 1 / PRICE",
            "error REQ-FIELD at item 1 / CURRENCY",
            "error REQ-FIELD at item 1 / LEADTIME",
            "error REQ-FIELD at item 1 / VENDOR",
            "error REQ-FIELD at item 1 / VENDORMAT",
        ]
    );
    let mut profile = Profile::strict().clone();
    profile.fields.get_mut("MATNR").unwrap().presence = Presence::Forbidden;
    let decoder = Decoder::new(&profile);
    let (_, found) = read(&decoder, "NEW_ITEM-MATNR[1]=7&NEW_ITEM-QUANTITY[1]=1");
    assert_eq!(short(&found), ["error FORBIDDEN at item 1 / MATNR"]);
    assert!(read(&decoder, bolt_with("NEW_ITEM-MATNR[1]=")).1.is_empty());
}

/// A profile may give any rule another severity, or switch it off.
#[test]
fn severities_are_the_profiles() {
    let body = bolt_with("NEW_ITEM-PRICE[1]=12%2C50&NEW_ITEM-CURRENCY[1]=EUR");
    for (level, want) in [
        (Level::Error, Some(Severity::Error)),
        (Level::Warning, Some(Severity::Warning)),
        (Level::Note, Some(Severity::Note)),
        (Level::Off, None),
    ] {
        let mut profile = Profile::strict().clone();
        profile.severities.levels.insert("OCI-NUM-COMMA".into(), level);
        let (_, found) = read(&Decoder::new(&profile), &body);
        assert_eq!(found.first().map(|finding| finding.severity), want);
    }
}

#[test]
fn lengths_have_severities_of_their_own() {
    let body = format!(
        "{}&NEW_ITEM-MATGROUP[1]=24-26-09-01&NEW_ITEM-VENDOR[1]=12345678901",
        with_field(Field::Description, &"x".repeat(41))
    );
    let mut profile = Profile::strict().clone();
    profile.severities.levels.insert("OCI-LEN-MATGROUP".into(), Level::Note);
    profile.severities.levels.insert("OCI-LEN-VENDOR".into(), Level::Off);
    let (_, found) = read(&Decoder::new(&profile), &body);
    assert_eq!(
        short(&found),
        ["error LEN-DESCRIPTION at item 1 / DESCRIPTION", "note LEN-MATGROUP at item 1 / MATGROUP"]
    );
    // the family as a whole, and one of it apart
    profile.severities.levels.insert("OCI-LEN-x".into(), Level::Off);
    let (_, found) = read(&Decoder::new(&profile), &body);
    assert_eq!(short(&found), ["note LEN-MATGROUP at item 1 / MATGROUP"]);
}

#[test]
fn units_say_how_they_were_understood() {
    for (sent, code, tier, want) in [
        ("PCE", Some("PCE"), Some(Tier::SapIso), vec![]),
        ("H87", Some("H87"), Some(Tier::Rec20), vec![]),
        ("C62", Some("C62"), Some(Tier::Rec20), vec![]),
        ("EA", Some("EA"), Some(Tier::Rec20), vec![]),
        ("KGM", Some("KGM"), Some(Tier::Rec20), vec![]),
        ("XBX", Some("XBX"), Some(Tier::Rec21), vec![]),
        ("ST", Some("PCE"), Some(Tier::Sap), vec!["UNIT-ALIAS"]),
        ("KAR", Some("CT"), Some(Tier::Sap), vec!["UNIT-ALIAS"]),
        ("Stk", Some("PCE"), Some(Tier::Alias), vec!["UNIT-ALIAS"]),
        ("pcs", Some("PCE"), Some(Tier::Alias), vec!["UNIT-ALIAS"]),
        ("+PCE+", Some("PCE"), Some(Tier::SapIso), vec!["UNIT-LEN"]),
        ("EACH", Some("EA"), Some(Tier::Alias), vec!["UNIT-LEN", "UNIT-ALIAS"]),
        ("1", None, None, vec!["UNIT-UNK"]),
        ("34", None, None, vec!["UNIT-UNK"]),
        ("???", None, None, vec!["UNIT-UNK"]),
        ("", None, None, vec!["REQ-UNIT"]),
        ("+", None, None, vec!["REQ-UNIT"]),
    ] {
        let body = format!("NEW_ITEM-DESCRIPTION[1]=a&NEW_ITEM-QUANTITY[1]=1&NEW_ITEM-UNIT[1]={sent}");
        let (basket, found) = strict(&body);
        let resolved = basket.items[0].unit_resolved.as_ref();
        assert_eq!(resolved.map(|unit| unit.code.as_str()), code, "{sent:?}");
        assert_eq!(resolved.map(|unit| unit.tier), tier, "{sent:?}");
        assert_eq!(codes(&found), want, "{sent:?}");
    }
    let mut profile = Profile::lenient().clone();
    profile.units.overrides.insert("34".into(), "PR".into());
    let (basket, found) = read(&Decoder::new(&profile), BOLT.replace("PCE", "34"));
    assert_eq!(basket.items[0].unit_code(), Some("PR"));
    assert_eq!(basket.items[0].unit_resolved.as_ref().unwrap().tier, Tier::Profile);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn currencies_are_kept_and_looked_up() {
    for (sent, message) in [
        ("EUR", None),
        ("JPY", None),
        ("ROL", Some("`ROL` was replaced by RON")),
        ("Euro", Some("`Euro` is no ISO 4217 code; EUR may be meant")),
        ("eur", Some("`eur` is no ISO 4217 code; EUR may be meant")),
        ("---", Some("`---` is no ISO 4217 code")),
        ("XXX", Some("`XXX` is no ISO 4217 code")),
    ] {
        let (basket, found) = lenient(bolt_with(&format!("NEW_ITEM-PRICE[1]=1&NEW_ITEM-CURRENCY[1]={sent}")));
        assert_eq!(basket.items[0].currency.as_deref(), Some(sent));
        let want: Vec<_> = message.iter().map(|_| "warning CUR-UNK at item 1 / CURRENCY").collect();
        assert_eq!(short(&found), want, "{sent}");
        if let Some(message) = message {
            assert_eq!(found[0].message, format!("currency {message}"));
        }
    }
}

#[test]
fn values_with_a_form_of_their_own() {
    for (pairs, want) in [
        ("NEW_ITEM-SERVICE[1]=X", vec![]),
        ("NEW_ITEM-SERVICE[1]=", vec![]),
        ("NEW_ITEM-SERVICE[1]=x", vec!["warning SVC-VAL at item 1 / SERVICE"]),
        ("NEW_ITEM-SERVICE[1]=+", vec!["warning SVC-VAL at item 1 / SERVICE"]),
        ("NEW_ITEM-ATTACHMENT[1]=https%3A%2F%2Fshop.example%2Fa%3Fb%3D1", vec![]),
        ("NEW_ITEM-ATTACHMENT[1]=drawing.pdf", vec!["warning ATT-URL at item 1 / ATTACHMENT"]),
        ("NEW_ITEM-ATTACHMENT[1]=", vec![]),
        ("NEW_ITEM-LONGTEXT_1:132[]=%3Cb%3Ebold%3C%2Fb%3E", vec!["warning HTML-TEXT at item 1 / LONGTEXT"]),
        ("NEW_ITEM-LONGTEXT_1:132[]=19%26quot%3B", vec!["warning HTML-TEXT at item 1 / LONGTEXT"]),
        ("NEW_ITEM-LONGTEXT_1:132[]=a+%3C+b+%26+c", vec![]),
        // only texts that people read are looked at
        ("NEW_ITEM-VENDORMAT[1]=X%26amp%3BY", vec![]),
    ] {
        assert_eq!(short(&strict(bolt_with(pairs)).1), want, "{pairs}");
    }
    let service = |pairs: &str| lenient(bolt_with(pairs)).0.items[0].is_service();
    assert!(service("NEW_ITEM-SERVICE[1]=X") && service("NEW_ITEM-SERVICE[1]=Service"));
    assert!(!service("NEW_ITEM-SERVICE[1]=") && !service("NEW_ITEM-SERVICE[1]=+") && !service("x="));
}

#[test]
fn more_pairs_than_some_receivers_take() {
    let body = |extra: usize| {
        let pairs: Vec<_> = (0..extra).map(|n| format!("NEW_ITEM-X{n}[1]=")).collect();
        bolt_with(&pairs.join("&"))
    };
    assert!(strict(body(997)).1.is_empty());
    assert_eq!(short(&strict(body(998)).1), ["warning PHP-1000 at the return"]);
    let mut profile = Profile::strict().clone();
    profile.text.pairs_max = 0;
    assert!(read(&Decoder::new(&profile), body(998)).1.is_empty());
}
