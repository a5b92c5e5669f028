use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum CxmlCommand {
    Check(Check),
    Show(Show),
    Copy(Copy),
    Anonymise(Anonymise),
}

/// Hold documents against their DTD, and say what is wrong and what to do
///
/// Each document is held against the DTD that its payload belongs to; all of
/// them are built in, nothing is fetched. A DOCTYPE that is absent or names
/// something else is a warning. What the cXML guide asks for beyond the DTD, and
/// a partner's profile, is advice: warnings and notes, which leave a document
/// valid and do not change the exit status.
#[derive(Debug, Args)]
#[command(after_help = CHECK_HELP)]
pub(crate) struct Check {
    /// The files to check; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: CheckFormat,

    /// The version to check by, such as 1.2.014, or `declared`
    ///
    /// By default it is the newest one. A version that is not built in is judged by the next
    /// newer one. `declared` is, for each document, the version that its DOCTYPE names, or the
    /// newest if it names none.
    #[arg(long, value_name = "VERSION", conflicts_with = "dtd")]
    pub(crate) dtd_version: Option<String>,

    /// A DTD to check all documents by, whatever they name
    #[arg(long, value_name = "FILE")]
    pub(crate) dtd: Option<PathBuf>,

    /// Give advice by the rules of a partner too: the name of a shipped profile, or a TOML file
    ///
    /// Shipped are amazon-business, coupa, jaggaer, oracle, sap-business-network, tradecentric.
    #[arg(long, value_name = "PROFILE")]
    pub(crate) profile: Option<String>,

    /// Hold the documents against the DTD alone, without the rules of the guide
    ///
    /// That is so with `--dtd` too, unless a profile is named.
    #[arg(long, conflicts_with = "profile")]
    pub(crate) no_advice: bool,
}

const CHECK_HELP: &str = "\
Exit status: 0 when all documents are valid, 1 when one is not, 2 when the program could not run
or could not read a file; the others are checked all the same.

Examples:
  punchout cxml check order.xml
  punchout cxml check --dtd-version declared orders/*.xml
  punchout cxml check --profile coupa order.xml
  punchout cxml check --format json *.xml | jq -r 'select(.valid | not).file'
  punchout cxml check --format junit *.xml > report.xml
  curl -s \"$URL\" | punchout cxml check -";

/// How the result of a check is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    #[default]
    Text,
    /// For programs: one JSON object a line, one line a document
    Json,
    /// For CI servers: test results as XML, one test case a document
    Junit,
}

/// Show a document to a person
///
/// The envelope first, then what the document says: an order with its lines, a
/// response with what its status means, anything else as an outline of its
/// elements. Passwords, card numbers and other secrets are shown as `***`, long
/// texts are cut, and control characters are made visible.
#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct Show {
    /// The file to read; `-` for standard input
    pub(crate) file: PathBuf,

    /// Show all elements, whatever document it is
    #[arg(long)]
    pub(crate) outline: bool,
}

const SHOW_EXAMPLES: &str = "\
Examples:
  punchout cxml show order.xml
  punchout cxml show --outline order.xml | less -S";

/// Read a document and write it again
///
/// What was odd about it is reported on standard error. The output is written
/// as a whole or not at all: a file that is there stays as it is until the new
/// one is complete.
#[derive(Debug, Args)]
#[command(after_help = COPY_HELP)]
pub(crate) struct Copy {
    /// The file to read; `-` for standard input
    pub(crate) file: PathBuf,

    /// The file to write; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,

    /// What the document goes through on its way
    #[arg(long, value_enum)]
    pub(crate) through: Through,
}

const COPY_HELP: &str = "\
Exit status: 0 when the document was copied, 1 when it was copied and there are findings of
severity error, 2 when there is no copy.

Examples:
  punchout cxml copy order.xml -o clean.xml --through model
  punchout cxml copy - -o - --through model < order.xml | diff order.xml -";

/// What a document is made into before it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Through {
    /// The document with its bytes: what is not changed comes out byte for byte
    Document,
    /// The typed model: content and spelling stay, layout and comments do not
    Model,
}

/// Replace what tells who trades with whom, and for how much
///
/// Identities, names, addresses, numbers, secrets and prices become others, the
/// same ones for the same value. Everything else stays byte for byte, and a
/// document that was valid stays valid.
#[derive(Debug, Args)]
#[command(after_help = ANONYMISE_HELP)]
pub(crate) struct Anonymise {
    /// The file to read; `-` for standard input
    pub(crate) file: PathBuf,

    /// The file to write; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,

    /// What decides the replacements: the same seed gives the same ones in all documents
    ///
    /// Who has the seed can find out what a replacement stands for. Without one, a random seed is
    /// taken and forgotten.
    #[arg(long, value_name = "TEXT", conflicts_with = "seed_file")]
    pub(crate) seed: Option<String>,

    /// The same, from a file
    #[arg(long, value_name = "FILE")]
    pub(crate) seed_file: Option<PathBuf>,

    /// Leave amounts of money as they are
    #[arg(long)]
    pub(crate) keep_prices: bool,

    /// Leave comments and extrinsics as they are
    #[arg(long)]
    pub(crate) keep_texts: bool,

    /// Replace part numbers, descriptions and manufacturers too
    #[arg(long)]
    pub(crate) articles: bool,
}

const ANONYMISE_HELP: &str = "\
Exit status: 0 when the document was written, 2 when it was not.

Examples:
  punchout cxml anonymise order.xml -o shown.xml
  punchout cxml anonymise --seed-file seed.txt --articles order.xml -o - | less";
