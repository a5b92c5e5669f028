//! What holds for every order, tried on orders made from bytes.

use std::sync::OnceLock;

use proptest::prelude::*;
use punchout_core::{Amount, Ignore};
use punchout_cxml::secret::Secrets;
use punchout_cxml::{
    Body, Credential, Document, Header, OrderRequest, Party, RawElement, Request, Sender, Timestamp,
};
use punchout_pdf::{Amounts, Language, Layout, Options, Paper, Renderer, Whose, text};

use crate::draw::Draw;
use crate::order;
use crate::pages::{assert_sound, body, is_rest};

fn renderer() -> &'static Renderer {
    static RENDERER: OnceLock<Renderer> = OnceLock::new();
    RENDERER.get_or_init(Renderer::new)
}

/// Letters and digits of the scripts that the typeface has; what else there is
/// changes with line ends.
pub(crate) fn letters(text: &str) -> String {
    // East Asian scripts begin there
    text.chars().filter(|c| c.is_alphanumeric() && *c < '\u{2E80}').collect()
}

/// Whether letters are there; none at all prove nothing.
fn has(text: &str, letters: &str) -> bool {
    assert!(!letters.is_empty(), "there is nothing to look for");
    text.contains(letters)
}

/// What the pages say without their heads and feet, and without what says whose
/// rest a page begins with, in reading order.
fn said(layout: &Layout) -> String {
    let texts = layout.pages.iter().flat_map(body).filter(|text| !is_rest(text));
    letters(&texts.map(|text| text.text.as_str()).collect::<String>())
}

/// Path and value of all that an order says, without its secrets.
pub(crate) fn values(order: &OrderRequest) -> Vec<(String, String)> {
    let nobody = || Party::new(Credential::new("", ""));
    let header = Header::new(nobody(), nobody(), Sender::new(Credential::new("", ""), ""));
    let document = Document::new("", "", Body::request(header, Request::new(order.clone())));
    let xml = String::from_utf8(document.write_unchecked().unwrap()).unwrap();
    let start = xml.find("<OrderRequest>").unwrap();
    let end = xml.rfind("</OrderRequest>").unwrap();
    let mut values = Vec::new();
    let order = RawElement::parse(&xml[start..end + "</OrderRequest>".len()]).unwrap();
    walk(&order, "", true, &mut values);
    // what is a secret somewhere is one wherever it stands
    let secrets = Secrets::of(xml.as_bytes());
    for (_, value) in &mut values {
        *value = secrets.hide_repeated(value).into_owned();
    }
    // signs alone cannot be found by letters
    values.retain(|(_, value)| !letters(value).is_empty());
    values
}

fn walk(element: &RawElement, path: &str, is_only: bool, values: &mut Vec<(String, String)>) {
    let path = format!("{path}/{}", element.name());
    let attributes = element.attributes().map(|(name, value)| (format!("{path}@{name}"), value.into_owned()));
    // what programs call the only way to reach somebody
    let is_nameless = |path: &str, value: &str| {
        let names = ["PostalAddress@name", "Email@name", "Phone@name", "Fax@name", "URL@name"];
        is_only && value.eq_ignore_ascii_case("default") && names.iter().any(|name| path.ends_with(name))
    };
    values.extend(attributes.filter(|(path, value)| !is_nameless(path, value)));
    values.push((path.clone(), element.text().into_owned()));
    let children = element.children();
    for child in &children {
        let is_only = children.iter().filter(|other| other.name() == child.name()).nth(1).is_none();
        walk(child, &path, is_only, values);
    }
}

/// What is shown in words of the language, or is not to be shown.
pub(crate) fn is_known(path: &str, value: &str) -> bool {
    let is_word = match value {
        // what the title says, and the plain kind, which needs no word
        "new" | "update" | "delete" => {
            path.ends_with("OrderRequestHeader@type") || path.ends_with("ItemOut@operation")
        }
        "regular" => path.ends_with("@orderType"),
        "yes" => {
            ["@shipComplete", "@isReturn", "@isDeliveryCompleted"].iter().any(|name| path.ends_with(name))
        }
        "vat" => path.ends_with("@category"),
        "block" => path.ends_with("ItemOut@operation"),
        "EA" | "PR" | "BX" => path.ends_with("/UnitOfMeasure"),
        _ => path.ends_with("@role"),
    };
    let is_secret = ["PCard@", "PaymentToken@", "/SharedSecret", "/CredentialMac", "/DigitalSignature"]
        .iter()
        .any(|name| path.contains(name));
    // a country that is named, a number that has its prefix
    let is_spelled = path.ends_with("@isoCountryCode") || path.ends_with("@xml:lang");
    is_word || is_secret || is_spelled
}

