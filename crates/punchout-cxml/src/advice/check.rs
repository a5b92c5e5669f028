use std::borrow::Cow;
use std::ops::Range;

use punchout_core::{Code, Diagnostic, Severity, excerpt};

use super::profile::Profile;
use super::{rule, value};
use crate::Doctype;
use crate::dtd::{ROOTS, is_empty_element, is_known};
use crate::tree::{Element, Tree};
use crate::xml::is_space;

/// What the rules report to.
pub(super) struct Check<'s> {
    profile: Option<&'s Profile>,
    spans_from: Option<usize>,
    room: usize,
    found: &'s mut Vec<Diagnostic>,
}

impl<'s> Check<'s> {
    pub(super) fn new(
        profile: Option<&'s Profile>,
        spans_from: Option<usize>,
        room: usize,
        found: &'s mut Vec<Diagnostic>,
    ) -> Self {
        Self { profile, spans_from, room, found }
    }

    /// Reports what breaks a rule.
    pub(super) fn say(
        &mut self,
        code: Code,
        span: Option<Range<usize>>,
        path: impl FnOnce() -> String,
        message: String,
        help: impl Into<Cow<'static, str>>,
    ) {
        let severity = rule::of(code).map_or(Severity::Note, |rule| rule.severity);
        let asked = self.profile.and_then(|profile| profile.severities.get(code.as_str()));
        let severity = match asked.map(String::as_str) {
            Some("off") => return,
            Some("note") => Severity::Note,
            Some("warning") => Severity::Warning,
            Some("error") => Severity::Error,
            _ => severity,
        };
        if self.room == 0 {
            return;
        }
        self.room -= 1;
        let mut finding = Diagnostic::new(code, severity, message).at(path()).help(help);
        finding.span = self.spans_from.zip(span).map(|(from, span)| span.start + from..span.end + from);
        self.found.push(finding);
    }

    /// Reports about an element.
    pub(super) fn of(
        &mut self,
        code: Code,
        element: Element<'_, '_>,
        message: impl Into<String>,
        help: impl Into<Cow<'static, str>>,
    ) {
        self.say(code, Some(element.start_tag()), || element.path(), message.into(), help);
    }

    /// Reports about an attribute of an element.
    pub(super) fn of_attribute(
        &mut self,
        code: Code,
        element: Element<'_, '_>,
        name: &str,
        says: &str,
        help: impl Into<Cow<'static, str>>,
    ) {
        let found = element.attributes().iter().find(|attribute| attribute.name == name);
        let span = found.map_or_else(|| element.start_tag(), |attribute| attribute.value.clone());
        let value = element.attribute(name).unwrap_or_default();
        let message = format!("attribute `{name}`: {} {says}", excerpt(&value));
        self.say(code, Some(span), || element.path(), message, help);
    }

    pub(super) fn mark(&mut self, bytes: usize) {
        if bytes > 0 {
            let message = "the document begins with a byte order mark".into();
            self.say(rule::BOM, None, String::new, message, "leave it out; some networks refuse it");
        }
    }

    /// The rules that hold anywhere.
    pub(super) fn document(&mut self, tree: &Tree<'_>) {
        let root = tree.root();
        self.start(tree);
        if root.attribute("payloadID").is_some_and(|id| id.trim().is_empty()) {
            self.of(rule::PAYLOAD_ID, root, "the payload id is empty", "give each document one of its own");
        }
        if root.name() == "cXML" && root.attribute("version").is_some() {
            let help = "leave it out; the version is the one in the DOCTYPE";
            self.of_attribute(rule::VERSION, root, "version", "says nothing since 1.2.007", help);
        }
        for element in root.descendants() {
            value::check(self, element);
            self.emptiness(element);
            match element.name() {
                "From" | "To" | "Sender" => self.credentials(element),
                "SharedSecret" => self.secret(element),
                _ => {}
            }
        }
    }

