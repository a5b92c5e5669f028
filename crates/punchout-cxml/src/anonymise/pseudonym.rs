use hmac::{Hmac, KeyInit as _, Mac as _};
use rust_decimal::Decimal;
use sha2::Sha256;

use super::held::{self, HELD};
use crate::dtd;

/// Makes up values in the place of others.
#[derive(Clone)]
pub(super) struct Pseudonyms {
    hash: Hmac<Sha256>,
    factor: u8,
}

impl std::fmt::Debug for Pseudonyms {
    /// The key undoes it all.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pseudonyms")
    }
}

/// Hosts of addresses that are names of formats, and tell nothing.
const PUBLIC_HOSTS: [&str; 6] =
    ["xml.cxml.org", "www.cxml.org", "cxml.org", "www.w3.org", "uri.etsi.org", "schemas.xmlsoap.org"];

/// As often as it takes for both halves to depend on each other.
const ROUNDS: u8 = 6;

impl Pseudonyms {
    pub(super) fn new(seed: &[u8]) -> Self {
        let hash = Hmac::new_from_slice(seed).expect("a seed may have any length");
        let mut this = Self { hash, factor: 1 };
        let factor = this.bytes(b"factor", b"").next().unwrap_or_default() % 86 + 13;
        // A multiple of ten would only move the point.
        this.factor = if factor.is_multiple_of(10) { factor + 1 } else { factor };
        this
    }

    /// As many bytes as are asked for.
    fn bytes(&self, domain: &[u8], value: &[u8]) -> impl Iterator<Item = u8> + use<> {
        let mut hash = self.hash.clone();
        // The length keeps domain and value apart.
        hash.update(&[u8::try_from(domain.len()).unwrap_or(u8::MAX)]);
        hash.update(domain);
        hash.update(value);
        (0_u32..).flat_map(move |block| {
            let mut hash = hash.clone();
            hash.update(&block.to_be_bytes());
            hash.finalize().into_bytes()
        })
    }

    /// Replaces every word, mail address and URL.
    pub(super) fn text(&self, text: &str) -> String {
        self.tokens(text, |token, out| out.push_str(&self.words(token)))
    }

    /// Replaces mail addresses and URLs.
    pub(super) fn addresses(&self, text: &str) -> String {
        self.tokens(text, |token, out| out.push_str(token))
    }

