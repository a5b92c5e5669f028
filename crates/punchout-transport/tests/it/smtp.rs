//! A small mail server on loopback that can misbehave at every step.

use crate::tally::Tally;
use mail_parser::{MessageParser, MimeHeaders as _};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

/// The recipient that faults at [`Step::Recipient`] are about.
pub(crate) const NOBODY: &str = "nobody@shop.example";
pub(crate) const QUEUED: &str = "2.0.0 Ok: queued as 4F1B2";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Greeting,
    Hello,
    StartTls,
    Login,
    Sender,
    Recipient,
    Data,
    /// Within the message.
    Body,
    /// After the dot, before the reply.
    Dot,
    Quit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Closes the connection instead of a reply.
    Cut,
    /// Never replies, until the client leaves; within the message, it reads no further.
    Silence,
    /// Says this instead.
    Says(&'static str),
}

#[derive(Clone)]
pub(crate) struct Script {
    fault: Option<(Step, Fault)>,
    tls: Option<TlsAcceptor>,
    implicit: bool,
    offers: &'static str,
}

impl Script {
    pub(crate) fn new() -> Self {
        Self { fault: None, tls: None, implicit: false, offers: "SIZE 50000000" }
    }

    pub(crate) fn fails(mut self, step: Step, fault: Fault) -> Self {
        self.fault = Some((step, fault));
        self
    }

    pub(crate) fn with_tls(mut self, tls: &TlsAcceptor) -> Self {
        self.tls = Some(tls.clone());
        self
    }

    pub(crate) fn implicit(mut self) -> Self {
        self.implicit = true;
        self
    }

    pub(crate) fn offers(mut self, extension: &'static str) -> Self {
        self.offers = extension;
        self
    }
}

/// What a server heard and what it has.
#[derive(Clone, Default)]
pub(crate) struct Heard {
    /// Every byte that came without encryption.
    pub(crate) open: Vec<u8>,
    /// Every command.
    pub(crate) commands: Vec<String>,
    /// The messages it took, or may have taken when it did not say.
    pub(crate) kept: Vec<Vec<u8>>,
}

/// Stops when it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    heard: Arc<Mutex<Heard>>,
    tally: Tally,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let shared = Arc::clone(&heard);
        let tally = Tally::new();
        let guests = tally.clone();
        let task = tokio::spawn(async move {
            let script = Arc::new(script);
            // they end with this task
            let mut talks = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let guest = guests.guest();
                let (script, heard) = (Arc::clone(&script), Arc::clone(&shared));
                talks.spawn(async move {
                    let _guest = guest;
                    let _ = Talk { script: &script, heard: &heard, open: true }.run(stream).await;
                });
                while talks.try_join_next().is_some() {}
            }
        });
        Self { address, heard, tally, task }
    }

    pub(crate) fn heard(&self) -> Heard {
        self.heard.lock().unwrap().clone()
    }
}

