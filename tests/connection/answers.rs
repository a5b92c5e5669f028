//! What HTTPS answers mean, through the whole way: description, transport,
//! server.

use punchout::transport::{Disposition, Kind, Party};

use crate::http::{Step, serve};
use crate::support::{connection, order, send, told};

const OK: &str =
    "<cXML payloadID='7@shop.example'><Response><Status code='200' text='OK'/></Response></cXML>";
const FAILED: &str = "<cXML><Response><Status code='500' text='Internal Server Error'/></Response></cXML>";
const REFUSED: &str = "<cXML><Response><Status code='406' text='Not Acceptable'>no such plant: gehe1m</Status></Response></cXML>";
const LOGIN: &str = "<html><head><title>Log in</title></head><body></body></html>";

fn description(url: &str, rules: &str) -> String {
    format!("[order]\nroute = 'https'\n[order.https]\nurl = '{url}'\nallow_plain = true\n{rules}")
}

fn rule(conditions: &str) -> String {
    format!("[[order.https.answers]]\n{conditions}\nthen = 'accepted'\n")
}

#[test]
fn answers_mean_what_their_cxml_says() {
    use Disposition::{NotDelivered, Rejected, Unknown};
    let xml = "200 OK\r\ncontent-type: text/xml";
    let html = "200 OK\r\ncontent-type: text/html";
    let empty = rule("http = 202\nkind = 'empty'");
    let text = rule("http = '2xx'\ntext = 'OK'");
    let odd = rule("http = 404").replace("accepted", "unknown");
    let cases = [
        (xml, OK, "", Ok(Some("7@shop.example"))),
        // HTTP says yes, cXML says no
        (xml, FAILED, "", Err((NotDelivered, Kind::Later))),
        (xml, REFUSED, "", Err((Rejected, Kind::Refused))),
        // cXML goes before HTTP
        ("500 Oops\r\ncontent-type: text/xml", OK, "", Ok(Some("7@shop.example"))),
        (html, LOGIN, "", Err((Unknown, Kind::Unclear))),
        (html, LOGIN, &*text, Err((Unknown, Kind::Unclear))),
        ("202 Accepted", "", "", Err((Unknown, Kind::Unclear))),
        ("202 Accepted", "", &*empty, Ok(None)),
        ("200 OK", "", &*empty, Err((Unknown, Kind::Unclear))),
        ("200 OK\r\ncontent-type: text/plain", "OK", "", Err((Unknown, Kind::Unclear))),
        ("200 OK\r\ncontent-type: text/plain", " ok\r\n", &*text, Ok(None)),
        ("500 Oops\r\ncontent-type: text/plain", "OK", &*text, Err((Unknown, Kind::Unclear))),
        ("502 Bad Gateway\r\ncontent-type: text/html", LOGIN, "", Err((Unknown, Kind::Unclear))),
        // where no cXML says anything, HTTP does if it can
        ("401 Unauthorized\r\ncontent-type: text/html", LOGIN, "", Err((NotDelivered, Kind::Configuration))),
        ("403 Forbidden", "", "", Err((NotDelivered, Kind::Configuration))),
        ("404 Not Found\r\ncontent-type: text/html", LOGIN, "", Err((NotDelivered, Kind::Configuration))),
        ("405 Method Not Allowed", "no", "", Err((NotDelivered, Kind::Configuration))),
        ("413 Content Too Large", "", "", Err((NotDelivered, Kind::Configuration))),
        ("400 Bad Request\r\ncontent-type: text/html", LOGIN, "", Err((Unknown, Kind::Unclear))),
        ("422 Unprocessable Content", "", "", Err((Unknown, Kind::Unclear))),
        ("401 Unauthorized\r\ncontent-type: text/xml", REFUSED, "", Err((Rejected, Kind::Refused))),
        ("401 Unauthorized\r\ncontent-type: text/xml", FAILED, "", Err((NotDelivered, Kind::Later))),
        ("404 Not Found\r\ncontent-type: text/xml", OK, "", Ok(Some("7@shop.example"))),
        // this partner means something else by it
        ("404 Not Found", "", &*odd, Err((Unknown, Kind::Unclear))),
    ];
    for (head, body, rules, expected) in cases {
        let (url, requests) = serve(vec![Step::Answer(head, body)]);
        let outcome = send(&connection(&description(&url, rules)));
        let request = requests.recv().unwrap();
        assert!(request.body == order(), "the document is sent as it is");
        assert!(request.head.starts_with("POST /orders HTTP/1.1\r\n"), "{}", request.head);
        let got = match &outcome {
            Ok(receipt) => Ok(receipt.reference.as_deref()),
            Err(error) => Err((error.disposition(), error.kind())),
        };
        assert_eq!(got, expected, "{head} {body} {rules}: {outcome:?}");
    }
}

