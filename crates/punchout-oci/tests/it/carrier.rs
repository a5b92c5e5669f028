//! Bodies, pages and documents that carry a basket back.

use punchout_core::{All, Amount};
use punchout_oci::markup::{FormPage, Submit};
use punchout_oci::profile::Method;
use punchout_oci::{Basket, CallUpDecoder, Control, Encoder, ErrorKind, Item, Profile, ReturnTo};

use super::short;

fn bolt() -> Item {
    Item::new("Bolt", 200, "PCE").with_price("12.5".parse::<Amount>().unwrap(), "EUR", 100)
}

fn body(basket: &Basket, to: &ReturnTo) -> (String, Vec<String>) {
    let mut found = All::new();
    let body = Encoder::strict().body(basket, to, &mut found).unwrap();
    (body, short(found.found()))
}

#[test]
fn a_body_is_url_encoded_in_the_charset_that_was_asked_for() {
    let basket = Basket::new(vec![Item::new("Öl & Fett, 5 €", 1, "PCE")]);
    for (charset, want, found) in [
        (None, "%C3%96l+%26+Fett%2C+5+%E2%82%AC", vec![]),
        (Some("utf-8"), "%C3%96l+%26+Fett%2C+5+%E2%82%AC", vec![]),
        (Some("iso-8859-1"), "%D6l+%26+Fett%2C+5+%80", vec![]),
        (Some("iso-8859-15"), "%D6l+%26+Fett%2C+5+%A4", vec![]),
        (
            Some("iso-8859-2"),
            "%D6l+%26+Fett%2C+5+%26%238364%3B",
            vec!["warning OUT-CHARSET at item 1 / DESCRIPTION"],
        ),
        (Some("utf-16"), "%C3%96l+%26+Fett%2C+5+%E2%82%AC", vec![]),
    ] {
        let mut to = ReturnTo::new("https://erp.example/r");
        to.charset = charset.map(Into::into);
        let (body, got) = body(&basket, &to);
        assert!(body.starts_with(&format!("NEW_ITEM-DESCRIPTION%5B1%5D={want}&")), "{body}");
        assert_eq!(got, found, "{charset:?}");
    }
    let mut to = ReturnTo::new("https://erp.example/r");
    to.charset = Some("no-such".into());
    let error = Encoder::strict().body(&basket, &to, &mut All::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse);
}

#[test]
fn a_call_up_says_where_to_and_how() {
    let read = |query: &str| CallUpDecoder::lenient().body(query, &mut All::new()).unwrap();
    let call_up = read(
        "HOOK_URL=https%3A%2F%2Ferp.example%2Fr%3Fs%3D1&~OkCode=ADDI&~target=_parent&~caller=CTLG&http_content_charset=iso-8859-1",
    );
    let to = ReturnTo::of(&call_up).unwrap();
    assert_eq!((to.target.as_deref(), to.charset.as_deref()), (Some("_parent"), Some("iso-8859-1")));
    let (body, found) = body(&Basket::new(vec![Item::new("Öl", 1, "PCE")]), &to);
    assert_eq!(
        body,
        "%7EOkCode=ADDI&%7Etarget=_parent&%7Ecaller=CTLG&NEW_ITEM-DESCRIPTION%5B1%5D=%D6l\
         &NEW_ITEM-QUANTITY%5B1%5D=1.000&NEW_ITEM-UNIT%5B1%5D=PCE"
    );
    assert!(found.is_empty(), "{found:?}");
    let target = |query: &str| ReturnTo::of(&read(query)).unwrap().target;
    assert_eq!(target("HOOK_URL=x&~TARGET=_self&returntarget=_parent").as_deref(), Some("_parent"));
    assert_eq!(target("HOOK_URL=x&~TARGET=_self").as_deref(), Some("_self"));
    assert_eq!(target("HOOK_URL=x").as_deref(), Some("_top"));
    assert_eq!(ReturnTo::of(&read("USERNAME=x")).unwrap_err().kind(), ErrorKind::Misuse);
}

/// The line of a page that opens its form, and the names of its inputs.
fn form_of(page: &str) -> (&str, Vec<&str>) {
    let name = |line: &str| line.strip_prefix("<input type=\"hidden\" name=\"").map(str::len);
    let names = page.lines().filter(|line| name(line).is_some());
    let names = names.map(|line| line.split('"').nth(3).unwrap()).collect();
    (page.lines().find(|line| line.starts_with("<form")).unwrap(), names)
}

#[test]
fn a_page_posts_to_the_address_as_it_came() {
    let to = ReturnTo::new("https://erp.example/r?sap-client=100&sap-sessionid=<x>'\"#top");
    let page = FormPage::new("Back", "Continue");
    let page = Encoder::strict().page(&Basket::new(vec![bolt()]), &to, &page, &mut All::new()).unwrap();
    let (form, names) = form_of(&page);
    assert_eq!(
        form,
        "<form method=\"post\" action=\"https://erp.example/r?sap-client=100&amp;sap-sessionid=&lt;x&gt;&#39;&quot;#top\" \
         target=\"_top\" accept-charset=\"utf-8\">"
    );
    assert_eq!(names[0], "NEW_ITEM-DESCRIPTION[1]");
    let to = ReturnTo::new("SAPEVENT:POST");
    let page = FormPage::new("Back", "Continue");
    let page = Encoder::strict().page(&Basket::new(vec![bolt()]), &to, &page, &mut All::new()).unwrap();
    assert!(form_of(&page).0.contains("action=\"SAPEVENT:POST\""));
}

