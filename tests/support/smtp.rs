//! A mail server on loopback that takes one mail and keeps what was said.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// Gives the port, and all lines that a client sends.
pub(crate) fn serve() -> (u16, Receiver<String>) {
    serve_saying("250 2.0.0 taken as 42")
}

/// The same, with this answer to the mail.
pub(crate) fn serve_saying(end: &'static str) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has free ports");
    let port = listener.local_addr().expect("a listener has an address").port();
    let (sender, received) = channel();
    thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a client comes");
        let mut lines = BufReader::new(&stream).lines();
        let say = |text: &str| (&stream).write_all(text.as_bytes()).expect("the client listens");
        let (mut heard, mut in_data) = (String::new(), false);
        say("220 mail.example ESMTP\r\n");
        while let Some(Ok(line)) = lines.next() {
            heard.push_str(&line);
            heard.push('\n');
            if in_data {
                if line == "." {
                    in_data = false;
                    say(end);
                    say("\r\n");
                }
                continue;
            }
            match line.split(' ').next().unwrap_or_default() {
                "EHLO" => say("250-mail.example\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n"),
                "AUTH" => say("235 2.7.0 come in\r\n"),
                "DATA" => {
                    in_data = true;
                    say("354 go ahead\r\n");
                }
                "QUIT" => {
                    say("221 bye\r\n");
                    break;
                }
                _ => say("250 2.1.0 fine\r\n"),
            }
        }
        let _ = sender.send(heard);
    });
    (port, received)
}
