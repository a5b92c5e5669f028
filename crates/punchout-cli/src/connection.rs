//! `punchout connection …`, and the connection that other commands ask for.

use std::io::{self, Write};
use std::path::Path;

use punchout::connection::{Connection, ErrorKind, SystemSecrets};
use punchout::core::{All, Diagnostic, LineColumn};
use serde::Serialize;

use crate::args::Format;
use crate::args::connection::{Check, ConnectionCommand};
use crate::failure::{Failure, in_full};
use crate::input::Input;
use crate::output::findings;
use crate::output::{self, Verdict, printable};

pub(crate) fn run(command: ConnectionCommand) -> Result<Verdict, Failure> {
    match command {
        ConnectionCommand::Check(args) => check(&args),
    }
}

/// Reads the description of a connection.
pub(crate) fn load(path: &Path) -> Result<Connection, Failure> {
    if path.as_os_str() == "-" {
        let input = Input::note(path)?;
        let mut connection = Connection::from_toml(text(&input)?).map_err(|source| unusable(path, source))?;
        connection.resolve(Path::new(""));
        return Ok(connection);
    }
    Connection::read(path).map_err(|source| unusable(path, source))
}

/// Says that a connection cannot be used.
pub(crate) fn unusable(path: &Path, source: punchout::connection::Error) -> Failure {
    Failure::Connection { name: path.display().to_string(), source }
}

fn text(input: &Input) -> Result<&str, Failure> {
    str::from_utf8(&input.bytes).map_err(|_| Failure::Usage(format!("{} is no UTF-8 text", input.shown())))
}

fn check(args: &Check) -> Result<Verdict, Failure> {
    let input = Input::note(&args.file)?;
    let text = text(&input)?;
    let mut found = All::new();
    let mut connection =
        Connection::check(text, &mut found).map_err(|source| unusable(&args.file, source))?;
    connection.resolve(args.file.parent().unwrap_or(Path::new("")));
    connection.look(text, &mut found);
    let mut verdict = findings::verdict(&found, false);
    let (mut endpoint, mut problem) = (None, None);
    if verdict == Verdict::Good {
        match connection.transport(&SystemSecrets) {
            Ok(transport) => endpoint = transport.endpoint(),
            Err(error) if error.kind() == ErrorKind::NoRoute => {}
            Err(error) => {
                problem = Some(in_full(&error));
                verdict = Verdict::Bad;
            }
        }
    }
    let report = Report {
        file: &input.name,
        route: connection.order.route.to_string(),
        endpoint,
        intercepted: connection.order.intercept.is_some(),
        usable: verdict == Verdict::Good,
        problem,
        diagnostics: found.found().iter().map(|finding| Place::of(finding, &input.bytes)).collect(),
    };
    match args.format {
        Format::Json => output::write_json(&report)?,
        Format::Text => output::write(|out| report.write(&found, out))?,
    }
    Ok(verdict)
}

#[derive(Debug, Serialize)]
struct Report<'a> {
    file: &'a str,
    route: String,
    endpoint: Option<String>,
    intercepted: bool,
    usable: bool,
    problem: Option<String>,
    diagnostics: Vec<Place<'a>>,
}

/// A finding with its place. The line itself is never shown: a secret may stand there.
#[derive(Debug, Serialize)]
struct Place<'a> {
    #[serde(flatten)]
    finding: &'a Diagnostic,
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> Place<'a> {
    fn of(finding: &'a Diagnostic, text: &[u8]) -> Self {
        let place = finding.span.as_ref().map(|span| LineColumn::of(text, span.start));
        Self { finding, line: place.map(|place| place.line), column: place.map(|place| place.column) }
    }
}

impl Report<'_> {
    fn write(&self, found: &All, out: &mut dyn Write) -> io::Result<()> {
        let name = printable(self.file);
        for Place { finding, line, column } in &self.diagnostics {
            writeln!(out, "{}[{}]: {}", finding.severity, finding.code, printable(&finding.message))?;
            let at = printable(&finding.at);
            match (line, column) {
                (Some(line), Some(column)) => writeln!(out, "  --> {name}:{line}:{column} ({at})")?,
                _ => writeln!(out, "  --> {name} ({at})")?,
            }
            if let Some(help) = &finding.help {
                writeln!(out, "   = help: {help}")?;
            }
            writeln!(out)?;
        }
        if let Some(problem) = &self.problem {
            writeln!(out, "error: {}\n", printable(problem))?;
        }
        let to = match (&self.endpoint, &*self.route) {
            (Some(endpoint), route) if self.intercepted => {
                format!("{route}, but orders are kept in {} instead of sent", printable(endpoint))
            }
            (Some(endpoint), route) => format!("{route}, {}", printable(endpoint)),
            (None, "none") => "no order leg".to_owned(),
            (None, _) => "no order can be sent".to_owned(),
        };
        let problem = if self.problem.is_some() { "1 problem, " } else { "" };
        writeln!(out, "{name}: {to}; {problem}{}", findings::summary(found))
    }
}
