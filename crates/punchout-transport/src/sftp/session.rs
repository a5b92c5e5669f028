//! One connection: logged in, and asked one thing at a time.

use super::host_key::{Distrust, Doorkeeper, Ended, Known, Trust};
use super::options::{Credential, SftpOptions};
use crate::{Disposition, Error, Kind, Party};
use punchout_core::excerpt;
use russh::client::{AuthResult, Config, Handle, connect_stream};
use russh::keys::{Algorithm, HashAlg, PrivateKeyWithHashAlg};
use russh::{AlgorithmKind, ChannelMsg, Disconnect, Preferred};
use russh_sftp::client::error::Error as SftpError;
use russh_sftp::client::{Config as SftpConfig, RawSftpSession};
use russh_sftp::protocol::{FileAttributes, OpenFlags, Packet, Status, StatusCode};
use std::borrow::Cow;
use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

const FSYNC: &str = "fsync@openssh.com";
const POSIX_RENAME: &str = "posix-rename@openssh.com";
const STATVFS: &str = "statvfs@openssh.com";
/// A connection is closed without waiting for the peer, unless it takes no more bytes.
const GOODBYE: Duration = Duration::from_secs(1);
/// So many questions for a sign of life may stay without an answer.
const MISSED: usize = 3;
/// What every server takes in one piece.
const PIECE: u32 = 32 * 1024;

/// Why a request failed.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The server said no.
    #[error("{says}")]
    Refused { code: StatusCode, says: String },
    #[error("no answer within {0:?}")]
    Silent(Duration),
    #[error("the connection broke: {0}")]
    Broken(String),
}

/// Logged in, with files at hand.
pub(super) struct Session {
    options: Arc<SftpOptions>,
    ssh: Handle<Doorkeeper>,
    files: RawSftpSession,
    fsync: bool,
    posix_rename: bool,
    statvfs: bool,
    answers: AtomicBool,
}

impl Session {
    /// Connects and logs in; the host's key is kept in any case.
    pub(super) async fn open(
        options: &Arc<SftpOptions>,
        credential: &Credential,
        trust: &Trust,
        shown: &Arc<OnceLock<String>>,
    ) -> Result<Self, Error> {
        let known = Known::of(trust, options.host.as_str(), options.port)?;
        let limit = options.connect_timeout.min(options.timeout);
        timeout(limit, Self::connect(options, credential, known, shown)).await.unwrap_or_else(|_| {
            let text = format!("not logged in to {} within {limit:?}", options.endpoint());
            Err(unreached(Kind::Timeout, text))
        })
    }

    async fn connect(
        options: &Arc<SftpOptions>,
        credential: &Credential,
        known: Known,
        shown: &Arc<OnceLock<String>>,
    ) -> Result<Self, Error> {
        let config = Config {
            preferred: Preferred { key: Cow::Owned(known.algorithms()?), ..Preferred::DEFAULT },
            // a way that forgets silent connections does not forget this one while the server thinks
            keepalive_interval: Some(options.keep_alive),
            keepalive_max: MISSED,
            // ends what is left of a connection that was given up
            inactivity_timeout: Some(options.connect_timeout.max(options.answer_timeout).saturating_mul(2)),
            ..Config::default()
        };
        let stream = reach(options).await?;
        let doorkeeper = Doorkeeper { known, shown: Arc::clone(shown) };
        let mut ssh = connect_stream(Arc::new(config), stream, doorkeeper)
            .await
            .map_err(|ended| distrusted(options, ended))?;
        log_in(&mut ssh, options, credential).await?;

        let files = open_files(&ssh, options).await?;
        let version = match files.init().await {
            Ok(version) => version,
            Err(_) if ssh.is_closed() => return Err(broken(options, russh::Error::HUP)),
            Err(error) => return Err(no_files(options, &error)),
        };
        let offers =
            |extension, wanted| version.extensions.get(extension).is_some_and(|version| version == wanted);
        Ok(Self {
            options: Arc::clone(options),
            ssh,
            files,
            fsync: offers(FSYNC, "1"),
            posix_rename: offers(POSIX_RENAME, "1"),
            statvfs: offers(STATVFS, "2"),
            answers: AtomicBool::new(true),
        })
    }

    /// Whether the server still answered when it was last asked.
    pub(super) fn answers(&self) -> bool {
        self.answers.load(Ordering::Relaxed)
    }

    /// What a path leads to, if it leads anywhere.
    pub(super) async fn follow(&self, path: &str) -> Result<Option<FileAttributes>, Failure> {
        present(self.ask(self.files.stat(path)).await.map(|found| found.attrs))
    }

    /// What lies at a path, links not followed.
    pub(super) async fn look(&self, path: &str) -> Result<Option<FileAttributes>, Failure> {
        present(self.ask(self.files.lstat(path)).await.map(|found| found.attrs))
    }

