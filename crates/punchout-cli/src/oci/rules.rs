//! `punchout oci rules`

use std::io::{self, Write};

use punchout::core::Severity;
use punchout::oci::Rule;
use serde::Serialize;

use crate::args::Format;
use crate::args::oci::Rules;
use crate::failure::Failure;
use crate::output::table::{Align, Table};
use crate::output::{self, Verdict};

pub(super) fn run(args: &Rules) -> Result<Verdict, Failure> {
    let Some(code) = &args.code else {
        match args.format {
            Format::Json => output::write_json(&Rule::all().map(Entry::of).collect::<Vec<_>>())?,
            Format::Text => output::write(list)?,
        }
        return Ok(Verdict::Good);
    };
    let rule = Rule::of(&code.to_ascii_uppercase()).ok_or_else(|| {
        Failure::Usage(format!("no rule has the code `{code}`; `punchout oci rules` lists all codes"))
    })?;
    let entry = Entry::of(rule);
    match args.format {
        Format::Json => output::write_json(&entry)?,
        Format::Text => output::write(|out| {
            let Entry { code, strict, lenient, title, help } = entry;
            writeln!(out, "{code}: {title}\nhelp: {help}\nstrict: {strict}\nlenient: {lenient}")
        })?,
    }
    Ok(Verdict::Good)
}

#[derive(Debug, Serialize)]
struct Entry {
    code: &'static str,
    strict: Severity,
    lenient: Severity,
    title: &'static str,
    help: &'static str,
}

impl Entry {
    fn of(rule: Rule) -> Self {
        Self {
            code: rule.code().as_str(),
            strict: rule.strict(),
            lenient: rule.lenient(),
            title: rule.title(),
            help: rule.help(),
        }
    }
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    let mut table =
        Table::new(["code", "strict", "lenient", "what it is about"].map(|head| (head, Align::Left)));
    for Entry { code, strict, lenient, title, .. } in Rule::all().map(Entry::of) {
        table.push([code.to_owned(), strict.to_string(), lenient.to_string(), title.to_owned()]);
    }
    table.write(out)
}
