//! `punchout cxml check`

mod json;
mod junit;
mod text;

use std::io::{self, Write};
use std::path::Path;

use punchout::core::{All, Diagnostic, Limits, Severity, Sink, excerpt};
use punchout::cxml::advice::{Advisor, Profile};
use punchout::cxml::dtd::code;
use punchout::cxml::secret::Secrets;
use punchout::cxml::{Doctype, Dtd, Report, Validator};

use crate::args::cxml::{Check, CheckFormat};
use crate::failure::Failure;
use crate::input::Input;
use crate::output::{self, Verdict};
use crate::redacted::Redacted;

pub(super) fn run(args: &Check) -> Result<Verdict, Failure> {
    let checker = Checker::new(args)?;
    if args.files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
        return Err(Failure::Usage("standard input can be read once only".to_owned()));
    }
    let mut form: Box<dyn Form> = match args.format {
        CheckFormat::Text => Box::new(text::Text),
        CheckFormat::Json => Box::new(json::Lines),
        CheckFormat::Junit => Box::new(junit::Suite::default()),
    };
    let mut tally = Tally::default();
    output::write(|out| {
        for file in &args.files {
            match checker.check(file) {
                Ok(done) => {
                    tally.count(done.report.as_ref());
                    form.checked(&done, out)?;
                }
                Err(failure) => {
                    tally.failed += 1;
                    failure.tell();
                    form.failed(file, &failure, out)?;
                }
            }
        }
        form.end(&tally, out)
    })?;
    Ok(tally.verdict())
}

/// What documents are held against.
struct Checker {
    validator: Validator,
    advisor: Option<Advisor>,
}

/// A document with what is said of it.
struct Checked {
    input: Input,
    /// None when the document is beyond the limits, as a finding says.
    report: Option<Report>,
    /// Without secrets.
    found: All,
    /// They were looked for if there are findings.
    secrets: Option<Secrets>,
}

impl Checker {
    fn new(args: &Check) -> Result<Self, Failure> {
        let mut validator = Validator::new();
        match (args.dtd_version.as_deref(), &args.dtd) {
            (_, Some(path)) => validator = validator.with_dtd(dtd(path)?),
            (Some("declared"), None) => validator = validator.with_declared_version(),
            (Some(version), None) => {
                validator = validator.with_version(version).map_err(|_| {
                    Failure::Usage(format!(
                        "version {} of cXML is not known: take one up to {}, or `declared`",
                        excerpt(version),
                        Doctype::NEWEST
                    ))
                })?;
            }
            (None, None) => {}
        }
        // all are counted; how many are kept is the sink's to say
        let limits = Limits::default().with_diagnostics(usize::MAX);
        let advisor = match &args.profile {
            // what is held against a DTD of its own need not be cXML
            None if args.no_advice || args.dtd.is_some() => None,
            None => Some(Advisor::new()),
            Some(name) => Some(Advisor::new().with_profile(profile(name)?)),
        };
        Ok(Self {
            validator: validator.with_limits(limits),
            advisor: advisor.map(|advisor| advisor.with_limits(limits)),
        })
    }

    fn check(&self, file: &Path) -> Result<Checked, Failure> {
        let input = match Input::document(file) {
            Err(failure @ Failure::TooLong { .. }) => {
                let input = Input { name: file.display().to_string(), bytes: Vec::new() };
                return Ok(Checked { input, report: None, found: beyond_limits(&failure), secrets: None });
            }
            read => read?,
        };
        let mut sink = Redacted::new(&input.bytes);
        let outcome = self.validate(&input, &mut sink);
        let Redacted { secrets, mut found, .. } = sink;
        let report = match outcome {
            Ok(mut report) => {
                if let Some((kind, secrets)) = report.kind.as_mut().zip(secrets.as_ref()) {
                    *kind = secrets.hide_name(kind).into_owned();
                }
                Some(report)
            }
            Err(failure) if failure.is_limit() => {
                // first, so that it is never one too many
                let before = std::mem::replace(&mut found, beyond_limits(&failure));
                before.into_found().into_iter().for_each(|finding| found.report(finding));
                None
            }
            Err(failure) => return Err(failure),
        };
        Ok(Checked { input, report, found, secrets })
    }

    fn validate(&self, input: &Input, sink: &mut dyn Sink) -> Result<Report, Failure> {
        let failure = |error| Failure::document(input, &error);
        let report = self.validator.validate(&input.bytes, sink).map_err(failure)?;
        if let Some(advisor) = self.advisor.as_ref().filter(|_| report.well_formed) {
            advisor.advise(&input.bytes, sink).map_err(failure)?;
        }
        Ok(report)
    }
}

/// Says that a document was not checked to its end.
fn beyond_limits(failure: &Failure) -> All {
    let why = match failure {
        Failure::Cxml { why, .. } => why.clone(),
        other => other.in_full(),
    };
    let mut found = All::new();
    let finding = Diagnostic::new(code::LIMIT, Severity::Error, why);
    found.report(finding.help("check parts of the document"));
    found
}

/// A shipped profile by its name, or else one of a file.
fn profile(name: &str) -> Result<Profile, Failure> {
    if let Some(profile) = Profile::named(name) {
        return Ok(profile.clone());
    }
    let path = Path::new(name);
    if path.extension().is_none() && !path.exists() {
        let known: Vec<_> = Profile::builtin().map(|profile| &*profile.name).collect();
        return Err(Failure::Usage(format!(
            "profile {} is not shipped: take one of {}, or a file",
            excerpt(name),
            known.join(", ")
        )));
    }
    let input = Input::note(path)?;
    let text = String::from_utf8_lossy(&input.bytes);
    Profile::from_toml(&text).map_err(|source| Failure::Advice { name: input.name, source })
}

/// Reads a DTD and calls it by the name of its file.
fn dtd(path: &Path) -> Result<Dtd, Failure> {
    let Input { name, bytes } = Input::dtd(path)?;
    let dtd = Dtd::parse(&bytes).map_err(|source| Failure::Dtd { name, source })?;
    Ok(match path.file_stem().and_then(|stem| stem.to_str()) {
        Some(stem) if stem != "-" => dtd.with_name(stem),
        _ => dtd,
    })
}

/// A way to write what came of the documents, one after the other.
trait Form {
    fn checked(&mut self, checked: &Checked, out: &mut dyn Write) -> io::Result<()>;

    /// What could not be read was told on standard error already.
    fn failed(&mut self, file: &Path, failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
        let _ = (file, failure, out);
        Ok(())
    }

    fn end(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        let _ = (tally, out);
        Ok(())
    }
}

/// How many documents there were of each sort.
#[derive(Debug, Default)]
struct Tally {
    valid: usize,
    invalid: usize,
    malformed: usize,
    failed: usize,
}

impl Tally {
    fn count(&mut self, report: Option<&Report>) {
        *match report {
            None => &mut self.failed,
            Some(Report { well_formed: false, .. }) => &mut self.malformed,
            Some(Report { valid: false, .. }) => &mut self.invalid,
            _ => &mut self.valid,
        } += 1;
    }

    fn all(&self) -> usize {
        self.valid + self.invalid + self.malformed + self.failed
    }

    fn verdict(&self) -> Verdict {
        match self {
            Self { failed: 1.., .. } => Verdict::Failed,
            Self { invalid: 0, malformed: 0, .. } => Verdict::Good,
            _ => Verdict::Bad,
        }
    }
}