    /// What stands before the root element, and the root itself.
    fn start(&mut self, tree: &Tree<'_>) {
        let root = tree.root();
        let before = tree.piece(0..root.span().start);
        let blank = before.len() - before.trim_start_matches(is_space).len();
        if blank > 0 {
            let message = "white space stands before the document".into();
            self.say(rule::START, Some(0..blank), String::new, message, "begin with `<?xml` or `<!DOCTYPE`");
        }
        if !ROOTS.contains(&root.name()) {
            let message = format!("the root element is {}, not `cXML`", excerpt(root.name()));
            let help = if is_known(root.name()) {
                "put it into a `cXML` element"
            } else {
                "look whether this is a cXML document"
            };
            self.of(rule::ROOT, root, message, help);
        }
        let named = tree.doctype().and_then(|(declared, span)| Some((declared.system_id?, span.clone())));
        if let Some((address, span)) = named
            && !is_of_cxml_org(address)
        {
            let message = format!("{} is not at cxml.org", excerpt(address));
            let help =
                format!("name the DTD where it is published, such as {}", Doctype::default().system_id);
            self.say(rule::DTD_HOST, Some(span), String::new, message, help);
        }
    }

    fn emptiness(&mut self, element: Element<'_, '_>) {
        let is_bare = element.attributes().is_empty() && element.inside().is_empty();
        if is_bare && element.parent().is_some() && !is_empty_element(element.name()) {
            let message = format!("element {} is empty", excerpt(element.name()));
            self.of(rule::EMPTY, element, message, "leave it out, unless the DTD requires it");
        }
    }

    fn credentials(&mut self, party: Element<'_, '_>) {
        let mut seen: Vec<(String, Cow<'_, str>)> = Vec::new();
        for credential in party.children_named("Credential") {
            let domain = credential.attribute("domain").unwrap_or_default().to_lowercase();
            let identity = credential.child("Identity").map(|identity| identity.text()).unwrap_or_default();
            let known = seen.iter().find(|(known, _)| *known == domain).map(|(_, identity)| identity);
            match known {
                Some(known) if known.trim() != identity.trim() => {
                    let message = format!("two credentials of domain {} disagree", excerpt(&domain));
                    let help = "send one identity a domain; receivers reject what is ambiguous";
                    self.of(rule::CREDENTIAL, credential, message, help);
                }
                // A party has a handful; what hostile ones hide behind that is theirs.
                None if seen.len() < 64 => seen.push((domain, identity)),
                _ => {}
            }
        }
    }

    fn secret(&mut self, secret: Element<'_, '_>) {
        let mut above = std::iter::successors(secret.parent(), Element::parent);
        let in_sender = above.any(|element| element.name() == "Sender");
        let in_message = above.last().is_some_and(|root| root.child("Message").is_some());
        let (message, help) = match (in_sender, in_message) {
            (true, false) => return,
            (true, true) => {
                ("a message carries the shared secret", "leave it out; the browser's user can read it")
            }
            (false, _) => {
                ("a shared secret stands outside of `Sender`", "put it into the credential of `Sender`")
            }
        };
        self.of(rule::SECRET_PLACE, secret, message, help);
    }
}

/// Whether an address leads to cxml.org or a host of it, in any case: both
/// spellings of the name are usual.
fn is_of_cxml_org(address: &str) -> bool {
    let Some((_, rest)) = address.trim().split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    host == "cxml.org" || host.ends_with(".cxml.org")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_host_of_the_dtds() {
        for address in [
            "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd",
            "https://xml.cXML.org:443/schemas/cXML/1.2.014/cXML.dtd",
            " HTTP://cxml.org",
        ] {
            assert!(is_of_cxml_org(address), "{address}");
        }
        for address in [
            "http://evil.example/schemas/cXML/1.2.071/cXML.dtd",
            "http://xml.cxml.org@evil.example/schemas/cXML/1.2.071/cXML.dtd",
            "http://evil.example/?http://xml.cxml.org/1.2.071/cXML.dtd",
            "http://evil.example?//xml.cxml.org/1.2.071/cXML.dtd",
            "http://notcxml.org/1.2.071/cXML.dtd",
            "http://cxml.org.example/1.2.071/cXML.dtd",
            "file:///xml.cxml.org/1.2.071/cXML.dtd",
            "1.2.071/cXML.dtd",
            "",
        ] {
            assert!(!is_of_cxml_org(address), "{address}");
        }
    }
}
