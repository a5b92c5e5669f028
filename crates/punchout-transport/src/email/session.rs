//! SMTP on one connection: lines out, replies in.

use std::fmt;
use std::io;
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};

/// A connection, encrypted or not.
pub(super) trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// More than any honest reply has.
const REPLY_LIMIT: usize = 16 * 1024;

pub(super) struct Session {
    wire: BufReader<Box<dyn Wire>>,
}

impl Session {
    pub(super) fn new(wire: Box<dyn Wire>) -> Self {
        Self { wire: BufReader::new(wire) }
    }

    /// Sends a line and waits for the reply to it.
    pub(super) async fn command(&mut self, line: &str) -> Result<Reply, Broken> {
        self.write(format!("{line}\r\n").as_bytes()).await?;
        self.reply().await
    }

    /// Sends a message without the dot that ends it: so far it is nothing.
    pub(super) async fn message(&mut self, message: &[u8]) -> Result<(), Broken> {
        self.write(&stuffed(message)).await
    }

    /// Sends the dot. From here on the message may be taken.
    pub(super) async fn end_of_message(&mut self) -> Result<Reply, Broken> {
        self.write(b".\r\n").await?;
        self.reply().await
    }

    /// Reads a whole reply, with all of its lines.
    pub(super) async fn reply(&mut self) -> Result<Reply, Broken> {
        let mut reply = Reply { code: 0, lines: Vec::new(), raw: Vec::new() };
        loop {
            let start = reply.raw.len();
            let room = u64::try_from(REPLY_LIMIT.saturating_sub(start)).unwrap_or(0);
            (&mut self.wire).take(room).read_until(b'\n', &mut reply.raw).await.map_err(Broken::Io)?;
            let line = reply.raw.get(start..).unwrap_or_default();
            if !line.ends_with(b"\n") {
                return Err(if reply.raw.len() < REPLY_LIMIT { Broken::Closed } else { Broken::TooLarge });
            }
            let text = readable(line);
            let Some((code, last, words)) =
                parse(&text).filter(|&(code, ..)| start == 0 || code == reply.code)
            else {
                return Err(Broken::Garbled(text));
            };
            reply.code = code;
            reply.lines.push(words.to_owned());
            if last {
                return Ok(reply);
            }
        }
    }

    /// Hands the bare connection back; whether anything on it was still unread.
    pub(super) fn into_wire(self) -> (Box<dyn Wire>, bool) {
        let unread = !self.wire.buffer().is_empty();
        (self.wire.into_inner(), unread)
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        // what is there already cannot be the reply to what was not said yet
        if !self.wire.buffer().is_empty() {
            return Err(Broken::OutOfTurn);
        }
        self.wire.write_all(bytes).await.map_err(Broken::Io)?;
        self.wire.flush().await.map_err(Broken::Io)
    }
}

/// Why there is no reply.
#[derive(Debug)]
pub(super) enum Broken {
    Io(io::Error),
    Closed,
    /// This is no reply, and may hold anything.
    Garbled(String),
    TooLarge,
    OutOfTurn,
}

/// What the server said.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) code: u16,
    /// The words after the code, line by line.
    pub(super) lines: Vec<String>,
    /// The same as it came.
    pub(super) raw: Vec<u8>,
}

impl Reply {
    /// The parameters of an extension in a reply to EHLO, in upper case.
    ///
    /// `AUTH=PLAIN` is how some old servers say `AUTH PLAIN`.
    pub(super) fn offer(&self, keyword: &str) -> Option<String> {
        self.lines.iter().skip(1).find_map(|line| {
            let (name, rest) = line.split_once([' ', '=']).unwrap_or((line, ""));
            name.eq_ignore_ascii_case(keyword).then(|| rest.to_ascii_uppercase())
        })
    }

    /// The words of all lines.
    pub(super) fn text(&self) -> String {
        self.lines.join("; ")
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text())
    }
}

/// Replies should be ASCII; some servers speak UTF-8, and some Latin-1.
fn readable(line: &[u8]) -> String {
    let line = line.trim_ascii_end();
    let text = match std::str::from_utf8(line) {
        Ok(text) => text.to_owned(),
        Err(_) => line.iter().copied().map(char::from).collect(),
    };
    text.replace(char::is_control, " ")
}

