use super::*;
use crate::profile::Profile;

fn code_and_tier(sent: &str) -> Option<(String, Tier)> {
    resolve(sent).map(|found| (found.code.to_string(), found.tier))
}

#[test]
fn spellings_are_sorted_without_repeats() {
    assert!(ALIASES.is_sorted_by(|a, b| a.0 < b.0));
}

#[test]
fn tables_agree_with_each_other() {
    let active = |code: &str| matches!(REC20.get(code), Some(Unit::Active(_)));
    let wire = |code: &str| active(code) || KEPT.get(code).is_some() || REC21.get(code).is_some();
    for (code, unit) in REC20.iter() {
        assert!(code.len() > 1 && name(code).is_some_and(|name| !name.is_empty()), "{code}");
        assert_eq!(REC20.get(code), Some(unit));
    }
    for (code, present) in KEPT.iter().chain(SUCCEEDED.iter()) {
        assert!(matches!(REC20.get(code), Some(Unit::Retired(_))), "{code}");
        assert!(active(present) || REC21.get(present).is_some(), "{code} {present}");
    }
    for (sap, row) in SAP.iter() {
        assert!(wire(row.iso), "{sap} {}", row.iso);
        // else the row would never be reached
        assert!(!active(sap) || SHADOWING.get(sap).is_some(), "{sap}");
        assert!(KEPT.get(sap).is_none(), "{sap}");
    }
    for (spelling, code) in ALIASES {
        assert!(wire(code), "{spelling} {code}");
        assert!(!spelling.contains([' ', '.']) && spelling.to_lowercase() == spelling, "{spelling}");
    }
    for (code, meant) in SHADOWING.iter() {
        assert!(active(code) && wire(meant), "{code} {meant}");
    }
    assert!(REC20.iter().count() > 2_100 && REC21.iter().count() > 400);
}

#[test]
fn every_active_code_is_itself() {
    for (code, _) in REC20.iter().filter(|(_, unit)| matches!(unit, Unit::Active(_))) {
        let numeric = code.bytes().all(|b| b.is_ascii_digit());
        let expected = match SHADOWING.get(code) {
            _ if numeric => None,
            Some(meant) => Some(*meant),
            None => Some(code),
        };
        assert_eq!(resolve(code).as_ref().map(|found| &*found.code), expected, "{code}");
    }
}

/// The table of section 5.4 of the facts that this crate is written from:
/// meaning by meaning, what is sent and what it is.
#[test]
fn the_units_of_catalogues() {
    use Tier::{Alias, Rec20, Sap, SapIso};
    let rows = [
        ("PCE", "PCE", SapIso),
        ("H87", "H87", Rec20),
        ("C62", "C62", Rec20),
        ("ST", "PCE", Sap),
        ("PC", "PCE", Sap),
        ("STK", "PCE", Alias),
        ("Stk", "PCE", Alias),
        ("pcs", "PCE", Alias),
        ("szt.", "PCE", Alias),
        ("kom", "PCE", Alias),
        ("db", "PCE", Alias),
        ("EA", "EA", Rec20),
        ("EACH", "EA", Alias),
        ("EAC", "EA", Alias),
        ("MTR", "MTR", Rec20),
        ("M", "MTR", Sap),
        ("m", "MTR", Alias),
        ("mb", "MTR", Alias),
        ("KGM", "KGM", Rec20),
        ("KG", "KGM", Sap),
        ("kg", "KGM", Alias),
        ("LTR", "LTR", Rec20),
        ("L", "LTR", Sap),
        ("l", "LTR", Alias),
        ("PK", "PK", SapIso),
        ("PA", "PA", SapIso),
        ("PAK", "PK", Sap),
        ("PACK", "PK", Alias),
        ("BX", "BX", SapIso),
        ("CT", "CT", SapIso),
        ("KAR", "CT", Sap),
        ("CAR", "CT", Sap),
        ("BOX", "BX", Alias),
        ("KRT", "CT", Alias),
        ("SET", "SET", Rec20),
        ("SA", "SET", Sap),
        ("set", "SET", Alias),
        ("DZN", "DZN", Rec20),
        ("DZ", "DZN", Sap),
        ("PR", "PR", Rec20),
        ("PAA", "PR", Sap),
        ("RO", "RO", SapIso),
        ("ROL", "RO", Sap),
        ("PF", "PF", SapIso),
        ("D97", "D97", SapIso),
        ("PAL", "PF", Sap),
        ("HUR", "HUR", Rec20),
        ("H", "HUR", Sap),
        ("std", "HUR", Alias),
        ("DAY", "DAY", Rec20),
        ("TAG", "DAY", Sap),
    ];
    for (sent, code, tier) in rows {
        assert_eq!(code_and_tier(sent), Some((code.to_owned(), tier)), "{sent}");
    }
}

