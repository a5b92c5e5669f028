use proptest::prelude::*;
use proptest::sample::subsequence;
use punchout_core::{All, Secret, Sink};
use punchout_oci::{CallUp, CallUpDecoder, CallUpEncoder, Error, Function, FunctionCall, Profile};
use url::Url;

/// Secrets may go anywhere, and nothing is added.
fn open() -> Profile {
    let mut profile = Profile::lenient().clone();
    profile.call_up.secrets_in_url = true;
    profile.call_up.oci_version.clear();
    profile.call_up.opi_version.clear();
    profile
}

fn filled() -> impl Strategy<Value = String> {
    any::<String>().prop_filter("not blank", |text| !text.trim().is_empty())
}

fn function() -> impl Strategy<Value = Option<FunctionCall>> {
    prop_oneof![
        Just(None),
        filled().prop_map(|id| Some(Function::detail(id))),
        (filled(), 1_u32..999).prop_map(|(id, quantity)| Some(Function::validate(id, quantity))),
        (filled(), any::<String>())
            .prop_map(|(words, vendor)| Some(Function::sourcing(words).with_vendor(vendor))),
        "X[a-z]{1,5}".prop_map(|name| Some(FunctionCall::new(Function::from(name.as_str())))),
    ]
}

prop_compose! {
    /// A call-up as a buyer makes them; other parameters do not bear names
    /// that mean something.
    fn call_up()(
        hook_url in filled(),
        texts in prop::collection::vec(prop::option::of(any::<String>()), 8),
        function in function(),
        controls in subsequence(vec!["~OkCode", "~TARGET", "~CALLER", "~ForceTarget"], 0..=4),
        control in any::<String>(),
        extra in prop::collection::vec(("x-[a-zA-Z0-9_.\\[\\] ä&=+%~]{0,9}", any::<String>()), 0..5),
    ) -> CallUp {
        let mut call_up = CallUp::new(hook_url);
        let mut texts = texts.into_iter();
        let mut text = || texts.next().flatten();
        call_up.password = text().map(Secret::new);
        for slot in [
            &mut call_up.username,
            &mut call_up.language,
            &mut call_up.oci_version,
            &mut call_up.opi_version,
            &mut call_up.charset,
            &mut call_up.target,
        ] {
            *slot = text().map(Into::into);
        }
        call_up.function = function;
        for name in controls {
            call_up = call_up.with_control(name, control.as_str());
        }
        for (name, value) in extra {
            call_up = call_up.with_parameter(name, value);
        }
        call_up
    }
}

type Way = fn(&CallUpDecoder, &[u8], &mut dyn Sink) -> Result<CallUp, Error>;