    fn tokens(&self, text: &str, plain: impl Fn(&str, &mut String)) -> String {
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '\'');
        let mut out = String::with_capacity(text.len());
        for part in text.split_inclusive(ends) {
            let token = part.trim_end_matches(ends);
            if token.starts_with("cid:") {
                out.push_str(token);
            } else if token.contains(HELD) && (token.contains("://") || token.contains('@')) {
                // Nobody knows where the address ends: what a reference says may be a
                // part of it, or a blank.
                let replace = |part: &str| self.address(part).unwrap_or_else(|| self.words(part));
                out.push_str(&held::between(token, replace));
            } else if let Some(address) = self.address(token) {
                out.push_str(&address);
            } else {
                plain(token, &mut out);
            }
            out.push_str(part.get(token.len()..).unwrap_or_default());
        }
        out
    }

    fn address(&self, token: &str) -> Option<String> {
        self.url(token).or_else(|| self.mail(token))
    }

    fn url(&self, token: &str) -> Option<String> {
        let (scheme, rest) = token.split_once("://")?;
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
        let (host, port) = host.split_at(host.rfind(':').unwrap_or(host.len()));
        let at = if user.is_empty() { "" } else { "@" };
        if PUBLIC_HOSTS.contains(&&*host.to_ascii_lowercase()) {
            // What is asked for, and by whom, is no part of the name.
            let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
            return Some(
                [scheme, "://", &self.words(user), at, host, port, path, &self.words(query)].concat(),
            );
        }
        let host = if host.is_empty() { String::new() } else { self.host(host) };
        Some([scheme, "://", &self.words(user), at, &host, port, &self.words(path)].concat())
    }

    fn mail(&self, token: &str) -> Option<String> {
        let (user, host) = token.rsplit_once('@')?;
        let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '[' | ']' | ':');
        if user.is_empty() || host.is_empty() {
            return None;
        }
        let (host, behind) = host.split_at(host.find(|c| !is_host(c)).unwrap_or(host.len()));
        if host.is_empty() {
            return None;
        }
        let (scheme, user) = match user.split_once(':') {
            Some((scheme, user)) if scheme.eq_ignore_ascii_case("mailto") => ("mailto:", user),
            _ => ("", user),
        };
        Some([scheme, &self.words(user), "@", &self.host(host), &self.words(behind)].concat())
    }

    /// Whose identities these are: often a host.
    pub(super) fn domain(&self, domain: &str) -> String {
        let core = domain.trim_ascii();
        let is_part = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        };
        let is_host =
            core.contains('.') && core.contains(char::is_alphabetic) && core.split('.').all(is_part);
        if is_host { domain.replacen(core, &self.host(core), 1) } else { self.text(domain) }
    }

    /// The address of a DTD: which one it is, and of which version, stays.
    pub(super) fn dtd(&self, address: &str) -> String {
        let (path, query) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
        let is_version =
            |part: &str| part.len() <= 12 && part.chars().all(|c| c.is_ascii_digit() || c == '.');
        let mut tail = path.len();
        for (place, part) in path.rsplit('/').enumerate() {
            let is_known = match place {
                0 => dtd::is_file(part.trim_ascii_end()),
                1 => is_version(part),
                2 => part.eq_ignore_ascii_case("cXML"),
                3 => part.eq_ignore_ascii_case("schemas"),
                _ => false,
            };
            if !is_known {
                break;
            }
            // With the stroke before it.
            tail = tail.saturating_sub(part.len() + usize::from(place > 0));
        }
        let (before, known) = path.split_at_checked(tail).unwrap_or((path, ""));
        let before = self.url(before).unwrap_or_else(|| self.words(before));
        [&before, known, &self.words(query)].concat()
    }

    /// A host that nobody can have.
    fn host(&self, host: &str) -> String {
        let bytes = self.bytes(b"host", host.to_lowercase().as_bytes());
        let letters = bytes.map(|byte| char::from(b'a' + byte % 26));
        letters.take(10).chain(".example".chars()).collect()
    }

    /// A secret in the place of another one.
    pub(super) fn secret(&self, secret: &str) -> String {
        let core = secret.trim_ascii();
        if core.is_empty() {
            return secret.to_owned();
        }
        let bytes = self.bytes(b"secret", core.as_bytes()).take(8).enumerate();
        let made_up = bytes.fold(String::new(), |all, (place, byte)| {
            // It may stand where a name has to, which no digit begins.
            let byte = if place == 0 { 0xa0 + byte % 0x60 } else { byte };
            all + &format!("{byte:02x}")
        });
        secret.replacen(core, &made_up, 1)
    }

    /// A number that no card has.
    pub(super) fn card(&self, number: &str) -> String {
        let mut digits = self.words(number);
        if let Some(first) = digits.find(|c: char| c.is_ascii_digit()) {
            digits.replace_range(first..=first, "0");
        }
        digits
    }

    /// An amount multiplied by the factor.
    pub(super) fn scaled(&self, amount: &str) -> String {
        let core = amount.trim_ascii();
        let plain: String = core.chars().filter(|&c| c != ',').collect();
        match plain.parse::<Decimal>().ok().and_then(|plain| plain.checked_mul(self.factor.into())) {
            Some(scaled) if scaled.is_zero() => amount.to_owned(),
            Some(scaled) => amount.replacen(core, &scaled.to_string(), 1),
            None => self.words(amount),
        }
    }

    /// Replaces letters by letters and digits by digits.
    pub(super) fn words(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let (between, from) = rest.split_at(start);
            let (word, after) =
                from.split_at(from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len()));
            out.push_str(between);
            self.word(word, &mut out);
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// Different words become different ones: the halves of a word are moved by
    /// each other in turns, which can be undone by who has the key.
    fn word(&self, word: &str, out: &mut String) {
        let mut places: Vec<Place> = word.chars().map(Place::of).collect();
        let before: Vec<u8> = places.iter().map(|place| place.at).collect();
        let half = places.len() / 2;
        for round in 0..ROUNDS {
            let (one, other) = places.split_at_mut(half);
            let (from, to) = if round % 2 == 0 { (one, other) } else { (other, one) };
            let known: Vec<u8> = from.iter().flat_map(|place| [place.of, place.at]).collect();
            for (place, by) in to.iter_mut().zip(self.bytes(&[b'w', round], &known)) {
                place.move_by(by);
            }
        }
        if places.iter().map(|place| place.at).eq(before) {
            places.last_mut().into_iter().for_each(|last| last.move_by(1));
        }
        out.extend(places.iter().map(Place::to_char));
    }
}

/// A letter or a digit.
struct Place {
    first: u8,
    /// Which of its kind it is, and of how many.
    at: u8,
    of: u8,
}