#[test]
fn who_is_not_let_in_learns_what_to_change() {
    let (url, _requests) = serve(vec![Step::Answer("401 Unauthorized\r\ncontent-type: text/html", LOGIN)]);
    let error = send(&connection(&description(&url, ""))).unwrap_err();
    assert_eq!(error.who_can_act(), Party::Caller);
    let text = error.to_string();
    assert!(text.contains("wants credentials and got none: an HTML page"), "{text}");
    assert!(text.contains("Log in (HTTP status 401)"), "{text}");
}

#[test]
fn a_server_that_wants_it_later_says_when() {
    let (url, _requests) =
        serve(vec![Step::Answer("503 Busy\r\nretry-after: 120\r\ncontent-type: text/xml", FAILED)]);
    let error = send(&connection(&description(&url, ""))).unwrap_err();
    assert_eq!(error.retry_after().map(|after| after.as_secs()), Some(120));
    assert!(error.to_string().contains("status 500 Internal Server Error (HTTP status 503)"), "{error}");
}

#[cfg(feature = "mime")]
#[test]
fn an_answer_may_be_a_multipart() {
    const BODY: &str = "--b\r\ncontent-type: text/xml\r\n\r\n\
        <cXML payloadID='8@shop.example'><Response><Status code='200' text='OK'/></Response></cXML>\r\n--b--\r\n";
    let (url, _requests) =
        serve(vec![Step::Answer("200 OK\r\ncontent-type: multipart/related; boundary=b", BODY)]);
    let receipt = send(&connection(&description(&url, ""))).unwrap();
    assert_eq!(receipt.reference.as_deref(), Some("8@shop.example"));
}

/// An order in doubt goes out again only where the supplier knows it.
#[test]
fn repeats_need_somebody_who_recognises_them() {
    let retry = "[order.retry]\nretries = 3\nwait_seconds = 0\n";
    let (url, requests) = serve(vec![Step::Cut, Step::Answer("200 OK", OK)]);
    let error = send(&connection(&(description(&url, "") + retry))).unwrap_err();
    assert_eq!(error.disposition(), Disposition::Unknown);
    let _only = requests.recv().unwrap();
    assert!(requests.try_recv().is_err(), "it is sent once");

    let (url, requests) = serve(vec![Step::Cut, Step::Answer("200 OK", OK)]);
    let receipt = send(&connection(&(description(&url, "recognises_repeats = true\n") + retry))).unwrap();
    assert_eq!(receipt.evidence.attempt, 2);
    assert!(requests.recv().unwrap().body == requests.recv().unwrap().body, "the same bytes again");
}

#[test]
fn nothing_says_the_secret_that_a_server_repeats() {
    let repeated = "200 OK\r\ncontent-type: text/xml; said=gehe1m";
    let accepted = "<cXML payloadID='gehe1m'><Response><Status code='200' text='OK'/></Response></cXML>";
    for body in [REFUSED, accepted, "gehe1m"] {
        // each has a journal of its own: what was delivered once is not sent again
        let place = tempfile::tempdir().unwrap();
        let journal = place.path();
        let rules = format!("[order]\njournal = '{}'", journal.display());
        let (url, requests) = serve(vec![Step::Answer(repeated, body)]);
        let description = description(&url, "").replace("[order]", &rules);
        let outcome = send(&connection(&description));
        let sent = requests.try_recv().unwrap().body;
        assert!(sent.windows(6).any(|bytes| bytes == b"gehe1m"));
        let mut said = match &outcome {
            Ok(receipt) => format!("{receipt:?} {:?}", receipt.answer.as_ref().unwrap().media_type),
            Err(error) => told(error) + &format!("{:?}", error.answer().unwrap().media_type),
        };
        for entry in std::fs::read_dir(journal).unwrap() {
            said += &std::fs::read_to_string(entry.unwrap().path()).unwrap();
        }
        assert!(said.contains("***") && !said.contains("gehe1m"), "{said}");
    }
}
