//! Whom the host and the client trust.

use super::door::Door;
use super::send;
use super::sshd::{Sshd, everything_in, file_server, fingerprint, make_key, program, user};
use crate::{everything, order, says};
use punchout_transport::{Disposition, Error, Kind, Party, Sftp, SftpOptions};
use russh::ChannelStream;
use russh::keys::load_secret_key;
use russh::server::{Config, Msg, run_stream};
use std::fmt::Write as _;
use std::fs;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tempfile::{TempDir, tempdir};
use tokio::task::AbortHandle;

/// Sends with these options; nothing may have arrived.
async fn fails(options: SftpOptions, place: &TempDir) -> Error {
    let error = send(options.with_directory(place.path().to_str().unwrap()), &order()).await.unwrap_err();
    assert_eq!(error.disposition(), Disposition::NotDelivered, "{error:?}");
    assert!(error.evidence().unwrap().endpoint.ends_with(place.path().to_str().unwrap()));
    assert_eq!(everything_in(place.path()), [""; 0]);
    error
}

/// The right user, who knows no host yet.
fn stranger(sshd: &Sshd) -> SftpOptions {
    SftpOptions::new("127.0.0.1", user()).with_port(sshd.address.port()).with_key(sshd.read("user"))
}

#[tokio::test]
async fn a_host_that_is_known_is_trusted() {
    let Some(sshd) = Sshd::start() else { return };
    let keys = sshd.keys.path();
    let place = tempdir().unwrap();
    let host = format!("[127.0.0.1]:{}", sshd.address.port());
    let (first, second) = (sshd.read("host_ed25519.pub"), sshd.read("host_ecdsa.pub"));
    let known_hosts = keys.join("known_hosts");
    let options = stranger(&sshd).with_directory(place.path().to_str().unwrap());
    let from_file = options.clone().with_known_hosts(&known_hosts);

    let by_fingerprint = options.clone().with_host_key(fingerprint(&keys.join("host_ed25519.pub")));
    send(by_fingerprint, &order()).await.unwrap();
    // the host prefers its other key
    let receipt = send(options.clone().with_host_key(&second), &order()).await.unwrap();
    assert!(
        receipt.evidence.host_key.as_ref().unwrap().starts_with("ecdsa-sha2-nistp256 SHA256:"),
        "{receipt:?}"
    );
    let wrong = "SHA256:uNiVztksCsDhcc0u9e8BrZv7YCz4vL5Nx0Xk4Q1bq3o";
    send(options.with_host_key(wrong).with_host_key(&first), &order()).await.unwrap();

    let tabs = first.replace(' ', "\t");
    for line in [
        format!("{host}\t{tabs}"),
        format!("  {host}  {first}"),
        format!("{host} {first}"),
        format!("elsewhere,{host} {second}"),
    ] {
        fs::write(&known_hosts, format!("# known\n\nelsewhere.example {second}{line}")).unwrap();
        send(from_file.clone(), &order()).await.unwrap();
    }
    let hashed = Command::new("ssh-keygen").args(["-q", "-H", "-f"]).arg(&known_hosts).output().unwrap();
    assert!(hashed.status.success());
    assert!(!fs::read_to_string(&known_hosts).unwrap().contains("127.0.0.1"));
    send(from_file, &order()).await.unwrap();
}