/// The code, whether this line is the last one, and its words.
fn parse(line: &str) -> Option<(u16, bool, &str)> {
    let (code, rest) = line.split_at_checked(3)?;
    if !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let code = code.parse().ok().filter(|code| (200..600).contains(code))?;
    match rest.split_at_checked(1) {
        None => Some((code, true, "")),
        Some((" ", words)) => Some((code, true, words)),
        Some(("-", words)) => Some((code, false, words)),
        Some(_) => None,
    }
}

/// Doubles the dot where a line begins with one, so that none ends the message.
fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(message.len() + 16);
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        if line.starts_with(b".") {
            bytes.push(b'.');
        }
        bytes.extend_from_slice(line);
    }
    if !bytes.ends_with(b"\r\n") {
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads one reply out of what a server sent before it closed.
    fn read(sent: &[u8]) -> Result<Reply, Broken> {
        let (client, mut server) = tokio::io::duplex(64 * 1024);
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async move {
            server.write_all(sent).await.unwrap();
            drop(server);
            Session::new(Box::new(client)).reply().await
        })
    }

    #[test]
    fn replies_have_one_code_and_an_end() {
        for (sent, shown) in [
            (&b"250 2.0.0 Ok: queued as 4F1\r\n"[..], "250 2.0.0 Ok: queued as 4F1"),
            (b"250-mx.example\r\n250-SIZE 1000\r\n250 HELP\r\n", "250 mx.example; SIZE 1000; HELP"),
            (b"354\n", "354 "),
            ("550 gelöscht\r\n".as_bytes(), "550 gelöscht"),
            (b"550 gel\xf6scht \x07\r\n", "550 gelöscht  "),
            (b"220 first\r\n250 second\r\n", "220 first"),
        ] {
            let reply = read(sent).unwrap();
            assert_eq!(reply.to_string(), shown);
            assert!(sent.starts_with(&reply.raw), "{reply:?}");
        }
        for (sent, broken) in [
            (&b""[..], "Closed"),
            (b"250 Ok", "Closed"),
            (b"250-mx.example\r\n", "Closed"),
            (b"250-mx.example\r\n550 no\r\n", "Garbled(\"550 no\")"),
            (b"SSH-2.0-OpenSSH\r\n", "Garbled(\"SSH-2.0-OpenSSH\")"),
            (b"+50 no\r\n", "Garbled(\"+50 no\")"),
            (b"150 no\r\n", "Garbled(\"150 no\")"),
            (b"2500 no\r\n", "Garbled(\"2500 no\")"),
            (b"25\xe9 no\r\n", "Garbled(\"25\u{e9} no\")"),
            (&b"x".repeat(REPLY_LIMIT + 1), "TooLarge"),
            (&b"250-x\r\n".repeat(REPLY_LIMIT / 7 + 1), "TooLarge"),
        ] {
            assert_eq!(format!("{:?}", read(sent).unwrap_err()), broken);
        }
    }

    #[test]
    fn offers_are_found_in_any_case() {
        let reply = read(b"250-SIZE\r\n250-Size 1000\r\n250-auth=plain LOGIN\r\n250 STARTTLS\r\n").unwrap();
        assert_eq!(reply.offer("SIZE").as_deref(), Some("1000"));
        assert_eq!(reply.offer("AUTH").as_deref(), Some("PLAIN LOGIN"));
        assert_eq!(reply.offer("STARTTLS").as_deref(), Some(""));
        assert_eq!(reply.offer("DSN"), None);
    }

    #[test]
    fn no_line_of_a_message_ends_it() {
        for (message, sent) in [
            ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n"),
            ("..a\r\n", "...a\r\n"),
            ("a.\r\n", "a.\r\n"),
            ("a\r\n.", "a\r\n..\r\n"),
            ("", "\r\n"),
        ] {
            assert_eq!(stuffed(message.as_bytes()), sent.as_bytes());
        }
    }
}
