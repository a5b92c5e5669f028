//! A basket and its findings as text that people can compare.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use punchout::core::{Amount, Diagnostic};
use punchout::oci::{Basket, Field, Item};
use serde_json::{Value, json};

/// With what a case is read; people write this part of the file.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct With {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) charset: Option<String>,
}

/// Findings in their severities: by the case's own profile, or by both columns.
pub(crate) enum Findings<'a> {
    Own(&'a [Diagnostic]),
    Both { strict: &'a [Diagnostic], lenient: &'a [Diagnostic] },
}

/// One line an item, a control, a finding.
pub(crate) fn document(
    with: Option<&With>,
    basket: &Basket,
    findings: &Findings<'_>,
    input: &[u8],
) -> String {
    let mut out = String::from("{\n");
    if let Some(with) = with {
        let _ = writeln!(out, "  \"with\": {},", serde_json::to_string(with).unwrap());
    }
    list(&mut out, "items", basket.items.iter().map(item), ",");
    let controls =
        basket.controls.iter().map(|control| json!([control.name.as_str(), control.value.as_str()]));
    list(&mut out, "controls", controls.map(|control| control.to_string()), ",");
    list(&mut out, "findings", lines(findings, input), "");
    out.push_str("}\n");
    out
}

fn list(out: &mut String, name: &str, entries: impl Iterator<Item = String>, after: &str) {
    let entries: Vec<_> = entries.map(|entry| format!("\n    {entry}")).collect();
    let end = if entries.is_empty() { "" } else { "\n  " };
    let _ = writeln!(out, "  \"{name}\": [{}{end}]{after}", entries.join(","));
}

/// An object in the order in which it was written.
#[derive(Default)]
struct Object(Vec<String>);

impl Object {
    fn add(&mut self, name: &str, value: impl Into<Value>) {
        self.0.push(format!("{}: {}", json!(name), value.into()));
    }
}

impl From<Object> for String {
    fn from(object: Object) -> Self {
        format!("{{{}}}", object.0.join(", "))
    }
}

fn item(item: &Item) -> String {
    let mut object = Object::default();
    object.add("index", item.index);
    for field in Field::all() {
        let Some(text) = item.text(field) else { continue };
        match amount(item, field) {
            Some(amount) if amount.value().to_string() != text => {
                object.add(field.as_str(), json!({"sent": text, "value": amount.value().to_string()}));
            }
            _ => object.add(field.as_str(), text),
        }
    }
    if let Some(unit) = &item.unit_resolved {
        object.add("unit", format!("{} by {}", unit.code, unit.tier));
    }
    if let Some(price) = item.unit_price() {
        object.add("unit price", price.normalize().to_string());
    }
    if let Some(parent) = item.parent {
        object.add("parent", parent);
    }
    if !item.extra.is_empty() {
        let extra: Vec<_> =
            item.extra.iter().map(|extra| json!([extra.name.as_str(), extra.value.as_str()])).collect();
        object.add("extra", extra);
    }
    object.into()
}

fn amount(item: &Item, field: Field) -> Option<&Amount> {
    match field {
        Field::Quantity => item.quantity.as_ref(),
        Field::Price => item.price.as_ref(),
        Field::PriceUnit => item.price_unit.as_ref(),
        Field::LeadTime => item.lead_time.as_ref(),
        _ => None,
    }
}

fn lines(findings: &Findings<'_>, input: &[u8]) -> impl Iterator<Item = String> {
    let (found, strict) = match *findings {
        Findings::Own(found) => (found, None),
        Findings::Both { strict, lenient } => (lenient, Some(strict)),
    };
    found.iter().enumerate().map(move |(number, finding)| {
        let mut object = Object::default();
        object.add("code", finding.code.as_str());
        object.add("at", finding.at.as_str());
        if let Some(strict) = strict {
            object.add("strict", strict[number].severity.as_str());
            object.add("lenient", finding.severity.as_str());
        } else {
            object.add("severity", finding.severity.as_str());
        }
        let span = finding.span.clone().map(|span| String::from_utf8_lossy(&input[span]).into_owned());
        object.add("span", span);
        object.into()
    })
}

/// What a golden file asks for and the codes it has.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Golden {
    pub(crate) with: Option<With>,
    #[serde(default)]
    pub(crate) findings: Vec<BTreeMap<String, Value>>,
}
