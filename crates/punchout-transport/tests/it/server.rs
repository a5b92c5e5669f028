//! A small HTTP server on loopback that can misbehave.

use crate::certificates::Certified;
use crate::tally::Tally;
use mail_parser::MessageParser;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

#[derive(Clone)]
pub(crate) enum Reaction {
    /// Reads the request, writes this and closes.
    Answer(Vec<u8>),
    /// Reads the request and answers with the `Authorization` it was sent,
    /// in body, media type and location.
    Repeat(&'static str),
    /// The same with the first of these, then with the second, and so on; the
    /// last one is for all that follow.
    InTurn(Vec<Vec<u8>>),
    /// Reads the request and begins an answer that never ends.
    Drip,
    /// Reads the beginning of the request, writes this and reads no more.
    Early(Vec<u8>),
    /// Reads the head of the request and nothing of its body.
    Deaf,
    /// Reads the request and closes.
    Close,
    /// Never says a word, until the client leaves.
    Silence,
}

impl Reaction {
    pub(crate) fn status(line: &str, body: &str) -> Self {
        Self::Answer(Self::bytes(line, body))
    }

    pub(crate) fn early(line: &str) -> Self {
        Self::Early(Self::bytes(line, ""))
    }

    fn bytes(line: &str, body: &str) -> Vec<u8> {
        let length = body.len();
        format!("HTTP/1.1 {line}\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\n\r\n{body}").into()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

impl Request {
    /// The files in it, in their order.
    pub(crate) fn files(&self) -> Vec<Vec<u8>> {
        let content_type = self.header("content-type").unwrap();
        if !content_type.starts_with("multipart/related") {
            return vec![self.body.clone()];
        }
        let message = [format!("Content-Type: {content_type}\r\n\r\n").as_bytes(), &self.body].concat();
        let message = MessageParser::default().parse(&message).unwrap();
        message.parts[1..].iter().map(|part| part.contents().to_vec()).collect()
    }
}

/// Stops when it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    tally: Tally,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn plain(reaction: Reaction) -> Self {
        Self::start(reaction, None).await
    }

    pub(crate) async fn tls(reaction: Reaction, certified: &Certified) -> Self {
        Self::start(reaction, Some(certified.acceptor.clone())).await
    }

    async fn start(reaction: Reaction, acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&seen);
        let tally = Tally::new();
        let guests = tally.clone();
        let task = tokio::spawn(async move {
            let reaction = Arc::new(reaction);
            // they end with this task
            let mut connections = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let guest = guests.guest();
                let (acceptor, reaction, kept) = (acceptor.clone(), Arc::clone(&reaction), Arc::clone(&kept));
                connections.spawn(async move {
                    let _guest = guest;
                    match acceptor {
                        None => react(stream, &reaction, &kept).await,
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                react(stream, &reaction, &kept).await;
                            }
                        }
                    }
                });
                while connections.try_join_next().is_some() {}
            }
        });
        Self { address, seen, tally, task }
    }

    /// The requests that arrived completely.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
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

async fn react(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    reaction: &Reaction,
    seen: &Mutex<Vec<Request>>,
) {
    if matches!(reaction, Reaction::Deaf) {
        let _ = stream.read(&mut [0]).await;
        return std::future::pending().await;
    }
    if let Reaction::Early(answer) = reaction {
        let _ = stream.read(&mut [0; 1000]).await;
        let _ = stream.write_all(answer).await.and(stream.flush().await);
        return std::future::pending().await;
    }
    let Some(request) = read(&mut stream).await else { return };
    let number = {
        let mut seen = seen.lock().unwrap();
        seen.push(request.clone());
        seen.len()
    };
    let answer = match reaction {
        Reaction::Answer(answer) => answer.clone(),
        Reaction::Repeat(status) => {
            let said = request.header("authorization").unwrap();
            let location = request.head.split(' ').nth(1).unwrap();
            let length = said.len();
            format!("HTTP/1.1 {status}\r\nContent-Type: text/plain; said={said}\r\nLocation: {location}\r\nContent-Length: {length}\r\n\r\n{said}")
                .into()
        }
        Reaction::InTurn(answers) => answers[number.min(answers.len()) - 1].clone(),
        Reaction::Drip => {
            let mut pace = tokio::time::interval(std::time::Duration::from_millis(10));
            let mut sent = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").await;
            while sent.is_ok() {
                sent = stream.write_all(b".").await.and(stream.flush().await);
                pace.tick().await;
            }
            return;
        }
        Reaction::Deaf | Reaction::Early(_) | Reaction::Close => return,
        Reaction::Silence => {
            let _ = stream.read(&mut [0]).await;
            return;
        }
    };
    // a client may leave before it has read everything
    let _ = stream.write_all(&answer).await;
    let _ = stream.shutdown().await;
}

/// Reads one request; `None` when the client leaves within it.
async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Request> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let mut request =
        Request { head: String::from_utf8(bytes[..head].to_vec()).unwrap(), body: bytes.split_off(head + 4) };
    let length: usize = request.header("content-length").unwrap().parse().unwrap();
    while request.body.len() < length {
        if stream.read_buf(&mut request.body).await.ok()? == 0 {
            return None;
        }
    }
    Some(request)
}
