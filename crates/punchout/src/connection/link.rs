use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// An address as it was written. Printed it has neither user info nor query,
/// for these may be secrets.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Link(String);

impl Link {
    /// Takes an address.
    #[must_use]
    pub fn new(address: impl Into<String>) -> Self {
        Self(address.into())
    }

    /// The address, as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address, if it is one.
    #[must_use]
    pub fn url(&self) -> Option<Url> {
        Url::parse(self.0.trim()).ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl From<&str> for Link {
    fn from(address: &str) -> Self {
        Self::new(address)
    }
}

/// What is no address is not shown at all.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(mut url) = self.url().filter(Url::has_host) else { return f.write_str("***") };
        url.set_query(None);
        url.set_fragment(None);
        // both fail only for addresses that cannot have what is to be removed
        let _ = url.set_username("");
        let _ = url.set_password(None);
        write!(f, "{url}")
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
