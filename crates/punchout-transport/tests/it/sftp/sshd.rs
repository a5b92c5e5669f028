//! OpenSSH's server on loopback, with keys of its own, run by whoever tests.

use crate::skips;
use punchout_transport::SftpOptions;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tempfile::{TempDir, tempdir};

/// Where the program may be; a user's `PATH` often lacks it.
const PLACES: [&str; 3] = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"];

/// The program; a missing one fails the run that requires all.
pub(crate) fn program() -> Option<&'static str> {
    let found = PLACES.into_iter().find(|path| Path::new(path).exists());
    if found.is_none() {
        skips("sshd");
    }
    found
}

/// Serves until it is dropped: one process for each connection, so the system
/// picks the port and nobody waits for a start.
pub(crate) struct Sshd {
    pub(crate) address: SocketAddr,
    pub(crate) keys: TempDir,
    running: Arc<AtomicBool>,
    processes: Arc<Mutex<Vec<Child>>>,
    listener: Option<JoinHandle<()>>,
}

impl Sshd {
    /// Starts, unless there is no such program.
    pub(crate) fn start() -> Option<Self> {
        Self::with_subsystem("internal-sftp")
    }

    /// The same with options of the file server, or without any if empty.
    pub(crate) fn with_subsystem(subsystem: &str) -> Option<Self> {
        Self::with(subsystem, None)
    }

    /// The same, but no file may have more than so many blocks of 512 bytes.
    pub(crate) fn with_limit(blocks: u32) -> Option<Self> {
        Self::with("internal-sftp", Some(blocks))
    }

    fn with(subsystem: &str, limit: Option<u32>) -> Option<Self> {
        let program = program()?;
        // where the server's unprivileged half lives when root runs it
        let _ = fs::create_dir_all("/run/sshd");
        let keys = tempdir().unwrap();
        for (name, kind) in [("host_ed25519", "ed25519"), ("host_ecdsa", "ecdsa"), ("user", "ed25519")] {
            make_key(&keys.path().join(name), kind, "");
        }
        let at = |name: &str| keys.path().join(name).display().to_string();
        let mut config = format!(
            "HostKey {}\nHostKey {}\nHostKey {}\nAuthorizedKeysFile {} {} {}\nPidFile none\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n\
             PasswordAuthentication yes\nKbdInteractiveAuthentication no\n",
            at("host_ed25519"),
            at("host_ecdsa"),
            // these are made by the tests that need them
            at("host_rsa"),
            at("user.pub"),
            at("user_encrypted.pub"),
            at("user_rsa.pub"),
        );
        if !subsystem.is_empty() {
            writeln!(config, "Subsystem sftp {subsystem}").unwrap();
        }
        let config_file = keys.path().join("sshd_config");
        fs::write(&config_file, config).unwrap();
        let log = File::create(keys.path().join("log")).unwrap();

        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let running = Arc::new(AtomicBool::new(true));
        let processes = Arc::new(Mutex::new(Vec::new()));
        let (still, started) = (Arc::clone(&running), Arc::clone(&processes));
        let listener = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if !still.load(Ordering::Relaxed) {
                    break;
                }
                let connection = OwnedFd::from(connection.unwrap());
                let mut command = match limit {
                    None => Command::new(program),
                    Some(blocks) => {
                        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
                        let mut shell = Command::new("sh");
                        shell.args(["-c", &script, "sh", program]);
                        shell
                    }
                };
                let process = command
                    .args(["-i", "-e", "-f"])
                    .arg(&config_file)
                    .stdin(connection.try_clone().unwrap())
                    .stdout(connection)
                    .stderr(log.try_clone().unwrap())
                    .spawn()
                    .unwrap();
                started.lock().unwrap().push(process);
            }
        });
        Some(Self { address, keys, running, processes, listener: Some(listener) })
    }

    /// How the right user reaches it.
    pub(crate) fn options(&self, directory: &Path) -> SftpOptions {
        SftpOptions::new("127.0.0.1", user())
            .with_port(self.address.port())
            .with_key(self.read("user"))
            .with_host_key(self.read("host_ed25519.pub"))
            .with_directory(directory.to_str().unwrap())
    }

    /// A file among its keys.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.keys.path().join(name)).unwrap()
    }

    /// Waits until every connection so far has ended on this side.
    pub(crate) fn settle(&self) {
        for mut process in self.processes.lock().unwrap().drain(..) {
            process.wait().unwrap();
        }
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        self.running.store(false, Ordering::Relaxed);
        // wakes the listener
        let _ = TcpStream::connect(self.address);
        let _ = self.listener.take().unwrap().join();
        for process in self.processes.lock().unwrap().iter_mut() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

pub(crate) fn make_key(path: &Path, kind: &str, passphrase: &str) {
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-N", passphrase, "-t"]).args(kind.split(' ')).arg("-f").arg(path);
    assert!(command.status().unwrap().success());
}

/// The `SHA256:…` of a public key.
pub(crate) fn fingerprint(key: &Path) -> String {
    let told = Command::new("ssh-keygen").args(["-l", "-f"]).arg(key).stdin(Stdio::null()).output().unwrap();
    String::from_utf8(told.stdout).unwrap().split(' ').nth(1).unwrap().to_owned()
}

/// Whoever runs the tests: nobody else may log in.
pub(crate) fn user() -> String {
    let told = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(told.stdout).unwrap().trim().to_owned()
}

/// What lies in a directory, hidden files included.
pub(crate) fn everything_in(directory: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The program that serves files for another server.
pub(crate) fn file_server() -> PathBuf {
    [
        "/usr/lib/openssh/sftp-server",
        "/usr/libexec/openssh/sftp-server",
        "/usr/lib/ssh/sftp-server",
        "/usr/libexec/sftp-server",
    ]
    .into_iter()
    .map(PathBuf::from)
    .find(|path| path.exists())
    .expect("it comes with sshd")
}
