//! What is told of a journal that could not take what it was to note.

use std::fs;
use std::net::TcpListener;
use std::process::Command;

use super::{Folder, OK, ORDER, XML, discreet, hears_an_order};
use crate::http::{Step, serve};
use crate::support::{Call, command, finished};

const LATER: &str = "<cXML><Response><Status code='503' text='Service Unavailable'/></Response></cXML>";

/// Its directory goes while the order is under way.
#[test]
fn an_end_that_is_not_noted_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/orders", listener.local_addr().unwrap());
    for is_release in [false, true] {
        let folder = Folder::new(&url, "journal = 'log'");
        fs::create_dir(folder.path("log")).unwrap();
        fs::create_dir(folder.path("held")).unwrap();
        let mut arguments = vec!["send".to_owned(), ORDER.to_owned()];
        if is_release {
            assert_eq!(folder.send(&["--intercept", &folder.text("held")]).status, 0);
            arguments = vec!["release".to_owned(), folder.held()];
        }
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let call = std::thread::scope(|scope| {
            let sender = scope.spawn(|| folder.run(&arguments));
            let (mut stream, _) = listener.accept().unwrap();
            hears_an_order(&mut stream);
            fs::rename(folder.path("log"), folder.path("gone")).unwrap();
            let answer = format!("HTTP/1.1 {XML}\r\ncontent-length: {}\r\n\r\n{OK}", OK.len());
            std::io::Write::write_all(&mut stream, answer.as_bytes()).unwrap();
            sender.join().unwrap()
        });
        assert_eq!(call.status, 0, "{}", call.stdout);
        for part in [
            "warning: the end of an attempt could not be noted: the journal ",
            &folder.text("log"),
            "it was delivered",
            "sent twice: bring the journal back before anything is sent\n",
        ] {
            assert!(call.stderr.contains(part), "{part}: {}", call.stderr);
        }
    }
}

/// A journal whose disk has room for so many bytes after an attempt that was
/// not delivered and is noted, and the length of a start; sends once more.
fn with_room(folder: &Folder, room: impl Fn(usize) -> usize) -> Call {
    fs::create_dir(folder.path("log")).unwrap();
    assert_eq!(folder.send(&[]).status, 4);
    let log = folder.log();
    let start = log.find("\nattempt 1 ended").unwrap();
    // a limit is a number of blocks; blank lines mean nothing
    let used = log.len() + room(start);
    let blocks = used.div_ceil(512);
    let file = fs::read_dir(folder.path("log")).unwrap().map(|entry| entry.unwrap().path());
    let file = file.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "log")).unwrap();
    fs::write(file, log + &"\n".repeat(blocks * 512 - used)).unwrap();
    let mut shell = Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let connection = folder.text("shop.toml");
    let program = command(&["order", "send", ORDER, "--connection", &connection]);
    shell.args(["-c", &script, "sh"]).arg(program.get_program()).args(program.get_args());
    let at = program.get_current_dir().unwrap();
    discreet(finished(shell.current_dir(at).stdin(std::process::Stdio::null()), b""))
}

/// Nothing of the end fits: it stays in doubt, and that is said.
#[test]
fn an_order_that_was_delivered_and_is_in_doubt_there_is_not_sent_again() {
    let (url, requests) = serve(vec![Step::Answer(XML, LATER), Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "journal = 'log'");
    let call = with_room(&folder, |start| start);
    assert_eq!(call.status, 0, "{} {}", call.stdout, call.stderr);
    for part in [
        "warning: the end of an attempt could not be noted: ",
        "the limit for the size of a file is reached",
        "it was delivered, and by the journal it may have arrived: do not send it with --again\n",
    ] {
        assert!(call.stderr.contains(part), "{part}: {}", call.stderr);
    }
    assert_eq!(requests.iter().take(2).count(), 2);
    let call = folder.send(&[]);
    assert!(call.status == 3 && call.stdout.contains("may have arrived"), "{}", call.stdout);
    assert!(requests.try_recv().is_err(), "nothing is sent");
}

/// Its first line fits: what counts is noted.
#[test]
fn an_end_that_is_noted_in_part_is_told() {
    let (url, _requests) = serve(vec![Step::Answer(XML, LATER), Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "journal = 'log'");
    let call = with_room(&folder, |start| start + 100);
    assert_eq!(call.status, 0, "{} {}", call.stdout, call.stderr);
    assert!(
        call.stderr
            .ends_with("that it was delivered is noted, but not all that was seen of it: keep this output\n"),
        "{}",
        call.stderr
    );
    let call = folder.send(&[]);
    assert!(call.status == 0 && call.stdout.contains("outcome      delivered"), "{}", call.stdout);
}

/// Nothing was sent, the error says so, and nothing else follows.
#[test]
fn a_start_that_is_not_noted_leaves_nothing_in_doubt() {
    let (url, requests) = serve(vec![Step::Answer(XML, LATER), Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "journal = 'log'");
    let call = with_room(&folder, |start| start - 20);
    assert_eq!((call.status, &*call.stderr), (4, ""), "{}", call.stdout);
    for part in ["the attempt cannot be noted in the journal: nothing was sent", "size of a file is reached"]
    {
        assert!(call.stdout.contains(part), "{part}: {}", call.stdout);
    }
    assert_eq!(requests.iter().take(1).count(), 1);
    assert!(requests.try_recv().is_err(), "nothing is sent");
    assert_eq!(folder.send(&[]).status, 0, "there is room again");
}
