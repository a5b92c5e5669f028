//! A peer that repeats what an order says in confidence: nothing that is said of
//! it afterwards shows that, and all else stays.

use std::fs;

use punchout::connection::SystemSecrets;
use punchout::core::Ignore;

use crate::http::{Step, serve};
use crate::support::{connection, order, told};

/// The address stands in the order as this.
const ADDRESS: &str = "https://ann:p4ssw0rd@docs.example/plan?token=t0k3n%2Bof%2Bann";
/// What the peers repeat of the order, as they may write it.
const REPEATED: [&str; 10] = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "&#52;111111111111111",
    ADDRESS,
    "t0k3n%2Bof%2Bann",
    "t0k3n+of+ann",
    "p4ssw0rd",
    "gehe1m",
    "gehe1m&#33;",
];
/// None of it, without what may stand between the digits.
const SECRETS: [&str; 4] = ["4111111111111111", "t0k3n", "p4ssw0rd", "gehe1m"];
/// What seems to be a card's, and is a day: the peer's own words.
const OTHERS: &str = "5555555555554444 of 2027-12-31";

/// All that can be read after the order was sent by this description.
fn said(route: &str) -> String {
    let journal = tempfile::tempdir().unwrap();
    let text = format!("[order]\nfiles = ['xml']\njournal = '{}'\n{route}", journal.path().display());
    let connection = connection(&text.replace('\\', "/"));
    let order = String::from_utf8(order()).unwrap();
    let with_address = order.replace("<PaymentTerm ", &format!("<!-- {ADDRESS} --><PaymentTerm "));
    assert_ne!(order, with_address);
    let consignment = connection.consignment(with_address.as_bytes(), &mut Ignore).unwrap();
    let transport = connection.transport(&SystemSecrets).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut said = match runtime.block_on(transport.send(&consignment)) {
        Ok(receipt) => format!("{receipt:?}"),
        Err(error) => format!("{} {:?}", told(&error), error.evidence()),
    };
    for file in fs::read_dir(journal.path()).unwrap() {
        said += &String::from_utf8_lossy(&fs::read(file.unwrap().path()).unwrap());
    }
    assert!(said.contains(" ended "), "the journal has it: {said}");
    said
}

fn discreet(said: &str, what: &str) {
    assert!(said.contains("***"), "{what}: {said}");
    let bare: String = said.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    for secret in SECRETS {
        assert!(!bare.contains(secret) && !said.contains(secret), "{what}: {said}");
    }
}

#[test]
fn by_https() {
    let answer = |id: &str, status: &str, reason: &str| {
        format!(
            "<cXML payloadID='{id}'><Response><Status code='{status}' text='x'>{reason}</Status></Response></cXML>"
        )
    };
    for repeated in REPEATED {
        let xml = repeated.replace("&token", "&amp;token");
        let path = repeated.replace('#', "%23").replace('?', "%3F").replace(';', "%3B");
        for (head, body) in [
            (String::from("200 OK\r\ncontent-type: text/xml"), answer(&format!("{xml} {OTHERS}"), "200", "")),
            (format!("200 OK\r\ncontent-type: text/xml; x=\"{repeated}\""), answer("7", "200", "")),
            (String::from("200 OK\r\ncontent-type: text/xml"), answer("7", "406", &xml)),
            (format!("302 Found\r\nlocation: /in/{path}/x"), String::new()),
            (
                String::from("400 Bad\r\ncontent-type: text/html"),
                format!("<html><title>{xml}</title></html>"),
            ),
            (
                format!("400 Bad\r\ncontent-type: text/html; x=\"{repeated}\""),
                format!("<html><title>{xml}</title></html>"),
            ),
            (String::from("200 OK\r\ncontent-type: text/plain"), format!("{repeated} is wrong")),
        ] {
            let what = format!("{head} {body}");
            let (url, _requests) = serve(vec![Step::Answer(head.leak(), body.leak())]);
            let said = said(&format!("route = 'https'\n[order.https]\nurl = '{url}'\nallow_plain = true\n"));
            discreet(&said, &what);
            assert!(!what.contains(OTHERS) || said.contains(OTHERS), "{said}");
        }
    }
}

/// A reference that is too long is cut within the secret.
#[test]
fn by_https_and_at_length() {
    let body = format!(
        "<cXML payloadID='{}gehe1m'><Response><Status code='200' text='OK'/></Response></cXML>",
        "x".repeat(195)
    );
    let (url, _requests) = serve(vec![Step::Answer("200 OK\r\ncontent-type: text/xml", body.leak())]);
    let said = said(&format!("route = 'https'\n[order.https]\nurl = '{url}'\nallow_plain = true\n"));
    assert!(said.contains("xx***…") && !said.contains("gehe"), "{said}");
}

#[cfg(feature = "email")]
#[test]
fn by_mail() {
    for repeated in REPEATED {
        for end in [
            format!("250 queued as {repeated} {OTHERS}"),
            format!("550 bad {repeated} {OTHERS}"),
            format!("451-bad {repeated}\r\n451 {OTHERS}"),
        ] {
            let what = end.clone();
            let (port, _mails) = crate::smtp::serve_saying(end.leak());
            let said = said(&format!(
                "route = 'mail'\n[order.mail]\nhost = '127.0.0.1'\nport = {port}\nencryption = 'none'\n\
                 allow_plain = true\nfrom = 'orders@delft.example'\nto = ['orders@shop.example']\n"
            ));
            discreet(&said, &what);
            assert!(said.contains(OTHERS), "{said}");
        }
    }
}
