//! With `--serve`, both sites stay.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use punchout::core::Limits;
use punchout::oci::{HtmlForm, html_forms};

use crate::support::example;

/// A running program; it ends with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Starts the sites; gives their addresses, as `127.0.0.1:4711`.
fn serve(command: &mut Command) -> (Served, String, String) {
    let mut child = command.arg("--serve").stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let served = Served(child);
    let mut address = || {
        let line = said.next().unwrap().unwrap();
        let (_, rest) = line.split_once("http://").unwrap_or_else(|| panic!("{line}"));
        rest.split('/').next().unwrap().to_owned()
    };
    let (erp, supplier) = (address(), address());
    // what is written to a closed pipe ends a program
    assert_eq!(said.next().unwrap().unwrap(), "Ctrl-C stops both.");
    (served, erp, supplier)
}

/// Loads a page; gives status line and body.
fn load(method: &str, host: &str, path: &str) -> (String, String) {
    let mut connection = TcpStream::connect(host).unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 0\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    );
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

fn form(page: &str) -> HtmlForm {
    let mut forms = html_forms(page, &Limits::default()).unwrap();
    assert_eq!(forms.len(), 1, "{page}");
    forms.remove(0)
}

#[test]
fn both_sites_answer() {
    for (scenario, call_up, there) in
        [("order", "/punchout", "No orders yet."), ("rental", "/punchout", "No requests yet.")]
    {
        let files = tempfile::tempdir().unwrap();
        let (_served, erp, supplier) =
            serve(example("roundtrip").args(["--scenario", scenario, "--out"]).arg(files.path()));
        let (status, home) = load("GET", &erp, "/");
        assert_eq!(status, "HTTP/1.1 200 OK");
        assert!(!home.contains("<script"), "{home}");

        let (status, page) = load("POST", &erp, form(&home).action.as_str());
        assert_eq!(status, "HTTP/1.1 200 OK");
        assert_eq!(form(&page).action.as_str(), format!("http://{supplier}{call_up}"));
        assert!(page.contains("<button"), "a person without scripts needs a button: {page}");

        let (status, home) = load("GET", &supplier, "/");
        assert_eq!(status, "HTTP/1.1 200 OK");
        assert!(home.contains(there), "{home}");
    }
}

#[test]
fn strangers_are_told_so() {
    let files = tempfile::tempdir().unwrap();
    let (_served, erp, supplier) = serve(example("roundtrip").arg("--out").arg(files.path()));
    for (method, host, path, reason) in [
        ("GET", &supplier, "/punchout?USERNAME=town-hall&PASSWORD=wrong", "does not know this user name"),
        ("POST", &supplier, "/return?visit=guessed", "this visit has ended"),
        ("POST", &erp, "/return?session=guessed", "nobody waits for this basket"),
        ("POST", &erp, "/purchases/guessed/order", "there is no such basket"),
        ("GET", &erp, "/purchases/%3Cb%3E", "there is no such basket"),
    ] {
        let (status, page) = load(method, host, path);
        assert_eq!(status, "HTTP/1.1 400 Bad Request", "{path}");
        assert!(page.contains(reason), "{path}\n{page}");
    }
}
