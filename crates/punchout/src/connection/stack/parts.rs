//! What the routes have in common.

use std::time::Duration;

use punchout_core::Secret;

use crate::connection::secret::without_line_end;
use crate::connection::{Error, ErrorKind, SecretRef, SecretSource};

/// Fetches secrets, and says for which key when one is not there.
pub(super) struct Vault<'a>(pub(super) &'a dyn SecretSource);

impl Vault<'_> {
    pub(super) fn key(&self, at: &str, secret: &SecretRef) -> Result<Secret, Error> {
        let found = self.0.secret(secret).map_err(|error| {
            Error::new(ErrorKind::Secret, format!("{at}: the secret is not to be had")).caused_by(error)
        })?;
        // a file that an editor left has a line end at least
        if without_line_end(&found).is_empty() {
            return Err(Error::new(ErrorKind::Secret, format!("{at}: the secret is empty ({secret})")));
        }
        Ok(found)
    }

    pub(super) fn password(&self, at: &str, secret: &SecretRef) -> Result<Secret, Error> {
        self.key(at, secret).map(|secret| without_line_end(&secret))
    }
}

pub(super) fn settings(at: &str, error: punchout_transport::Error) -> Error {
    // its own words are for whoever builds the program
    if error.to_string().contains("sftp-rsa") {
        let text = format!(
            "{at}: this program was built without RSA keys: use an Ed25519 or ECDSA key, as `ssh-keygen -t ed25519` makes one"
        );
        return Error::new(ErrorKind::Feature, text);
    }
    Error::new(ErrorKind::Settings, format!("{at}: this cannot be used")).caused_by(error)
}

pub(super) fn seconds(seconds: Option<u64>) -> Option<Duration> {
    seconds.map(Duration::from_secs)
}

pub(super) fn with<O, V>(options: O, value: Option<V>, set: impl FnOnce(O, V) -> O) -> O {
    match value {
        Some(value) => set(options, value),
        None => options,
    }
}
