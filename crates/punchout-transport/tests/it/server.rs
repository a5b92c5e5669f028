//! A small HTTP server on loopback that can misbehave.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

#[derive(Clone)]
pub(crate) enum Reaction {
    /// Reads the request, writes this and closes.
    Answer(Vec<u8>),
    /// Reads the request and answers with the `Authorization` it was sent,
    /// in body, media type and location.
    Repeat(&'static str),
    /// Reads the request and closes.
    Close,
    /// Never says a word, until the client leaves.
    Silence,
}

impl Reaction {
    pub(crate) fn status(line: &str, body: &str) -> Self {
        let length = body.len();
        Self::Answer(
            format!("HTTP/1.1 {line}\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\n\r\n{body}")
                .into(),
        )
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

/// Stops when it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn plain(reaction: Reaction) -> Self {
        Self::start(reaction, None).await
    }

    pub(crate) async fn tls(reaction: Reaction, acceptor: TlsAcceptor) -> Self {
        Self::start(reaction, Some(acceptor)).await
    }

    async fn start(reaction: Reaction, acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                match &acceptor {
                    None => react(stream, &reaction, &kept).await,
                    Some(acceptor) => {
                        if let Ok(stream) = acceptor.accept(stream).await {
                            react(stream, &reaction, &kept).await;
                        }
                    }
                }
            }
        });
        Self { address, seen, task }
    }

    /// The requests that arrived completely.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
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
    let Some(request) = read(&mut stream).await else { return };
    seen.lock().unwrap().push(request.clone());
    let answer = match reaction {
        Reaction::Answer(answer) => answer.clone(),
        Reaction::Repeat(status) => {
            let said = request.header("authorization").unwrap();
            let location = request.head.split(' ').nth(1).unwrap();
            let length = said.len();
            format!("HTTP/1.1 {status}\r\nContent-Type: text/plain; said={said}\r\nLocation: {location}\r\nContent-Length: {length}\r\n\r\n{said}")
                .into()
        }
        Reaction::Close => return,
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
