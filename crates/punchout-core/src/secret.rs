use std::fmt;

/// A value that never prints: passwords, shared secrets, tokens, keys.
///
/// `Debug` and `Display` show `***`, comparison takes the same time wherever
/// two secrets of one length differ, and serialisation is left out on purpose:
/// whoever must write a secret somewhere says so with [`Secret::expose`].
#[derive(Clone, Default)]
pub struct Secret(String);

impl Secret {
    /// Locks a value away.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for the one place that has to send it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether what goes by this name is a secret, as a rule: `password`,
    /// `api_key`, `userToken`, and what pays like `creditCardNumber` and `cvv`.
    /// The case of letters, blanks, `_` and `-` do not matter.
    #[must_use]
    pub fn is_named(name: &str) -> bool {
        const WHOLE: [&str; 19] = [
            "PASS",
            "PW",
            "PIN",
            "APIKEY",
            "KENNWORT",
            "WACHTWOORD",
            "MOTDEPASSE",
            // what a card is paid with
            "CARDNUMBER",
            "CARDNO",
            "CREDITCARDNUMBER",
            "CREDITCARDNO",
            "KARTENNUMMER",
            "CVV",
            "CVV2",
            "CVC",
            "CVC2",
            "CVN",
            "CARDCVV",
            "CARDCVC",
        ];
        // what other charsets have for a blank is a character of the name
        let letters = name.trim_ascii().chars().filter(|c| !matches!(c, '_' | '-' | ' '));
        let name: String = letters.map(|c| c.to_ascii_uppercase()).collect();
        name.contains("PASSW")
            || name.contains("PASSPHRASE")
            || name.contains("PWD")
            || name.ends_with("TOKEN")
            || name.ends_with("SECRET")
            || WHOLE.contains(&name.as_str())
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (self.0.as_bytes(), other.0.as_bytes());
        a.len() == b.len() && a.iter().zip(b).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_by_many_names() {
        let names =
            ["PASSWORD", "VIEW_PASSWD", "pw", "userPwd", "TOKEN", "extra-token", "client_secret", "api_key"];
        for name in
            names.into_iter().chain(["key passphrase", "Credit Card Number", "card-no", "cvc", "CVV2"])
        {
            assert!(Secret::is_named(name), "{name}");
        }
        for name in [
            "USERNAME",
            "p",
            "page",
            "SPIN",
            "tokens_left",
            "compass",
            "pass_through",
            "cardinal number",
            "phrase",
            "",
        ] {
            assert!(!Secret::is_named(name), "{name}");
        }
    }

    #[test]
    fn never_prints() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "*** *** Some(***)");
        assert_eq!(secret.expose(), "hunter2");
        assert_ne!(secret, Secret::new("hunter3"));
        assert_eq!(secret, "hunter2".into());
    }
}
