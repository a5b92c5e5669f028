use punchout_oci::markup::{FormPage, Submit};
use punchout_oci::profile::{Method, Profile};
use punchout_oci::{CallUp, CallUpEncoder, ErrorKind, Function, FunctionCall, Parameter};
use url::Url;

fn shop(url: &str) -> Url {
    Url::parse(url).unwrap()
}

/// A profile without versions, so that only what a test sets is sent.
fn quiet() -> Profile {
    let mut profile = Profile::lenient().clone();
    profile.call_up.oci_version.clear();
    profile.call_up.opi_version.clear();
    profile
}

fn open() -> Profile {
    let mut profile = quiet();
    profile.call_up.secrets_in_url = true;
    profile
}

fn plain() -> CallUp {
    CallUp::new("https://erp.example/r?id=7&sid=ä b").with_login("ann@example.org", "g&h=m")
}

const PLAIN: &str = "USERNAME=ann%40example.org&PASSWORD=g%26h%3Dm&HOOK_URL=https%3A%2F%2Ferp.example%2Fr%3Fid%3D7%26sid%3D%C3%A4+b";

#[test]
fn a_body_has_the_return_address_last() {
    let body = CallUpEncoder::new(&quiet()).body(&plain()).unwrap();
    assert_eq!(body.expose(), PLAIN);

    let mut full = plain().with_function(Function::validate("4711/A", 25)).with_parameter("COST", "x");
    full.language = Some("NL".into());
    full.oci_version = Some("3.5".into());
    full.charset = Some("utf-8".into());
    full.target = Some("_parent".into());
    full = full.with_control("~OkCode", "ADDI");
    let parameters = CallUpEncoder::new(Profile::lenient()).parameters(&full).unwrap();
    let names: Vec<_> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "USERNAME",
            "PASSWORD",
            "sap-language",
            "FUNCTION",
            "PRODUCTID",
            "QUANTITY",
            "COST",
            "OCI_VERSION",
            "OPI_VERSION",
            "http_content_charset",
            "returntarget",
            "~OkCode",
            "HOOK_URL",
        ]
    );
    assert_eq!(parameters[7].value.expose(), "3.5", "the call-up's own version counts");
    assert_eq!(parameters[8].value.expose(), "1.0", "the profile's version fills in");
}

#[test]
fn a_url_keeps_the_shops_query_and_fragment() {
    let encoder = CallUpEncoder::new(&open());
    for (address, want) in [
        ("https://shop.example/oci", format!("https://shop.example/oci?{PLAIN}")),
        ("https://shop.example/oci?", format!("https://shop.example/oci?{PLAIN}")),
        ("https://shop.example/oci?c=%7e7&d", format!("https://shop.example/oci?c=%7e7&d&{PLAIN}")),
        ("https://shop.example/oci?c=7&", format!("https://shop.example/oci?c=7&{PLAIN}")),
        ("https://shop.example/#/start?x=1", format!("https://shop.example/?{PLAIN}#/start?x=1")),
        ("https://shop.example/?c=7#top", format!("https://shop.example/?c=7&{PLAIN}#top")),
    ] {
        assert_eq!(encoder.url(&plain(), &shop(address)).unwrap().expose(), want);
    }
}

#[test]
fn a_page_posts_to_the_shop() {
    let mut page = FormPage::new("Naar de winkel", "Verder");
    page.language = "nl".into();
    let encoder = CallUpEncoder::new(&quiet());
    let html = encoder.page(&plain(), &shop("https://shop.example/oci?c=7&d=8"), &page).unwrap();
    for line in [
        r#"<html lang="nl">"#,
        r#"<meta charset="utf-8">"#,
        r#"<form method="post" action="https://shop.example/oci?c=7&amp;d=8" accept-charset="utf-8">"#,
        r#"<input type="hidden" name="PASSWORD" value="g&amp;h=m">"#,
        r#"<input type="hidden" name="HOOK_URL" value="https://erp.example/r?id=7&amp;sid=ä b">"#,
        r#"<button type="submit">Verder</button>"#,
    ] {
        assert!(html.expose().lines().any(|there| there == line), "{line}\nnot in\n{}", html.expose());
    }
    assert_eq!(html.expose().matches("<input").count(), 3);
    assert!(html.expose().contains("<script>"));
    page.submit = Submit::Button;
    let html = encoder.page(&plain(), &shop("https://shop.example/"), &page).unwrap();
    assert!(!html.expose().contains("<script"));
}

