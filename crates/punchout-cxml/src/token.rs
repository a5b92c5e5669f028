//! Protocol tokens: known values plus whatever else a peer sends.

use punchout_core::{Text, excerpt};

/// A token that the DTD does not list, in its own spelling.
///
/// It cannot be made outside of this crate except by `From<&str>` of the
/// token's type, so a known value never hides in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownToken(pub(crate) Text);

/// Says that a word is none of those that the DTD lists.
pub(crate) fn unlisted(word: &str, listed: &[&str]) -> String {
    let listed: Vec<String> = listed.iter().map(|word| format!("`{word}`")).collect();
    format!("{} is none of the values that the DTD lists; use {}", excerpt(word), listed.join(" or "))
}

/// Declares the type of a protocol token.
///
/// A `default` is the DTD's own: it is understood when the attribute is absent
/// and never written. `open` is for what the DTD has a default for, but no list.
macro_rules! token {
    (
        $(#[$meta:meta])*
        pub enum $name:ident $(($open:ident))? $(default $default:ident)? {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$meta])*
        ///
        /// Values that the DTD does not list keep their spelling and are
        /// reached by `as_str`.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            #[doc(hidden)]
            Unknown($crate::token::UnknownToken),
        }

        impl $name {
            /// The word that stands in the document.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unknown(token) => &token.0,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    _ => Self::Unknown($crate::token::UnknownToken(word.into())),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        $(impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        })?

        impl $crate::element::Value for $name {
            const REQUIRED: bool = $crate::token::token!(@required $($default)?);
            const IS_EXACT: bool = false;

            fn blank() -> Self {
                $crate::token::token!(@blank $($default)?)
            }

            fn read<'a>(
                cursor: &mut $crate::read::Cursor<'a>,
                attribute: &$crate::xml::Attribute<'a>,
            ) -> Self {
                let token = Self::from(cursor.value(attribute).trim_ascii());
                if let Self::Unknown(word) = &token {
                    $crate::read::report_token(cursor, attribute, &word.0);
                }
                token
            }

            fn write(&self) -> Option<std::borrow::Cow<'_, str>> {
                $(if *self == Self::$default {
                    return None;
                })?
                Some(self.as_str().into())
            }

            fn fault(&self) -> Option<String> {
                let Self::Unknown(token) = self else { return None };
                $crate::token::token!(@unlisted token, [$($word,)+] $($open)?)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <punchout_core::Text as serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self::from(word.as_str()))
            }
        }
    };
    (@unlisted $token:ident, $words:tt) => { Some($crate::token::unlisted(&$token.0, &$words)) };
    (@unlisted $token:ident, $words:tt open) => {{ let _ = $token; None }};
    (@required) => { true };
    (@required $default:ident) => { false };
    (@blank) => { Self::from("") };
    (@blank $default:ident) => { Self::$default };
}

pub(crate) use token;
