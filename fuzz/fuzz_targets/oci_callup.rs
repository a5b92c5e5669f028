//! Call-ups as URLs, queries and bodies.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use punchout_core::{All, Ignore, Secret};
use punchout_fuzz::{findings_lie_inside, lies_inside, strict_implies_lenient};
use punchout_oci::{CallUp, CallUpDecoder, CallUpEncoder, Profile};

static STRICT: LazyLock<CallUpDecoder> = LazyLock::new(CallUpDecoder::strict);
static LENIENT: LazyLock<CallUpDecoder> = LazyLock::new(CallUpDecoder::lenient);

fuzz_target!(|input: &[u8]| {
    for way in [CallUpDecoder::url, CallUpDecoder::query, CallUpDecoder::body] {
        let (mut strict_found, mut lenient_found) = (All::new(), All::new());
        let strict = way(&STRICT, input, &mut strict_found).expect("within the limits");
        let lenient = way(&LENIENT, input, &mut lenient_found).expect("within the limits");
        strict_implies_lenient((&strict, &strict_found), (&lenient, &lenient_found));
        findings_lie_inside(&strict_found, input);
        findings_lie_inside(&lenient_found, input);
        keeps_its_password(&lenient);
    }
    LENIENT.secret_spans(input).into_iter().for_each(|span| lies_inside(span, input));
    is_kept(input);
});

/// What is shown does not depend on the password.
fn keeps_its_password(call_up: &CallUp) {
    let mut other = call_up.clone();
    other.password = call_up.password.as_ref().map(|_| Secret::new("another one"));
    assert_eq!(format!("{call_up:?}"), format!("{other:?}"));
}

/// What is written and read again is the same but for what the profile adds,
/// and from then on is the same.
fn is_kept(input: &[u8]) {
    static ALL: LazyLock<Vec<(CallUpEncoder, CallUpDecoder)>> = LazyLock::new(|| {
        Profile::builtin().map(|profile| (CallUpEncoder::new(profile), CallUpDecoder::new(profile))).collect()
    });
    // which profile does not matter, only that each gets its turn
    let (encoder, decoder) = &ALL[input.len() % ALL.len()];
    let again = |call_up: &CallUp| {
        let body = encoder.body(call_up).ok()?;
        Some(decoder.body(body.expose(), &mut Ignore).expect("what was written is read"))
    };
    let call_up = decoder.body(input, &mut Ignore).expect("within the limits");
    let Some(once) = again(&call_up) else { return };
    let said = |it: &CallUp| {
        (
            (it.hook_url.clone(), it.username.clone(), it.password.clone(), it.language.clone()),
            (
                it.charset.clone(),
                it.target.clone(),
                it.cancel_url.clone(),
                it.function.clone(),
                it.controls.clone(),
            ),
        )
    };
    assert_eq!(said(&call_up), said(&once));
    assert!(call_up.extra.iter().all(|parameter| once.extra.contains(parameter)), "{call_up:?} {once:?}");
    assert_eq!(again(&once).as_ref(), Some(&once));
}