    /// Makes a file that was not there; its handle.
    pub(super) async fn create(&self, path: &str) -> Result<String, Failure> {
        let flags = OpenFlags::WRITE | OpenFlags::CREATE | OpenFlags::EXCLUDE;
        Ok(self.ask(self.files.open(path, flags, FileAttributes::default())).await?.handle)
    }

    /// Writes everything and has the server put it on its disk, if it can.
    pub(super) async fn fill(&self, handle: String, bytes: &[u8]) -> Result<(), Failure> {
        let mut offset = 0;
        for piece in bytes.chunks(PIECE as usize) {
            self.ask(self.files.write(&handle, offset, piece.to_vec())).await?;
            offset += piece.len() as u64;
        }
        if self.fsync {
            self.ask(self.files.fsync(&handle)).await?;
        }
        self.ask(self.files.close(handle)).await?;
        Ok(())
    }

    /// Whether a file has these bytes and no others.
    pub(super) async fn holds(&self, path: &str, bytes: &[u8]) -> Result<bool, Failure> {
        let handle =
            self.ask(self.files.open(path, OpenFlags::READ, FileAttributes::default())).await?.handle;
        let mut rest = bytes;
        let same = loop {
            let offset = (bytes.len() - rest.len()) as u64;
            match self.ask(self.files.read(&handle, offset, PIECE)).await {
                // a piece without bytes would be asked for again and again
                Ok(piece) if !piece.data.is_empty() => match rest.strip_prefix(&piece.data[..]) {
                    Some(following) => rest = following,
                    None => break false,
                },
                Ok(_) => break false,
                Err(Failure::Refused { code: StatusCode::Eof, .. }) => break rest.is_empty(),
                Err(failure) => return Err(failure),
            }
        };
        self.ask(self.files.close(handle)).await?;
        Ok(same)
    }

    /// Gives a file another name; fails if something has it, on servers that
    /// follow the protocol.
    pub(super) async fn rename(&self, from: &str, to: &str) -> Result<(), Failure> {
        self.ask(self.files.rename(from, to)).await.map(drop)
    }

    pub(super) fn offers_posix_rename(&self) -> bool {
        self.posix_rename
    }

    /// Gives a file another name, in place of what has it.
    pub(super) async fn posix_rename(&self, from: &str, to: &str) -> Result<(), Failure> {
        let mut names = Vec::new();
        for name in [from, to] {
            names.extend(u32::try_from(name.len()).unwrap_or(u32::MAX).to_be_bytes());
            names.extend(name.as_bytes());
        }
        let request = async {
            match self.files.extended(POSIX_RENAME, names).await? {
                Packet::Status(status) if status.status_code == StatusCode::Ok => Ok(()),
                Packet::Status(status) => Err(SftpError::Status(status)),
                _ => Err(SftpError::UnexpectedPacket),
            }
        };
        self.ask(request).await
    }

    /// How many bytes fit on the disk of a directory, if the server can tell.
    pub(super) async fn room(&self, directory: &str) -> Option<u64> {
        if !self.statvfs {
            return None;
        }
        let disk = self.ask(self.files.statvfs(directory)).await.ok()?;
        Some(disk.blocks_avail.saturating_mul(disk.fragment_size))
    }

    pub(super) async fn remove(&self, path: &str) -> Result<(), Failure> {
        self.ask(self.files.remove(path)).await.map(drop)
    }

    /// Says goodbye and closes the connection; what was done stays done if
    /// that fails.
    pub(super) async fn close(self) {
        drop(self.files);
        let goodbye = async {
            self.ssh.disconnect(Disconnect::ByApplication, "", "").await?;
            self.ssh.await.map_err(|_| russh::Error::Disconnect)
        };
        let _ = timeout(GOODBYE, goodbye).await;
    }

    /// Waits for one answer, but not forever.
    async fn ask<T>(&self, request: impl Future<Output = Result<T, SftpError>>) -> Result<T, Failure> {
        let failure = match timeout(self.options.answer_timeout, request).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(SftpError::Status(Status { status_code: code, error_message: words, .. }))) => {
                let says = format!("{code}: {}", excerpt(&self.options.redacted(&words))).to_lowercase();
                return Err(Failure::Refused { code, says });
            }
            Ok(Err(error)) => Failure::Broken(error.to_string()),
            Err(_) => Failure::Silent(self.options.answer_timeout),
        };
        self.answers.store(false, Ordering::Relaxed);
        Err(failure)
    }
}

fn present<T>(looked: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match looked {
        Ok(found) => Ok(Some(found)),
        Err(Failure::Refused { code: StatusCode::NoSuchFile, .. }) => Ok(None),
        Err(failure) => Err(failure),
    }
}