/// The ways a value may look in English.
pub(crate) fn looks(value: &str) -> Vec<String> {
    let mut looks = vec![letters(value)];
    if let Ok(amount) = value.trim().replace(',', "").parse::<Amount>() {
        looks.push(letters(&amount.value().normalize().abs().to_string()));
    }
    if let Some(date) = Timestamp::from(value).date() {
        looks.push(letters(&date.format("%-d%B%Y").to_string()) + &clock(value));
    }
    looks
}

/// The letters of a time of day and its zone, taken from what was sent:
/// `T09:30:00+01:00` is said as `09:30 UTC+1`, and midnight not at all.
pub(crate) fn clock(sent: &str) -> String {
    let Some((_, time)) = sent.trim().split_once('T') else { return String::new() };
    let (time, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    if time.chars().all(|c| matches!(c, '0' | ':' | '.')) {
        return String::new();
    }
    let time = time.strip_suffix(":00").unwrap_or(time);
    let zone = match zone.split_once(':') {
        None if zone.is_empty() => String::new(),
        None | Some(("+00" | "-00", "00")) => "UTC".to_owned(),
        Some((hours, minutes)) => {
            let hours = hours[1..].parse::<u32>().unwrap();
            format!("UTC{hours}{}", if minutes == "00" { "" } else { minutes })
        }
    };
    letters(&format!("{time}{zone}"))
}

fn assert_complete(order: &OrderRequest) {
    let options = order::options();
    let layout = renderer().layout(order, &options, &mut Ignore).unwrap();
    let pages = said(&layout);
    let plain = text(order, &options, &mut Ignore).unwrap();
    let plain = letters(&plain);
    for (path, value) in values(order) {
        if is_known(&path, value.trim()) {
            continue;
        }
        let looks = looks(&value);
        assert!(looks.iter().any(|look| has(&plain, look)), "{path}: {value:?} is not in the text: {plain}");
        // a cell that is torn by the end of a page is not one text
        let is_whole = layout.pages.len() == 1 && value.len() < 20;
        assert!(
            !is_whole || looks.iter().any(|look| has(&pages, look)),
            "{path}: {value:?} is on no page: {layout}"
        );
    }
}

#[test]
fn everything_there_is_is_said() {
    assert_complete(&order::rich());
    assert_complete(&Draw::full().order());
    assert_complete(Draw::full().rare_document().order_request().unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_is_said(bytes in prop::collection::vec(any::<u8>(), 0..1_500)) {
        assert_complete(&Draw::any(&bytes).order());
    }

    #[test]
    fn nothing_leaves_its_place(
        bytes in prop::collection::vec(any::<u8>(), 0..1_500),
        language in prop::sample::select(&Language::ALL[..]),
        amounts in prop::sample::select(&[Amounts::ExcludingTax, Amounts::IncludingTax, Amounts::Hidden][..]),
        whose in prop::sample::select(&[Whose::Organisation, Whose::Requester][..]),
        paper in prop::sample::select(&[Paper::A4, Paper::Letter][..]),
        above in ".{0,200}",
    ) {
        let options = Options::new("A\nB", "c@d", "e@f").with_language(language).with_amounts(amounts)
            .with_whose(whose).with_paper(paper).with_above(language, above);
        let order = Draw::any(&bytes).order();
        let layout = renderer().layout(&order, &options, &mut Ignore).unwrap();
        assert_sound(&layout);
        prop_assert_eq!(&layout, &renderer().layout(&order, &options, &mut Ignore).unwrap());
        let plain = text(&order, &options, &mut Ignore).unwrap();
        prop_assert!(plain.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