#[tokio::test]
async fn any_other_host_gets_nothing() {
    let Some(sshd) = Sshd::start() else { return };
    let keys = sshd.keys.path();
    let place = tempdir().unwrap();
    let known_hosts = keys.join("known_hosts");
    let host = format!("[127.0.0.1]:{}", sshd.address.port());
    let own = sshd.read("host_ed25519.pub");
    make_key(&keys.join("other"), "ed25519", "");
    let other = sshd.read("other.pub");
    let shown = fingerprint(&keys.join("host_ed25519.pub"));

    let pinned = |key: String| stranger(&sshd).with_host_key(key);
    for options in [pinned(other.clone()), pinned(fingerprint(&keys.join("other.pub")))] {
        let error = fails(options, &place).await;
        assert_eq!((error.kind(), error.who_can_act()), (Kind::Tls, Party::Supplier));
        assert!(error.to_string().contains(&shown), "{error}");
        assert_eq!(error.evidence().unwrap().host_key, Some(format!("ssh-ed25519 {shown}")));
    }
    make_key(&keys.join("other_kind"), "ecdsa -b 521", "");
    let error = fails(pinned(sshd.read("other_kind.pub")), &place).await;
    assert_eq!((error.kind(), error.who_can_act()), (Kind::Tls, Party::Supplier));
    assert!(error.to_string().contains("only `ssh-ed25519, ecdsa-sha2-nistp256`"), "{error}");

    for (lines, says_so, party) in [
        (String::new(), "does not know the host", Party::Caller),
        (format!("127.0.0.1 {own}"), "does not know the host", Party::Caller),
        (format!("[127.0.0.1]:1 {own}"), "does not know the host", Party::Caller),
        (format!("#{host} {own}"), "does not know the host", Party::Caller),
        (format!("{host},!{host} {own}"), "does not know the host", Party::Caller),
        (format!("{host},![127.*]:* {own}"), "does not know the host", Party::Caller),
        (format!("@cert-authority {host} {own}"), "does not know the host", Party::Caller),
        (format!("{host} {other}"), "says otherwise", Party::Supplier),
        (format!("{host} {own}@revoked * {own}"), "revokes", Party::Supplier),
    ] {
        fs::write(&known_hosts, &lines).unwrap();
        let error = fails(stranger(&sshd).with_known_hosts(&known_hosts), &place).await;
        assert_eq!((error.kind(), error.who_can_act()), (Kind::Tls, party), "{lines}");
        assert!(error.to_string().contains(says_so), "{error}");
        assert!(error.to_string().contains(known_hosts.to_str().unwrap()), "{error}");
    }
    fs::write(&known_hosts, format!("{host} ssh-ed25519 AAAA")).unwrap();
    for file in [&known_hosts, Path::new("no/such/known_hosts")] {
        let error = fails(stranger(&sshd).with_known_hosts(file), &place).await;
        assert_eq!(error.kind(), Kind::Configuration);
        assert!(error.to_string().contains(file.to_str().unwrap()), "{error}");
    }
}

