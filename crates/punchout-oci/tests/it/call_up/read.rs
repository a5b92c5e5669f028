use punchout_core::{All, Limits, Severity};
use punchout_oci::{CallUpDecoder, ErrorKind, ParameterValue, Profile};

use super::{codes, extra, read, short};

const HOOK: &str = "HOOK_URL=https%3A%2F%2Fb.example%2Fr";

#[test]
fn names_in_any_case() {
    for query in [
        "HOOK_URL=x&USERNAME=a&PASSWORD=b&~OkCode=ADDI&OCI_VERSION=4.0",
        "hook_url=x&username=a&password=b&~okcode=ADDI&oci_version=4.0",
        "hookUrl=x&userName=a&Password=b&%7EOKCODE=ADDI&OCIVERSION=4.0",
        "Hook_Url=x&User_Name=a&PassWord=b&~OkCode=ADDI&OciVersion=4.0",
    ] {
        let (call_up, _) = read(query);
        assert_eq!(call_up.hook_url.as_deref(), Some("x"), "{query}");
        assert_eq!(call_up.username.as_deref(), Some("a"), "{query}");
        assert_eq!(call_up.password.as_ref().map(punchout_core::Secret::expose), Some("b"), "{query}");
        assert_eq!(call_up.control("~OkCode"), Some("ADDI"), "{query}");
        assert_eq!(call_up.oci_version.as_deref(), Some("4.0"), "{query}");
        assert!(call_up.extra.is_empty(), "{query}: {call_up:?}");
    }
}

#[test]
fn unknown_parameters_keep_spelling_and_order() {
    let (call_up, found) =
        read(&format!("zeta=1&Alpha=%C3%A4&{HOOK}&NEW_ITEM-VENDOR=V&flag&PRODUCTID=9&zeta=2"));
    assert_eq!(extra(&call_up), ["zeta", "Alpha", "NEW_ITEM-VENDOR", "flag", "PRODUCTID", "zeta"]);
    assert_eq!(call_up.parameter("ALPHA"), Some("ä"));
    assert_eq!(found, []);
}

#[test]
fn secrets_are_secrets_among_the_others_too() {
    let (call_up, _) = read(&format!("{HOOK}&VIEW_PASSWD=s1&TOKEN=s2&pw=s3&u=me&p=s4&page=2"));
    let secret: Vec<_> =
        call_up.extra.iter().filter(|it| it.value.is_secret()).map(|it| it.name.as_str()).collect();
    assert_eq!(secret, ["VIEW_PASSWD", "TOKEN", "pw", "p"]);
    let (call_up, _) = read(&format!("{HOOK}&p=2"));
    assert_eq!(call_up.extra[0].value, ParameterValue::Plain("2".into()), "a lone p is a page or a product");
}

#[test]
fn the_return_address_is_opaque() {
    for address in [
        "SAPEVENT:POST",
        "sapevent:POST",
        "HTTPS://B.example/%7Euser/../x?a=1&amp;b=2#f",
        "https://b.example/ä?x=%26",
    ] {
        let encoded: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
        let (call_up, found) = read(&format!("HOOK_URL={encoded}"));
        assert_eq!(call_up.hook_url.as_deref(), Some(address));
        assert_eq!(found, [], "{address}");
    }
}

