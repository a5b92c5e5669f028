use std::fmt;
use std::path::PathBuf;

use punchout_transport::Schedule;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{DirectoryRoute, HttpsRoute, MailRoute, SftpRoute, is_default, shown};

/// How orders get to the supplier: the table `order`.
#[derive(Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Order {
    /// The way; its settings are in the table of the same name.
    #[serde(skip_serializing_if = "is_default")]
    pub route: Route,
    /// What is sent, the order itself first; by mail the PDF, any other way
    /// the XML, unless it is given.
    #[serde(skip_serializing_if = "is_default")]
    pub files: Vec<OrderFile>,
    /// What the files are called, without the ending.
    ///
    /// `{order_number}` and `{payload_id}` are replaced. Without it a name is
    /// the order number, and for a change or a cancellation that and which one
    /// it is: `4500017300`, `4500017300-update-2`. A hash of the order's
    /// identity follows where two orders could share a name otherwise.
    #[serde(skip_serializing_if = "is_default")]
    pub file_name: Option<String>,
    /// The language of subject, text and PDF, as a tag such as `nl`; English
    /// without it.
    #[serde(skip_serializing_if = "is_default")]
    pub language: Option<String>,
    /// How the PDF document is made; needed where one is sent.
    #[serde(skip_serializing_if = "is_default")]
    pub pdf: Option<PdfFile>,
    /// By mail.
    #[serde(skip_serializing_if = "is_default")]
    pub mail: Option<MailRoute>,
    /// By HTTPS.
    #[serde(skip_serializing_if = "is_default")]
    pub https: Option<HttpsRoute>,
    /// By SFTP.
    #[serde(skip_serializing_if = "is_default")]
    pub sftp: Option<SftpRoute>,
    /// Into a directory.
    #[serde(skip_serializing_if = "is_default")]
    pub directory: Option<DirectoryRoute>,
    /// When to try again what was not delivered; never without it. An empty
    /// table is what the cXML guide asks for, ten times hourly.
    #[serde(skip_serializing_if = "is_default")]
    pub retry: Option<Schedule>,
    /// The most seconds for one attempt as a whole, over and above the limits
    /// of the route.
    #[serde(skip_serializing_if = "is_default")]
    pub limit_seconds: Option<u64>,
    /// A directory in which each attempt is noted before and after; see
    /// [`DirectoryJournal`](punchout_transport::DirectoryJournal).
    #[serde(skip_serializing_if = "is_default")]
    pub journal: Option<PathBuf>,
    /// A directory in which orders are kept instead of sent; see
    /// [`Intercept`](punchout_transport::Intercept).
    #[serde(skip_serializing_if = "is_default")]
    pub intercept: Option<PathBuf>,
}

impl Order {
    fn by(route: Route) -> Self {
        Self { route, ..Self::default() }
    }

    /// What is sent, the order itself first.
    #[must_use]
    pub fn sent(&self) -> &[OrderFile] {
        match self.route {
            _ if !self.files.is_empty() => &self.files,
            Route::Mail => &[OrderFile::Pdf],
            _ => &[OrderFile::Xml],
        }
    }
}

impl From<MailRoute> for Order {
    fn from(mail: MailRoute) -> Self {
        Self { mail: Some(mail), ..Self::by(Route::Mail) }
    }
}

impl From<HttpsRoute> for Order {
    fn from(https: HttpsRoute) -> Self {
        Self { https: Some(https), ..Self::by(Route::Https) }
    }
}

impl From<SftpRoute> for Order {
    fn from(sftp: SftpRoute) -> Self {
        Self { sftp: Some(sftp), ..Self::by(Route::Sftp) }
    }
}

impl From<DirectoryRoute> for Order {
    fn from(directory: DirectoryRoute) -> Self {
        Self { directory: Some(directory), ..Self::by(Route::Directory) }
    }
}

/// The way of an order.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Route {
    /// No way was named; there is no order leg either.
    #[default]
    Missing,
    /// By mail.
    Mail,
    /// By HTTPS.
    Https,
    /// By SFTP.
    Sftp,
    /// Into a directory.
    Directory,
    /// There is no order leg: the basket is the order.
    None,
    /// A way that there is not.
    #[doc(hidden)]
    Other(String),
}

impl Route {
    /// The ways that there are.
    pub(super) const NAMES: &str = "mail, https, sftp, directory or none";

    /// Its name in a description.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Missing => "",
            Self::Mail => "mail",
            Self::Https => "https",
            Self::Sftp => "sftp",
            Self::Directory => "directory",
            Self::None => "none",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for Route {
    fn from(name: &str) -> Self {
        match name {
            "" => Self::Missing,
            "mail" => Self::Mail,
            "https" => Self::Https,
            "sftp" => Self::Sftp,
            "directory" => Self::Directory,
            "none" => Self::None,
            other => Self::Other(other.into()),
        }
    }
}

/// What is no route is not shown: it may be an address with its password.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if let Self::Other(_) = self { "***" } else { self.as_str() })
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "Missing",
            Self::Mail => "Mail",
            Self::Https => "Https",
            Self::Sftp => "Sftp",
            Self::Directory => "Directory",
            Self::None => "None",
            Self::Other(_) => "Other(***)",
        })
    }
}

impl<'de> Deserialize<'de> for Route {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self::from(&*name))
    }
}

impl Serialize for Route {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A form in which an order is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OrderFile {
    /// The cXML document, byte for byte.
    Xml,
    /// A PDF document of it, for people.
    Pdf,
}

/// How the PDF document is made: the table `order.pdf`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct PdfFile {
    /// A TOML file that says where the invoice and questions go, and how the
    /// document looks: options of the module `pdf`. The language of the order
    /// goes before that of the options.
    #[serde(skip_serializing_if = "is_default")]
    pub options: Option<PathBuf>,
    /// A picture for the head of the document, PNG or JPEG.
    #[serde(skip_serializing_if = "is_default")]
    pub logo: Option<PathBuf>,
}

impl PdfFile {
    /// Names the file with the options.
    #[must_use]
    pub fn new(options: impl Into<PathBuf>) -> Self {
        Self { options: Some(options.into()), logo: None }
    }
}

shown::debug!(Order: route, files, file_name, language, pdf, mail, https, sftp, directory, retry, limit_seconds, journal, intercept);
shown::debug!(PdfFile: options, logo);
