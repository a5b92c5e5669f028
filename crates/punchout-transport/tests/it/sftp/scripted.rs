//! A server that keeps files in memory and does as it is told.

use super::door::Door;
use punchout_transport::SftpOptions;
use russh::keys::PrivateKey;
use russh::keys::ssh_key::HashAlg;
use russh::keys::ssh_key::private::Ed25519Keypair;
use russh::server::{Config, run_stream};
use russh_sftp::protocol::{
    Attrs, Data, ExtendedReply, FileAttributes, FileMode, Handle, OpenFlags, Packet, Status, StatusCode,
    Version,
};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::{JoinHandle, JoinSet};

/// The directory for orders.
const DIRECTORY: &str = "orders";

/// What a server makes of a plain rename.
#[derive(Clone, Copy)]
pub(crate) enum Rename {
    /// What is asked for, unless something has the name.
    Follows,
    /// Refuses every one.
    Refuses(StatusCode),
    /// Permits no name that a reader sees, whatever would get it.
    Forbids,
    /// The same, once it has found what would get the name.
    ForbidsWhatIsThere,
    /// Does it, and says that it did not; the supplier takes the file.
    Denies,
    /// Another sender has put the same file there.
    ComesSecond,
    /// The same, and then the supplier takes that.
    ComesTooLate,
}

