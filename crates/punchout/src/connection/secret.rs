use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Read as _};
use std::path::PathBuf;

use punchout_core::Secret;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};

use super::shown;

/// Where a secret is: `{ env = "NAME" }`, `{ file = "path" }`, or the secret
/// itself as a text.
///
/// The last one is [refused](super::lint) unless
/// [`allow_inline_secrets`](super::Connection::allow_inline_secrets) is set: a
/// description is copied, mailed and kept in version control.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretRef {
    /// A variable of the environment.
    Env(String),
    /// A file that holds nothing else.
    File(PathBuf),
    /// Here.
    Inline(Secret),
}

/// Names the place, never the secret.
impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "environment variable {}", shown_name(name)),
            Self::File(path) => write!(f, "file {}", shown::path(path)),
            Self::Inline(_) => f.write_str("the description itself"),
        }
    }
}

impl fmt::Debug for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => f.debug_tuple("Env").field(&shown_name(name)).finish(),
            Self::File(path) => f.debug_tuple("File").field(&shown::path(path)).finish(),
            Self::Inline(secret) => f.debug_tuple("Inline").field(secret).finish(),
        }
    }
}

/// What is no name of a variable may be the secret itself.
fn shown_name(name: &str) -> &str {
    let is_name = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if is_name { name } else { "***" }
}

/// Fetches secrets for a transport.
///
/// [`SystemSecrets`] looks where the description says. A program that keeps its
/// secrets in a vault gives a closure instead, which takes the references as
/// names:
///
/// ```
/// use punchout::connection::{Connection, SecretRef};
/// # use std::error::Error;
///
/// # fn from_vault(name: &str) -> Result<punchout::core::Secret, Box<dyn Error + Send + Sync>> { Ok(name.into()) }
/// let vault = |at: &SecretRef| match at {
///     SecretRef::Env(name) => from_vault(name),
///     other => Err(format!("{other} is no name in the vault").into()),
/// };
/// let connection = Connection::from_toml("[order]\nroute = 'directory'\ndirectory.path = '/srv/orders'")?;
/// let transport = connection.transport(&vault)?;
/// assert_eq!(transport.endpoint().as_deref(), Some("/srv/orders"));
/// # Ok::<(), Box<dyn Error>>(())
/// ```
pub trait SecretSource {
    /// Fetches one, as it is: a password loses one line end at its end later.
    ///
    /// # Errors
    /// When it is not there. The text holds no secret.
    fn secret(&self, at: &SecretRef) -> Result<Secret, Box<dyn StdError + Send + Sync>>;
}

impl<F> SecretSource for F
where
    F: Fn(&SecretRef) -> Result<Secret, Box<dyn StdError + Send + Sync>>,
{
    fn secret(&self, at: &SecretRef) -> Result<Secret, Box<dyn StdError + Send + Sync>> {
        self(at)
    }
}

/// Reads the process's environment and files.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "a unit value, nothing to add")]
pub struct SystemSecrets;

impl SecretSource for SystemSecrets {
    fn secret(&self, at: &SecretRef) -> Result<Secret, Box<dyn StdError + Send + Sync>> {
        match at {
            SecretRef::Inline(secret) => Ok(secret.clone()),
            // the error of `var` would show a value that is no Unicode
            SecretRef::Env(name) => match std::env::var_os(name).map(std::ffi::OsString::into_string) {
                Some(Ok(value)) => Ok(value.into()),
                Some(Err(_)) => Err(format!("{at} is no Unicode text").into()),
                None => Err(format!("{at} is not set").into()),
            },
            SecretRef::File(path) => {
                let mut bytes = Vec::new();
                std::fs::File::open(path)
                    .and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
                    .map_err(|error| io::Error::new(error.kind(), format!("{at} cannot be read: {error}")))?;
                if bytes.len() as u64 > MOST {
                    return Err(format!("{at} has more than {MOST} bytes").into());
                }
                // the error would hold the bytes
                String::from_utf8(bytes)
                    // editors of some systems begin a file with it
                    .map(|text| Secret::from(text.strip_prefix('\u{feff}').unwrap_or(&text)))
                    .map_err(|_| format!("{at} is no UTF-8 text").into())
            }
        }
    }
}

/// More than any key has.
const MOST: u64 = 1 << 20;

/// A password without the line end that editors put behind it.
#[cfg(any(feature = "email", feature = "https", feature = "sftp"))]
pub(super) fn without_line_end(secret: &Secret) -> Secret {
    let text = secret.expose();
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text).into()
}

/// No error of this may show what was written: it may be the secret.
impl<'de> Deserialize<'de> for SecretRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reference)
    }
}

/// As it is read: one that stands in the description itself is written into it.
/// [`to_toml`](super::Connection::to_toml) refuses that unless it is allowed.
impl Serialize for SecretRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Env(name) => serializer.collect_map([("env", name)]),
            Self::File(path) => serializer.collect_map([("file", path)]),
            Self::Inline(secret) => serializer.serialize_str(secret.expose()),
        }
    }
}

pub(super) const EXPECTED: &str = r#"a secret is given as { env = "NAME" } or { file = "path" }"#;

struct Reference;

impl<'de> Visitor<'de> for Reference {
    type Value = SecretRef;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<SecretRef, E> {
        Ok(SecretRef::Inline(text.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SecretRef, A::Error> {
        let wrong = || de::Error::custom(EXPECTED);
        let Some(key) = map.next_key::<String>()? else { return Err(wrong()) };
        let Text(value) = map.next_value()?;
        if map.next_key::<String>()?.is_some() || value.is_empty() {
            return Err(wrong());
        }
        match &*key {
            "env" => Ok(SecretRef::Env(value)),
            "file" => Ok(SecretRef::File(value.into())),
            _ => Err(wrong()),
        }
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<SecretRef, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<SecretRef, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<SecretRef, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, _: A) -> Result<SecretRef, A::Error> {
        Err(de::Error::custom(EXPECTED))
    }
}

pub(super) const NO_TEXT: &str = "this must be a text";

/// A text; the error for anything else does not show it.
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer);
        text.map(Self).map_err(|_| de::Error::custom(NO_TEXT))
    }
}
