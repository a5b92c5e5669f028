use std::fmt;

use punchout_core::{Secret, Text};

/// A parameter of a call-up, with its name as spelled.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Parameter {
    /// Its name.
    pub name: Text,
    /// Its value, before encoding.
    pub value: ParameterValue,
}

impl Parameter {
    /// Makes a parameter; its name decides whether the value is a secret.
    ///
    /// See [`ParameterValue::Secret`] for the names.
    #[must_use]
    pub fn new(name: impl Into<Text>, value: impl Into<Text>) -> Self {
        let (name, value) = (name.into(), value.into());
        let value = if is_secret(&name) {
            ParameterValue::Secret(Secret::new(value))
        } else {
            ParameterValue::Plain(value)
        };
        Self { name, value }
    }

    /// Makes a parameter that is no secret, whatever its name.
    #[must_use]
    pub fn plain(name: impl Into<Text>, value: impl Into<Text>) -> Self {
        Self { name: name.into(), value: ParameterValue::Plain(value.into()) }
    }

    /// Makes a parameter that never prints.
    #[must_use]
    pub fn secret(name: impl Into<Text>, value: impl Into<Secret>) -> Self {
        Self { name: name.into(), value: ParameterValue::Secret(value.into()) }
    }

    /// Whether this is its name: upper and lower case, `_` and `-` are one.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        same_name(&self.name, name)
    }
}

impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={:?}", self.name, self.value)
    }
}

/// The value of a parameter.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterValue {
    /// One that may be shown.
    Plain(Text),
    /// One that never prints.
    ///
    /// So is every parameter whose name contains `passw` or `pwd`, ends in
    /// `token` or `secret`, or is `pass`, `pw`, `pin`, `apikey`, in any case and
    /// without regard to `_` and `-`. `p` counts when there is a `u` beside it.
    Secret(Secret),
}

impl ParameterValue {
    /// The value, for whoever has to send or check it.
    #[must_use]
    pub fn expose(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Secret(secret) => secret.expose(),
        }
    }

    /// The value if it may be shown.
    #[must_use]
    pub fn as_plain(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => Some(text),
            Self::Secret(_) => None,
        }
    }

    /// Whether it never prints.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Secret(_))
    }
}

impl fmt::Debug for ParameterValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => fmt::Debug::fmt(text, f),
            Self::Secret(secret) => fmt::Debug::fmt(secret, f),
        }
    }
}

/// Text, or nothing in place of a secret.
#[cfg(feature = "serde")]
impl serde::Serialize for ParameterValue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_plain().serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ParameterValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<Text>::deserialize(deserializer)?;
        Ok(text.map_or_else(|| Self::Secret(Secret::default()), Self::Plain))
    }
}

/// The letters by which names are compared: `hook_url`, `hookUrl` and
/// `HOOK_URL` are one name, and so are OCIVERSION and `OCI_VERSION`.
fn letters(name: &str) -> impl Iterator<Item = char> {
    // what other charsets have for a blank is a character of the name
    name.trim_ascii().chars().filter(|c| !matches!(c, '_' | '-' | ' ')).map(|c| c.to_ascii_uppercase())
}

/// Whether two names mean the same parameter.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

/// The form by which names are looked up.
pub(super) fn canonical(name: &str) -> String {
    letters(name).collect()
}

/// Whether what goes by this name must not be shown.
pub(super) fn is_secret(name: &str) -> bool {
    Secret::is_named(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_one() {
        for name in ["HOOK_URL", "hook_url", "hookUrl", "Hook_Url", " HOOK-URL "] {
            assert!(same_name(name, "HOOK_URL"), "{name}");
        }
        assert!(!same_name("~OkCode", "OkCode") && same_name("~OkCode", "~OKCODE"));
    }

    #[test]
    fn secrets_do_not_print() {
        let parameters = [Parameter::new("TOKEN", "abc123"), Parameter::new("LANGU", "NL")];
        assert_eq!(format!("{parameters:?}"), r#"[TOKEN=***, LANGU="NL"]"#);
        assert_eq!(parameters[0].value.expose(), "abc123");
    }
}
