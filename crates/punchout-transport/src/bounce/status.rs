use std::fmt;

/// An enhanced status code, such as `5.1.1` (RFC 3463).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Status {
    /// 2, 4 or 5: done, not now, not ever.
    pub class: u8,
    /// What it is about, such as 1: the address.
    pub subject: u16,
    /// What about it.
    pub detail: u16,
}

impl Status {
    /// Finds the first code in a text.
    ///
    /// Only a word of its own counts, so that no part of a network address or
    /// a version is taken for one.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
            .find_map(|word| Self::parse(word.trim_end_matches('.')))
    }

    fn parse(word: &str) -> Option<Self> {
        let mut numbers = word.split('.');
        let mut next = |most: usize| {
            let number = numbers.next()?;
            let is_number =
                (1..=most).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
            number.parse::<u16>().ok().filter(|_| is_number)
        };
        let (class, subject, detail) = (next(1)?, next(3)?, next(3)?);
        let class = u8::try_from(class).ok().filter(|class| matches!(class, 2 | 4 | 5))?;
        numbers.next().is_none().then_some(Self { class, subject, detail })
    }

    /// Whether trying again may help: nothing is said for ever.
    #[must_use]
    pub fn is_transient(self) -> bool {
        self.class == 4
    }

    /// What it means, in a few words; the registered meanings, and the subject
    /// alone for a detail that has none.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        let known =
            MEANINGS.iter().find(|(subject, detail, _)| (*subject, *detail) == (self.subject, self.detail));
        known.map_or_else(|| self.about(), |(.., meaning)| meaning)
    }

    fn about(self) -> &'static str {
        match self.subject {
            1 => "something about the address",
            2 => "something about the mailbox",
            3 => "something about the mail system",
            4 => "something about the network or the route",
            5 => "something about the protocol",
            6 => "something about the content",
            7 => "something about security or policy",
            _ => "nothing more is said",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// RFC 3463 and what was registered since: subject, detail, meaning.
const MEANINGS: [(u16, u16, &str); 62] = [
    (1, 1, "no such mailbox"),
    (1, 2, "no such mail domain"),
    (1, 3, "the address is written wrongly"),
    (1, 4, "the address is ambiguous"),
    (1, 5, "the address is valid"),
    (1, 6, "the mailbox has moved"),
    (1, 7, "the sender's address is written wrongly"),
    (1, 8, "the sender's domain is unknown"),
    (1, 9, "passed on to a system that sends no reports"),
    (1, 10, "the domain takes no mail"),
    (2, 1, "the mailbox is disabled"),
    (2, 2, "the mailbox is full"),
    (2, 3, "longer than the mailbox allows"),
    (2, 4, "a mailing list could not be expanded"),
    (3, 1, "the mail system has no room"),
    (3, 2, "the system takes no mail at the moment"),
    (3, 3, "the system lacks what the message needs"),
    (3, 4, "larger than the system allows"),
    (3, 5, "the system is set up wrongly"),
    (4, 1, "the next server does not answer"),
    (4, 2, "the connection broke"),
    (4, 3, "the directory or name server failed"),
    (4, 4, "no route to the domain"),
    (4, 5, "the system is overloaded"),
    (4, 6, "the message goes in circles"),
    (4, 7, "it took too long"),
    (5, 1, "a command was not understood"),
    (5, 2, "a command was written wrongly"),
    (5, 3, "too many recipients"),
    (5, 4, "the arguments of a command are wrong"),
    (5, 5, "the protocol's version is wrong"),
    (5, 6, "the login exchange was too long"),
    (6, 1, "this kind of content is not supported"),
    (6, 2, "the content would have to be converted, which is forbidden"),
    (6, 3, "the content would have to be converted, which is not supported"),
    (6, 4, "the content was converted with losses"),
    (6, 5, "the conversion of the content failed"),
    (6, 6, "the content cannot be had"),
    (6, 7, "an address outside ASCII is not supported here"),
    (6, 9, "a header outside ASCII is not supported here"),
    (7, 0, "refused by policy"),
    (7, 1, "delivery is not allowed"),
    (7, 2, "the sender may not write to this list"),
    (7, 3, "a secure conversion is not possible"),
    (7, 4, "a security feature is not supported"),
    (7, 5, "a cryptographic step failed"),
    (7, 6, "an algorithm is not supported"),
    (7, 7, "the message was changed on its way"),
    (7, 8, "the login is wrong"),
    (7, 9, "the login method is too weak"),
    (7, 10, "encryption is needed"),
    (7, 13, "the account is disabled"),
    (7, 14, "a trust relation is needed"),
    (7, 17, "the mailbox belongs to somebody else now"),
    (7, 20, "no DKIM signature passes"),
    (7, 22, "no DKIM signature of the author passes"),
    (7, 23, "SPF fails"),
    (7, 24, "SPF could not be checked"),
    (7, 25, "the sending address has no matching name"),
    (7, 26, "several checks of the sender fail"),
    (7, 27, "the sender's domain takes no mail"),
    (7, 28, "too many messages"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words_of_their_own() {
        for (text, found) in [
            ("5.1.1", Some("5.1.1")),
            ("550 5.1.1 no such user", Some("5.1.1")),
            ("5.1.1 (bad destination)", Some("5.1.1")),
            ("(#4.4.7)", Some("4.4.7")),
            ("it ends with 5.7.26.", Some("5.7.26")),
            ("550-5.1.1 <a@b>", Some("5.1.1")),
            ("host 5.1.1.7 says 5.2.2", Some("5.2.2")),
            ("v5.1.1", None),
            ("5.1.1a", None),
            ("5.1", None),
            ("3.1.1", None),
            ("5.1000.1", None),
            ("5..1", None),
            ("", None),
        ] {
            assert_eq!(Status::find(text).map(|status| status.to_string()).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn every_code_means_something() {
        let of = |text| Status::find(text).unwrap();
        assert_eq!(of("5.1.1").meaning(), "no such mailbox");
        assert_eq!(of("5.1.99").meaning(), "something about the address");
        assert_eq!(of("4.0.0").meaning(), "nothing more is said");
        assert!(of("4.2.2").is_transient() && !of("5.2.2").is_transient());
        assert!(MEANINGS.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
    }
}
