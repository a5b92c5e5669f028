use super::host_key::{Pin, Trust};
use crate::error::unusable;
use crate::host::Host;
use crate::{Error, blot};
use punchout_core::{Secret, excerpt};
use russh::keys::{PrivateKey, decode_secret_key};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How to reach a supplier by SFTP.
///
/// ```
/// use punchout_transport::{Sftp, SftpOptions};
///
/// let options = SftpOptions::new("sftp.shop.example", "buyer")
///     .with_password("hunter2")
///     .with_host_key("SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o")
///     .with_directory("/orders");
/// let transport = Sftp::new(options)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct SftpOptions {
    pub(super) host: Host,
    pub(super) port: u16,
    pub(super) user: String,
    pub(super) connect_timeout: Duration,
    pub(super) answer_timeout: Duration,
    pub(super) timeout: Duration,
    pub(super) keep_alive: Duration,
    pub(super) replaces: bool,
    directory: String,
    login: Login,
    host_keys: Vec<String>,
    known_hosts: Option<PathBuf>,
}

#[derive(Clone, Debug)]
enum Login {
    None,
    Password(Secret),
    Key { key: Secret, passphrase: Option<Secret> },
}

/// What a user shows, ready for use.
#[derive(Clone)]
pub(super) enum Credential {
    Password(Secret),
    Key(Arc<PrivateKey>),
}

impl SftpOptions {
    /// Names the host and the user: a name or an address by itself, without
    /// user, port and path, which have places of their own.
    ///
    /// Both a way to log in and a way to know the host must follow. Defaults:
    /// port 22, the directory that the user logs in to, 30 seconds until
    /// logged in, 1 minute for every single answer after that, 10 minutes for
    /// everything.
    #[must_use]
    pub fn new(host: impl Into<String>, user: impl Into<String>) -> Self {
        Self {
            host: Host::new(host),
            port: 22,
            user: user.into(),
            connect_timeout: Duration::from_secs(30),
            answer_timeout: Duration::from_secs(60),
            timeout: Duration::from_secs(600),
            keep_alive: Duration::from_secs(15),
            replaces: false,
            directory: String::new(),
            login: Login::None,
            host_keys: Vec::new(),
            known_hosts: None,
        }
    }

    /// Sets the port.
    #[must_use]
    pub fn with_port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the directory for orders: absolute, or below the one that the user
    /// logs in to. It is never created.
    #[must_use]
    pub fn with_directory(mut self, directory: impl Into<String>) -> Self {
        self.directory = directory.into();
        self
    }

    /// Logs in with a password, instead of a key.
    #[must_use]
    pub fn with_password(mut self, password: impl Into<Secret>) -> Self {
        self.login = Login::Password(password.into());
        self
    }

