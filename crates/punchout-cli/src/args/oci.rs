use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use url::Url;

use super::Format;

#[derive(Debug, Subcommand)]
pub(crate) enum OciCommand {
    Decode(Decode),
    #[command(subcommand)]
    Callup(Callup),
    Profiles(Profiles),
    Rules(Rules),
}

/// Read the basket that a shop returned, and report what is wrong with it
///
/// The return may be a url-encoded body, an HTML page with the return form, a
/// captured HTTP response, one NAME=VALUE a line, the XML variant, or JSON.
/// Everything that has one meaning is read; each departure from the rules is a
/// finding with a stable code, see `punchout oci rules`.
#[derive(Debug, Args)]
#[command(after_help = DECODE_EXAMPLES)]
pub(crate) struct Decode {
    /// The file to read; `-` for standard input
    pub(crate) file: PathBuf,

    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) rules: Judgement,

    /// The charset that the return declares, such as `iso-8859-1`
    ///
    /// UTF-8 is tried first in any case; this one is taken where that fails.
    #[arg(long, value_name = "LABEL")]
    pub(crate) charset: Option<String>,

    /// What the input is
    #[arg(long, value_enum, default_value_t)]
    pub(crate) input: ReturnInput,
}

const DECODE_EXAMPLES: &str = "\
Examples:
  punchout oci decode return.form
  punchout oci decode --profile sap-srm-7 --strict capture.http
  curl -s \"$URL\" | punchout oci decode --format json - | jq .items";

/// By which rules a document is judged.
#[derive(Debug, Args)]
pub(crate) struct Judgement {
    /// The rules to judge by: a shipped profile, or a TOML file
    ///
    /// `punchout oci profiles` lists the shipped ones.
    #[arg(long, value_name = "NAME|FILE", default_value = "lenient")]
    pub(crate) profile: String,

    /// Exit with status 1 for warnings too
    ///
    /// This changes neither what is read nor what is reported; for the severities of the
    /// protocol as written take `--profile oci-4.0`.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// The shapes of a return.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ReturnInput {
    /// Find out
    #[default]
    Auto,
    /// A url-encoded body
    Form,
    /// An HTML page with the return form
    Html,
    /// One NAME=VALUE a line, nothing of it encoded
    Pairs,
    /// The XML variant, plain or in base64
    Xml,
    /// A JSON object of names and values
    Json,
    /// An HTTP response with its headers
    Response,
}

/// Write or read a call-up: how a buyer sends a user to a shop
#[derive(Debug, Subcommand)]
pub(crate) enum Callup {
    Build(Box<Build>),
    Read(Read),
}

/// Write a call-up
///
/// Passwords and other secrets are taken from an environment variable or a
/// file, never from the command line, where other users of the machine and the
/// shell's history would see them. They are part of what is written: a body or
/// a page with a password in it belongs into a pipe, not into a log. Into a URL
/// they go only if the profile allows it.
#[derive(Debug, Args)]
#[command(after_help = BUILD_EXAMPLES)]
pub(crate) struct Build {
    /// The shop's address for call-ups
    #[arg(long, value_name = "URL")]
    pub(crate) url: Url,

    /// How the shop is called; by default as the profile says
    #[arg(long, value_enum)]
    pub(crate) method: Option<CallMethod>,

    /// What to write: by default the URL for GET, the body for POST
    #[arg(long, value_enum)]
    pub(crate) format: Option<CallFormat>,

    /// Whose names and rules hold: a shipped profile, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = "lenient")]
    pub(crate) profile: String,

    /// Where the basket is to be returned to
    #[arg(long, value_name = "URL")]
    pub(crate) hook_url: Option<String>,

    /// The account in the shop
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,

    /// The environment variable that holds the password
    #[arg(long, value_name = "VAR", conflicts_with = "password_file")]
    pub(crate) password_env: Option<String>,

    /// The file that holds the password; `-` for standard input
    ///
    /// A line end after the password does not count.
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,

    /// The function, such as DETAIL, VALIDATE, `BACKGROUND_SEARCH`, SOURCING
    #[arg(long, value_name = "NAME")]
    pub(crate) function: Option<String>,

    /// PRODUCTID: the shop's key of the product
    #[arg(long, value_name = "KEY", requires = "function")]
    pub(crate) product_id: Option<String>,

    /// QUANTITY of the product
    #[arg(long, value_name = "NUMBER", requires = "function")]
    pub(crate) quantity: Option<String>,

    /// SEARCHSTRING: what to search for
    #[arg(long, value_name = "WORDS", requires = "function")]
    pub(crate) search: Option<String>,

    /// VENDOR: the supplier that a search is narrowed down to
    #[arg(long, value_name = "NUMBER", requires = "function")]
    pub(crate) vendor: Option<String>,

    /// The language of the shop's pages
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,

    /// The charset that the basket is wanted in
    #[arg(long, value_name = "LABEL")]
    pub(crate) charset: Option<String>,

    /// The frame that the basket is returned to
    #[arg(long, value_name = "FRAME")]
    pub(crate) target: Option<String>,

    /// The address to call when the user gives up
    #[arg(long, value_name = "URL")]
    pub(crate) cancel_url: Option<String>,

    /// A parameter of the shop's own, such as `oci_usermail=ann@example.org`
    ///
    /// May be given several times; the order is kept.
    #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub(crate) param: Vec<(String, String)>,

    /// A parameter whose value is a secret, held by an environment variable
    ///
    /// May be given several times.
    #[arg(long, value_name = "NAME=VAR", value_parser = name_and_value)]
    pub(crate) param_env: Vec<(String, String)>,
}

const BUILD_EXAMPLES: &str = "\
Examples:
  punchout oci callup build --url https://shop.example/oci --method get \\
      --hook-url https://erp.example/return --function SOURCING --search 'hex bolt'
  punchout oci callup build --url https://shop.example/oci --format html \\
      --hook-url https://erp.example/return --user ann --password-env SHOP_PASSWORD > call.html";

fn name_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write a name, `=` and a value".to_owned()),
    }
}

/// How a form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CallMethod {
    Get,
    Post,
}

/// What `callup build` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CallFormat {
    /// The URL of a GET
    Url,
    /// The url-encoded body of a POST
    Body,
    /// A page that sends a person's browser to the shop
    Html,
}

/// Read a call-up as a shop does, and report what is wrong with it
///
/// Passwords and other secrets are shown as `***`, by the names of their
/// parameters. A URL that holds one is better read from a file or standard
/// input than from the command line.
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// The file to read, `-` for standard input, or the URL itself
    #[arg(value_name = "FILE|-|URL")]
    pub(crate) source: String,

    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) rules: Judgement,

    /// What the input is
    #[arg(long, value_enum, default_value_t)]
    pub(crate) input: CallInput,
}

/// The shapes of a call-up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CallInput {
    /// A URL if it starts like one, a query if it starts with `?`, else a body
    #[default]
    Auto,
    /// The whole URL of a GET
    Url,
    /// The query of a URL
    Query,
    /// The url-encoded body of a POST
    Form,
}

/// List the shipped profiles, or show one with all its rules
///
/// Every group of rules names its source and says whether it was verified.
#[derive(Debug, Args)]
pub(crate) struct Profiles {
    /// The profile to show: a shipped one, or a TOML file
    #[arg(value_name = "NAME|FILE")]
    pub(crate) name: Option<String>,

    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// List the codes of findings, or explain one
///
/// The severities are those of the protocol as written (profile `oci-4.0`) and
/// of real life (profile `lenient`); other profiles change some of them.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// The code to explain, such as OCI-IDX-GAP
    pub(crate) code: Option<String>,

    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
