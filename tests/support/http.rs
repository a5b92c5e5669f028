//! A supplier's web server on loopback that does as it is told.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// What the server does with one request.
pub(crate) enum Step {
    /// Status and headers, and a body.
    Answer(&'static str, &'static str),
    /// It takes the whole order and hangs up.
    Cut,
}

/// A request as it came: its head, and its body.
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// Serves a script, one connection a step; gives the address and the requests.
pub(crate) fn serve(script: Vec<Step>) -> (String, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has free ports");
    let address = listener.local_addr().expect("a listener has an address");
    let (sender, received) = channel();
    thread::spawn(move || {
        for step in script {
            let (stream, _) = listener.accept().expect("a client comes");
            let request = read(&stream);
            if let Step::Answer(head, body) = step {
                let length = body.len();
                let answer =
                    format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
                (&stream).write_all(answer.as_bytes()).expect("the client listens");
            }
            // the test may have seen enough
            let _ = sender.send(request);
        }
    });
    (format!("http://{address}/orders"), received)
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).expect("a head is text") > 0, "the head ended: {head}");
    }
    let lower = head.to_ascii_lowercase();
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    let mut body = vec![0; length.trim().parse().expect("the length is a number")];
    reader.read_exact(&mut body).expect("the body is complete");
    Request { head, body }
}

/// The address of a server that is not there.
pub(crate) fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has free ports");
    format!("http://{}/orders", listener.local_addr().expect("a listener has an address"))
}