async fn reach(options: &SftpOptions) -> Result<TcpStream, Error> {
    let endpoint = options.endpoint();
    let addresses: Vec<_> = match lookup_host((options.host.as_str(), options.port)).await {
        Ok(addresses) => addresses.collect(),
        Err(error) => {
            let text = format!("no address is known for host {} of {endpoint}", options.host);
            return Err(unreached(Kind::Connect, text).with_source(error));
        }
    };
    let stream = TcpStream::connect(&addresses[..]).await.map_err(|error| {
        unreached(Kind::Connect, format!("no connection to {endpoint}")).with_source(error)
    })?;
    // only speed is lost without it
    let _ = stream.set_nodelay(true);
    Ok(stream)
}

async fn log_in(
    ssh: &mut Handle<Doorkeeper>,
    options: &SftpOptions,
    credential: &Credential,
) -> Result<(), Error> {
    let (with, attempt) = match credential {
        Credential::Password(password) => {
            ("password", ssh.authenticate_password(&options.user, password.expose()).await)
        }
        Credential::Key(key) => {
            let hash = if matches!(key.algorithm(), Algorithm::Rsa { .. }) {
                let best = ssh.best_supported_rsa_hash().await.map_err(|error| broken(options, error))?;
                // never SHA-1, whatever the server can
                Some(best.flatten().unwrap_or(HashAlg::Sha256))
            } else {
                None
            };
            let key = PrivateKeyWithHashAlg::new(Arc::clone(key), hash);
            ("key", ssh.authenticate_publickey(&options.user, key).await)
        }
    };
    match attempt.map_err(|error| broken(options, error))? {
        AuthResult::Success => Ok(()),
        // a connection that broke is reported like this as well
        AuthResult::Failure { remaining_methods, .. } if remaining_methods.is_empty() && ssh.is_closed() => {
            Err(broken(options, russh::Error::HUP))
        }
        AuthResult::Failure { remaining_methods, partial_success } => {
            let methods: Vec<&str> = remaining_methods.iter().map(Into::into).collect();
            let does = if partial_success { "wants more than" } else { "refuses" };
            let text = format!(
                "{} {does} the given user and {with}: check them, and what the server takes ({})",
                options.endpoint(),
                methods.join(", ")
            );
            Err(unreached(Kind::Configuration, text))
        }
    }
}

async fn open_files(ssh: &Handle<Doorkeeper>, options: &SftpOptions) -> Result<RawSftpSession, Error> {
    let mut channel = ssh.channel_open_session().await.map_err(|error| match error {
        russh::Error::ChannelOpenFailure(_) => no_files(options, &error),
        error => broken(options, error),
    })?;
    channel.request_subsystem(true, "sftp").await.map_err(|error| broken(options, error))?;
    loop {
        match channel.wait().await {
            Some(ChannelMsg::Success) => break,
            Some(ChannelMsg::Failure) => return Err(no_files(options, &"it refuses the subsystem")),
            Some(_) => {}
            None if ssh.is_closed() => return Err(broken(options, russh::Error::HUP)),
            None => return Err(no_files(options, &"it closed the channel")),
        }
    }
    // time is limited here, not there
    let unlimited = SftpConfig { request_timeout_secs: u64::MAX, ..SftpConfig::default() };
    Ok(RawSftpSession::new_with_config(channel.into_stream(), unlimited))
}

fn no_files(options: &SftpOptions, reason: &dyn Display) -> Error {
    let text = format!("{} lets the user in, but offers no SFTP: {reason}", options.endpoint());
    unreached(Kind::Connect, text).with_party(Party::Supplier)
}

fn distrusted(options: &SftpOptions, ended: Ended) -> Error {
    let endpoint = options.endpoint();
    let untrusted = |reason: &dyn Display, party| {
        unreached(Kind::Tls, format!("no trusted connection to {endpoint}: {reason}")).with_party(party)
    };
    match ended {
        Ended::Distrust(Distrust { text, party }) => untrusted(&text, party),
        Ended::Ssh(russh::Error::Version) => untrusted(&"the server does not speak SSH there", Party::Caller),
        Ended::Ssh(russh::Error::NoCommonAlgo { kind: AlgorithmKind::Key, theirs, .. }) => {
            let theirs = excerpt(&theirs.join(", "));
            untrusted(
                &format!("the host has no key of a kind that is known of it, only {theirs}"),
                Party::Supplier,
            )
        }
        Ended::Ssh(
            error @ (russh::Error::NoCommonAlgo { .. }
            | russh::Error::WrongServerSig
            | russh::Error::UnknownKey
            | russh::Error::PacketAuth
            | russh::Error::DecryptionError
            | russh::Error::StrictKeyExchangeViolation { .. }),
        ) => untrusted(&"the key exchange failed", Party::Supplier).with_source(error),
        Ended::Ssh(error) => broken(options, error),
    }
}

/// The connection ended before a file was at hand.
fn broken(options: &SftpOptions, error: russh::Error) -> Error {
    let text = format!("the connection to {} broke before the log-in was complete", options.endpoint());
    unreached(Kind::Interrupted, text).with_source(error)
}

fn unreached(kind: Kind, text: String) -> Error {
    Error::new(kind, Disposition::NotDelivered, text)
}
