//! Puts the parameters of a call-up in their places.

use std::collections::BTreeMap;
use std::ops::Range;

use punchout_core::{Secret, Text};

use super::check::{Checked, Findings};
use super::names::Meaning;
use super::parameter::{canonical, is_secret};
use super::{CallUp, CallUpDecoder, Parameter, ParameterValue};
use crate::basket::Control;
use crate::function::{Function, FunctionCall};
use crate::rule::Rule;

/// How a call-up arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Url,
    Body,
}

/// A parameter as it was sent.
pub(super) struct Sent {
    pub(super) name: Text,
    /// The name in the form by which it is looked up.
    pub(super) key: String,
    pub(super) value: Text,
    pub(super) span: Option<Range<usize>>,
}

impl Sent {
    fn is_filled(&self) -> bool {
        !self.value.trim().is_empty()
    }
}

pub(super) fn assign(
    decoder: &CallUpDecoder,
    sent: &[Sent],
    way: Way,
    findings: &mut Findings<'_>,
) -> CallUp {
    let places = places(sent);
    let of_key = |key: &str| places.get(key).and_then(|&at| sent.get(at));
    let meaning = |parameter: &Sent| decoder.names.meaning(&parameter.key);
    let beside_user = places.contains_key("U");
    let never_prints = |parameter: &Sent| {
        meaning(parameter) == Some(Meaning::Password)
            || is_secret(&parameter.key)
            || (parameter.key == "P" && beside_user)
    };
    let kept = |parameter: &Sent| {
        let (name, value) = (parameter.name.clone(), parameter.value.clone());
        let value = if never_prints(parameter) {
            ParameterValue::Secret(Secret::new(value))
        } else {
            ParameterValue::Plain(value)
        };
        Parameter { name, value }
    };

    let named = sent.iter().find(|it| meaning(it) == Some(Meaning::Function)).and_then(|it| of_key(&it.key));
    let function = named.filter(|named| named.is_filled()).map(|named| Function::from(named.value.clone()));
    let own: &[&str] = function.as_ref().map_or(&[], Function::parameters);

    let mut call_up = CallUp::default();
    let mut own_parameters = Vec::new();
    let mut spans = BTreeMap::new();
    for (at, parameter) in sent.iter().enumerate() {
        if way == Way::Url && parameter.is_filled() && never_prints(parameter) {
            findings.report(Rule::PasswordGet, &parameter.name, parameter.span.clone(), || {
                "a secret stands in the URL".to_owned()
            });
        }
        let meaning = meaning(parameter);
        let is_own = own.contains(&parameter.key.as_str());
        if (is_own || meaning.is_some()) && places.get(parameter.key.as_str()) != Some(&at) {
            if parameter.is_filled() {
                findings.report(Rule::Dup, &parameter.name, parameter.span.clone(), || {
                    "sent again; the first value counts".to_owned()
                });
            }
            call_up.extra.push(kept(parameter));
            continue;
        }
        if let (Some(meaning), Some(span)) = (meaning, &parameter.span) {
            spans.insert(meaning, span.clone());
        }
        let value = parameter.value.clone();
        match meaning {
            Some(Meaning::Password) => call_up.password = Some(Secret::new(value)),
            Some(Meaning::Control) => call_up.controls.push(Control::new(parameter.name.clone(), value)),
            Some(Meaning::Function) if function.is_some() => {}
            _ if is_own => own_parameters.push(kept(parameter)),
            _ => match meaning.and_then(|meaning| meaning.slot(&mut call_up)) {
                Some(slot) => *slot = Some(value),
                None => call_up.extra.push(kept(parameter)),
            },
        }
    }
    call_up.function = function.map(|function| FunctionCall { function, parameters: own_parameters });

    let is_filled = |name: &str| of_key(&canonical(name)).is_some_and(Sent::is_filled);
    Checked { call_up: &call_up, rules: &decoder.rules, spans: &spans, is_filled: &is_filled }
        .check(findings);
    call_up
}

/// Which of the parameters of one name counts: the first that is not empty,
/// else the first.
fn places(sent: &[Sent]) -> BTreeMap<&str, usize> {
    let mut places = BTreeMap::new();
    for (at, parameter) in sent.iter().enumerate() {
        let place = places.entry(parameter.key.as_str()).or_insert(at);
        if parameter.is_filled() && !sent.get(*place).is_some_and(Sent::is_filled) {
            *place = at;
        }
    }
    places
}