/// A browser replaces the query of a GET form's address by the inputs.
#[test]
fn a_page_for_get_makes_inputs_of_the_shops_query() {
    let encoder = CallUpEncoder::new(&open()).with_method(Method::Get);
    let page = encoder
        .page(&plain(), &shop("https://shop.example/oci?c=a%20b#f"), &FormPage::new("t", "b"))
        .unwrap();
    assert!(
        page.expose().contains(r#"<form method="get" action="https://shop.example/oci#f""#),
        "{}",
        page.expose()
    );
    assert!(page.expose().contains(r#"name="c" value="a b""#));
    assert_eq!(page.expose().matches("<input").count(), 4);
}

#[test]
fn a_request_goes_by_the_profiles_method() {
    let address = shop("https://shop.example/oci");
    let post = CallUpEncoder::new(&quiet()).request(&plain(), &address).unwrap();
    assert_eq!((post.method, post.url.expose()), (Method::Post, "https://shop.example/oci"));
    assert_eq!(post.body.unwrap().expose(), PLAIN);
    let get = CallUpEncoder::new(Profile::named("ifs-cloud").unwrap()).request(&plain(), &address).unwrap();
    assert_eq!((get.method, get.body), (Method::Get, None));
    assert!(get.url.expose().contains("PASSWORD=g%26h%3Dm&OCIVERSION=4.0&HOOK_URL="), "{}", get.url.expose());
}

#[test]
fn no_secret_gets_into_a_url_unless_the_profile_says_so() {
    let plain_hook = || CallUp::new("https://erp.example/r");
    let address = "https://shop.example/oci";
    let mut spelled = plain_hook();
    spelled.extra.push(Parameter::plain("password", "geheim"));
    let mut marked = plain_hook();
    marked.extra.push(Parameter::secret("cid", "geheim"));
    for (call_up, address) in [
        (plain_hook().with_login("ann", "geheim"), address),
        (plain_hook().with_parameter("TOKEN", "geheim"), address),
        (plain_hook().with_parameter("VIEW_PASSWD", "geheim"), address),
        (spelled, address),
        (marked, address),
        (plain_hook(), "https://shop.example/oci?password=geheim"),
        (plain_hook(), "https://ann:geheim@shop.example/oci"),
    ] {
        let closed = CallUpEncoder::new(&quiet()).with_method(Method::Get);
        let page = FormPage::new("t", "b");
        let errors = [
            closed.url(&call_up, &shop(address)).unwrap_err(),
            closed.request(&call_up, &shop(address)).unwrap_err(),
            closed.page(&call_up, &shop(address), &page).unwrap_err(),
        ];
        for error in errors {
            let text = error.to_string();
            assert_eq!(error.kind(), ErrorKind::Misuse);
            assert!(text.contains("POST") && text.contains("profile") && !text.contains("geheim"), "{text}");
        }
        let url = CallUpEncoder::new(&open()).url(&call_up, &shop(address)).unwrap();
        assert!(url.expose().contains("geheim"));
        assert!(!format!("{url} {url:?}").contains("geheim"), "{url}");
    }
    let empty = plain_hook().with_login("ann", "");
    assert!(
        CallUpEncoder::new(&quiet()).url(&empty, &shop(address)).is_ok(),
        "an empty password is no secret"
    );
}

#[test]
fn nothing_that_is_written_prints_its_secrets() {
    let encoder = CallUpEncoder::new(&open());
    let call_up = CallUp::new("https://erp.example/").with_login("ann", "geheim");
    let address = shop("https://shop.example/oci");
    let shown = format!(
        "{:?} {:?} {:?} {:?} {:?}",
        encoder.url(&call_up, &address).unwrap(),
        encoder.body(&call_up).unwrap(),
        encoder.page(&call_up, &address, &FormPage::new("t", "b")).unwrap(),
        encoder.request(&call_up, &address).unwrap(),
        encoder.parameters(&call_up).unwrap(),
    );
    assert!(!shown.contains("geheim"), "{shown}");
    assert!(shown.contains("https://shop.example/oci?…"), "{shown}");
}

#[test]
fn a_profile_renames_and_adds_parameters() {
    let profile = Profile::from_toml(
        r#"
        name = "own"
        title = "Own"
        role = "shop"
        source = "made for this test"
        verified = false
        base = "lenient"

        [call_up]
        oci_version = ""
        opi_version = ""
        fixed = [{ name = "interfaceType", value = "OCI" }, { name = "LANGU", value = "EN" }]
        source = "made for this test"
        verified = false

        [call_up.names]
        hook_url = "returnUrl"
        username = "cid"
        password = "code"
        "#,
    )
    .unwrap();
    let call_up = CallUp::new("SAPEVENT:POST").with_login("7", "geheim").with_parameter("langu", "NL");
    let body = CallUpEncoder::new(&profile).body(&call_up).unwrap();
    assert_eq!(body.expose(), "cid=7&code=geheim&langu=NL&interfaceType=OCI&returnUrl=SAPEVENT%3APOST");
    let error = CallUpEncoder::new(&profile).url(&call_up, &shop("https://shop.example/")).unwrap_err();
    assert!(error.to_string().starts_with("code must not stand in a URL"), "{error}");
}

#[test]
fn identity_parameters_are_ordinary_and_can_be_required() {
    let encoder = CallUpEncoder::new(Profile::named("flexfleet").unwrap());
    let half = CallUp::new("https://erp.example/r").with_parameter("oci_usermail", "ann@example.org");
    let error = encoder.body(&half).unwrap_err();
    assert_eq!(error.to_string(), "oci_userfullname is missing: profile flexfleet requires it");
    let body = encoder.body(&half.with_parameter("oci_userfullname", "Ann Ex")).unwrap();
    assert_eq!(
        body.expose(),
        "oci_usermail=ann%40example.org&oci_userfullname=Ann+Ex&HOOK_URL=https%3A%2F%2Ferp.example%2Fr"
    );
    let login = CallUp::new("https://erp.example/r").with_login("ann", "geheim");
    let error = encoder.body(&login).unwrap_err();
    assert_eq!(error.to_string(), "profile flexfleet has no parameter for the user name: leave it out");
}

#[test]
fn incomplete_and_contradictory_call_ups_are_refused() {
    let encoder = CallUpEncoder::new(&quiet());
    let empty = FunctionCall::new(Function::Detail);
    for (call_up, want) in [
        (CallUp::default(), "HOOK_URL is missing"),
        (CallUp::new(" "), "HOOK_URL is missing"),
        (CallUp::default().with_function(Function::validate("x", 1)), "HOOK_URL is missing"),
        (CallUp::default().with_function(empty), "PRODUCTID is missing"),
        (CallUp::new("x").with_function(Function::background_search("")), "SEARCHSTRING is missing"),
        (CallUp::new("x").with_parameter("hookUrl", "y"), "HOOK_URL is there twice"),
        (CallUp::new("x").with_login("a", "b").with_parameter("user_name", "c"), "user_name is there twice"),
        (
            CallUp::new("x").with_function(Function::detail("a")).with_parameter("productid", "b"),
            "productid is there twice",
        ),
    ] {
        let error = encoder.body(&call_up).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Misuse);
        assert!(error.to_string().starts_with(want), "{error}");
    }
    assert!(encoder.body(&CallUp::default().with_function(Function::detail("x"))).is_ok());
    let arrays = CallUp::new("x").with_parameter("a[]", "1").with_parameter("a[]", "2");
    assert!(encoder.body(&arrays).is_ok(), "what means nothing may repeat");
}

#[test]
fn the_shops_query_must_not_hold_what_is_sent() {
    let encoder = CallUpEncoder::new(&open());
    let address = shop("https://shop.example/oci?user_name=guest");
    for error in [
        encoder.url(&plain(), &address).unwrap_err(),
        encoder.request(&plain(), &address).unwrap_err(),
        encoder.page(&plain(), &address, &FormPage::new("t", "b")).unwrap_err(),
    ] {
        assert_eq!(error.to_string(), "user_name is there twice: set it in one place only");
    }
    assert!(encoder.url(&CallUp::new("https://erp.example/r"), &address).is_ok());
}

#[test]
fn the_return_address_comes_first_where_a_profile_wants_it() {
    let mut profile = quiet();
    profile.call_up.hook_url_last = false;
    let call_up = CallUp::new("x").with_parameter("a", "1");
    assert_eq!(CallUpEncoder::new(&profile).body(&call_up).unwrap().expose(), "HOOK_URL=x&a=1");
}

#[test]
fn the_shop_must_be_a_web_site() {
    let error =
        CallUpEncoder::new(&quiet()).page(&plain(), &shop("javascript:alert(1)"), &FormPage::new("t", "b"));
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Misuse);
}
