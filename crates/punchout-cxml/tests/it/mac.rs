use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use punchout_core::Secret;
use punchout_cxml::mac::{Claim, Mac, Refusal, Verifier};
use punchout_cxml::{Credential, Header, Party, Sender};

const CREATION: &str = "2003-01-15T08:42:46-08:00";
const EXPIRATION: &str = "2003-01-15T11:42:46-08:00";
const VALUE: &str = "cR6Jpz58nriXERDN";
const BUYER: (&str, &str) = ("NetworkID", "AN9900000100");

fn claim() -> Claim<'static> {
    Claim::new(BUYER, BUYER, CREATION, EXPIRATION)
}

fn secret() -> Secret {
    Secret::from("abracadabra")
}

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

/// The example of the cXML Reference Guide.
#[test]
fn signs_as_the_guide_does() {
    assert_eq!(claim().sign(&secret()), VALUE);
    let lower = ("networkid", "an9900000100");
    assert_eq!(Claim::new(lower, lower, CREATION, EXPIRATION).sign(&secret()), VALUE);
    let credential = Credential::new("networkID", "an9900000100");
    assert_eq!(Claim::of(&credential, &credential, CREATION, EXPIRATION).sign(&secret()), VALUE);
}

#[test]
fn says_what_is_wrong() {
    let noon = at("2003-01-15T17:00:00Z");
    let verify =
        |mac: Mac<'_>, secret: &str, now| Verifier::new().verify(&claim(), &mac, &Secret::from(secret), now);
    let good = Mac::new(VALUE);
    for (mac, secret, now, expected) in [
        (good, "abracadabra", noon, Ok(())),
        (Mac::new(" cR6Jpz58nriXERDN\n"), "abracadabra", noon, Ok(())),
        (good.with_algorithm("hmac-sha1-96"), "abracadabra", noon, Ok(())),
        (good.with_algorithm("HMAC-SHA256"), "abracadabra", noon, Err(Refusal::Algorithm)),
        (good.with_kind("Other"), "abracadabra", noon, Err(Refusal::Type)),
        (good, "abracadabr", noon, Err(Refusal::Mismatch)),
        (good, "", noon, Err(Refusal::Mismatch)),
        (Mac::new("cR6Jpz58nriXERDM"), "abracadabra", noon, Err(Refusal::Mismatch)),
        (Mac::new(""), "abracadabra", noon, Err(Refusal::Malformed)),
        (Mac::new("cR6J"), "abracadabra", noon, Err(Refusal::Malformed)),
        (Mac::new("cR6Jpz58nriXERDNAAAA"), "abracadabra", noon, Err(Refusal::Malformed)),
        (Mac::new("cR6Jpz58nriXERD*"), "abracadabra", noon, Err(Refusal::Malformed)),
        (good, "abracadabra", at("2003-01-15T16:42:46Z"), Ok(())),
        (good, "abracadabra", at("2003-01-15T16:42:45Z"), Err(Refusal::NotYetValid)),
        (good, "abracadabra", at("2003-01-15T19:42:45Z"), Ok(())),
        (good, "abracadabra", at("2003-01-15T19:42:46Z"), Err(Refusal::Expired)),
        // who does not know the secret does not learn that it is expired
        (good, "guess", at("2026-01-01T00:00:00Z"), Err(Refusal::Mismatch)),
    ] {
        assert_eq!(verify(mac, secret, now), expected, "{mac:?} {now}");
    }
}

/// From, sender with its MAC, and another that nobody signed.
fn header(mac: bool) -> Header {
    let [buyer, sender, other] = ["1", "2", "3"].map(|identity| Credential::new("DUNS", identity));
    let signed = Claim::of(&buyer, &sender, CREATION, EXPIRATION).credential_mac(&secret());
    let sender = if mac { sender.with_credential_mac(signed) } else { sender };
    let mut header = Header::new(other.clone(), other, Sender::new(sender, "Example"));
    header.from = Party::new(Credential::new("DUNS", "3")).with_credential(buyer);
    header
}