#[test]
fn a_tail_that_was_torn_off_is_joined() {
    let base = "https://b.example/r?id=7";
    for (query, want, code) in [
        // nothing but unknown names follows: joined as it stands
        ("HOOK_URL=https://b.example/r?id=7&sid=9", "https://b.example/r?id=7&sid=9", "HOOK-TAIL"),
        (
            "u=1&HOOK_URL=https://b.example/r?id=7&a=%20+&&b",
            "https://b.example/r?id=7&a=%20+&&b",
            "HOOK-TAIL",
        ),
        (
            "HOOK_URL=https://b.example/r?id=7&sap-client=100&sap-language=E",
            "https://b.example/r?id=7&sap-client=100&sap-language=E",
            "HOOK-TAIL",
        ),
        ("HOOK_URL=https://b.example/r?t=a%2Bb&x=1", "https://b.example/r?t=a%2Bb&x=1", "HOOK-TAIL"),
        // a known name comes later: which is which cannot be told
        ("HOOK_URL=https://b.example/r?id=7&x=1&OCI_VERSION=4.0", base, "HOOK-CUT"),
        // known names, or nothing, follow
        ("HOOK_URL=https://b.example/r?id=7&OCI_VERSION=4.0", base, "HOOK-RAW"),
        ("HOOK_URL=https://b.example/r?id=7&USERNAME=a&x=1", base, "HOOK-RAW"),
        ("HOOK_URL=https://b.example/r?id=7", base, "HOOK-RAW"),
    ] {
        let (call_up, found) = read(query);
        assert_eq!(call_up.hook_url.as_deref(), Some(want), "{query}");
        assert_eq!(short(&found), [code], "{query}");
        let span = found[0].span.clone().unwrap();
        assert!(query[span].starts_with("HOOK_URL=https://"), "{query}");
    }
    let (joined, found) = read("HOOK_URL=https://b.example/r?id=7&sid=9&x");
    assert_eq!(found[0].span, Some(0.."HOOK_URL=https://b.example/r?id=7&sid=9&x".len()));
    assert!(joined.extra.is_empty());
}

#[test]
fn an_encoded_return_address_has_no_tail() {
    for query in [
        "HOOK_URL=https%3A%2F%2Fb.example%2Fr%3Fid%3D7&sid=9",
        // encoders that leave `:`, `/` and `?` alone
        "HOOK_URL=https://b.example/r?id%3D7&sid=9",
        "HOOK_URL=https://b.example/r?id=7%26x=1&sid=9",
        // no query, so no torn one
        "HOOK_URL=https://b.example/r&sid=9",
        "HOOK_URL=sapevent:POST&sid=9",
    ] {
        let (call_up, found) = read(query);
        assert_eq!(extra(&call_up), ["sid"], "{query}");
        assert_eq!(found, [], "{query}");
    }
}

#[test]
fn where_the_query_of_a_url_ends() {
    let decoder = CallUpDecoder::lenient();
    let hook = |url: &str| decoder.url(url, &mut All::new()).unwrap().hook_url.map(String::from);
    assert_eq!(
        hook("https://s.example/?a=1&HOOK_URL=sapevent:POST&b=2#/cart?HOOK_URL=y").as_deref(),
        Some("sapevent:POST")
    );
    assert_eq!(hook("/oci?HOOK_URL=x\r\n").as_deref(), Some("x"));
    assert_eq!(hook("https://s.example/HOOK_URL=x"), None);
    assert_eq!(hook("https://s.example/#/x?HOOK_URL=x"), None);
}

#[test]
fn the_first_value_counts() {
    let (call_up, found) =
        read("HOOK_URL=&hook_url=https%3A%2F%2Fb.example%2F&HOOK_URL=https%3A%2F%2Fevil.example%2F");
    assert_eq!(call_up.hook_url.as_deref(), Some("https://b.example/"));
    assert_eq!(extra(&call_up), ["HOOK_URL", "HOOK_URL"], "the others are kept");
    assert_eq!(short(&found), ["DUP"], "an empty one is not worth a word");
    assert_eq!(codes(&format!("{HOOK}&USERNAME=a&username=b")), ["DUP"]);
    assert_eq!(codes(&format!("{HOOK}&FUNCTION=DETAIL&PRODUCTID=1&productid=2")), ["DUP"]);
    assert_eq!(codes(&format!("{HOOK}&x=1&x=2")), [""; 0]);
}

