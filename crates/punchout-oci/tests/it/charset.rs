//! Characters: UTF-8 first, then what was declared, then windows-1252.

use punchout_core::All;
use punchout_oci::{Decoder, Profile};

use super::{bolt_with, lenient, read, short};

/// A description with these percent-encoded bytes in it.
fn body(bytes: &str) -> String {
    format!("NEW_ITEM-DESCRIPTION[1]={bytes}&NEW_ITEM-QUANTITY[1]=1&NEW_ITEM-UNIT[1]=PCE")
}

fn description(decoder: &Decoder, body: &str) -> (String, Vec<String>) {
    let (basket, found) = read(decoder, body);
    (basket.items[0].description.as_deref().unwrap_or_default().to_owned(), short(&found))
}

const CHARSET: &str = "warning CHARSET at item 1 / DESCRIPTION";
const DECLARED: &str = "warning CHARSET-DECLARED at item 1 / DESCRIPTION";

#[test]
fn utf8_comes_first_whatever_was_declared() {
    for declared in [None, Some("utf-8"), Some("iso-8859-1"), Some("windows-1250"), Some("shift_jis")] {
        let decoder = declared.map_or_else(Decoder::lenient, |label| Decoder::lenient().with_charset(label));
        let (text, found) = description(&decoder, &body("Geh%C3%B6rschutz+5+%E2%82%AC"));
        assert_eq!(text, "Gehörschutz 5 €", "{declared:?}");
        assert!(found.is_empty(), "{declared:?}: {found:?}");
    }
}

/// One byte in several charsets.
#[test]
fn what_is_no_utf8_is_read_as_declared() {
    for (declared, bytes, text) in [
        (None, "Geh%F6rschutz", "Gehörschutz"),
        (None, "5+%80", "5 €"),
        (None, "%93a%94", "“a”"),
        (Some("iso-8859-1"), "Geh%F6rschutz", "Gehörschutz"),
        (Some("ISO-8859-1"), "5+%80", "5 €"),
        (Some("latin1"), "%A4", "¤"),
        (Some("iso-8859-15"), "5+%A4", "5 €"),
        (Some("iso-8859-2"), "%B9roub", "šroub"),
        (Some("windows-1250"), "%9Aroub", "šroub"),
        (Some("windows-1251"), "%E1%EE%EB%F2", "болт"),
        (Some("iso-8859-7"), "%E2%DF%E4%E1", "βίδα"),
        (Some("shift_jis"), "%83%7B%83%8B%83g", "ボルト"),
        (Some("gbk"), "%C2%DD%CB%A8", "螺栓"),
        // a declaration of UTF-8 or UTF-16 is wrong, so it says nothing
        (Some("utf-8"), "Geh%F6rschutz", "Gehörschutz"),
        (Some("utf-16"), "Geh%F6rschutz", "Gehörschutz"),
    ] {
        let decoder = declared.map_or_else(Decoder::lenient, |label| Decoder::lenient().with_charset(label));
        let is_declared = declared.is_some_and(|label| !label.starts_with("utf"));
        let found = if is_declared { DECLARED } else { CHARSET };
        let want = (text.to_owned(), vec![found.to_owned()]);
        assert_eq!(description(&decoder, &body(bytes)), want, "{declared:?} {bytes}");
    }
}

#[test]
fn a_charset_that_nobody_knows_is_reported() {
    // the last ones are known to be traps: browsers show nothing in them
    for label in ["no-such", "", "hz-gb-2312", "iso-2022-kr", "iso-2022-cn"] {
        let decoder = Decoder::lenient().with_charset(label);
        let (text, found) = description(&decoder, &body("Geh%F6rschutz"));
        assert_eq!(text, "Gehörschutz", "{label}");
        assert_eq!(found, ["warning CHARSET-UNK at the return", CHARSET], "{label}");
        let (text, found) = description(&decoder, &body("Bolt"));
        assert_eq!((text.as_str(), found.len()), ("Bolt", 1), "{label}");
    }
}

#[test]
fn a_profile_names_the_charset_of_returns_that_declare_none() {
    let mut profile = Profile::lenient().clone();
    profile.text.charset = "iso-8859-2".into();
    assert_eq!(description(&Decoder::new(&profile), &body("%B9roub")).0, "šroub");
    let declared = Decoder::new(&profile).with_charset("iso-8859-1");
    assert_eq!(description(&declared, &body("%B9roub")).0, "¹roub");
}