#[derive(Clone)]
pub(crate) struct Script {
    pub(crate) rename: Rename,
    /// What it makes of the rename that replaces, if it offers that.
    pub(crate) posix_rename: Option<Rename>,
    /// How many bytes fit, and whether it tells.
    pub(crate) room: Option<(u64, bool)>,
    /// What each answer to these requests waits for.
    pub(crate) pause: Option<(&'static str, Duration)>,
    /// The most bytes that it gives in answer to a request for more.
    pub(crate) piece: usize,
    /// What it says when it refuses a plain rename.
    pub(crate) says: String,
    /// What lies there.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Script {
    pub(crate) fn new() -> Self {
        Self {
            rename: Rename::Follows,
            posix_rename: None,
            room: None,
            pause: None,
            piece: usize::MAX,
            says: String::new(),
            files: BTreeMap::new(),
        }
    }

    pub(crate) fn holds(mut self, name: &str, bytes: &[u8]) -> Self {
        self.files.insert(format!("{DIRECTORY}/{name}"), bytes.to_vec());
        self
    }
}

/// What a server has.
#[derive(Clone, Default)]
pub(crate) struct Has {
    /// By path.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// What the supplier took.
    pub(crate) taken: Vec<Vec<u8>>,
    /// What was asked for.
    pub(crate) requests: Vec<&'static str>,
}

/// Serves until it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    options: SftpOptions,
    has: Arc<Mutex<Has>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(script: Script) -> Self {
        let key = PrivateKey::from(Ed25519Keypair::from_seed(&[7; 32]));
        let shown = key.public_key().fingerprint(HashAlg::Sha256).to_string();
        let config = Arc::new(Config { keys: vec![key], ..Config::default() });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let has = Arc::new(Mutex::new(Has { files: script.files.clone(), ..Has::default() }));
        let shared = Arc::clone(&has);
        let task = tokio::spawn(async move {
            // they end with this task
            let mut sessions = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let files = Files { script: script.clone(), has: Arc::clone(&shared) };
                let door = Door::new(|channel| drop(tokio::spawn(russh_sftp::server::run(channel, files))));
                let config = Arc::clone(&config);
                sessions.spawn(async move {
                    if let Ok(session) = run_stream(config, stream, door).await {
                        let _ = session.await;
                    }
                });
            }
        });
        let options = SftpOptions::new("127.0.0.1", "buyer")
            .with_port(address.port())
            .with_password("hunter2")
            .with_host_key(shown)
            .with_directory(DIRECTORY);
        Self { address, options, has, task }
    }

    pub(crate) fn options(&self) -> SftpOptions {
        self.options.clone()
    }

    pub(crate) fn has(&self) -> Has {
        self.has.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Files {
    script: Script,
    has: Arc<Mutex<Has>>,
}

impl Files {
    /// Begins a request.
    async fn asked(&self, what: &'static str) {
        self.has.lock().unwrap().requests.push(what);
        if let Some((slow, pause)) = self.script.pause
            && (slow == what || slow.is_empty())
        {
            tokio::time::sleep(pause).await;
        }
    }

    fn give_name(&self, how: Rename, replaces: bool, from: &str, to: &str) -> Result<(), StatusCode> {
        let mut has = self.has.lock().unwrap();
        // only what a reader sees is taken by one
        let is_seen = !to.contains("/.");
        if matches!(how, Rename::Forbids) && is_seen {
            return Err(StatusCode::PermissionDenied);
        }
        let bytes = has.files.get(from).cloned().ok_or(StatusCode::NoSuchFile)?;
        match how {
            Rename::ForbidsWhatIsThere if is_seen => return Err(StatusCode::PermissionDenied),
            Rename::Refuses(code) => return Err(code),
            Rename::ComesSecond if is_seen => {
                has.files.insert(to.to_owned(), bytes);
                return Err(StatusCode::Failure);
            }
            Rename::ComesTooLate if is_seen => {
                has.taken.push(bytes);
                return Err(StatusCode::Failure);
            }
            Rename::Denies if is_seen => {
                has.files.remove(from);
                has.taken.push(bytes);
                return Err(StatusCode::Failure);
            }
            _ if has.files.contains_key(to) && !replaces => return Err(StatusCode::Failure),
            _ => {}
        }
        has.files.remove(from);
        has.files.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn attributes(&self, path: &str) -> Result<FileAttributes, StatusCode> {
        let mut found = FileAttributes::default();
        if path == DIRECTORY {
            found.set_type(FileMode::DIR);
        } else {
            let has = self.has.lock().unwrap();
            let bytes = has.files.get(path).ok_or(StatusCode::NoSuchFile)?;
            found.set_type(FileMode::REG);
            found.size = Some(bytes.len() as u64);
        }
        Ok(found)
    }
}

fn done(id: u32) -> Status {
    Status { id, status_code: StatusCode::Ok, error_message: String::new(), language_tag: String::new() }
}

/// The handles are the paths.
impl russh_sftp::server::Handler for Files {
    type Error = StatusCode;

    fn unimplemented(&self) -> StatusCode {
        StatusCode::OpUnsupported
    }

    async fn init(
        &mut self,
        _: u32,
        _: std::collections::HashMap<String, String>,
    ) -> Result<Version, StatusCode> {
        let mut version = Version::new();
        if self.script.posix_rename.is_some() {
            version.extensions.insert("posix-rename@openssh.com".to_owned(), "1".to_owned());
        }
        if self.script.room.is_some_and(|(_, tells)| tells) {
            version.extensions.insert("statvfs@openssh.com".to_owned(), "2".to_owned());
        }
        Ok(version)
    }

    async fn stat(&mut self, id: u32, path: String) -> Result<Attrs, StatusCode> {
        self.asked("stat").await;
        self.attributes(&path).map(|attrs| Attrs { id, attrs })
    }

    async fn lstat(&mut self, id: u32, path: String) -> Result<Attrs, StatusCode> {
        self.asked("lstat").await;
        self.attributes(&path).map(|attrs| Attrs { id, attrs })
    }

    async fn open(
        &mut self,
        id: u32,
        path: String,
        flags: OpenFlags,
        _: FileAttributes,
    ) -> Result<Handle, StatusCode> {
        self.asked("open").await;
        let mut has = self.has.lock().unwrap();
        if flags.contains(OpenFlags::CREATE) {
            has.files.insert(path.clone(), Vec::new());
        }
        if has.files.contains_key(&path) {
            Ok(Handle { id, handle: path })
        } else {
            Err(StatusCode::NoSuchFile)
        }
    }

    async fn write(
        &mut self,
        id: u32,
        path: String,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Result<Status, StatusCode> {
        self.asked("write").await;
        let mut has = self.has.lock().unwrap();
        let used: usize = has.files.values().map(Vec::len).sum();
        if self.script.room.is_some_and(|(room, _)| (used + bytes.len()) as u64 > room) {
            return Err(StatusCode::Failure);
        }
        let file = has.files.get_mut(&path).unwrap();
        assert_eq!(file.len() as u64, offset, "one piece follows the other");
        file.extend(bytes);
        Ok(done(id))
    }

    async fn read(&mut self, id: u32, path: String, offset: u64, length: u32) -> Result<Data, StatusCode> {
        self.asked("read").await;
        let has = self.has.lock().unwrap();
        let rest = has.files.get(&path).and_then(|file| file.get(usize::try_from(offset).unwrap()..));
        let rest = rest.filter(|rest| !rest.is_empty()).ok_or(StatusCode::Eof)?;
        let length = rest.len().min(length as usize).min(self.script.piece);
        Ok(Data { id, data: rest[..length].to_vec() })
    }

    async fn close(&mut self, id: u32, _: String) -> Result<Status, StatusCode> {
        self.asked("close").await;
        Ok(done(id))
    }

    async fn remove(&mut self, id: u32, path: String) -> Result<Status, StatusCode> {
        self.asked("remove").await;
        self.has.lock().unwrap().files.remove(&path).map(|_| done(id)).ok_or(StatusCode::NoSuchFile)
    }

    async fn rename(&mut self, id: u32, from: String, to: String) -> Result<Status, StatusCode> {
        self.asked("rename").await;
        match self.give_name(self.script.rename, false, &from, &to) {
            Err(code) => {
                Ok(Status { status_code: code, error_message: self.script.says.clone(), ..done(id) })
            }
            Ok(()) => Ok(done(id)),
        }
    }

    async fn extended(&mut self, id: u32, request: String, data: Vec<u8>) -> Result<Packet, StatusCode> {
        if request == "statvfs@openssh.com" {
            self.asked("statvfs").await;
            let used: usize = self.has.lock().unwrap().files.values().map(Vec::len).sum();
            let (room, _) = self.script.room.unwrap();
            let free = room.saturating_sub(used as u64);
            // sizes of blocks, how many, how many free twice, and the same of inodes, id, flags, names
            let facts = [512, 1, room, free, free, 9, 9, 9, 1, 0, 255_u64];
            let data = facts.iter().flat_map(|fact| fact.to_be_bytes()).collect();
            return Ok(Packet::ExtendedReply(ExtendedReply { id, data }));
        }
        self.asked("posix-rename").await;
        let how = self.script.posix_rename.ok_or(StatusCode::OpUnsupported)?;
        let mut rest = &data[..];
        let mut next = || {
            let (length, after) = rest.split_at(4);
            let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
            let (name, after) = after.split_at(length);
            rest = after;
            String::from_utf8(name.to_vec()).unwrap()
        };
        let (from, to) = (next(), next());
        self.give_name(how, true, &from, &to).map(|()| Packet::Status(done(id)))
    }
}
