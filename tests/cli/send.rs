//! `punchout order send` and `punchout order release`: outcomes, exit statuses, and no secret in any output.

#![expect(clippy::string_slice, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

#[cfg(unix)]
mod noted;
mod peers;
#[cfg(target_os = "linux")]
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use crate::http::{Step, nobody, serve};
use crate::support::{self, Call, command, data, golden, keys};

const ORDER: &str = "../cxml/order.xml";
const XML: &str = "200 OK\r\ncontent-type: text/xml";
const OK: &str =
    "<cXML payloadID='7@shop.example'><Response><Status code='200' text='OK'/></Response></cXML>";
/// A careless peer: it repeats secrets of the order and of the connection.
const REFUSED: &str = "<cXML><Response><Status code='401' text='Unauthorized'>gehe1m is wrong, and hunter2-and-more too</Status></Response></cXML>";

/// What no output may hold: of the order, and of the connection.
const SECRETS: [&str; 4] = ["gehe1m", "s3cret", "4111111111111111", "hunter2"];

/// A directory with the description of a connection in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A connection to this address, with a password in a file.
    pub(crate) fn new(url: &str, more: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::write(folder.path("password"), "hunter2-and-more\n").unwrap();
        let text = format!(
            "[buyer]\nname = 'City of Delft'\n[order]\nroute = 'https'\n{more}\n[order.https]\nurl = '{url}'\n\
             allow_plain = true\nuser = 'delft'\npassword = {{ file = 'password' }}\n"
        );
        fs::write(folder.path("shop.toml"), text).unwrap();
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Call {
        let connection = self.text("shop.toml");
        discreet(support::run(&[&["order"], arguments, &["--connection", &connection]].concat()))
    }

    fn send(&self, arguments: &[&str]) -> Call {
        self.run(&[&["send", ORDER], arguments].concat())
    }

    /// What the journal has of the one order; nothing before that begins.
    fn log(&self) -> String {
        let files = fs::read_dir(self.path("log")).unwrap().map(|entry| entry.unwrap().path());
        let logs = files.filter(|path| path.extension().is_some_and(|ending| ending == "log"));
        logs.map(|path| fs::read_to_string(path).unwrap()).collect()
    }

    /// The order that is kept there.
    fn held(&self) -> String {
        let mut held = fs::read_dir(self.path("held")).unwrap().map(|entry| entry.unwrap().path());
        let one = held.next().expect("an order is kept").to_str().unwrap().to_owned();
        assert!(held.next().is_none(), "one order is kept once");
        one
    }
}

/// Asserts that nothing secret was said.
pub(crate) fn discreet(call: Call) -> Call {
    for secret in SECRETS {
        assert!(
            !call.stdout.contains(secret) && !call.stderr.contains(secret),
            "{}{}",
            call.stdout,
            call.stderr
        );
    }
    call
}

