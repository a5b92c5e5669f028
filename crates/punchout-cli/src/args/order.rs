use std::path::PathBuf;

use clap::{Args, Subcommand};
use punchout::pdf::Language;

#[derive(Debug, Subcommand)]
pub(crate) enum OrderCommand {
    Pdf(Pdf),
    Text(Text),
}

/// Make a PDF document of a cXML order, for people who work from paper
///
/// The cXML is attached to the document, without shared secrets and card
/// numbers, unless the options hide the amounts that it tells. The same order
/// gives the same bytes. What the document could not show as the order says it,
/// and what was odd about the order, is reported on standard error. The file is
/// written as a whole or not at all.
#[derive(Debug, Args)]
#[command(after_help = PDF_HELP)]
pub(crate) struct Pdf {
    /// The cXML document with the order; `-` for standard input
    #[arg(value_name = "ORDER")]
    pub(crate) file: PathBuf,

    /// The file to write; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,

    #[command(flatten)]
    pub(crate) how: How,

    /// A picture in the head of the document: a PNG or JPEG file
    #[arg(long, value_name = "FILE")]
    pub(crate) logo: Option<PathBuf>,
}

/// Write a cXML order as plain text, for a terminal or the body of a mail
///
/// It says what the PDF document says, in the same order and words.
#[derive(Debug, Args)]
#[command(after_help = TEXT_HELP)]
pub(crate) struct Text {
    /// The cXML document with the order; `-` for standard input
    #[arg(value_name = "ORDER")]
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) how: How,
}

/// What both are made by.
#[derive(Debug, Args)]
pub(crate) struct How {
    /// The language of headings, units, numbers and dates: en, nl, de, fr
    ///
    /// What the order says stays as it was sent. By default it is the language of the options, or
    /// English.
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<Language>,

    /// A TOML file that says where the invoice and questions go, and how the document looks
    ///
    /// Needed are `invoice-address`, `invoice-mailbox` and `procurement-mailbox`; without a file
    /// these are missing from the document, which is reported. There may be `language`, `whose`
    /// (organisation, requester), `amounts` (excluding-tax, including-tax, hidden), `attach`
    /// (unless-hidden, always, never), `accent` (#rrggbb), `paper` (a4, letter), and tables `above`
    /// and `below` with a text for each language.
    #[arg(long, value_name = "FILE")]
    pub(crate) options: Option<PathBuf>,
}

const PDF_HELP: &str = "\
Exit status: 0 when the document was written, 1 when it was written and there are findings of
severity error, 2 when there is no document.

Examples:
  punchout order pdf order.xml -o order.pdf
  punchout order pdf order.xml -o order.pdf --lang nl --options town-hall.toml --logo logo.png
  pdfdetach -saveall order.pdf";

const TEXT_HELP: &str = "\
Exit status: 0 when the text was written, 1 when it was written and there are findings of
severity error, 2 when there is no text.

Examples:
  punchout order text order.xml | less
  punchout order text --lang de --options town-hall.toml order.xml";