impl Place {
    /// Letters that are not ASCII become such.
    fn of(c: char) -> Self {
        let (first, of) = match c {
            _ if c.is_numeric() => (b'0', 10),
            _ if c.is_uppercase() => (b'A', 26),
            _ => (b'a', 26),
        };
        let number = match c {
            '0'..='9' | 'a'..='z' | 'A'..='Z' => u32::from(c) - u32::from(first),
            _ => u32::from(c),
        };
        Self { first, at: u8::try_from(number % u32::from(of)).unwrap_or_default(), of }
    }

    fn move_by(&mut self, by: u8) {
        self.at = (self.at + by % self.of) % self.of;
    }

    fn to_char(&self) -> char {
        char::from(self.first + self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn pseudonyms() -> Pseudonyms {
        Pseudonyms::new(b"a seed")
    }

    #[test]
    fn words_keep_their_shape() {
        let this = pseudonyms();
        let word = this.words("Müller-Straße 12b\n");
        let shape = |text: &str| -> String {
            text.chars()
                .map(|c| match c {
                    _ if c.is_numeric() => '9',
                    _ if c.is_uppercase() => 'A',
                    _ if c.is_alphabetic() => 'a',
                    c => c,
                })
                .collect()
        };
        assert_eq!(shape(&word), "Aaaaaa-Aaaaaa 99a\n");
        assert_ne!(word, Pseudonyms::new(b"another seed").words("Müller-Straße 12b\n"));
        // However it is written.
        assert_eq!(this.words("ACME").to_lowercase(), this.words("Acme").to_lowercase());
    }

    #[test]
    fn different_words_stay_different_and_none_stays_as_it_is() {
        let this = pseudonyms();
        for digits in 1..=3 {
            let numbers = (0..10_u32.pow(digits)).map(|n| format!("{n:0width$}", width = digits as usize));
            let made: BTreeSet<_> = numbers.clone().map(|number| this.words(&number)).collect();
            // A few are moved on from where they were.
            assert!(made.len() + 3 >= numbers.clone().count(), "{digits}");
            numbers.for_each(|number| assert_ne!(this.words(&number), number));
        }
    }

    #[test]
    fn addresses_lead_nowhere() {
        let this = pseudonyms();
        let host = this.host("shop.test");
        assert_eq!(this.host("SHOP.test"), host);
        let url = this.text("see https://me:pw@shop.test:8443/cart?id=1, ok");
        assert!(url.contains(&format!("@{host}:8443/")), "{url}");
        let mail = this.text("mailto:a.b@shop.test");
        assert!(mail.starts_with("mailto:") && mail.ends_with(&format!("@{host}")), "{mail}");
        assert_eq!(this.text("cid:1@shop.test"), "cid:1@shop.test");
        assert_eq!(this.text("http://www.w3.org/2000/09/xmldsig#"), "http://www.w3.org/2000/09/xmldsig#");
        assert_eq!(
            this.addresses("write to <a@shop.test> now").replace(&this.text("a@shop.test"), "_"),
            "write to <_> now"
        );
    }

    #[test]
    fn references_in_addresses_stay_and_the_rest_does_not() {
        let this = pseudonyms();
        for (text, shape) in [
            ("https://\u{FFFF}.acme.test/", "https://\u{FFFF}."),
            ("acme\u{FFFF}https://me\u{FFFF}:8\u{FFFF}", "\u{FFFF}https://"),
            ("a@\u{FFFF}acme.test", "@\u{FFFF}"),
            ("acme\u{FFFF}b@acme.test", "\u{FFFF}"),
            ("http://www.w3.org/\u{FFFF}acme", "http://www.w3.org/\u{FFFF}"),
        ] {
            for made_up in [this.text(text), this.addresses(text)] {
                assert!(made_up.contains(shape) && !made_up.contains("acme"), "{made_up}");
                assert_eq!(made_up.matches(HELD).count(), text.matches(HELD).count(), "{made_up}");
            }
        }
        assert_eq!(this.addresses("for\u{FFFF}you"), "for\u{FFFF}you");
    }

    #[test]
    fn sums_add_up() {
        let this = pseudonyms();
        let value = |text: &str| this.scaled(text).trim().parse::<Decimal>().unwrap();
        assert_eq!(value("10.25") + value(" 1,000.50\n"), value("1010.75"));
        assert_eq!(value("10.25").scale(), 2);
        assert_eq!(this.scaled("0.00"), "0.00");
        assert_ne!(this.scaled("79228162514264337593543950335"), "79228162514264337593543950335");
        assert_ne!(this.scaled("five"), "five");
    }
}