/// The output without what differs from run to run, and from system to system.
fn steady(text: &str, address: &str) -> String {
    let text = text.replace(address, "http://shop.example/orders");
    let line = |line: &str| match line.split_once(": error sending request") {
        Some((known, _)) => format!("{known}: …\n"),
        None if line.starts_with("took ") => "took         0.001 s\n".to_owned(),
        None if line.starts_with("began ") => "began        2026-03-01T13:05:00.000Z\n".to_owned(),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn each_outcome_has_its_exit_status_and_its_text() {
    for (name, script, status) in [
        ("delivered", Some(Step::Answer(XML, OK)), 0),
        ("rejected", Some(Step::Answer(XML, REFUSED)), 1),
        ("unknown", Some(Step::Cut), 3),
        ("not-delivered", None, 4),
    ] {
        let (url, requests) = match script {
            Some(step) => {
                let (url, requests) = serve(vec![step]);
                (url, Some(requests))
            }
            None => (nobody(), None),
        };
        let call = Folder::new(&url, "").send(&[]);
        assert_eq!((call.status, &*call.stderr), (status, ""), "{}", call.stdout);
        golden(&format!("send.{name}.txt"), &steady(&call.stdout, &url));
        if let Some(requests) = requests {
            let request = requests.recv().unwrap();
            assert!(request.body == fs::read(data().join(ORDER)).unwrap(), "the order as it is");
            assert!(request.head.contains("Basic ZGVsZnQ6aHVudGVyMi1hbmQtbW9yZQ=="), "{}", request.head);
        }
    }
}

#[test]
fn json_carries_receipt_and_evidence() {
    let (url, _requests) = serve(vec![Step::Answer(XML, OK), Step::Answer(XML, REFUSED)]);
    let folder = Folder::new(&url, "");
    let said = folder.send(&["--format", "json"]).json();
    assert_eq!(keys(&said), ["advice", "error", "evidence", "order", "outcome", "receipt"]);
    assert_eq!((&said["outcome"], &said["error"]), (&Value::from("delivered"), &Value::Null));
    assert_eq!(said["order"]["identity"], "20260301.140500.17@erp.example");
    assert_eq!(said["receipt"]["reference"], "7@shop.example");
    assert_eq!(said["receipt"]["answer"]["bytes"], OK.len());
    let (answered, total) = took(&said["receipt"]);
    assert!(answered > 0.0 && answered <= total, "{said}");
    let evidence = &said["evidence"];
    assert_eq!((&evidence["endpoint"], &evidence["attempt"]), (&Value::from(url), &Value::from(1)));
    assert_eq!(evidence["sent"][0]["name"], "4500017300.xml");
    assert_eq!(evidence["sent"][0]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(evidence["replies"][0], "HTTP/1.1 200 OK");
    let began = evidence["began"].as_str().unwrap();
    assert!(began.len() == 24 && began.ends_with('Z') && began.get(10..11) == Some("T"), "{began}");
    // one file goes as the body
    let package = &evidence["package"];
    assert_eq!(package["media_type"], "text/xml; charset=UTF-8");
    assert_eq!(
        (&package["bytes"], &package["sha256"]),
        (&evidence["sent"][0]["bytes"], &evidence["sent"][0]["sha256"])
    );

    let call = folder.send(&["--format", "json"]);
    assert_eq!(call.status, 1);
    let said = call.json();
    assert_eq!((&said["outcome"], &said["receipt"]), (&Value::from("rejected"), &Value::Null));
    let error = &said["error"];
    assert_eq!((&error["kind"], &error["who_can_act"]), (&Value::from("refused"), &Value::from("caller")));
    assert!(error["message"].as_str().unwrap().contains("401 Unauthorized: *** is wrong"), "{error}");
    let (answered, total) = took(error);
    assert!(answered > 0.0 && answered <= total, "{said}");
    assert!(said["evidence"]["package"]["bytes"].is_number() && said["evidence"]["began"].is_string());
}

/// Until the answer, and on the whole.
fn took(said: &Value) -> (f64, f64) {
    (said["answered_seconds"].as_f64().unwrap(), said["total_seconds"].as_f64().unwrap())
}

#[test]
fn what_is_intercepted_is_released_byte_for_byte() {
    let (url, requests) = serve(vec![Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "");
    fs::create_dir(folder.path("held")).unwrap();
    let call = folder.send(&["--intercept", &folder.text("held")]);
    assert_eq!((call.status, &*call.stderr), (0, ""), "{}", call.stdout);
    assert!(call.stdout.starts_with("outcome      intercepted\n"), "{}", call.stdout);
    let held = folder.held();
    assert!(
        call.stdout
            .contains(&format!("you: nothing has left; release it with `punchout order release {held}")),
        "{}",
        call.stdout
    );
    assert!(requests.try_recv().is_err(), "nothing leaves");
    // once more is no other order
    assert_eq!(folder.send(&["--intercept", &folder.text("held")]).status, 0);
    assert_eq!(folder.held(), held);

    let call = folder.run(&["release", &held]);
    assert_eq!((call.status, &*call.stderr), (0, ""), "{}", call.stdout);
    assert!(call.stdout.starts_with("outcome      delivered\n"), "{}", call.stdout);
    assert!(requests.recv().unwrap().body == fs::read(data().join(ORDER)).unwrap(), "the very same bytes");
    // it is not sent twice
    let call = folder.run(&["release", &held, "--format", "json"]);
    assert_eq!((call.status, &call.json()["receipt"]["already_there"]), (0, &Value::from(true)));
    assert!(requests.try_recv().is_err());
}

#[test]
fn a_release_in_doubt_is_not_repeated() {
    let (url, requests) = serve(vec![Step::Cut, Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "");
    fs::create_dir(folder.path("held")).unwrap();
    folder.send(&["--intercept", &folder.text("held")]);
    let held = folder.held();
    assert_eq!(folder.run(&["release", &held]).status, 3);
    let _first = requests.recv().unwrap();
    let call = folder.run(&["release", &held]);
    assert_eq!(call.status, 3);
    assert!(call.stdout.contains("may have arrived: ask the supplier"), "{}", call.stdout);
    assert!(requests.try_recv().is_err(), "nothing is sent");
    assert_eq!(folder.run(&["release", &held, "--anyway"]).status, 0);
}

#[test]
fn a_release_does_not_go_elsewhere_by_accident() {
    let folder = Folder::new("http://127.0.0.1:1/orders", "");
    fs::create_dir(folder.path("held")).unwrap();
    folder.send(&["--intercept", &folder.text("held")]);
    let held = folder.held();
    let (url, requests) = serve(vec![Step::Answer(XML, OK)]);
    let text = fs::read_to_string(folder.path("shop.toml")).unwrap();
    fs::write(folder.path("shop.toml"), text.replace("http://127.0.0.1:1/orders", &url)).unwrap();
    folder.run(&["release", &held]).refused("use --elsewhere if that is meant");
    assert!(requests.try_recv().is_err(), "nothing is sent");
    assert_eq!(folder.run(&["release", &held, "--elsewhere"]).status, 0);
    folder.run(&["release", &folder.text("held/none")]).refused("cannot release");
    folder.run(&["release", "/"]).refused("is no directory and identifier");
}

/// A shop for tests comes first, and then the real one.
#[test]
fn an_order_that_went_elsewhere_is_told_to_have_gone_there() {
    let (first, there) = serve(vec![Step::Answer(XML, OK)]);
    let (second, here) = serve(vec![Step::Answer(XML, OK)]);
    let folder = Folder::new(&first, "journal = 'log'");
    fs::create_dir(folder.path("log")).unwrap();
    assert_eq!((folder.send(&[]).status, there.iter().take(1).count()), (0, 1));
    let text = fs::read_to_string(folder.path("shop.toml")).unwrap();
    fs::write(folder.path("shop.toml"), text.replace(&first, &second)).unwrap();
    let call = folder.send(&[]);
    assert_eq!(call.status, 0, "{}", call.stdout);
    let told =
        format!("you: nothing was sent to {second}, for it was delivered to {first} before; if it is meant");
    assert!(call.stdout.contains(&told), "{}", call.stdout);
    let noted = format!("it was delivered to {first}, and nothing was sent to {second}");
    assert!(call.stdout.contains(&noted), "{}", call.stdout);
    assert!(here.try_recv().is_err(), "nothing is sent");
    let said = folder.send(&["--again", "--format", "json"]).json();
    assert_eq!((&said["receipt"]["already_there"], here.iter().take(1).count()), (&false.into(), 1));
    assert_eq!(said["advice"], "nothing is left to do");
}

/// Whatever a peer repeats of the order, the card is seen nowhere.
#[test]
fn no_card_is_shown_that_a_peer_repeats() {
    let card = "4111111111111111";
    let grouped = "4111 1111-1111 1111";
    for (head, body, status) in [
        (
            "200 OK\r\ncontent-type: text/xml",
            format!("<cXML payloadID='{card}'><Response><Status code='200' text='OK'/></Response></cXML>"),
            0,
        ),
        ("200 OK\r\ncontent-type: text/xml; card=4111111111111111", OK.to_owned(), 0),
        (
            "200 OK\r\ncontent-type: text/xml",
            format!("<cXML><Response><Status code='406' text='No'>{grouped}</Status></Response></cXML>"),
            1,
        ),
        ("302 Found\r\nlocation: /4111111111111111/in", String::new(), 3),
        (
            "200 OK\r\ncontent-type: text/html; card=4111111111111111",
            format!("<html><title>{grouped}</title></html>"),
            3,
        ),
    ] {
        for format in ["text", "json"] {
            let (url, requests) = serve(vec![Step::Answer(head, body.clone().leak())]);
            let folder = Folder::new(&url, "journal = 'log'");
            fs::create_dir(folder.path("log")).unwrap();
            let call = folder.send(&["--format", format]);
            let _request = requests.recv().unwrap();
            let all = call.stdout.clone() + &call.stderr + &folder.log();
            assert_eq!(call.status, status, "{head}: {all}");
            assert!(all.contains("***"), "{head}: {all}");
            for shown in [card, grouped, "4111"] {
                assert!(!all.contains(shown), "{head}: {all}");
            }
        }
    }
}

#[test]
fn the_journal_keeps_an_order_from_being_sent_twice() {
    let (url, requests) = serve(vec![Step::Cut, Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "journal = 'log'");
    fs::create_dir(folder.path("log")).unwrap();
    assert_eq!(folder.send(&[]).status, 3);
    let call = folder.send(&[]);
    assert_eq!(call.status, 3);
    assert!(call.stdout.contains("nothing was sent: by the journal"), "{}", call.stdout);
    assert_eq!(requests.iter().take(1).count(), 1);
    assert!(requests.try_recv().is_err(), "nothing is sent");
    let said = folder.send(&["--again", "--format", "json"]).json();
    assert_eq!(
        (&said["outcome"], &said["evidence"]["attempt"]),
        (&Value::from("delivered"), &Value::from(2))
    );
    let said = folder.send(&["--format", "json"]).json();
    assert_eq!(
        (&said["outcome"], &said["receipt"]["already_there"]),
        (&Value::from("delivered"), &Value::from(true))
    );
    let log = folder.log();
    for secret in SECRETS {
        assert!(!log.contains(secret), "{log}");
    }
}

/// The same payload id, and other bytes: that is another order.
#[test]
fn a_changed_order_is_not_called_delivered() {
    let (url, requests) = serve(vec![Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "journal = 'log'");
    fs::create_dir(folder.path("log")).unwrap();
    let first = folder.send(&["--format", "json"]).json();
    let same = folder.send(&["--format", "json"]).json();
    assert_eq!(same["receipt"]["already_there"], true);
    assert_eq!(same["evidence"]["sent"], first["evidence"]["sent"], "what was sent then");

    let order = fs::read_to_string(data().join(ORDER)).unwrap();
    fs::write(folder.path("order.xml"), order.replace(r#"quantity="250""#, r#"quantity="260""#)).unwrap();
    let call = folder.run(&["send", &folder.text("order.xml"), "--format", "json"]);
    let said = call.json();
    assert_eq!((call.status, &said["outcome"], &said["receipt"]), (1, &"rejected".into(), &Value::Null));
    assert_eq!((&said["error"]["kind"], &said["error"]["who_can_act"]), (&"exists".into(), &"caller".into()));
    let message = said["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("delivered with other bytes") && message.contains("a new payloadID"),
        "{message}"
    );
    assert_eq!(requests.iter().take(1).count(), 1);
    assert!(requests.try_recv().is_err(), "nothing is sent");
}

/// Delivered by `send`, kept, and released: it goes once.
#[test]
fn a_release_looks_into_the_journal() {
    let (url, requests) = serve(vec![Step::Answer(XML, OK), Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "journal = 'log'");
    fs::create_dir(folder.path("log")).unwrap();
    fs::create_dir(folder.path("held")).unwrap();
    assert_eq!(folder.send(&[]).status, 0);
    assert_eq!(folder.send(&["--intercept", &folder.text("held")]).status, 0);
    let held = folder.held();
    let again = format!("{held}-again");
    let copied = std::process::Command::new("cp").args(["-r", &held, &folder.text("copy")]).status().unwrap();
    assert!(copied.success());
    let said = folder.run(&["release", &held, "--format", "json"]).json();
    assert_eq!((&said["outcome"], &said["receipt"]["already_there"]), (&"delivered".into(), &true.into()));
    assert_eq!(requests.iter().take(1).count(), 1);
    assert!(requests.try_recv().is_err(), "nothing is sent");

    // kept elsewhere it is as new, but for the journal
    fs::create_dir(&again).unwrap();
    let id = Path::new(&held).file_name().unwrap();
    fs::rename(folder.path("copy"), Path::new(&again).join(id)).unwrap();
    let place = Path::new(&again).join(id);
    let call = folder.run(&["release", place.to_str().unwrap(), "--anyway", "--format", "json"]);
    let said = call.json();
    assert_eq!((call.status, &said["receipt"]["already_there"]), (0, &false.into()), "{said}");
    assert_eq!(said["evidence"]["attempt"], 2, "the number goes on");
}

/// Two programs at once, of which one sends.
#[test]
fn two_at_once_send_once() {
    for _ in 0..10 {
        let (url, requests) = serve(vec![Step::Answer(XML, OK), Step::Answer(XML, OK)]);
        let folder = Folder::new(&url, "journal = 'log'");
        fs::create_dir(folder.path("log")).unwrap();
        let calls: Vec<_> = std::thread::scope(|scope| {
            let senders: Vec<_> = (0..2).map(|_| scope.spawn(|| folder.send(&[]))).collect();
            senders.into_iter().map(|sender| sender.join().unwrap()).collect()
        });
        assert_eq!(requests.iter().take(1).count(), 1);
        assert!(requests.try_recv().is_err(), "it is sent once");
        let mut statuses: Vec<_> = calls.iter().map(|call| call.status).collect();
        statuses.sort_unstable();
        assert!(statuses == [0, 0] || statuses == [0, 3], "{statuses:?}");
        for call in calls.iter().filter(|call| call.status == 3) {
            assert!(call.stdout.contains("is being sent by somebody else at this moment"), "{}", call.stdout);
        }
        assert_eq!(folder.log().matches(" started ").count(), 1);
    }
}

/// The order is delivered, whoever can read that.
#[cfg(target_os = "linux")]
#[test]
fn the_exit_status_is_the_orders() {
    for (step, status, said) in [
        (Step::Answer(XML, OK), 0, "outcome      delivered"),
        (Step::Answer(XML, REFUSED), 1, "outcome      rejected"),
        (Step::Cut, 3, "outcome      unknown"),
    ] {
        let (url, _requests) = serve(vec![step]);
        let folder = Folder::new(&url, "");
        for format in ["text", "json"] {
            let mut command = command(&["order", "send", ORDER, "--connection", &folder.text("shop.toml")]);
            let full = fs::File::options().write(true).open("/dev/full").unwrap();
            let ended =
                command.args(["--format", format]).stdout(full).stderr(Stdio::piped()).output().unwrap();
            let told = String::from_utf8(ended.stderr).unwrap();
            // the server takes one order
            let (status, said) =
                if format == "json" { (4, "outcome      not delivered") } else { (status, said) };
            assert_eq!(ended.status.code(), Some(status), "{told}");
            assert!(told.starts_with("error: cannot write the output") && told.contains(said), "{told}");
        }
    }
}

/// Without it nobody knows what was sent before, so nothing is begun.
#[test]
fn a_journal_that_is_not_there_is_named() {
    let (url, requests) = serve(vec![Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "journal = 'log'");
    folder.send(&[]).refused(&format!("the journal {} is no directory: create it", folder.text("log")));
    assert!(requests.try_recv().is_err());
}

#[test]
fn what_cannot_run_sends_nothing() {
    let (url, requests) = serve(vec![Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "");
    let text = fs::read_to_string(folder.path("shop.toml")).unwrap();
    let with = |from: &str, to: &str| {
        assert!(text.contains(from));
        fs::write(folder.path("shop.toml"), text.replace(from, to)).unwrap();
        folder.send(&[])
    };
    with("'https'", "'fax'").refused("order.route: this is no route");
    with("allow_plain = true", "").refused("order.https.url: order and credentials travel in the open");
    with("route =", "rout =").refused("line 4: order: unknown key `rout`");
    with("{ file = 'password' }", "'hunter2-and-more'")
        .refused("order.https.password: the secret stands in the description");
    with("{ file = 'password' }", "{ env = 'PUNCHOUT_TEST_THAT_IS_NOT_SET' }")
        .refused("PUNCHOUT_TEST_THAT_IS_NOT_SET is not set");
    with("'https'", "'none'").refused("there is no order leg");
    fs::write(folder.path("shop.toml"), &text).unwrap();
    let call = folder.run(&["send", "../cxml/refused.xml"]);
    assert_eq!((call.status, &*call.stdout), (2, ""), "{}", call.stderr);
    assert!(
        call.stderr.ends_with("the cXML document is no order: it has no OrderRequest\n"),
        "{}",
        call.stderr
    );
    folder.run(&["send", "nowhere.xml"]).refused("cannot read nowhere.xml");
    fs::remove_file(folder.path("shop.toml")).unwrap();
    folder.send(&[]).refused("cannot use the connection");
    assert!(requests.try_recv().is_err(), "nothing is sent");
}

#[test]
fn a_directory_that_is_not_there_keeps_nothing() {
    let folder = Folder::new("http://127.0.0.1:1/orders", "");
    let call = folder.send(&["--intercept", &folder.text("nowhere")]);
    assert_eq!(call.status, 4, "{}", call.stderr);
    assert!(call.stdout.contains("does not exist: create or mount it"), "{}", call.stdout);
}

#[test]
fn an_order_with_errors_waits_for_somebody_who_means_it() {
    let (url, requests) = serve(vec![Step::Answer(XML, OK)]);
    let folder = Folder::new(&url, "");
    let order = fs::read_to_string(data().join(ORDER)).unwrap();
    assert!(order.contains(r#"quantity="250""#));
    fs::write(folder.path("order.xml"), order.replace(r#"quantity="250""#, r#"quantity="many""#)).unwrap();
    let order = folder.text("order.xml");
    let call = folder.run(&["send", &order]);
    assert_eq!((call.status, &*call.stdout), (2, ""), "{}", call.stderr);
    assert!(call.stderr.contains("use --despite-errors"), "{}", call.stderr);
    assert!(requests.try_recv().is_err(), "nothing is sent");
    assert_eq!(folder.run(&["send", &order, "--despite-errors"]).status, 0);
}

#[cfg(unix)]
fn hears_an_order(stream: &mut std::net::TcpStream) {
    use std::io::Read as _;

    let mut heard = Vec::new();
    while !heard.ends_with(b"</cXML>\n") && !heard.ends_with(b"</cXML>") {
        let mut some = [0; 4096];
        let count = stream.read(&mut some).unwrap();
        assert!(count > 0);
        heard.extend_from_slice(some.get(..count).unwrap());
    }
}

/// What the program says when it gets a signal after something has happened.
#[cfg(unix)]
fn broken_off(arguments: &[&str], signal: &str, when: impl FnOnce()) -> (Option<i32>, Value) {
    let mut child = command(&[&["order"], arguments, &["--format", "json"]].concat());
    let child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    when();
    let killed = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let said =
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {:?} {said}", output.status));
    (output.status.code(), said)
}

/// Broken off, it says what is known.
#[cfg(unix)]
#[test]
fn a_user_may_lose_patience() {
    for (signal, more) in [("-INT", ""), ("-TERM", ""), ("-INT", "journal = 'log'")] {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let folder = Folder::new(&format!("http://{}/orders", listener.local_addr().unwrap()), more);
        fs::create_dir(folder.path("log")).unwrap();
        let mut connected = None;
        let (status, said) =
            broken_off(&["send", ORDER, "--connection", &folder.text("shop.toml")], signal, || {
                let (mut stream, _) = listener.accept().unwrap();
                hears_an_order(&mut stream);
                connected = Some(stream);
            });
        assert_eq!(status, Some(3), "{said}");
        assert_eq!(said["error"]["message"], "broken off: the order may have arrived");
        assert_eq!(said["error"]["who_can_act"], "caller");
        assert_eq!(
            (&said["evidence"]["attempt"], &said["evidence"]["sent"][0]["bytes"]),
            (&1.into(), &3245.into())
        );
        assert_eq!(
            said["advice"].as_str().unwrap().ends_with("and then with --again"),
            !more.is_empty(),
            "{said}"
        );
    }
}

/// While it waits for the next attempt, the last one has ended.
#[cfg(unix)]
#[test]
fn a_wait_may_be_broken_off() {
    let busy = "<cXML><Response><Status code='503' text='Service Unavailable'/></Response></cXML>";
    // that is noted last; the program waits for an hour then
    let ended = |folder: &Folder| {
        let started = std::time::Instant::now();
        while !folder.log().contains(" ended ") {
            assert!(started.elapsed().as_secs() < 60, "the attempt ends");
            std::thread::yield_now();
        }
    };
    let retry = "journal = 'log'\nretry = {}";
    let (url, _requests) = serve(vec![Step::Answer(XML, busy)]);
    let folder = Folder::new(&url, retry);
    fs::create_dir(folder.path("log")).unwrap();
    let connection = folder.text("shop.toml");
    let (status, said) = broken_off(&["send", ORDER, "--connection", &connection], "-INT", || ended(&folder));
    assert_eq!(status, Some(4), "{said}");
    assert_eq!(said["error"]["message"], "broken off: nothing had left");

    let (url, _requests) = serve(vec![Step::Answer(XML, busy)]);
    let folder = Folder::new(&url, retry);
    for name in ["log", "held"] {
        fs::create_dir(folder.path(name)).unwrap();
    }
    assert_eq!(folder.send(&["--intercept", &folder.text("held")]).status, 0);
    let (held, connection) = (folder.held(), folder.text("shop.toml"));
    let (status, said) =
        broken_off(&["release", &held, "--connection", &connection], "-TERM", || ended(&folder));
    // its start is kept there and its end is not
    assert_eq!(status, Some(3), "{said}");
    let message = said["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("by what is kept it may have arrived") && !message.contains("journal"),
        "{message}"
    );
    assert!(said["advice"].as_str().unwrap().ends_with("and then with --anyway"), "{said}");
}

#[test]
fn help_says_the_exit_statuses() {
    for (arguments, said) in [
        (&["order", "send", "--help"][..], "3 when it may have arrived"),
        (&["order", "release", "--help"], "4 when it was not delivered"),
        (&["connection", "check", "--help"], "1 when"),
        (&["--help"], "0 delivered, 1 rejected, 3 unknown, 4 not delivered"),
    ] {
        let call = support::run(arguments);
        let flat = call.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(call.status == 0 && flat.contains(said), "{}", call.stdout);
    }
}

#[test]
fn a_description_may_come_by_standard_input() {
    let folder = Folder::new("https://shop.example/orders", "");
    let text = format!("[order]\nroute = 'directory'\ndirectory.path = '{}'\n", folder.0.path().display());
    let call = discreet(support::run_with_input(&["connection", "check", "-"], text.as_bytes()));
    assert_eq!(call.status, 0, "{}", call.stdout);
    let send = ["order", "send", ORDER, "--connection", "-"];
    assert_eq!(discreet(support::run_with_input(&send, text.as_bytes())).status, 0);
    assert!(folder.path("4500017300.xml").is_file());
    support::run(&["order", "send", "-", "--connection", "-"])
        .refused("standard input can be read once only");
}

#[test]
fn an_order_is_sent_with_its_files() {
    let folder = Folder::new("https://shop.example/orders", "");
    let out = folder.path("out");
    fs::create_dir(&out).unwrap();
    fs::write(folder.path("shop.toml"), "[order]\nroute = 'directory'\ndirectory.path = 'out'\n").unwrap();
    fs::write(folder.path("plan.pdf"), "%PDF-1.7").unwrap();
    let order = fs::read_to_string(data().join(ORDER)).unwrap();
    let pointing =
        "<Comments>x<Attachment><URL>cid:plan@erp.example</URL></Attachment></Comments></OrderRequestHeader>";
    let order = order.replacen("</OrderRequestHeader>", pointing, 1);
    fs::write(folder.path("order.xml"), &order).unwrap();
    let (file, plan) = (folder.text("order.xml"), folder.text("plan.pdf"));

    folder.run(&["send", &file]).refused("the order points at `cid:plan@erp.example`");
    let call = folder.run(&["send", &file, "--attach", &format!("plan@erp.example={plan}")]);
    assert_eq!(call.status, 0, "{}", call.stderr);
    let attached = out.join("4500017300-1-plan.pdf");
    assert_eq!(fs::read(&attached).unwrap(), b"%PDF-1.7");
    fs::remove_file(&attached).unwrap();

    // the same in one piece, as it is received
    let whole = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/xml\r\n\r\n{order}\r\n\
         --b\r\nContent-ID: <plan@erp.example>\r\nContent-Type: application/pdf; name=plan.pdf\r\n\r\n%PDF-1.7\r\n--b--\r\n"
    );
    fs::write(folder.path("order.eml"), &whole).unwrap();
    let call = folder.run(&["send", &folder.text("order.eml")]);
    assert_eq!(call.status, 0, "{} {}", call.stderr, call.stdout);
    assert_eq!(fs::read(&attached).unwrap(), b"%PDF-1.7");
    fs::write(folder.path("order.eml"), whole.trim_end().trim_end_matches("--b--")).unwrap();
    folder.run(&["send", &folder.text("order.eml")]).refused("it is damaged");
}
