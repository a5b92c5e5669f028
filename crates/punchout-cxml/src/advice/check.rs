use std::borrow::Cow;
use std::ops::Range;

use punchout_core::{Code, Diagnostic, Severity, excerpt};

use super::profile::Profile;
use super::{rule, value};
use crate::dtd::is_empty_element;
use crate::tree::{Element, Tree};

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
