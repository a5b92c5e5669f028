//! What a document is called, and who sends it to whom.

use std::io::{self, Write};

use punchout::cxml::{Credential, DeploymentMode, Document, Report};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::facts::Facts;

pub(super) fn write(
    text: &str,
    document: Option<&Document>,
    report: &Report,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut facts = Facts::default();
    let verdict = if report.valid { "valid" } else { "not valid" };
    facts.add("document", &format!("{}, {verdict} by {}", report.kind.as_deref().unwrap_or("?"), report.dtd));
    facts.add("DOCTYPE", doctype(text).as_deref().unwrap_or("none"));
    if let Some(document) = document {
        facts.add("payload id", &document.payload_id);
        facts.add("timestamp", document.timestamp.as_sent());
        facts.add_some("language", document.lang.as_deref());
        if let Some(header) = document.header() {
            facts.add_list("from", header.from.credential.iter().map(credential));
            facts.add_list("to", header.to.credential.iter().map(credential));
            facts.add_list("sender", header.sender.credential.iter().map(credential));
            facts.add("user agent", &header.sender.user_agent);
        }
        let request = document.request().map(|request| &request.deployment_mode);
        let mode = request.or(document.message().map(|message| &message.deployment_mode));
        facts.add_some("mode", mode.map(DeploymentMode::as_str));
    }
    facts.write(out)
}

/// Whose identity it is, and whether a secret came with it.
fn credential(credential: &Credential) -> String {
    let Credential { domain, identity, shared_secret, .. } = credential;
    let secret = if shared_secret.is_some() { " (with a secret)" } else { "" };
    format!("{} {}{secret}", domain.trim(), identity.trim())
}

/// What the DOCTYPE says, without declarations.
fn doctype(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::DocType(doctype)) => {
                let said = doctype.into_inner();
                return Some(said.split('[').next().unwrap_or_default().trim().to_owned());
            }
            Ok(Event::Start(_) | Event::Empty(_) | Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}
