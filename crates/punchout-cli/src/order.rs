//! `punchout order …`

mod advice;
mod attached;
mod delivery;
mod log;
mod release;
mod report;
mod send;

use std::io;
use std::path::Path;

use punchout::core::Ignore;
use punchout::cxml::{Document, OrderRequest};
use punchout::pdf::{self, Logo, Options, Renderer};
use terminal_size::terminal_size_of;

use crate::args::order::{How, OrderCommand, Pdf, Text};
use crate::failure::Failure;
use crate::input::Input;
use crate::output::{self, Verdict, file, printable};
use crate::redacted::Redacted;

pub(crate) fn run(command: OrderCommand) -> Result<Verdict, Failure> {
    match command {
        OrderCommand::Pdf(args) => to_pdf(&args),
        OrderCommand::Text(args) => to_text(&args),
        OrderCommand::Send(args) => send::run(&args),
        OrderCommand::Release(args) => release::run(&args),
    }
}

fn to_pdf(args: &Pdf) -> Result<Verdict, Failure> {
    let inputs = [Some(&args.file), args.how.options.as_ref(), args.logo.as_ref()];
    file::refuse_inputs(inputs.into_iter().flatten(), &args.output)?;
    let mut options = options(&args.how)?;
    options.logo = args.logo.as_deref().map(logo).transpose()?;
    let input = Input::document(&args.file)?;
    // says what is wrong with it as other commands do
    order(&document(&input)?, &input)?;
    let mut sink = Redacted::new(&input.bytes);
    // what is attached is called like the file, wherever it is saved to
    let stem = args.output.file_stem().filter(|stem| *stem != "-");
    let stem = stem.map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let made = Renderer::new().render_document_as(&stem, &input.bytes, &options, &mut sink);
    let pdf = made.map_err(|source| failed(&input, source))?;
    file::save(&args.output, &pdf)?;
    Ok(sink.tell(&input))
}

fn to_text(args: &Text) -> Result<Verdict, Failure> {
    /// As wide as mails are, where nobody says how wide it may be.
    const COLUMNS: usize = 78;
    let mut options = options(&args.how)?;
    let terminal = || terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    options.columns = args.columns.or(options.columns).or_else(terminal).or(Some(COLUMNS));
    let input = Input::document(&args.file)?;
    let mut sink = Redacted::new(&input.bytes);
    // says what is wrong with it as other commands do
    order(&document(&input)?, &input)?;
    let text = pdf::text_of_document(&input.bytes, &options, &mut sink);
    let text = text.map_err(|source| failed(&input, source))?;
    output::write(|out| text.lines().try_for_each(|line| writeln!(out, "{}", printable(line))))?;
    Ok(sink.tell(&input))
}

fn document(input: &Input) -> Result<Document, Failure> {
    Document::read(&input.bytes, &mut Ignore).map_err(|error| Failure::document(input, &error))
}

fn order<'d>(document: &'d Document, input: &Input) -> Result<&'d OrderRequest, Failure> {
    document
        .order_request()
        .ok_or_else(|| Failure::Usage(format!("{} is no order: it has no OrderRequest", input.shown())))
}

fn options(how: &How) -> Result<Options, Failure> {
    let mut options = match &how.options {
        Some(path) => {
            let note = Input::note(path)?;
            let text = std::str::from_utf8(&note.bytes)
                .map_err(|_| Failure::Usage(format!("{} is no UTF-8 text", note.shown())))?;
            Options::from_toml(text).map_err(|source| Failure::Options { name: note.name.clone(), source })?
        }
        None => Options::new("", "", ""),
    };
    if let Some(language) = how.lang {
        options.language = language;
    }
    Ok(options)
}

fn logo(path: &Path) -> Result<Logo, Failure> {
    let Input { name, bytes } = Input::picture(path)?;
    Logo::new(bytes).map_err(|source| Failure::Options { name, source })
}

fn failed(input: &Input, source: pdf::Error) -> Failure {
    Failure::Pdf { name: input.name.clone(), source }
}
