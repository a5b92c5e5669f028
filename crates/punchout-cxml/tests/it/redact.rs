//! Documents without their secrets.

use proptest::prelude::*;
use punchout_core::{Ignore, Secret};
use punchout_cxml::Validator;
use punchout_cxml::secret::{Secrets, redact};

fn redacted(xml: &str) -> String {
    String::from_utf8(redact(xml.as_bytes()).unwrap()).unwrap()
}

fn is_well_formed(xml: &str) -> bool {
    Validator::new().validate(xml.as_bytes(), &mut Ignore).unwrap().well_formed
}

/// What roxmltree says, which reads declarations, too.
fn is_sound(xml: &str) -> bool {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(xml, options).is_ok()
}

#[test]
fn what_is_repeated_goes_from_wherever_it_stands() {
    const SECRET: &str = "<SharedSecret>hunter2222</SharedSecret>";
    for (sent, shown) in [
        ("<?note hunter2222?>\n<a>%</a> <?hunter2222 x?>", "<?note ***?>\n<a>%</a> <?hunter2222 x?>"),
        (
            "<?xml version='1.0'?><!--hunter2222--><a>%<?n a hunter2222?></a>",
            "<?xml version='1.0'?><!--***--><a>%<?n a ***?></a>",
        ),
        (
            "<!DOCTYPE a SYSTEM 'hunter2222.dtd' [<!ENTITY s 'hunter2222'><?p hunter2222?><!--hunter2222-->]><a>%</a>",
            "<!DOCTYPE a SYSTEM '***.dtd' [<!ENTITY s '***'><?p ***?><!--***-->]><a>%</a>",
        ),
        (
            "<!DOCTYPE a PUBLIC 'hunter2222' \"x hunter2222\"><a>%<![CDATA[hunter2222]]></a>",
            "<!DOCTYPE a PUBLIC '***' \"x ***\"><a>%<![CDATA[***]]></a>",
        ),
    ] {
        assert_eq!(
            redacted(&sent.replace('%', SECRET)),
            shown.replace('%', "<SharedSecret>***</SharedSecret>")
        );
    }
}

#[test]
fn a_secret_is_what_it_says() {
    for secret in [
        "<![CDATA[hunter2222]]>",
        "hunter<!-- x -->2222",
        "hunter<![CDATA[2222]]>",
        " <b>hunter2222</b> <c>other one</c>",
        "hunter<b>2222</b>",
        "&#104;unter2222",
    ] {
        let xml = format!("<a b='hunter2222'><SharedSecret>{secret}</SharedSecret>is hunter2222</a>");
        assert_eq!(redacted(&xml), "<a b='***'><SharedSecret>***</SharedSecret>is ***</a>", "{secret}");
        assert_eq!(Secrets::of(xml.as_bytes()).hide_repeated("is hunter2222"), "is ***", "{secret}");
    }
}

#[test]
fn every_secret_is_known_for_what_others_say() {
    for (xml, all) in [
        ("<a><SharedSecret> 1 </SharedSecret><Password>Sender</Password></a>", &["Sender", "1"][..]),
        ("<a><SharedSecret>a&amp;b</SharedSecret><SharedSecret/></a>", &["a&b"]),
        ("<a><Extrinsic name='password'>hunter2</Extrinsic>hunter3</a>", &["hunter2"]),
        // not well-formed
        ("<a><SharedSecret>hunter2</SharedSecret><b>hunter3</a>", &["hunter2"]),
        ("<a><SharedSecret>h&amp;2</SharedSecret", &["h&amp;2", "h&2"]),
        ("<a><SharedSecret><b>1</b> 22<c/></SharedSecret>", &["22", "1"]),
        ("<a><SharedSecret>333</SharedSecre></a>4", &["333"]),
        ("<a>4</a>", &[]),
        // what pays
        (
            "<a><PCard number='4111-1&#49;' expiration='2027-01' name='VISA'/><PaymentToken token='t&amp;1'/></a>",
            &["4111-11", "t&1"],
        ),
        ("<a><b>card 4111 1111 1111 1111, please</b></a>", &["4111 1111 1111 1111"]),
        ("<a><Extrinsic name='cvv'>737</Extrinsic></a>", &["737"]),
        // but no number that is something else too
        (
            "<OrderRequestHeader orderID='4111111111111111'><b>for 4111111111111111</b></OrderRequestHeader>",
            &[],
        ),
        // addresses
        (
            "<a><URL>https://ann:h%75sh@x.example/?token=a+b%2Bc&amp;n=2222&amp;pw=12</URL></a>",
            &["ann:h%75sh", "ann:hush", "a+b%2Bc", "h%75sh", "a b+c", "a+b+c", "hush"],
        ),
        (
            "<a><StartPage><URL>https://x.example/in?sid=abc123</URL></StartPage></a>",
            &["https://x.example/in?sid=abc123", "in?sid=abc123", "abc123"],
        ),
        // where nobody looks for them
        ("<a><!-- <SharedSecret>old</SharedSecret> --></a>", &["old"]),
        ("<!DOCTYPE a [<!ENTITY pw 'hushhush'>]><a><PCard number='&pw;'/></a>", &["hushhush", "&pw;"]),
        (
            "<a><PCard number='4111' expiration='2027-01'/>",
            &["PCard number='4111' expiration='2027-01'/>", "4111"],
        ),
        ("<a>https://ann:hush@x.example/", &["ann:hush", "hush"]),
    ] {
        let found: Vec<_> = Secrets::of(xml.as_bytes()).values().collect();
        let found: Vec<_> = found.iter().map(Secret::expose).collect();
        assert_eq!(found, all, "{xml}");
    }
    // says another encoding than it has
    let latin = b"<a><SharedSecret>x\xe9y</SharedSecret></a>";
    let found: Vec<_> = Secrets::of(latin).values().collect();
    assert_eq!(found.iter().map(Secret::expose).collect::<Vec<_>>(), ["x\u{e9}y"]);
}