#[test]
fn numbers_are_no_units() {
    for sent in ["1", "34", "10", " 11 ", "100", "1.0", "1,00"] {
        assert_eq!(resolve(sent), None, "{sent}");
        assert!(is_number(sent), "{sent}");
    }
    assert!(REC20.get("34").is_some());
    for sent in ["", " ", ".", "1A", "M2"] {
        assert!(!is_number(sent), "{sent}");
    }
}

#[test]
fn spellings_in_many_languages() {
    let rows = [
        ("Stück", "PCE"),
        ("STÜCK", "PCE"),
        (" stuks ", "PCE"),
        ("pièce", "PCE"),
        ("шт.", "PCE"),
        ("lfd. m", "LM"),
        ("m²", "MTK"),
        ("Op.", "PK"),
        ("doos", "BX"),
        ("Fl.", "BO"),
        ("godz.", "HUR"),
        ("h87", "H87"),
        ("xbx", "XBX"),
    ];
    for (sent, code) in rows {
        assert_eq!(code_and_tier(sent), Some((code.to_owned(), Tier::Alias)), "{sent}");
    }
    for sent in ["", "kpl", "?", "---", "ton", "zzzz", "pound per ream per fortnight", &"m".repeat(1000)] {
        assert_eq!(resolve(sent), None, "{sent}");
    }
}

#[test]
fn retired_codes_come_last() {
    assert_eq!(code_and_tier("SD"), Some(("SD".to_owned(), Tier::Rec20Retired)));
    assert_eq!(code_and_tier("XBX"), Some(("XBX".to_owned(), Tier::Rec21)));
    // a mat, but shops mean metres
    assert_eq!(code_and_tier("MT"), Some(("MTR".to_owned(), Tier::Alias)));
    // small letters are too little evidence for a code that nobody uses
    assert_eq!(resolve("sd"), None);
}

#[test]
fn says_what_it_passed_over() {
    let pallet = resolve("PAL").unwrap();
    assert_eq!((&*pallet.code, pallet.name()), ("PF", Some("pallet (lift)")));
    assert_eq!(pallet.passed_over.as_deref().and_then(name), Some("pascal"));
    assert_eq!(resolve("MTR").unwrap().passed_over, None);
}

#[test]
fn knows_the_other_codes_of_a_unit() {
    let piece = resolve("ST").unwrap();
    assert_eq!((piece.rec20(), piece.sap_code(), piece.name()), (Some("H87"), Some("ST"), Some("piece")));
    let metre = resolve("MTR").unwrap();
    assert_eq!((metre.rec20(), metre.sap_code()), (None, Some("M")));
    assert_eq!(sap_code("EA"), None);
    assert_eq!(rec20("BX"), Some("XBX"));
    let written: Vec<_> = SAP.iter().filter(|(_, row)| row.written).collect();
    for (sap, row) in &written {
        assert_eq!(written.iter().filter(|(_, other)| other.iso == row.iso).count(), 1, "{}", row.iso);
        assert_eq!(sap_code(row.iso), Some(*sap));
        assert_eq!(resolve(sap).unwrap().code, row.iso);
    }
}

#[test]
fn the_profile_has_the_first_word() {
    let mut profile = Profile::strict().clone();
    profile.units.overrides =
        [("34", "PCE"), ("EA", "QQQ")].map(|(a, b)| (a.to_owned(), b.to_owned())).into();
    let units = Resolver::new(&profile.units);
    assert_eq!(
        units.resolve(" 34 ").map(|found| (found.tier, found.name())),
        Some((Tier::Profile, Some("piece")))
    );
    assert_eq!(units.resolve("EA").map(|found| (found.name(), found.code)), Some((None, Text::from("QQQ"))));
    assert_eq!(units.resolve("MTR"), resolve("MTR"));
}

#[test]
#[cfg(feature = "serde")]
fn is_written_and_read() {
    for (sent, json) in [
        ("Stk", r#"{"code":"PCE","tier":"alias"}"#),
        ("PAL", r#"{"code":"PF","tier":"sap","passed_over":"PAL"}"#),
        ("BX", r#"{"code":"BX","tier":"sap_iso"}"#),
    ] {
        let found = resolve(sent).unwrap();
        assert_eq!(serde_json::to_string(&found).unwrap(), json);
        assert_eq!(serde_json::from_str::<Resolved>(json).unwrap(), found);
        assert!(json.contains(&format!(r#""tier":"{}""#, found.tier)));
    }
}
