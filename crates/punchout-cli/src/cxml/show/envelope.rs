//! What a document is called, and who sends it to whom.

use std::io::{self, Write};

use punchout::cxml::secret::Secrets;
use punchout::cxml::{Credential, DeploymentMode, Document, RawDocument, Report};

use super::facts::Facts;

pub(super) fn write(
    raw: &RawDocument,
    document: Result<&Document, &str>,
    report: &Report,
    secrets: &Secrets,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut facts = Facts::new(secrets);
    let verdict = if report.valid { "valid" } else { "not valid" };
    facts.add("document", &format!("{}, {verdict} by {}", report.kind.as_deref().unwrap_or("?"), report.dtd));
    facts.add("DTD named", raw.doctype.as_ref().map_or("none", |doctype| &doctype.system_id));
    if let Err(why) = document {
        facts.add("outline only", why);
    }
    if let Ok(document) = document {
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