#[tokio::test]
async fn who_cannot_log_in_is_told() {
    let Some(sshd) = Sshd::start() else { return };
    let place = tempdir().unwrap();
    make_key(&sshd.keys.path().join("other"), "ed25519", "");
    let named = |user: &str| {
        SftpOptions::new("127.0.0.1", user)
            .with_port(sshd.address.port())
            .with_host_key(sshd.read("host_ed25519.pub"))
    };
    let mut printed = String::new();
    for options in [
        named(&user()).with_key(sshd.read("other")),
        named("punchout-no-such-user").with_key(sshd.read("user")),
        named(&user()).with_password("hunter2"),
    ] {
        let error = fails(options.clone(), &place).await;
        assert_eq!((error.kind(), error.who_can_act()), (Kind::Configuration, Party::Caller));
        assert!(error.to_string().contains("refuses the given user and"), "{error}");
        assert!(error.to_string().contains("(publickey, password)"), "{error}");
        printed += &everything(&error);
        write!(printed, "{options:?} {:?}", Sftp::new(options.clone()).unwrap()).unwrap();
    }
    for secret in ["hunter2", "PRIVATE KEY", sshd.read("user").lines().nth(2).unwrap()] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

#[tokio::test]
async fn a_key_may_be_encrypted() {
    let Some(sshd) = Sshd::start() else { return };
    let place = tempdir().unwrap();
    make_key(&sshd.keys.path().join("user_encrypted"), "ecdsa -b 384", "hunter2");
    let key = sshd.read("user_encrypted");
    let options = sshd.options(place.path());
    send(options.clone().with_encrypted_key(key.clone(), "hunter2"), &order()).await.unwrap();
    for (options, says_so) in [
        (options.clone().with_key(key.clone()), "give its passphrase"),
        (options.with_encrypted_key(key.clone(), "hunter3"), "passphrase may be wrong"),
    ] {
        let error = Sftp::new(options).unwrap_err();
        assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
        assert!(error.to_string().contains(says_so), "{error}");
        assert!(!everything(&error).contains("hunter"), "{error:?}");
    }
}

#[cfg(feature = "sftp-rsa")]
#[tokio::test]
async fn rsa_will_do() {
    let Some(sshd) = Sshd::start() else { return };
    let place = tempdir().unwrap();
    for name in ["host_rsa", "user_rsa"] {
        make_key(&sshd.keys.path().join(name), "rsa -b 2048", "");
    }
    let options = sshd.options(place.path()).with_key(sshd.read("user_rsa"));
    send(options, &order()).await.unwrap();
    let options = stranger(&sshd).with_directory(place.path().to_str().unwrap());
    let receipt = send(options.with_host_key(sshd.read("host_rsa.pub")), &order()).await.unwrap();
    assert!(receipt.evidence.host_key.as_ref().unwrap().starts_with("ssh-rsa SHA256:"), "{receipt:?}");
}

#[cfg(not(feature = "sftp-rsa"))]
#[tokio::test]
async fn rsa_needs_its_feature() {
    let Some(sshd) = Sshd::start() else { return };
    let place = tempdir().unwrap();
    make_key(&sshd.keys.path().join("rsa"), "rsa -b 2048", "");
    let error = Sftp::new(sshd.options(place.path()).with_key(sshd.read("rsa"))).unwrap_err();
    assert_eq!(error.kind(), Kind::Configuration);
    assert!(error.to_string().contains("`sftp-rsa`"), "{error}");
    let error = fails(stranger(&sshd).with_host_key(sshd.read("rsa.pub")), &place).await;
    assert_eq!(error.kind(), Kind::Configuration);
    assert!(error.to_string().contains("`sftp-rsa`"), "{error}");
}

#[tokio::test]
async fn a_server_without_files_is_recognised() {
    let Some(sshd) = Sshd::with_subsystem("") else { return };
    let place = tempdir().unwrap();
    let error = fails(sshd.options(place.path()), &place).await;
    assert_eq!((error.kind(), error.who_can_act()), (Kind::Connect, Party::Supplier));
    assert!(error.to_string().contains("offers no SFTP: it refuses the subsystem"), "{error}");
}

/// Leaves the files to OpenSSH's program, which lets nobody in by password but
/// users of the system.
fn serve_files(mut channel: ChannelStream<Msg>) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let theirs = OwnedFd::from(theirs);
    let stdin = theirs.try_clone().unwrap();
    let mut program = Command::new(file_server()).stdin(stdin).stdout(theirs).spawn().unwrap();
    ours.set_nonblocking(true).unwrap();
    let mut ours = tokio::net::UnixStream::from_std(ours).unwrap();
    tokio::spawn(async move {
        let _ = tokio::io::copy_bidirectional(&mut channel, &mut ours).await;
        drop(ours);
        let _ = program.wait();
    });
}

/// A host that lets `buyer` in by `hunter2`; how to reach it, and its
/// directory for orders. It serves until the last is dropped.
pub(crate) fn by_password() -> Option<(SftpOptions, TempDir, AbortOnDrop)> {
    program()?;
    let place = tempdir().unwrap();
    let key = place.path().join("host");
    make_key(&key, "ed25519", "");
    let orders = place.path().join("orders");
    fs::create_dir(&orders).unwrap();
    let config = Arc::new(Config { keys: vec![load_secret_key(&key, None).unwrap()], ..Config::default() });
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let options = SftpOptions::new("127.0.0.1", "buyer")
        .with_port(listener.local_addr().unwrap().port())
        .with_host_key(fingerprint(&key))
        .with_directory(orders.to_str().unwrap());
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let server = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let session = run_stream(Arc::clone(&config), stream, Door::new(serve_files)).await.unwrap();
            tokio::spawn(session);
        }
    });
    Some((options, place, AbortOnDrop(server.abort_handle())))
}

pub(crate) struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[tokio::test]
async fn a_password_opens_too() {
    let Some((options, place, _serves)) = by_password() else { return };
    let receipt = send(options.clone().with_password("hunter2"), &order()).await.unwrap();
    assert_eq!(everything_in(&place.path().join("orders")), ["4500000017.xml"]);
    assert!(!format!("{receipt:?}").contains("hunter2"));

    let error = send(options.with_password("hunter3"), &order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Configuration, Disposition::NotDelivered));
    assert!(!everything(&error).contains("hunter"), "{error:?}");
}