#[test]
fn declarations_go_with_a_secret_that_names_one() {
    let doctype = "<!DOCTYPE a [<!ENTITY pw 'hushhush'>]>";
    for (secret, goes) in [
        ("<SharedSecret>&pw;</SharedSecret>", true),
        ("<PCard number='&pw;'/>", true),
        ("<b>https://ann:&pw;@x/</b>", true),
        ("<b c='token=1'>&pw;</b>", false),
        ("<SharedSecret><![CDATA[&pw;]]></SharedSecret>", false),
        ("<SharedSecret>x<!-- &pw; --></SharedSecret>", false),
    ] {
        let xml = format!("{doctype}<a>{secret}</a>");
        assert_eq!(!redacted(&xml).contains("hushhush"), goes, "{secret}");
        let secrets = Secrets::of(xml.as_bytes());
        assert_eq!(secrets.spans().iter().any(|span| &xml[span.clone()] == "hushhush"), goes, "{secret}");
    }
}

#[test]
fn references_go_as_a_whole() {
    for (secret, sent, shown) in [
        ("hunter2222", "&hunter2222; &hunter22223;", "*** ***"),
        ("amp;hunter", "x&amp;hunter y", "x*** y"),
        ("hunter&amp;", "hunter&amp; hunter&ampere;", "*** ***"),
        ("hunter2222", "<![CDATA[&hunter2222;]]>", "<![CDATA[&***;]]>"),
    ] {
        let xml = format!("<a><SharedSecret>{secret}</SharedSecret>{sent}</a>");
        assert_eq!(redacted(&xml), format!("<a><SharedSecret>***</SharedSecret>{shown}</a>"));
    }
}

#[test]
fn what_looks_like_a_secret_leaves_markup_alone() {
    for (sent, shown) in [
        ("<a>token='x <b/>y' z<c d='1'/></a>", "<a>token='***<b/>y' z<c d='1'/></a>"),
        ("<a><!-- <SharedSecret>old --></a>", "<a><!-- <SharedSecret>***--></a>"),
        ("<a><x4111111111111111/>4111111111111111</a>", "<a><x4111111111111111/>***</a>"),
        ("<a><![CDATA[<Password>old]]></a>", "<a><![CDATA[<Password>***]]></a>"),
    ] {
        assert_eq!(redacted(sent), shown);
    }
}

