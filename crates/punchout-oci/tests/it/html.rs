//! Pages: which form counts, and what a browser would send of it.

use punchout_core::{All, Diagnostic, Limits};
use punchout_oci::profile::Method;
use punchout_oci::{Basket, Decoder, ErrorKind, html_forms};

use super::{descriptions, short};

fn read(page: impl AsRef<[u8]>) -> (Basket, Vec<Diagnostic>) {
    let mut found = All::new();
    let basket = Decoder::lenient().html(page.as_ref(), &mut found).unwrap();
    (basket, found.into_found())
}

/// The names and values that a page's only form sends.
fn sends(inputs: &str) -> Vec<(String, String)> {
    let forms = html_forms(&format!("<form method=post>{inputs}</form>"), &Limits::default()).unwrap();
    assert_eq!(forms.len(), 1);
    forms[0].pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

const FORM: &str =
    "<form method=post action='https://erp.example/return?a=1&amp;b=2' target=_top accept-charset=UTF-8>
<input type=hidden name='NEW_ITEM-DESCRIPTION[1]' value='Bolt'>
<input type=hidden name='NEW_ITEM-QUANTITY[1]' value='2'>
<input type=hidden name='NEW_ITEM-UNIT[1]' value='PCE'>
</form>";

#[test]
fn a_return_form_is_read() {
    let (basket, found) = read(format!("<!doctype html><html><body><h1>Basket</h1>{FORM}</body></html>"));
    assert_eq!(descriptions(&basket), [(1, "Bolt")]);
    assert!(found.is_empty(), "{found:?}");
    let forms = html_forms(FORM, &Limits::default()).unwrap();
    assert_eq!(forms[0].action, "https://erp.example/return?a=1&b=2");
    assert_eq!(forms[0].method, Method::Post);
    assert_eq!(forms[0].target.as_deref(), Some("_top"));
    assert_eq!(forms[0].accept_charset.as_deref(), Some("UTF-8"));
    assert!(forms[0].is_return());
}

#[test]
fn the_form_with_items_counts() {
    let search = "<form action=/search><input name=q value=bolt></form>";
    let login = "<form method=post action=/login><input name=user value=jo></form>";
    for page in [format!("{search}{login}{FORM}"), format!("{FORM}{search}"), format!("{login}{FORM}{login}")]
    {
        let (basket, found) = read(&page);
        assert_eq!(descriptions(&basket), [(1, "Bolt")]);
        assert!(basket.controls.is_empty() && found.is_empty(), "{found:?}");
    }
    // a page without items is an empty return; what it posts still counts
    let (basket, found) = read(format!("{search}{login}"));
    assert_eq!((basket.items.len(), basket.control("user"), basket.control("q")), (0, Some("jo"), None));
    assert_eq!(short(&found), ["note EMPTY at the return"]);
}

#[test]
fn two_forms_with_items() {
    let (basket, found) = read(format!("{FORM}{}", FORM.replace("Bolt", "Nut")));
    assert_eq!(descriptions(&basket), [(1, "Bolt")]);
    assert_eq!(short(&found), ["error HTML-FORMS at the return"]);
}

#[test]
fn inputs_outside_of_a_form_are_a_form_of_their_own() {
    let (basket, found) =
        read("<input name='NEW_ITEM-PRICE[1]' value=50.00><input name=NEW_ITEM-PRICEUNIT[1] value=5>");
    assert_eq!(basket.items[0].unit_price().unwrap().to_string(), "10");
    assert!(!short(&found).iter().any(|line| line.contains("HTML")));
    // after a form that has none
    let (basket, _) = read("<form action=/search></form><p><input name='NEW_ITEM-DESCRIPTION[1]' value=a>");
    assert_eq!(descriptions(&basket), [(1, "a")]);
}

#[test]
fn what_a_page_lets_nobody_see_does_not_count() {
    let decoy = "<input name='NEW_ITEM-DESCRIPTION[1]' value=no>";
    for page in [
        format!("<!-- {decoy} -->"),
        format!("<script>var a = \"{decoy}\";</script>"),
        format!("<style>{decoy}</style>"),
        format!("<title>{decoy}</title>"),
        format!("<textarea>{decoy}</textarea>"),
        format!("<form title=\"{decoy}\"></form>"),
        format!("<!-- <form> --><!-- {decoy}"),
        "&lt;form&gt;&lt;input name=&quot;NEW_ITEM-DESCRIPTION[1]&quot;&gt;".to_owned(),
        format!("<template>{decoy}</template>"),
    ] {
        let (basket, _) = read(format!("<html>{page}"));
        assert!(basket.items.is_empty(), "{page}");
    }
}

#[test]
fn references_and_quotes_are_what_they_are_in_a_browser() {
    for (attribute, value) in [
        ("'plain'", "plain"),
        ("unquoted", "unquoted"),
        ("\"19&quot; Rack\"", "19\" Rack"),
        ("'19\" Rack'", "19\" Rack"),
        ("\"it&#39;s &#x2603; &amp;amp; &euro;5\"", "it's ☃ &amp; €5"),
        ("\"a &lt; b &copy &nosuch;\"", "a < b © &nosuch;"),
        ("\"?a=1&copy2=3\"", "?a=1&copy2=3"),
        ("\"\"", ""),
        ("\"two\nlines\"", "two\nlines"),
        ("\"tab\tand  blanks \"", "tab\tand  blanks "),
    ] {
        assert_eq!(sends(&format!("<input name=n value={attribute}>")), [pair("n", value)]);
    }
    assert_eq!(sends("<INPUT TYPE=HIDDEN NAME=n VALUE=v>"), [pair("n", "v")]);
    assert_eq!(sends("<input name=n value=v />"), [pair("n", "v")]);
    assert_eq!(sends("<input value=v name = n>"), [pair("n", "v")]);
    // the first of two attributes of a name counts
    assert_eq!(sends("<input name=n value=a value=b>"), [pair("n", "a")]);
}

#[test]
fn a_quotation_mark_that_cuts_a_value_is_reported() {
    for (input, value) in [
        (r#"<input name="NEW_ITEM-DESCRIPTION[1]" value="19" Rack">"#, "19"),
        (r#"<input name="NEW_ITEM-DESCRIPTION[1]" value="19"Rack">"#, "19"),
        (r#"<input name="NEW_ITEM-DESCRIPTION[1]" value="3/4"">"#, "3/4"),
        ("<input name='NEW_ITEM-DESCRIPTION[1]' value='Jo's bolt'>", "Jo"),
    ] {
        let (basket, found) = read(input);
        assert_eq!(descriptions(&basket), [(1, value)]);
        assert_eq!(short(&found)[0], "error HTML-QUOTE at item 1 / DESCRIPTION", "{input}");
        assert_eq!(&input[found[0].span.clone().unwrap()], input);
    }
}

#[test]
fn only_what_a_browser_sends_is_taken() {
    for inputs in [
        "<input type=submit name=n value=v>",
        "<input type=button name=n value=v>",
        "<input type=reset name=n value=v>",
        "<input type=image name=n value=v>",
        "<input type=file name=n>",
        "<button name=n value=v>Go</button>",
        "<input type=checkbox name=n value=v>",
        "<input type=radio name=n value=v>",
        "<input name=n value=v disabled>",
        "<input name=n value=v disabled=''>",
        "<input value=v>",
        "<input name='' value=v>",
        "<select name=n></select>",
        "<select name=n disabled><option>v</select>",
        "<select name=n multiple><option>v</select>",
        "<textarea name=n disabled>v</textarea>",
        "<textarea name=''>v</textarea>",
        "<textarea>v</textarea>",
        "<fieldset disabled><input name=n value=v></fieldset>",
    ] {
        assert_eq!(sends(inputs), [], "{inputs}");
    }
    for (inputs, want) in [
        ("<input name=n>", vec![pair("n", "")]),
        ("<input type=text name=n value=v>", vec![pair("n", "v")]),
        ("<input type=SUBMIT2 name=n value=v>", vec![pair("n", "v")]),
        ("<input type=checkbox name=n checked>", vec![pair("n", "on")]),
        ("<input type=radio name=n value=a><input type=radio name=n value=b checked>", vec![pair("n", "b")]),
        ("<textarea name=n>a &amp; b</textarea>", vec![pair("n", "a & b")]),
        ("<textarea name=n>\n\n a<b>c</textarea>", vec![pair("n", "\n a<b>c")]),
        ("<textarea name=n></textarea>", vec![pair("n", "")]),
        ("<select name=n><option value=1>one<option value=2 selected>two</select>", vec![pair("n", "2")]),
        ("<select name=n><option> one <option>two</select>", vec![pair("n", "one")]),
        ("<select name=n><option disabled>one<option>two</select>", vec![pair("n", "two")]),
        (
            "<select name=n multiple><option selected>1<option>2<option selected>3</select>",
            vec![pair("n", "1"), pair("n", "3")],
        ),
        ("<fieldset><input name=n value=v></fieldset>", vec![pair("n", "v")]),
        ("<form><input name=n value=v></form>", vec![pair("n", "v")]),
    ] {
        assert_eq!(sends(inputs), want, "{inputs}");
    }
}

#[test]
fn an_input_may_name_its_form() {
    let page = "<form id=r method=post><input name='NEW_ITEM-QUANTITY[1]' value=1></form>
        <input form=r name='NEW_ITEM-DESCRIPTION[1]' value=outside>
        <input form=other name='NEW_ITEM-VENDOR[1]' value=7>";
    let (basket, _) = read(page);
    assert_eq!(descriptions(&basket), [(1, "outside")]);
    assert_eq!(basket.items[0].vendor, None);
}

#[test]
fn pages_that_break_off_are_read_as_far_as_they_go() {
    let whole = FORM.find("PCE").unwrap();
    for end in (0..FORM.len()).filter(|end| FORM.is_char_boundary(*end)) {
        let (basket, _) = read(&FORM[..end]);
        assert_eq!(basket.items.iter().any(|item| item.unit.is_some()), end > whole + 4, "{end}");
    }
    let (basket, _) = read(
        "<form method=post><input name='NEW_ITEM-DESCRIPTION[1]' value=a><textarea name='NEW_ITEM-LONGTEXT_1:132[]'>open",
    );
    assert_eq!(basket.items[0].long_text.as_deref(), Some("open"));
}

#[test]
fn findings_point_at_the_tag_in_the_page_as_sent() {
    let page =
        format!("<!-- größer --><p>Übersicht</p>{}", FORM.replace("'2'", "'2,5'").replace("Bolt", "Öse"));
    let tag = "<input type=hidden name='NEW_ITEM-QUANTITY[1]' value='2,5'>";
    let (basket, found) = read(&page);
    assert_eq!(short(&found), ["warning NUM-COMMA at item 1 / QUANTITY"]);
    assert_eq!(&page[found[0].span.clone().unwrap()], tag);
    assert_eq!(descriptions(&basket), [(1, "Öse")]);

    // the same page in one byte a character: the span counts those bytes
    let latin = latin1(&page);
    let (basket, found) = read(&latin);
    assert_eq!(descriptions(&basket), [(1, "Öse")]);
    assert_eq!(short(&found), ["warning CHARSET at the return", "warning NUM-COMMA at item 1 / QUANTITY"]);
    assert_eq!(&latin[found[1].span.clone().unwrap()], tag.as_bytes());
    for field in basket.sent.iter() {
        assert!(latin[field.span].starts_with(b"<input"));
    }
}

/// The page in windows-1252, all of whose characters here are in ISO-8859-1.
fn latin1(page: &str) -> Vec<u8> {
    page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[test]
fn a_page_declares_its_charset() {
    let page = |head: &str, value: &[u8]| {
        let mut page = head.as_bytes().to_vec();
        page.extend_from_slice(b"<input name='NEW_ITEM-DESCRIPTION[1]' value='");
        page.extend_from_slice(value);
        page.extend_from_slice(b"'>");
        let (basket, found) = read(&page);
        (basket.items[0].description.as_deref().unwrap().to_owned(), short(&found)[0].clone())
    };
    let (charset, declared, quantity) = (
        "warning CHARSET at the return",
        "warning CHARSET-DECLARED at the return",
        "error REQ-QTY at item 1 / QUANTITY",
    );
    for (head, value, text, first) in [
        ("", &b"\xF6"[..], "ö", charset),
        ("<meta charset=iso-8859-2>", b"\xB9", "š", declared),
        ("<META CHARSET='ISO-8859-15'>", b"\xA4", "€", declared),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", b"\xE1", "б", declared),
        ("<!-- <meta charset=iso-8859-2> -->", b"\xB9", "¹", charset),
        ("<meta charset=utf-8>", b"\xF6", "ö", charset),
        ("<meta charset=iso-8859-1>", "ö".as_bytes(), "ö", quantity),
        ("<meta charset=no-such>", b"\xF6", "ö", "warning CHARSET-UNK at the return"),
        // browsers show nothing in these; here no page loses its items by it
        ("<meta charset=iso-2022-kr>", b"Bolt", "Bolt", "warning CHARSET-UNK at the return"),
        ("<meta charset=iso-2022-jp>", b"\x1B$B%\\%k%H\x1B(B", "ボルト", quantity),
    ] {
        assert_eq!(page(head, value), (text.to_owned(), first.to_owned()), "{head}");
    }
    let mut found = All::new();
    let decoder = Decoder::lenient().with_charset("iso-8859-7");
    let named = b"<meta charset=iso-8859-2><input name='NEW_ITEM-DESCRIPTION[1]' value='\xE2'>";
    let basket = decoder.html(named, &mut found).unwrap();
    assert_eq!(basket.items[0].description.as_deref(), Some("β"), "who calls knows better");
}

#[test]
fn a_page_may_carry_the_xml_variant() {
    let (basket, found) = read(
        "<form method=post><input name=~xmlDocument value='PEJ1c2luZXNzRG9jdW1lbnQ+PC9CdXNpbmVzc0RvY3VtZW50Pg=='>
         <input name=~xml_type value=ESAPO></form>",
    );
    assert!(basket.items.is_empty());
    assert_eq!(basket.control("~xml_type"), Some("ESAPO"));
    assert_eq!(short(&found), ["note EMPTY at the return"]);
}

#[test]
fn limits_end_the_reading_of_a_page() {
    let kind = |limits: Limits, page: &str| {
        Decoder::lenient()
            .with_limits(limits)
            .html(page.as_bytes(), &mut All::new())
            .map_err(|error| error.kind())
    };
    let limits = Limits::default();
    assert!(kind(limits.with_bytes(FORM.len()), FORM).is_ok());
    assert_eq!(kind(limits.with_bytes(FORM.len() - 1), FORM), Err(ErrorKind::Limit));
    assert!(kind(limits.with_fields(3), FORM).is_ok());
    assert_eq!(kind(limits.with_fields(2), FORM), Err(ErrorKind::Limit));
    assert_eq!(kind(limits.with_fields(0), "<textarea name=a>x</textarea>"), Err(ErrorKind::Limit));
    assert!(kind(limits.with_value_bytes(4), FORM).is_ok());
    assert_eq!(kind(limits.with_value_bytes(3), FORM), Err(ErrorKind::Limit));
    assert_eq!(html_forms(FORM, &limits.with_fields(2)).unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn a_page_of_five_thousand_items_is_read() {
    let mut page = String::from("<form method=post>");
    for n in 1..=5_000 {
        page.push_str(
            &FORM[FORM.find("<input").unwrap()..FORM.find("</form").unwrap()]
                .replace("[1]", &format!("[{n}]")),
        );
    }
    let (basket, _) = read(page);
    assert_eq!(basket.items.len(), 5_000);
}
