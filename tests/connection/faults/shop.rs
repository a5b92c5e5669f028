//! A shop that takes orders or does not, and says so or something else.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::Dice;
use super::vandal::{Vandal, When};

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nconnection: close\r\ncontent-length: 91\r\n\r\n\
    <cXML payloadID='7@shop.example'><Response><Status code='200' text='OK'/></Response></cXML>";

/// A client that stays away longer is gone.
const LONG: Duration = Duration::from_secs(20);

/// Answers, and whether the order is kept: `None` for as the dice fall.
const ANSWERS: [(&str, &str, &str, Option<bool>); 11] = [
    (
        "delivered",
        "200 OK\r\ncontent-type: text/xml",
        "<cXML payloadID='7@shop.example'><Response><Status code='200' text='OK'/></Response></cXML>",
        Some(true),
    ),
    (
        "delivered, HTTP 500",
        "500 Internal Server Error\r\ncontent-type: text/xml",
        "<cXML><Response><Status code='200' text='OK'/></Response></cXML>",
        Some(true),
    ),
    (
        "cXML 503",
        "200 OK\r\ncontent-type: text/xml",
        "<cXML><Response><Status code='503' text='Service Unavailable'/></Response></cXML>",
        Some(false),
    ),
    // a careless one
    (
        "cXML 400",
        "200 OK\r\ncontent-type: text/xml",
        "<cXML><Response><Status code='400' text='Bad Request'>gehe1m, hunter2-and-more</Status></Response></cXML>",
        Some(false),
    ),
    (
        "HTTP 401",
        "401 Unauthorized\r\ncontent-type: text/html",
        "<html><title>hunter2-and-more is wrong</title></html>",
        Some(false),
    ),
    (
        "HTTP 500",
        "500 Internal Server Error\r\ncontent-type: text/html",
        "<html><title>gehe1m</title></html>",
        None,
    ),
    (
        "HTTP 503",
        "503 Service Unavailable\r\nretry-after: 0\r\ncontent-type: text/html",
        "<html><title>busy</title></html>",
        None,
    ),
    ("HTTP 504", "504 Gateway Timeout", "", None),
    ("page", "200 OK\r\ncontent-type: text/html", "<html><title>Log in</title></html>", None),
    ("empty", "202 Accepted", "", None),
    (
        "half a cXML",
        "200 OK\r\ncontent-type: text/xml",
        "<cXML payloadID='7@shop.example'><Response><Status code='200'",
        None,
    ),
];

/// What happens to one connection.
pub(super) enum Act {
    /// It is answered by one of these.
    Answers { which: usize, keeps: bool },
    /// Bytes that mean nothing.
    Garbage { bytes: Vec<u8>, keeps: bool },
    /// It ends after so many bytes of the request.
    CutRequest(usize),
    /// The order is kept, and the answer ends after so many bytes.
    CutAnswer(usize),
    /// Nothing is said until the client leaves.
    Silence { keeps: bool },
}

impl Act {
    pub(super) fn new(dice: &mut Dice, order: usize) -> Self {
        match dice.below(20) {
            0..10 => {
                let which = dice.below(ANSWERS.len());
                Self::Answers { which, keeps: ANSWERS[which].3.unwrap_or_else(|| dice.coin()) }
            }
            10..12 => {
                let bytes = (0..dice.below(200)).map(|_| u8::try_from(dice.below(256)).unwrap()).collect();
                Self::Garbage { bytes, keeps: dice.coin() }
            }
            // the head is some hundred bytes, and some come after the end
            12..16 => Self::CutRequest(dice.below(order + 900)),
            16..19 => Self::CutAnswer(dice.below(OK.len() + 1)),
            _ => Self::Silence { keeps: dice.coin() },
        }
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Answers { which, .. } => ANSWERS[*which].0,
            Self::Garbage { .. } => "garbage",
            Self::CutRequest(_) => "request cut",
            Self::CutAnswer(_) => "answer cut",
            Self::Silence { .. } => "silence",
        }
    }
}

/// One connection after the other; after its acts everything goes well.
pub(super) struct Shop {
    address: SocketAddr,
    counted: Receiver<usize>,
    thread: JoinHandle<()>,
}

impl Shop {
    pub(super) fn open(acts: Vec<Act>, vandal: Vandal) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, counted) = channel();
        let thread = std::thread::spawn(move || {
            let (mut acts, mut copies) = (acts.into_iter(), 0);
            let mut act = acts.next();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                stream.set_read_timeout(Some(LONG)).unwrap();
                let mut first = [0];
                match stream.peek(&mut first) {
                    // whoever counts has seen to it that nobody comes before
                    Ok(1) if first == *b"?" => {
                        // those that are left would belong to what is over
                        act = None;
                        sender.send(copies).unwrap();
                    }
                    Ok(1) if first == *b"." => return,
                    _ => {
                        copies += usize::from(serve(&mut stream, act.as_ref(), &vandal));
                        act = if act.is_some() { acts.next() } else { None };
                    }
                }
            }
        });
        Self { address, counted, thread }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/orders", self.address)
    }

    /// How often the order was kept, when all who came so far are served.
    pub(super) fn copies_when_settled(&self) -> usize {
        self.say(b"?");
        self.counted.recv().unwrap()
    }

    pub(super) fn close(self) {
        self.say(b".");
        self.thread.join().unwrap();
    }

    fn say(&self, word: &[u8]) {
        TcpStream::connect(self.address).unwrap().write_all(word).unwrap();
    }
}

/// Whether the order is kept.
fn serve(stream: &mut TcpStream, act: Option<&Act>, vandal: &Vandal) -> bool {
    let most = if let Some(Act::CutRequest(most)) = act { *most } else { usize::MAX };
    let whole = reads_an_order(stream, most);
    vandal.at(When::Meanwhile);
    if !whole {
        return false;
    }
    let well = Act::CutAnswer(OK.len());
    let (answer, keeps) = match act.unwrap_or(&well) {
        Act::Answers { which, keeps } => {
            let (_, head, body, _) = ANSWERS[*which];
            let answer = format!(
                "HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            (answer.into_bytes(), *keeps)
        }
        Act::Garbage { bytes, keeps } => (bytes.clone(), *keeps),
        Act::CutRequest(_) => (Vec::new(), true),
        Act::CutAnswer(most) => (OK.as_bytes()[..*most].to_vec(), true),
        Act::Silence { keeps } => {
            let _ = stream.read(&mut [0]);
            (Vec::new(), *keeps)
        }
    };
    // a client that is gone has given up
    let _ = stream.write_all(&answer);
    let _ = stream.shutdown(Shutdown::Write);
    keeps
}

/// Reads a request, or so many bytes of it; whether it is whole.
fn reads_an_order(stream: &TcpStream, most: usize) -> bool {
    let mut reader = BufReader::with_capacity(64, stream.take(u64::try_from(most).unwrap_or(u64::MAX)));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return false;
        }
    }
    let lower = head.to_ascii_lowercase();
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.trim().parse().unwrap()];
    reader.read_exact(&mut body).is_ok()
}
