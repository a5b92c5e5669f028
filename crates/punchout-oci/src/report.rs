//! Findings with the severity that a profile gives them.

use std::borrow::Cow;
use std::ops::Range;

use punchout_core::{Diagnostic, Severity, Sink};

use crate::field::Field;
use crate::profile::{Base, Profile};
use crate::rule::Rule;

/// The severity of each rule under a profile; `None` is not reported.
#[derive(Clone, Debug)]
pub(crate) struct Levels {
    rules: [Option<Severity>; Rule::COUNT],
    lengths: [Option<Severity>; Field::COUNT],
}

impl Levels {
    pub(crate) fn of(profile: &Profile) -> Self {
        let level = |rule: Rule, code: &str| match profile.level(code) {
            Some(level) => level.severity(),
            None if profile.base == Base::Strict => Some(rule.strict()),
            None => Some(rule.lenient()),
        };
        let mut rules = [None; Rule::COUNT];
        for (slot, rule) in rules.iter_mut().zip(Rule::all()) {
            *slot = level(rule, rule.code().as_str());
        }
        let family = level(Rule::Len, Rule::Len.code().as_str());
        let mut lengths = [family; Field::COUNT];
        for (slot, field) in lengths.iter_mut().zip(Field::all()) {
            if let Some(own) = profile.level(field.len_code().as_str()) {
                *slot = own.severity();
            }
        }
        Self { rules, lengths }
    }

    fn of_rule(&self, rule: Rule) -> Option<Severity> {
        self.rules.get(rule as usize).copied().flatten()
    }
}

/// Reports findings; asks the sink before it composes a message.
pub(crate) struct Reporter<'a> {
    sink: &'a mut dyn Sink,
    levels: &'a Levels,
}

/// What a finding is about, in the document's own words.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At<'a> {
    Document,
    Item(u32),
    Field(u32, Field),
    Extra(u32, &'a str),
    Control(&'a str),
}

impl At<'_> {
    fn text(self) -> String {
        match self {
            Self::Document => String::new(),
            Self::Item(index) => format!("item {index}"),
            Self::Field(index, field) => format!("item {index} / {field}"),
            Self::Extra(index, name) => format!("item {index} / {name}"),
            Self::Control(name) => name.to_owned(),
        }
    }
}

impl<'a> Reporter<'a> {
    pub(crate) fn new(sink: &'a mut dyn Sink, levels: &'a Levels) -> Self {
        Self { sink, levels }
    }

    /// Reports with the rule's own help.
    pub(crate) fn report(
        &mut self,
        rule: Rule,
        at: At<'_>,
        span: Option<Range<usize>>,
        message: impl FnOnce() -> String,
    ) {
        self.report_with(rule, at, span, message, || Cow::Borrowed(rule.help()));
    }

    /// Reports with help made for the case.
    pub(crate) fn report_with(
        &mut self,
        rule: Rule,
        at: At<'_>,
        span: Option<Range<usize>>,
        message: impl FnOnce() -> String,
        help: impl FnOnce() -> Cow<'static, str>,
    ) {
        let (code, severity) = match (rule, at) {
            (Rule::Len, At::Field(_, field)) => {
                (field.len_code(), self.levels.lengths.get(field as usize).copied().flatten())
            }
            _ => (rule.code(), self.levels.of_rule(rule)),
        };
        let Some(severity) = severity.filter(|severity| self.sink.wants(*severity)) else {
            return;
        };
        let mut finding = Diagnostic::new(code, severity, message()).at(at.text()).help(help());
        // where the place is not known, as in a converted text, it is empty
        finding.span = span.filter(|span| !span.is_empty());
        self.sink.report(finding);
    }
}