    /// Logs in with a private key, as `ssh-keygen` writes it.
    ///
    /// RSA keys need the feature `sftp-rsa`.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<Secret>) -> Self {
        self.login = Login::Key { key: key.into(), passphrase: None };
        self
    }

    /// Logs in with a private key that is encrypted.
    #[must_use]
    pub fn with_encrypted_key(mut self, key: impl Into<Secret>, passphrase: impl Into<Secret>) -> Self {
        self.login = Login::Key { key: key.into(), passphrase: Some(passphrase.into()) };
        self
    }

    /// Trusts the host that has this key: a public key as in `ssh-ed25519
    /// AAAA…`, or the fingerprint of one as in `SHA256:…`.
    ///
    /// Give several if the host is about to change its key. Of several keys
    /// that a host has it shows one; a fingerprint does not say which, so give
    /// the public key if the host has more than one.
    #[must_use]
    pub fn with_host_key(mut self, key: impl Into<String>) -> Self {
        self.host_keys.push(key.into());
        self
    }

    /// Trusts the hosts in a `known_hosts` file as OpenSSH writes it, instead
    /// of given keys. It is read for every order and never written.
    ///
    /// Plain and hashed host names count, patterns and authorities do not; a
    /// line that excludes the host by `!`, by name or by pattern, is passed
    /// over. A key that a line revokes is refused on every host.
    #[must_use]
    pub fn with_known_hosts(mut self, path: impl Into<PathBuf>) -> Self {
        self.known_hosts = Some(path.into());
        self
    }

    /// Replaces a file of the same name that has other bytes, instead of
    /// rejecting the order: in one step, so that a reader finds the one or the
    /// other. Only a server that offers `posix-rename@openssh.com` can do that.
    #[must_use]
    pub fn replace_existing(mut self) -> Self {
        self.replaces = true;
        self
    }

    /// Sets the time until logged in, connecting included.
    #[must_use]
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the time for each single answer after that.
    #[must_use]
    pub fn with_answer_timeout(mut self, timeout: Duration) -> Self {
        self.answer_timeout = timeout;
        self
    }

    /// Sets the time for everything, from connecting to the last answer; for a
    /// server each of whose answers is just in time.
    ///
    /// A limit that passes before a file is put in place means *not delivered*,
    /// and *unknown* after that.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long a server may be silent before it is asked for a sign of
    /// life; 15 seconds unless set. Four such times without any end the
    /// connection, however long an answer may take.
    #[must_use]
    pub fn with_keep_alive(mut self, interval: Duration) -> Self {
        self.keep_alive = interval;
        self
    }

    /// Where orders go to, without the user; `~` is where the user logs in.
    pub(super) fn endpoint(&self) -> String {
        let tilde = match self.directory.as_str() {
            "" => "/~",
            absolute if absolute.starts_with('/') => "",
            _ => "/~/",
        };
        format!("sftp://{}:{}{tilde}{}", self.host, self.port, self.directory)
    }

    /// The directory as the server knows it.
    pub(super) fn directory(&self) -> &str {
        if self.directory.is_empty() { "." } else { &self.directory }
    }

    /// The path of a file in the directory.
    pub(super) fn path(&self, name: &str) -> String {
        if self.directory.is_empty() || self.directory.ends_with('/') {
            format!("{}{name}", self.directory)
        } else {
            format!("{}/{name}", self.directory)
        }
    }

    /// Blots out the one secret that the server knows, should it repeat it.
    pub(super) fn redacted(&self, text: &str) -> String {
        match &self.login {
            Login::Password(password) => blot::out(text, &[password.expose()]),
            _ => text.to_owned(),
        }
    }

    /// Checks what can be checked without a connection.
    pub(super) fn prepare(&self) -> Result<(Credential, Trust), Error> {
        self.host.check()?;
        if self.user.is_empty() {
            return Err(unusable("user is empty"));
        }
        for (field, value) in [("user", &self.user), ("directory", &self.directory)] {
            if value.contains(char::is_control) {
                return Err(unusable(format!("{field} {} holds a control character", excerpt(value))));
            }
        }
        let credential = match &self.login {
            Login::None => {
                return Err(unusable("no way to log in: give a password or a key"));
            }
            Login::Password(password) => Credential::Password(password.clone()),
            Login::Key { key, passphrase } => {
                Credential::Key(Arc::new(private_key(key, passphrase.as_ref())?))
            }
        };
        let trust = match (&self.host_keys[..], &self.known_hosts) {
            ([], None) => {
                return Err(unusable("no way to know the host: give its host key or a known hosts file"));
            }
            ([], Some(path)) => Trust::KnownHosts(path.clone()),
            (keys, None) => Trust::Pins(keys.iter().map(|key| Pin::read(key)).collect::<Result<_, _>>()?),
            (_, Some(_)) => {
                return Err(unusable("both host keys and known hosts are given: give one of them"));
            }
        };
        Ok((credential, trust))
    }
}