#[test]
fn bytes_that_are_no_utf8() {
    let decoder = CallUpDecoder::lenient();
    for (body, name) in [
        (&b"HOOK_URL=SAPEVENT:POST&NAME=M%FCller"[..], "Müller"),
        (b"HOOK_URL=SAPEVENT:POST&NAME=M\xFCller", "Müller"),
        (b"HOOK_URL=SAPEVENT:POST&NAME=%80", "€"),
        (b"NAME=%B1%E6&http_content_charset=iso-8859-2&HOOK_URL=SAPEVENT:POST", "ąć"),
    ] {
        let mut found = All::new();
        let call_up = decoder.body(body, &mut found).unwrap();
        assert_eq!(call_up.parameter("NAME"), Some(name));
        assert_eq!(short(found.found()), ["CHARSET"]);
        assert_eq!(found.found()[0].at, "NAME");
    }
    assert_eq!(codes(&format!("{HOOK}&NAME=M%C3%BCller")), [""; 0]);
    assert_eq!(codes(&format!("{HOOK}&http_content_charset=latin-99")), ["CHARSET-UNK"]);
    assert_eq!(codes(&format!("{HOOK}&USERNAME=100%&x=%zz")), ["ENC-PERCENT", "ENC-PERCENT"]);
}

#[test]
fn return_addresses_that_are_missing_or_odd() {
    for (query, want) in [
        ("USERNAME=a", &["HOOK-MISSING"][..]),
        ("HOOK_URL=+", &["HOOK-MISSING"]),
        ("", &["HOOK-MISSING"]),
        ("HOOK_URL=http%3A%2F%2Fb.example", &["HOOK-HTTP"]),
        ("HOOK_URL=javascript:alert(1)", &["HOOK-SCHEME"]),
        ("HOOK_URL=%2F%2Fb.example", &["HOOK-SCHEME"]),
    ] {
        assert_eq!(codes(query), want, "{query}");
    }
    for function in ["DETAIL", "DETAILADD", "PRODUCTDETAILS", "QUANTITYCHECK", "downloadjson"] {
        let (_, found) = read(&format!("FUNCTION={function}&PRODUCTID=1"));
        assert_eq!((short(&found), found[0].severity), (vec!["HOOK-MISSING"], Severity::Note), "{function}");
    }
}

#[test]
fn secrets_in_a_url_are_reported_by_name_only() {
    let url = format!("https://s.example/?{HOOK}&PASSWORD=geheim&TOKEN=geheim&USERNAME=a&VIEW_PASSWD=");
    let mut found = All::new();
    CallUpDecoder::lenient().url(&url, &mut found).unwrap();
    assert_eq!(short(found.found()), ["PWD-GET", "PWD-GET"]);
    for finding in found.found() {
        assert!(!format!("{finding:?}").contains("geheim"), "{finding:?}");
        assert!(url[finding.span.clone().unwrap()].ends_with("=geheim"));
    }
    assert_eq!(codes(&format!("{HOOK}&PASSWORD=geheim")), [""; 0], "a body is the right place");

    let spans = CallUpDecoder::lenient().secret_spans(&url);
    assert_eq!(spans.iter().map(|span| &url[span.clone()]).collect::<Vec<_>>(), ["geheim", "geheim"]);
    let body = "u=a&p=x%26y&q=1";
    assert_eq!(CallUpDecoder::lenient().secret_spans(body), vec![6..11]);
    assert!(CallUpDecoder::lenient().secret_spans("p=1&q=2").is_empty());
}

#[test]
fn placeholders_that_nobody_filled_in() {
    for query in [
        "USERNAME=SY-UNAME",
        "USERNAME=*username*",
        "PASSWORD=%3Cpassword%3E",
        "sap-language=SY-LANGU",
        "x=%7Buser%7D",
    ] {
        assert_eq!(codes(&format!("{HOOK}&{query}")), ["PLACEHOLDER"], "{query}");
    }
    assert_eq!(codes(&format!("{HOOK}&USERNAME=Sybille&PASSWORD=**")), [""; 0]);
}