#[test]
fn a_header_proves_one_credential() {
    let verify = |header: &Header, secret: &str| {
        let now = at("2003-01-15T17:00:00Z");
        let proved = Verifier::new().verify_header(header, &Secret::from(secret), now);
        proved.map(|credential| credential.identity.to_string())
    };
    assert_eq!(verify(&header(true), "abracadabra"), Ok("1".to_owned()));
    assert_eq!(verify(&header(true), "guess"), Err(Refusal::Mismatch));
    assert_eq!(verify(&header(false), "abracadabra"), Err(Refusal::Missing));
    let mut nobody = header(true);
    nobody.from.credential.clear();
    assert_eq!(verify(&nobody, "abracadabra"), Err(Refusal::Missing));
    let mut unsigned = header(true);
    unsigned.from.credential.pop();
    assert_eq!(verify(&unsigned, "abracadabra"), Err(Refusal::Mismatch));
    let mut late = header(true);
    late.sender.credential[0].credential_mac.as_mut().unwrap().expiration_date = "2026-01-01".into();
    assert_eq!(verify(&late, "abracadabra"), Err(Refusal::Mismatch));
}

#[test]
fn the_dates_are_signed_as_they_are_sent() {
    let sender = header(true).sender.credential[0].clone();
    let from = Credential::new("DUNS", "1");
    let mac = sender.credential_mac.as_deref().unwrap();
    assert_eq!(Claim::of_mac(&from, &sender, mac), Claim::of(&from, &sender, CREATION, EXPIRATION));
    assert_eq!(Mac::from(mac), Mac::new(mac.value.expose()));
}

#[test]
fn dates_must_be_a_span_of_time() {
    for (creation, expiration) in [
        (EXPIRATION, CREATION),
        ("soon", EXPIRATION),
        (CREATION, "2003-01-16"),
        (CREATION, "2003-01-15T11:42:46"),
        ("", ""),
    ] {
        let claim = Claim::new(BUYER, BUYER, creation, expiration);
        let value = claim.sign(&secret());
        let verified =
            Verifier::new().verify(&claim, &Mac::new(&value), &secret(), at("2003-01-15T17:00:00Z"));
        assert_eq!(verified, Err(Refusal::Dates), "{creation} {expiration}");
    }
}

#[test]
fn clocks_may_differ() {
    let verifier = Verifier::new().with_skew(TimeDelta::seconds(-60));
    let verify = |now| verifier.verify(&claim(), &Mac::new(VALUE), &secret(), at(now));
    assert_eq!(verify("2003-01-15T16:41:46Z"), Ok(()));
    assert_eq!(verify("2003-01-15T16:41:45Z"), Err(Refusal::NotYetValid));
    assert_eq!(verify("2003-01-15T19:43:46Z"), Ok(()));
    assert_eq!(verify("2003-01-15T19:43:47Z"), Err(Refusal::Expired));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_what_was_signed_is_verified(
        names in prop::array::uniform4("\\PC{0,8}"), secret in "\\PC{1,80}", changed in 0_usize..4, other in "\\PC{0,8}",
    ) {
        let secret = Secret::from(secret.as_str());
        let claim = |names: &[String; 4], value: &str| {
            let [a, b, c, d] = names;
            let claim = Claim::new((a, b), (c, d), CREATION, EXPIRATION);
            (claim.sign(&secret), Verifier::new().verify(&claim, &Mac::new(value), &secret, at("2003-01-15T17:00:00Z")))
        };
        let (value, _) = claim(&names, "");
        prop_assert_eq!(claim(&names, &value).1, Ok(()));
        let mut others = names.clone();
        others[changed] = other;
        if others[changed].to_lowercase() != names[changed].to_lowercase() {
            prop_assert_eq!(claim(&others, &value).1, Err(Refusal::Mismatch));
        }
    }

    #[test]
    fn any_value_is_verified_or_refused(value in "\\PC{0,40}") {
        let verified = Verifier::new().verify(&claim(), &Mac::new(&value), &secret(), at("2003-01-15T17:00:00Z"));
        prop_assert_eq!(verified.is_ok(), value.trim() == VALUE);
    }
}