/// One in ten numbers of 16 digits could be a card's; a part that has one is not
/// another part for that.
#[test]
fn identifiers_stay_as_they_are() {
    const CARD: &str = "4111111111111111";
    for (sent, goes) in [
        ("<a orderID='%'/>", false),
        ("<ItemOut lineNumber='%'><ItemID><SupplierPartID>%</SupplierPartID></ItemID></ItemOut>", false),
        ("<SupplierPartAuxiliaryID>x <![CDATA[%]]> y</SupplierPartAuxiliaryID>", false),
        ("<Extrinsic name='EAN&#45;13'>%</Extrinsic>", false),
        ("<URL>https://x.example/%</URL>", false),
        ("<Extrinsic name='note'>%</Extrinsic>", true),
        ("<Extrinsic name='%'>x</Extrinsic>", true),
        ("<SupplierPartID>x<b>%</b></SupplierPartID>", true),
        ("<SupplierPartID>x<!-- % --></SupplierPartID>", true),
        ("<Segment type='credit card' id='%'/>", true),
        ("<PCard name='%'/>", true),
    ] {
        let xml = format!("<a>{}</a>", sent.replace('%', CARD));
        let shown = redacted(&xml);
        assert_eq!(shown, if goes { xml.replace(CARD, "***") } else { xml.clone() });
        let secrets = Secrets::of(xml.as_bytes());
        assert_eq!(!secrets.spans().is_empty(), goes, "{sent}");
        assert_eq!(secrets.hide(&format!("value `{CARD}`")).contains("***"), goes, "{sent}");
    }
    let xml = "<a><SharedSecret>hunter2222</SharedSecret><b orderID='hunter2222 %'/></a>".replace('%', CARD);
    assert!(redacted(&xml).contains(&format!("'*** {CARD}'")), "{xml}");
    let secrets = Secrets::of(xml.as_bytes());
    let said = format!("hunter2222 {CARD}");
    assert_eq!(secrets.hide_repeated_in_identifier(&said), format!("*** {CARD}"));
    assert_eq!(secrets.hide_repeated(&said), "*** ***");
}

#[test]
fn ampersands_that_begin_nothing_take_no_time() {
    let xml = format!("<a><SharedSecret><![CDATA[{}]]></SharedSecret></a>", "&".repeat(400_000));
    assert_eq!(redacted(&xml), "<a><SharedSecret>***</SharedSecret></a>");
}

/// What texts are made of.
const WORDS: [&str; 20] = [
    "hunter2222",
    "hunter",
    "2222",
    "amp;",
    ";",
    " ",
    "&amp;",
    "&#104;",
    "&hunter2222;",
    "&s;",
    "token=",
    "pw='",
    "'",
    "https://ann:",
    "@x",
    "/",
    "4111111111111111",
    "name=",
    "é",
    "\n",
];
/// What may stand where nothing is markup.
const MARKUP: [&str; 7] = ["&", "<", "<SharedSecret>", "</SharedSecret>", "<PCard number='1'/>", "=", "]"];

/// Texts, of which some are markup where they may be.
fn piece() -> impl Strategy<Value = String> {
    let words =
        |most| prop::collection::vec(prop::sample::select(&WORDS[..]), 0..most).prop_map(|w| w.concat());
    let any = || {
        prop::collection::vec(prop::sample::select([&WORDS[..], &MARKUP[..]].concat()), 0..6)
            .prop_map(|words| words.concat())
    };
    prop_oneof![
        words(6),
        words(6),
        words(3).prop_map(|text| format!("<SharedSecret>{text}</SharedSecret>")),
        words(4).prop_map(|text| format!("<b c=\"{text}\"/>")),
        words(4).prop_map(|text| format!("<Extrinsic name='password'>{text}<b/></Extrinsic>")),
        any().prop_map(|text| format!("<![CDATA[{text}]]>")),
        any().prop_map(|text| format!("<SharedSecret>x<![CDATA[{text}]]></SharedSecret>")),
        any().prop_map(|text| format!("<!--{text}-->")),
        any().prop_map(|text| format!("<?note {text}?>")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_left_is_well_formed_and_has_no_secret(
        pieces in prop::collection::vec(piece(), 1..8),
        declared in prop::sample::select(&["hunter2222", "is hunter2222", "&#104;", "x&amp;hunter"][..]),
    ) {
        let doctype = format!(
            "<!DOCTYPE a SYSTEM 'x?hunter2222' [<!ENTITY s \"{declared}\"><!ENTITY hunter2222 'x'><?p hunter2222?>]>"
        );
        let xml = format!("{doctype}<a>{}</a>", pieces.concat());
        prop_assert!(is_well_formed(&xml), "{}", xml);
        let shown = redacted(&xml);
        prop_assert!(is_well_formed(&shown), "{}\n{}", xml, shown);
        prop_assert!(is_sound(&shown) || !is_sound(&xml), "{}\n{}", xml, shown);
        prop_assert_eq!(redacted(&shown), shown, "{}", xml);
    }
}