#[test]
fn pairs_of_a_web_framework() {
    let mut found = All::new();
    let pairs = [("hook_url", "https://b.example/r?a=1&b=%20"), ("Password", "geheim"), ("x", "")];
    let call_up = CallUpDecoder::lenient().pairs(pairs, &mut found).unwrap();
    assert_eq!(call_up.hook_url.as_deref(), Some("https://b.example/r?a=1&b=%20"), "not decoded again");
    assert_eq!(extra(&call_up), ["x"]);
    assert_eq!(found.found(), []);
    let owned = vec![("USERNAME".to_owned(), "a".to_owned())];
    CallUpDecoder::lenient().pairs(owned, &mut found).unwrap();
    assert_eq!(short(found.found()), ["HOOK-MISSING"]);
    assert_eq!(found.found()[0].span, None);
}

#[test]
fn a_profile_names_and_requires_parameters() {
    let decoder = CallUpDecoder::new(Profile::named("ifs-cloud").unwrap());
    let call_up = decoder
        .query("OCIVERSION=4.0&OCICANCEL=https%3A%2F%2Fb.example%2Fc&HOOK_URL=x", &mut All::new())
        .unwrap();
    assert_eq!(call_up.cancel_url.as_deref(), Some("https://b.example/c"));

    let decoder = CallUpDecoder::new(Profile::named("flexfleet").unwrap());
    let mut found = All::new();
    let call_up =
        decoder.body(format!("{HOOK}&oci_usermail=ann%40example.org&oci_userfullname="), &mut found).unwrap();
    assert_eq!(call_up.parameter("oci_usermail"), Some("ann@example.org"));
    assert_eq!(short(found.found()), ["CALL-REQ"]);
    assert_eq!(found.found()[0].at, "oci_userfullname");
}

#[test]
fn strict_is_a_threshold_on_the_same_findings() {
    let query = "HOOK_URL=https://b.example/r?id=7&x=1";
    let (mut strict, mut lenient) = (All::new(), All::new());
    let read = CallUpDecoder::strict().query(query, &mut strict).unwrap();
    assert_eq!(read, CallUpDecoder::lenient().query(query, &mut lenient).unwrap());
    assert_eq!((strict.worst(), lenient.worst()), (Some(Severity::Error), Some(Severity::Warning)));
}

#[test]
fn limits_end_the_reading() {
    let limit = |limits: Limits, body: &str| {
        let decoder = CallUpDecoder::lenient().with_limits(limits);
        let pairs = decoder.pairs(url::form_urlencoded::parse(body.as_bytes()), &mut All::new()).map(drop);
        [decoder.body(body, &mut All::new()).map(drop), pairs]
            .map(|result| result.map_err(|error| error.kind()))
    };
    let body = "a=12345&b=1&c=1";
    assert_eq!(limit(Limits::default().with_fields(3), body), [Ok(()), Ok(())]);
    assert_eq!(limit(Limits::default().with_fields(2), body), [Err(ErrorKind::Limit); 2]);
    assert_eq!(limit(Limits::default().with_value_bytes(4), body), [Err(ErrorKind::Limit); 2]);
    assert_eq!(limit(Limits::default().with_bytes(8), body), [Err(ErrorKind::Limit); 2]);
}

#[cfg(feature = "serde")]
#[test]
fn serialised_without_secrets() {
    let (call_up, _) =
        read(&format!("{HOOK}&USERNAME=a&PASSWORD=geheim&TOKEN=geheim&x=1&FUNCTION=DETAIL&PRODUCTID=9"));
    let json = serde_json::to_string(&call_up).unwrap();
    assert!(!json.contains("geheim") && json.contains(r#"{"name":"TOKEN","value":null}"#), "{json}");
    let back: punchout_oci::CallUp = serde_json::from_str(&json).unwrap();
    assert_eq!((back.password, back.extra[0].value.expose()), (None, ""));
    assert_eq!((back.function, back.hook_url), (call_up.function, call_up.hook_url));
}
