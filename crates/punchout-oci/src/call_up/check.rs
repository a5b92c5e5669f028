//! The rules that a call-up is held against.

use std::collections::BTreeMap;
use std::ops::Range;

use punchout_core::{Amount, Diagnostic, Severity, Sink, excerpt};

use super::names::Meaning;
use super::{CallUp, hook};
use crate::charset::Fallback;
use crate::function::Function;
use crate::profile::CallUpRules;
use crate::report::{At, Levels, Reporter};
use crate::rule::Rule;

/// Reports about parameters.
pub(super) struct Findings<'a> {
    levels: &'a Levels,
    sink: &'a mut dyn Sink,
}

impl<'a> Findings<'a> {
    pub(super) fn new(levels: &'a Levels, sink: &'a mut dyn Sink) -> Self {
        Self { levels, sink }
    }

    pub(super) fn report(
        &mut self,
        rule: Rule,
        name: &str,
        span: Option<Range<usize>>,
        message: impl FnOnce() -> String,
    ) {
        let at = if name.is_empty() { At::Document } else { At::Control(name) };
        Reporter::new(self.sink, self.levels).report(rule, at, span, message);
    }
}

/// A call-up that was read, and where its parts stand in the input.
pub(super) struct Checked<'a> {
    pub(super) call_up: &'a CallUp,
    pub(super) rules: &'a CallUpRules,
    /// The parameters with a meaning, as far as they were sent.
    pub(super) spans: &'a BTreeMap<Meaning, Range<usize>>,
    /// Whether a parameter of this name was sent with a value.
    pub(super) is_filled: &'a dyn Fn(&str) -> bool,
}

impl Checked<'_> {
    pub(super) fn check(&self, findings: &mut Findings<'_>) {
        self.hook_url(findings);
        self.function(findings);
        self.placeholders(findings);
        if let Some(label) = self.call_up.charset().filter(|label| Fallback::declared(label).is_none()) {
            findings.report(
                Rule::CharsetUnknown,
                &self.rules.names.charset,
                self.span(Meaning::Charset),
                || format!("charset {} is not known", excerpt(label)),
            );
        }
        for name in self.rules.required.iter().filter(|name| !(self.is_filled)(name)) {
            findings.report(Rule::CallRequired, name, None, || format!("{name} is missing"));
        }
    }

    fn span(&self, meaning: Meaning) -> Option<Range<usize>> {
        self.spans.get(&meaning).cloned()
    }

    fn hook_url(&self, findings: &mut Findings<'_>) {
        let name = &self.rules.names.hook_url;
        let span = self.span(Meaning::HookUrl);
        let Some(hook_url) = self.call_up.hook_url.as_deref().filter(|hook_url| !hook_url.trim().is_empty())
        else {
            match &self.call_up.function {
                Some(call) if !call.function.needs_hook_url() => {
                    let message = format!("no return address, and {} needs none", call.function);
                    if findings.sink.wants(Severity::Note) {
                        let note = Diagnostic::new(Rule::HookMissing.code(), Severity::Note, message);
                        findings.sink.report(note.at(name.as_str()));
                    }
                }
                _ => findings.report(Rule::HookMissing, name, span, || "no return address".to_owned()),
            }
            return;
        };
        match hook::scheme(hook_url) {
            hook::Scheme::Https | hook::Scheme::SapEvent => {}
            hook::Scheme::Http => findings.report(Rule::HookHttp, name, span, || {
                format!("the return address {} is not encrypted", excerpt(&hook::shown(hook_url)))
            }),
            hook::Scheme::Other => findings.report(Rule::HookScheme, name, span, || {
                format!(
                    "the return address {} is neither http nor https nor SAPEVENT",
                    excerpt(&hook::shown(hook_url))
                )
            }),
        }
    }

    fn function(&self, findings: &mut Findings<'_>) {
        let Some(call) = &self.call_up.function else { return };
        let name = &self.rules.names.function;
        let span = self.span(Meaning::Function);
        if !call.function.is_known() {
            findings.report(Rule::FuncUnknown, name, span.clone(), || {
                format!("function {} is not known", excerpt(call.function.as_str()))
            });
        }
        if let Some(required) = call.function.required_parameter()
            && call.parameter(required).is_none()
        {
            let rule = if required == "PRODUCTID" { Rule::FuncProduct } else { Rule::FuncSearch };
            findings.report(rule, name, span.clone(), || format!("{} without {required}", call.function));
        }
        let is_validate = call.function == Function::Validate;
        match call.quantity() {
            None if is_validate => {
                findings.report(Rule::FuncQuantity, name, span, || "VALIDATE without QUANTITY".to_owned());
            }
            Some(quantity) if quantity.trim().parse::<Amount>().is_err() => {
                findings.report(Rule::FuncValue, "QUANTITY", span, || {
                    format!("quantity {} is no decimal number", excerpt(quantity))
                });
            }
            _ => {}
        }
    }

    /// Systems that fail to fill in a variable send its name.
    fn placeholders(&self, findings: &mut Findings<'_>) {
        let CallUp { username, password, language, extra, .. } = self.call_up;
        let names = &self.rules.names;
        let plain = |text: &Option<punchout_core::Text>| text.as_deref().is_some_and(is_placeholder);
        let known = [
            (&names.username, Meaning::Username, plain(username)),
            (&names.language, Meaning::Language, plain(language)),
            (
                &names.password,
                Meaning::Password,
                password.as_ref().is_some_and(|it| is_placeholder(it.expose())),
            ),
        ];
        let message = || "holds the name of a variable, not its value".to_owned();
        for (name, meaning, _) in known.into_iter().filter(|(.., found)| *found) {
            findings.report(Rule::Placeholder, name, self.span(meaning), message);
        }
        for parameter in extra.iter().filter(|parameter| is_placeholder(parameter.value.expose())) {
            findings.report(Rule::Placeholder, &parameter.name, None, message);
        }
    }
}

/// Whether a value is a variable's name: `SY-UNAME`, `*username*`,
/// `<USER>`, `{user}`, `${user}`, `%USER%`, `&user&`, `#user#`.
fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let is_name = |name: &str| {
        name.len() > 1
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b' '))
    };
    if let Some(variable) = value.strip_prefix("SY-") {
        return variable.len() > 1 && variable.bytes().all(|b| b.is_ascii_uppercase());
    }
    let value = value.strip_prefix('$').unwrap_or(value);
    let marks =
        [("*", "*"), ("<", ">"), ("{{", "}}"), ("{", "}"), ("[", "]"), ("%", "%"), ("&", "&"), ("#", "#")];
    marks.into_iter().any(|(open, close)| {
        value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(is_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for value in
            ["SY-UNAME", "*username*", "<USER>", "{user}", "{{ user }}", "${user.name}", "%USER%", "[USER]"]
        {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["", "SY-", "SY-Uname", "*", "**", "a*b*", "$5", "100%", "{", "#1", "toner", "*x(1)*"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
