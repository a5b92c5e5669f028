//! A response for people: what its status means and what to do.

use std::io::{self, Write};

use punchout::cxml::secret::Secrets;
use punchout::cxml::{Response, StatusClass};

use super::facts::Facts;

pub(super) fn write(response: &Response, secrets: &Secrets, out: &mut dyn Write) -> io::Result<()> {
    let status = &response.status;
    let mut facts = Facts::new(secrets);
    facts.add("status", &format!("{} {}", status.code, status.text));
    facts.add_some("meaning", status.code.meaning());
    facts.add("message", &status.message);
    facts.add("advice", advice(status.class()));
    writeln!(out)?;
    facts.write(out)
}

fn advice(class: StatusClass) -> &'static str {
    match class {
        StatusClass::Success => "done: the request arrived, do not send it again",
        StatusClass::Permanent => "do not send it again as it is: the same document will fail again",
        StatusClass::Transient => {
            "send the same document again later, with the same payload id and timestamp; an hour apart and ten \
             times is usual"
        }
        _ => "this is no status of cXML: ask what became of the request before sending it again",
    }
}
