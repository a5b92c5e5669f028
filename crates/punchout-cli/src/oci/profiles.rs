//! `punchout oci profiles`, and the profile that other commands ask for.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use punchout::oci::Profile;
use serde::Serialize;
use serde_json::Value;

use crate::args::Format;
use crate::args::oci::Profiles;
use crate::failure::Failure;
use crate::input::Input;
use crate::output::table::{Align, Table};
use crate::output::{self, Verdict, printable};

/// Finds a profile: a shipped one by its name, else a file.
pub(super) fn load(name: &str) -> Result<Cow<'static, Profile>, Failure> {
    if let Some(shipped) = Profile::named(name) {
        return Ok(Cow::Borrowed(shipped));
    }
    let path = Path::new(name);
    if !path.exists() {
        let names: Vec<_> = Profile::names().collect();
        return Err(Failure::Usage(format!(
            "there is no profile and no file `{name}`; the shipped profiles are {}",
            names.join(", ")
        )));
    }
    let input = Input::note(path)?;
    let text = String::from_utf8(input.bytes)
        .map_err(|_| Failure::Usage(format!("the profile {} is no UTF-8", printable(&input.name))))?;
    let profile =
        Profile::from_toml(&text).map_err(|source| Failure::Profile { name: input.name, source })?;
    Ok(Cow::Owned(profile))
}

pub(super) fn run(args: &Profiles) -> Result<Verdict, Failure> {
    match (&args.name, args.format) {
        (None, Format::Json) => {
            let all: Vec<_> = Profile::builtin().map(Summary::of).collect();
            output::write_json(&all)?;
        }
        (None, Format::Text) => output::write(list)?,
        (Some(name), Format::Json) => output::write_json(&*load(name)?)?,
        (Some(name), Format::Text) => {
            let profile = load(name)?;
            output::write(|out| show(&profile, out))?;
        }
    }
    Ok(Verdict::Good)
}

#[derive(Debug, Serialize)]
struct Summary<'a> {
    name: &'a str,
    role: Value,
    title: &'a str,
    verified: bool,
}

impl<'a> Summary<'a> {
    fn of(profile: &'a Profile) -> Self {
        Self {
            name: &profile.name,
            role: as_data(&profile.role),
            title: &profile.title,
            verified: profile.verified,
        }
    }
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new([
        ("name", Align::Left),
        ("role", Align::Left),
        ("verified", Align::Left),
        ("system", Align::Left),
    ]);
    for profile in Profile::builtin() {
        let Summary { name, role, title, verified } = Summary::of(profile);
        table.push([name.to_owned(), words(&role), yes_or_no(verified).to_owned(), title.to_owned()]);
    }
    table.write(out)
}

/// Shows every rule of a profile, group by group, as the profile's data has
/// them: a rule that is added to the profiles shows up by itself.
fn show(profile: &Profile, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}\n", profile.name, profile.title)?;
    for (key, value) in [
        ("role", words(&as_data(&profile.role))),
        ("extends", profile.extends.clone().unwrap_or_else(|| "-".to_owned())),
        ("severities", words(&as_data(&profile.base))),
        ("verified", yes_or_no(profile.verified).to_owned()),
        ("source", profile.source.clone()),
    ] {
        writeln!(out, "{key:<10}  {value}")?;
    }
    if !profile.notes.is_empty() {
        writeln!(out, "\n{}", profile.notes.trim())?;
    }
    let data = as_data(profile);
    for (group, rules) in data.as_object().into_iter().flatten() {
        if group == "fields" || !rules.is_object() {
            continue;
        }
        let source = |key: &str| words(rules.get(key).unwrap_or(&Value::Null));
        writeln!(out, "\n[{group}]  verified: {}\nsource: {}", source("verified"), source("source"))?;
        let mut table = Table::new([("rule", Align::Left), ("value", Align::Left)]);
        flatten(String::new(), rules, &mut table);
        table.write(out)?;
    }
    writeln!(out, "\n[fields]")?;
    let columns = ["field", "length", "presence", "verified", "source"].map(|head| (head, Align::Left));
    let mut table = Table::new(columns);
    for (field, rule) in &profile.fields {
        table.push([
            field.clone(),
            rule.max.map_or_else(|| "-".to_owned(), |max| max.to_string()),
            words(&as_data(&rule.presence)),
            yes_or_no(rule.verified).to_owned(),
            rule.source.clone(),
        ]);
    }
    table.write(out)
}

/// A row for each rule; a rule inside of a table goes by both names.
fn flatten(path: String, value: &Value, table: &mut Table<2>) {
    match value {
        Value::Object(rules) if !rules.is_empty() => {
            for (key, value) in rules {
                if path.is_empty() && matches!(key.as_str(), "source" | "verified") {
                    continue;
                }
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                flatten(path, value, table);
            }
        }
        value => table.push([path, words(value)]),
    }
}

/// A value on one line.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(is_so) => yes_or_no(*is_so).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.is_empty() => "-".to_owned(),
        Value::String(text) => text.replace('\n', " "),
        Value::Array(values) if values.is_empty() => "-".to_owned(),
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(pair) => match (pair.get("name"), pair.get("value")) {
            (Some(name), Some(value)) => format!("{}={}", words(name), words(value)),
            _ => "-".to_owned(),
        },
    }
}

fn yes_or_no(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

/// The words that the profile's own file has for it.
fn as_data(part: &impl Serialize) -> Value {
    serde_json::to_value(part).expect("parts of a profile are plain data with text keys")
}