/// ASCII is written differently in it, so UTF-8 cannot be tried first.
#[test]
fn a_charset_with_escapes_is_believed() {
    let decoder = Decoder::lenient().with_charset("iso-2022-jp");
    let (text, found) = description(&decoder, &body("%1B%24B%25%5C%25k%25H%1B%28B"));
    assert_eq!((text.as_str(), found), ("ボルト", vec![]));
    // text that somebody else decoded is text
    let mut found = All::new();
    let basket = decoder.pairs([("NEW_ITEM-DESCRIPTION[1]", "Gehörschutz")], &mut found).unwrap();
    assert_eq!(basket.items[0].description.as_deref(), Some("Gehörschutz"));
}

/// Each value is looked at by itself: one that is UTF-8 stays what it is.
#[test]
fn two_charsets_in_one_return() {
    let (basket, found) = lenient(bolt_with(
        "NEW_ITEM-LONGTEXT_1:132[]=Gr%C3%B6%C3%9Fe&NEW_ITEM-VENDORMAT[1]=Gr%F6%DFe&note=%FC&NEW_ITEM-X[1]=%E9",
    ));
    let item = &basket.items[0];
    assert_eq!(item.long_text.as_deref(), Some("Größe"));
    assert_eq!(item.vendor_mat.as_deref(), Some("Größe"));
    assert_eq!(item.extra[0].value, "é");
    assert_eq!(basket.control("note"), Some("ü"));
    assert_eq!(
        short(&found),
        ["warning CHARSET at note", "warning CHARSET at item 1 / VENDORMAT", "warning CHARSET at item 1 / X"]
    );
}

#[test]
fn names_have_characters_too() {
    let (basket, found) = lenient(bolt_with("NEW_ITEM-f%FC[1]=x&k%FC=2"));
    assert_eq!(basket.items[0].extra[0].name, "fü");
    assert_eq!(basket.control("kü"), Some("2"));
    assert_eq!(short(&found), ["warning CHARSET at kü", "warning CHARSET at item 1 / fü"]);
}

#[test]
fn text_that_was_encoded_twice_is_reported_and_left() {
    for (bytes, text, meant) in [
        ("Geh%C3%83%C2%B6rschutz", "GehÃ¶rschutz", "`Gehörschutz`"),
        ("5+%C3%A2%E2%80%9A%C2%AC", "5 â‚¬", "`5 €`"),
        ("%C3%84%C5%92esko", "ÄŒesko", "`Česko`"),
    ] {
        let (basket, found) = lenient(body(bytes));
        assert_eq!(basket.items[0].description.as_deref(), Some(text));
        assert_eq!(short(&found), ["warning CHARSET-MOJIBAKE at item 1 / DESCRIPTION"]);
        assert!(found[0].message.ends_with(meant), "{}", found[0].message);
    }
    for text in ["SÃO PAULO", "Ångström", "Señor", "Ⅷ", "naïve ¿sí?"] {
        let bytes: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        assert_eq!(description(&Decoder::lenient(), &body(&bytes)), (text.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn text_that_lost_characters_is_reported() {
    for (bytes, is_lost) in [
        ("Geh%3Frschutz", true),
        ("Geh%EF%BF%BDrschutz", true),
        ("Why%3F", false),
        ("A%3FB", false),
        ("https%3A%2F%2Fshop.example%2Fabc%3Fdef", false),
    ] {
        let (_, found) = description(&Decoder::lenient(), &body(bytes));
        let want: &[&str] = if is_lost { &["warning CHARSET-LOST at item 1 / DESCRIPTION"] } else { &[] };
        assert_eq!(found, want, "{bytes}");
    }
}

#[test]
fn lines_and_bodies_fall_back_alike() {
    let mut found = All::new();
    let lines =
        b"\xEF\xBB\xBFNEW_ITEM-DESCRIPTION[1]=Geh\xF6r\r\nNEW_ITEM-QUANTITY[1]=1\nNEW_ITEM-UNIT[1]=PCE\n";
    let basket = Decoder::lenient().lines(lines, &mut found).unwrap();
    assert_eq!(basket.items[0].description.as_deref(), Some("Gehör"));
    assert_eq!(short(found.found()), [CHARSET]);
    assert_eq!(found.found()[0].span, Some(3..32));
}

#[test]
fn a_nul_is_a_character_like_any_other() {
    let (basket, _) = lenient(bolt_with("NEW_ITEM-VENDORMAT[1]=a%00b"));
    assert_eq!(basket.items[0].vendor_mat.as_deref(), Some("a\0b"));
}