/// A browser drops the query of a GET form's address.
#[test]
fn a_page_for_get_makes_inputs_of_the_query() {
    let mut split = Profile::strict().clone();
    split.encode.split_hook_query = true;
    let mut to = ReturnTo::new("https://erp.example/r?sap-client=100&x=a%26b+c#top");
    to.controls.push(Control::new("~OkCode", "ADDI"));
    for (encoder, to, method) in
        [(Encoder::strict(), to.clone().with_method(Method::Get), "get"), (Encoder::new(&split), to, "post")]
    {
        let page = FormPage::new("Back", "Continue");
        let page = encoder.page(&Basket::new(vec![bolt()]), &to, &page, &mut All::new()).unwrap();
        let (form, names) = form_of(&page);
        assert!(
            form.starts_with(&format!("<form method=\"{method}\" action=\"https://erp.example/r#top\"")),
            "{form}"
        );
        assert_eq!(names[..4], ["sap-client", "x", "~OkCode", "NEW_ITEM-DESCRIPTION[1]"]);
        assert!(page.contains("name=\"x\" value=\"a&amp;b c\""));
    }
}

#[test]
fn controls_go_back_once() {
    let mut to = ReturnTo::new("https://erp.example/r");
    to.controls = vec![Control::new("~OkCode", "ADDI"), Control::new("~CALLER", "CTLG")];
    let mut basket = Basket::new(vec![bolt()]);
    basket.controls = vec![Control::new("~okcode", "OTHER"), Control::new("token", "1")];
    let lead = |encoder: &Encoder| {
        let body = encoder.body(&basket, &to, &mut All::new()).unwrap();
        body.split("&NEW_ITEM").next().unwrap().to_owned()
    };
    assert_eq!(lead(&Encoder::strict()), "%7EOkCode=ADDI&%7ECALLER=CTLG&token=1");
    let mut profile = Profile::strict().clone();
    profile.encode.echo_controls = false;
    assert_eq!(lead(&Encoder::new(&profile)), "%7Eokcode=OTHER&token=1");
}

#[test]
fn an_answer_to_validate_shows_nothing_and_one_to_a_search_waits() {
    let page = |submit: Submit| {
        let mut page = FormPage::new("Back", "Continue");
        (page.submit, page.text) = (submit, "One moment".into());
        let to = ReturnTo::new("https://erp.example/r");
        Encoder::strict().page(&Basket::new(vec![bolt()]), &to, &page, &mut All::new()).unwrap()
    };
    let silent = page(Submit::Silent);
    assert!(silent.contains("<script>") && !silent.contains("One moment"));
    let button = page(Submit::Button);
    assert!(!button.contains("<script") && button.contains("<button type=\"submit\">Continue</button>"));
}

#[test]
fn an_empty_basket_is_written_as_nothing_but_controls() {
    let (body, found) = body(&Basket::default(), &ReturnTo::new("https://erp.example/r"));
    assert_eq!((body.as_str(), found), ("", vec!["note EMPTY at the return".to_owned()]));
    let mut basket = Basket::default();
    basket.controls.push(Control::new("~OkCode", "ADDI"));
    let xml = Encoder::strict().xml_pairs(&basket, &mut All::new()).unwrap();
    let names: Vec<_> = xml.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["~OkCode", "~xmlDocument", "~xml_type"]);
}

#[test]
fn the_xml_variant_is_one_line_of_base64() {
    let basket = Basket::new(vec![bolt().with_long_text("5 < 6\r\n\t& \"more\"")]);
    let mut found = All::new();
    let document = Encoder::strict().xml(&basket, &mut found).unwrap();
    assert!(document.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BusinessDocument>\n"));
    assert!(document.contains("<Quantity UoM=\"PCE\">200.000</Quantity>"));
    assert!(found.found().is_empty());
    let pairs = Encoder::strict().xml_pairs(&basket, &mut All::new()).unwrap();
    assert!(pairs[0].1.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b)));
    assert_eq!(pairs[1], ("~xml_type".to_owned(), "ESAPO".to_owned()));
    let to = ReturnTo::new("https://erp.example/r");
    let page = Encoder::strict().xml_page(&basket, &to, &FormPage::new("a", "b"), &mut All::new()).unwrap();
    assert_eq!(form_of(&page).1, ["~xmlDocument", "~xml_type"]);
    let odd = Basket::new(vec![Item::new("a\u{1}b", 1, "PCE")]);
    assert_eq!(Encoder::strict().xml(&odd, &mut All::new()).unwrap_err().kind(), ErrorKind::Misuse);
}
