use std::path::PathBuf;

use clap::{Args, Subcommand};
use punchout::pdf::Language;

use super::Format;

#[derive(Debug, Subcommand)]
pub(crate) enum OrderCommand {
    Pdf(Pdf),
    Text(Text),
    Send(Send),
    Release(Release),
}

/// Make a PDF document of a cXML order, for people who work from paper
///
/// The cXML is attached to the document, without shared secrets and card
/// numbers, unless the options hide the amounts that it tells; it is called as
/// the file that is written, with `.xml`. The same order gives the same bytes
/// in files of the same name. What the document could not show as the order says
/// it, and what was odd about the order, is reported on standard error. The file
/// is written as a whole or not at all.
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
/// It says what the PDF document says, in the same order and words. Lines are broken between words
/// to fit the terminal, or 78 columns where there is none; only a word that is longer than a line is
/// longer than that.
#[derive(Debug, Args)]
#[command(after_help = TEXT_HELP)]
pub(crate) struct Text {
    /// The cXML document with the order; `-` for standard input
    #[arg(value_name = "ORDER")]
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) how: How,

    /// How wide the text is at most: 20 or more; goes before `columns` of the options
    #[arg(long, value_name = "NUMBER", value_parser = columns)]
    pub(crate) columns: Option<usize>,
}

/// Narrower lines would be read letter by letter.
fn columns(text: &str) -> Result<usize, String> {
    let columns = text.parse().ok().filter(|columns| *columns >= 20);
    columns.ok_or_else(|| "this is no number from 20 on".to_owned())
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
    /// (unless-hidden, always, never), `accent` (#rrggbb), `paper` (a4, letter), `columns` (how wide a
    /// plain text is), and tables `above` and `below` with a text for each language.
    #[arg(long, value_name = "FILE")]
    pub(crate) options: Option<PathBuf>,
}

/// Send a cXML order to its supplier, and say what is known of it
///
/// The description of the connection says which way: by mail, HTTPS, SFTP or into a directory, as
/// cXML, as a PDF, or both. What is told is the outcome and its evidence: where it went, what was
/// sent with its hash, what the server showed and answered. While it waits there is a line about it
/// on a terminal. No secret is shown.
///
/// With a journal in the description, an order that was delivered before is not sent again, and one
/// that may have arrived only with `--again`. Other bytes by the same payload id are another order,
/// and are rejected. While one program sends an order, another one does not.
///
/// Ctrl-C and SIGTERM end it with what is known. With `--format json` there is a document also when
/// the program could not run, be it that the arguments are wrong; its outcome is `not-run`.
#[derive(Debug, Args)]
#[command(after_help = SEND_HELP)]
pub(crate) struct Send {
    /// The cXML document with the order, or a MIME multipart with its attachments; `-` for standard
    /// input
    #[arg(value_name = "ORDER")]
    pub(crate) file: PathBuf,

    /// The TOML file that describes the connection; see `punchout connection check`
    #[arg(long, value_name = "FILE")]
    pub(crate) connection: PathBuf,

    /// A file that the order points at as `cid:ID`; without an ID that is the file's name
    ///
    /// May be given several times. An order that points at a file which is not given is not sent.
    #[arg(long, value_name = "[ID=]FILE")]
    pub(crate) attach: Vec<String>,

    /// Keep the order in this directory instead of sending it; nothing leaves
    ///
    /// `punchout order release` sends the very same bytes later. The description may name such a
    /// directory too.
    #[arg(long, value_name = "DIR")]
    pub(crate) intercept: Option<PathBuf>,

    /// Send it even though the journal says that it was delivered, or may have been
    ///
    /// The supplier may get it twice: ask there before.
    #[arg(long)]
    pub(crate) again: bool,

    /// Send it even though it has findings of severity error
    #[arg(long)]
    pub(crate) despite_errors: bool,

    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Send an order that was kept instead of sent, byte for byte
///
/// The connection is needed: what is kept has no secrets of it. One that was delivered is not sent
/// again. One that was rejected, or may have arrived, is sent only with `--anyway`. A journal in the
/// description is looked into as with `punchout order send`, and `--anyway` overrides it.
#[derive(Debug, Args)]
#[command(after_help = RELEASE_HELP)]
pub(crate) struct Release {
    /// The order: the directory that it is kept in, a slash, and its identifier
    #[arg(value_name = "DIR/ID")]
    pub(crate) place: PathBuf,

    /// The TOML file that describes the connection
    #[arg(long, value_name = "FILE")]
    pub(crate) connection: PathBuf,

    /// Send it even though it was rejected, or may have arrived, when it was released before, or the
    /// journal says that it was delivered or may have been
    ///
    /// The supplier may get it twice: ask there before.
    #[arg(long)]
    pub(crate) anyway: bool,

    /// Send it even though the connection leads elsewhere than when the order was kept
    #[arg(long)]
    pub(crate) elsewhere: bool,

    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

const SEND_HELP: &str = "\
Exit status: 0 when the order was delivered, or kept as asked for; 1 when it was rejected; 2 when the
program could not run, and nothing was sent; 3 when it may have arrived, or somebody else is sending
it at this moment: ask the supplier before it is sent again; 4 when it was not delivered and may be
sent again. It is the order's status also when the output cannot be written.

Examples:
  punchout order send order.xml --connection bolts.toml
  punchout order send order.xml --connection bolts.toml --attach drawing.1@erp.example=plan.pdf
  punchout order send order.xml --connection bolts.toml --intercept held
  punchout order send order.xml --connection bolts.toml --format json | jq -r .outcome";

const RELEASE_HELP: &str = "\
Exit status: 0 when the order was delivered, now or before; 1 when it was rejected; 2 when the
program could not run, and nothing was sent; 3 when it may have arrived: ask the supplier before it
is sent again; 4 when it was not delivered and may be released again.

Example:
  punchout order release held/5f0c52c1f6a0d3c4b1d9a7e8f6b5a493 --connection bolts.toml";

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
  punchout order text order.xml --columns 72 | mail -s Order orders@bolts.example
  punchout order text --lang de --options town-hall.toml order.xml";