fn private_key(key: &Secret, passphrase: Option<&Secret>) -> Result<PrivateKey, Error> {
    use russh::keys::Error as Wrong;
    decode_secret_key(key.expose(), passphrase.map(Secret::expose))
        .and_then(|key| {
            // read without the feature as well, but of no use then
            let usable = cfg!(feature = "sftp-rsa") || !key.algorithm().is_rsa();
            let rsa =
                || Wrong::UnsupportedKeyType { key_type_string: "RSA".into(), key_type_raw: Vec::new() };
            usable.then_some(key).ok_or_else(rsa)
        })
        // none of these errors is a source: some would print what they could not read
        .map_err(|error| match error {
            Wrong::KeyIsEncrypted => unusable("the key is encrypted: give its passphrase too"),
            Wrong::SshKey(_) if passphrase.is_some() => {
                unusable("the key cannot be read: the passphrase may be wrong")
            }
            Wrong::UnsupportedKeyType { key_type_string, .. } if key_type_string == "RSA" => {
                unusable("the key is an RSA key: these need the feature `sftp-rsa`")
            }
            _ => unusable("the key cannot be read: give the text of a private key in the format of OpenSSH"),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Disposition, Kind};

    #[test]
    fn paths_and_endpoints() {
        let options = SftpOptions::new("shop.example", "buyer").with_port(2222);
        for (directory, endpoint, path) in [
            ("", "sftp://shop.example:2222/~", "o.xml"),
            ("in/orders", "sftp://shop.example:2222/~/in/orders", "in/orders/o.xml"),
            ("/orders/", "sftp://shop.example:2222/orders/", "/orders/o.xml"),
            ("/", "sftp://shop.example:2222/", "/o.xml"),
        ] {
            let options = options.clone().with_directory(directory);
            assert_eq!((options.endpoint().as_str(), options.path("o.xml").as_str()), (endpoint, path));
        }
        assert_eq!(SftpOptions::new("::1", "buyer").endpoint(), "sftp://[::1]:22/~");
    }

    #[test]
    fn what_cannot_work_is_said_at_once() {
        let pin = "SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o";
        let named = SftpOptions::new("shop.example", "buyer");
        let good = named.clone().with_password("hunter2").with_host_key(pin);
        good.prepare().unwrap();
        for (options, says) in [
            (SftpOptions { host: Host::new(""), ..good.clone() }, "host is empty"),
            (
                SftpOptions { host: Host::new("buyer:hunter2@shop.example"), ..good.clone() },
                "host is neither",
            ),
            (SftpOptions { user: String::new(), ..good.clone() }, "user is empty"),
            (SftpOptions { user: "a\nb".into(), ..good.clone() }, "user `a b`"),
            (good.clone().with_directory("a\0b"), "directory `a b`"),
            (named.clone().with_host_key(pin), "no way to log in"),
            (named.with_password("hunter2"), "no way to know the host"),
            (good.clone().with_known_hosts("known_hosts"), "give one of them"),
            (good.clone().with_host_key("MD5:00:11"), "host key `MD5:00:11`"),
            (good.clone().with_host_key("SHA256:hunter"), "host key `SHA256:hunter`"),
            (good.clone().with_host_key("ssh-ed25519 AAAA"), "host key `ssh-ed25519 AAAA`"),
            (good.clone().with_key("hunter2"), "the key cannot be read"),
        ] {
            let error = options.prepare().map(drop).unwrap_err();
            assert_eq!((error.kind(), error.disposition()), (Kind::Configuration, Disposition::NotDelivered));
            assert!(error.to_string().contains(says), "{error}");
            assert!(!format!("{error:?} {options:?}").contains("hunter2"), "{error:?} {options:?}");
        }
    }

    #[test]
    fn a_repeated_password_is_blotted_out() {
        let options = SftpOptions::new("shop.example", "buyer");
        assert_eq!(options.redacted("hunter2"), "hunter2");
        assert_eq!(options.clone().with_password("").redacted("hunter2"), "hunter2");
        assert_eq!(options.with_password("hunter2").redacted("no hunter2 here"), "no *** here");
    }
}