/// Reads in every way and holds each finding to what findings may be.
fn read_all_ways(input: &[u8]) -> Result<(), TestCaseError> {
    let decoder = CallUpDecoder::lenient();
    let ways: [Way; 3] = [|d, i, s| d.url(i, s), |d, i, s| d.query(i, s), |d, i, s| d.body(i, s)];
    for way in ways {
        let mut found = All::new();
        let call_up = way(&decoder, input, &mut found).unwrap();
        for finding in found.found() {
            let inside =
                finding.span.as_ref().is_none_or(|span| span.start <= span.end && span.end <= input.len());
            prop_assert!(inside, "{finding:?}");
        }
        prop_assert_eq!(call_up, way(&decoder, input, &mut All::new()).unwrap());
    }
    for span in decoder.secret_spans(input) {
        prop_assert!(span.start < span.end && span.end <= input.len());
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_body_is_read_as_it_was_meant(call_up in call_up()) {
        let body = CallUpEncoder::new(&open()).body(&call_up).unwrap();
        let mut found = All::new();
        prop_assert_eq!(CallUpDecoder::lenient().body(body.expose(), &mut found).unwrap(), call_up);
        prop_assert!(found.found().iter().all(|it| it.code.as_str() != "OCI-HOOK-TAIL"));
    }

    #[test]
    fn a_url_is_read_as_it_was_meant(call_up in call_up()) {
        let shop = Url::parse("https://shop.example/oci#start").unwrap();
        let url = CallUpEncoder::new(&open()).url(&call_up, &shop).unwrap();
        prop_assert!(Url::parse(url.expose()).is_ok_and(|parsed| parsed.as_str() == url.expose()));
        prop_assert_eq!(CallUpDecoder::lenient().url(url.expose(), &mut All::new()).unwrap(), call_up);
    }

    #[test]
    fn pairs_are_read_as_they_were_meant(call_up in call_up()) {
        let parameters = CallUpEncoder::new(&open()).parameters(&call_up).unwrap();
        let pairs = parameters.iter().map(|parameter| (&*parameter.name, parameter.value.expose()));
        prop_assert_eq!(CallUpDecoder::lenient().pairs(pairs, &mut All::new()).unwrap(), call_up);
    }

    /// What was read and written again is read the same.
    #[test]
    fn reading_is_a_fixed_point(pairs in prop::collection::vec((
        prop_oneof![
            prop::sample::select(vec![
                "hookUrl", "HOOK_URL", "USERNAME", "password", "FUNCTION", "PRODUCTID", "~target", "u", "p", "LANGU",
            ]).prop_map(str::to_owned),
            "[a-z]{1,6}",
        ],
        prop_oneof![any::<String>(), Just("DETAIL".to_owned()), Just(String::new())],
    ), 0..8)) {
        let decoder = CallUpDecoder::lenient();
        let once = decoder.pairs(pairs, &mut All::new()).unwrap();
        if let Ok(body) = CallUpEncoder::new(&open()).body(&once) {
            prop_assert_eq!(decoder.body(body.expose(), &mut All::new()).unwrap(), once);
        }
    }

    /// However it was torn, an unencoded address with a query comes back whole.
    #[test]
    fn an_unencoded_tail_comes_back(tail in "(&[a-z]{1,3}[0-9](=[a-zA-Z0-9+/?:%._-]{0,9})?){1,6}") {
        let address = format!("https://b.example/r?id=7{tail}");
        let query = format!("USERNAME=a&HOOK_URL={address}");
        let read = CallUpDecoder::lenient().query(&query, &mut All::new()).unwrap();
        prop_assert_eq!(read.hook_url.as_deref(), Some(address.as_str()));
    }

    #[test]
    fn nothing_panics_on_bytes(input in prop::collection::vec(any::<u8>(), 0..200)) {
        read_all_ways(&input)?;
    }

    #[test]
    fn nothing_panics_on_what_looks_like_a_call_up(input in
        "(https://s/\\?|)((HOOK_URL|hookUrl|PASSWORD|u|p|FUNCTION|PRODUCTID|~target|x|http_content_charset)(=|)(https://b/\\?a=|DETAIL|%|%FF|%C3|ü|latin1|[#&=?]){0,3}&?){0,8}"
    ) {
        read_all_ways(input.as_bytes())?;
    }

    /// No finding and no `Debug` tells a secret.
    #[test]
    fn secrets_are_not_told(
        name in prop::sample::select(vec!["PASSWORD", "password", "VIEW_PASSWD", "TOKEN", "pw", "access_token"]),
        odd in prop::sample::select(vec!["", "%", "%FF", "*", "ü"]),
    ) {
        let url = format!("https://s.example/?{name}={odd}geheim{odd}&{name}=geheim2&HOOK_URL=x&FUNCTION=Y");
        let mut found = All::new();
        let call_up = CallUpDecoder::strict().url(&url, &mut found).unwrap();
        let told = format!("{call_up:?} {:?}", found.found());
        prop_assert!(!told.contains("geheim"), "{told}");
        prop_assert!(told.contains("OCI-PWD-GET"));
    }
}