impl Server {
    /// Waits until it is done with everybody who has connected so far.
    pub(crate) async fn settle(&self) {
        self.tally.settle(self.address).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

type Wire = BufReader<Box<dyn Stream>>;

struct Talk<'a> {
    script: &'a Script,
    heard: &'a Mutex<Heard>,
    open: bool,
}

impl Talk<'_> {
    /// Ends with `None` as soon as either side has left.
    async fn run(&mut self, stream: TcpStream) -> Option<()> {
        let mut wire: Wire = BufReader::new(Box::new(stream));
        if self.script.implicit {
            wire = self.encrypt(wire).await?;
        }
        self.reply(&mut wire, Step::Greeting, "220 mx.example ESMTP").await?;
        loop {
            let line = self.line(&mut wire).await?;
            // what comes twice by a fault of the way may be anything
            let command = String::from_utf8(line).ok()?.trim_end().to_owned();
            self.heard.lock().unwrap().commands.push(command.clone());
            let verb = command.split([' ', ':']).next().unwrap().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    let start = if self.open && self.script.tls.is_some() { "250-STARTTLS\r\n" } else { "" };
                    let offers = format!("250-mx.example\r\n{start}250 {}", self.script.offers);
                    self.reply(&mut wire, Step::Hello, &offers).await?;
                }
                "STARTTLS" => {
                    if self.reply(&mut wire, Step::StartTls, "220 go ahead").await? {
                        wire = self.encrypt(wire).await?;
                    }
                }
                "AUTH" => {
                    for prompt in
                        if command == "AUTH LOGIN" { &["VXNlcm5hbWU6", "UGFzc3dvcmQ6"][..] } else { &[] }
                    {
                        wire.write_all(format!("334 {prompt}\r\n").as_bytes()).await.ok()?;
                        wire.flush().await.ok()?;
                        let line = String::from_utf8(self.line(&mut wire).await?).unwrap();
                        self.heard.lock().unwrap().commands.push(line.trim_end().to_owned());
                    }
                    self.reply(&mut wire, Step::Login, "235 2.7.0 welcome").await?;
                }
                "MAIL" => {
                    self.reply(&mut wire, Step::Sender, "250 2.1.0 Ok").await?;
                }
                "RCPT" if command.contains(NOBODY) => {
                    self.reply(&mut wire, Step::Recipient, "250 2.1.5 Ok").await?;
                }
                "RCPT" => self.say(&mut wire, "250 2.1.5 Ok").await?,
                "DATA" => {
                    if self.reply(&mut wire, Step::Data, "354 end with a dot").await? {
                        self.message(&mut wire).await?;
                    }
                }
                "QUIT" => {
                    self.reply(&mut wire, Step::Quit, "221 bye").await?;
                    return None;
                }
                _ => self.say(&mut wire, "500 5.5.1 what?").await?,
            }
        }
    }

    async fn encrypt(&mut self, wire: Wire) -> Option<Wire> {
        let acceptor = self.script.tls.as_ref().unwrap();
        let stream = acceptor.accept(wire.into_inner()).await.ok()?;
        self.open = false;
        Some(BufReader::new(Box::new(stream)))
    }

    async fn message(&mut self, wire: &mut Wire) -> Option<()> {
        let mut message = Vec::new();
        loop {
            let line = self.line(wire).await?;
            if line == b".\r\n" {
                break;
            }
            message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            if self.script.fault.is_some_and(|(step, _)| step == Step::Body) && message.len() > 10_000 {
                self.reply(wire, Step::Body, "").await?;
            }
        }
        let refused =
            matches!(self.script.fault, Some((Step::Dot, Fault::Says(says))) if says.starts_with(['4', '5']));
        if !refused {
            self.heard.lock().unwrap().kept.push(message);
        }
        self.reply(wire, Step::Dot, &format!("250 {QUEUED}")).await?;
        Some(())
    }

    /// Replies as usual or as scripted; whether the dialogue takes its usual way.
    async fn reply(&mut self, wire: &mut Wire, step: Step, usual: &str) -> Option<bool> {
        match self.script.fault {
            Some((at, Fault::Cut)) if at == step => None,
            Some((at, Fault::Silence)) if at == step => {
                if step == Step::Body {
                    return std::future::pending().await;
                }
                while self.line(wire).await.is_some() {}
                None
            }
            Some((at, Fault::Says(says))) if at == step => {
                self.say(wire, says).await?;
                Some(says.get(..3) == usual.get(..3))
            }
            _ => {
                self.say(wire, usual).await?;
                Some(true)
            }
        }
    }

    async fn say(&self, wire: &mut Wire, text: &str) -> Option<()> {
        wire.write_all(format!("{text}\r\n").as_bytes()).await.ok()?;
        wire.flush().await.ok()
    }

    async fn line(&self, wire: &mut Wire) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        wire.read_until(b'\n', &mut line).await.ok()?;
        if self.open {
            self.heard.lock().unwrap().open.extend_from_slice(&line);
        }
        line.ends_with(b"\n").then_some(line)
    }
}

/// Names, media types and contents of the attachments, as another library reads them.
pub(crate) fn attachments(message: &[u8]) -> Vec<(String, String, Vec<u8>)> {
    let message = MessageParser::default().parse(message).unwrap();
    let read = message.attachments().map(|part| {
        let kind = part.content_type().unwrap();
        let media_type = format!("{}/{}", kind.c_type, kind.c_subtype.as_ref().unwrap());
        (part.attachment_name().unwrap().to_owned(), media_type, part.contents().to_vec())
    });
    read.collect()
}
