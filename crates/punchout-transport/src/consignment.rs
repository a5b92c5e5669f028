use crate::{Disposition, Error, Kind};
use chrono::{DateTime, Utc};
use punchout_core::excerpt;
use std::fmt;
use std::sync::Arc;

/// An order ready to go: its bytes and who it is.
///
/// A retry sends the same consignment with a higher
/// [`attempt`](Self::attempt), and with [`again`](Self::again) where an
/// unknown outcome is sent again; nothing else changes. Cloning it copies no
/// file contents, and `Debug` shows none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consignment {
    /// What stays the same over all attempts and is used for no other order,
    /// such as a cXML `payloadID`.
    pub identity: String,
    /// The buyer's number of the order.
    pub order_number: String,
    /// A line for people; the order number unless it is set.
    pub subject: String,
    /// The order first, then its attachments.
    pub files: Vec<File>,
    /// The number of this attempt, starting at 1.
    pub attempt: u32,
    /// Whether it is sent knowing that it may have arrived, or has: a
    /// [`Journaled`](crate::Journaled) then lets it through. Not unless
    /// somebody has asked the supplier; it is no part of the order.
    pub again: bool,
    /// When the order was made. A mail carries it as its date, so that every
    /// attempt is the same message; without it, each has a date of its own.
    pub created: Option<DateTime<Utc>>,
}

impl Consignment {
    /// Names an order; files follow with [`Consignment::with_file`].
    #[must_use]
    pub fn new(identity: impl Into<String>, order_number: impl Into<String>) -> Self {
        let order_number = order_number.into();
        let subject = order_number.clone();
        Self {
            identity: identity.into(),
            order_number,
            subject,
            files: Vec::new(),
            attempt: 1,
            again: false,
            created: None,
        }
    }

    /// Sets the line for people.
    #[must_use]
    pub fn with_subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Adds a file; the first one is the order itself.
    #[must_use]
    pub fn with_file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }

    /// Sets the number of the attempt.
    #[must_use]
    pub fn with_attempt(mut self, attempt: u32) -> Self {
        self.attempt = attempt;
        self
    }

    /// Says whether it is sent knowing that it may have arrived, or has.
    #[must_use]
    pub fn with_again(mut self, again: bool) -> Self {
        self.again = again;
        self
    }

    /// Sets when the order was made.
    #[must_use]
    pub fn with_created(mut self, created: DateTime<Utc>) -> Self {
        self.created = Some(created);
        self
    }

    /// Checks what every transport relies on.
    ///
    /// There is an identity and at least one file; no file is empty; identity,
    /// order number, subject and media types hold no control character, so
    /// none of them can smuggle a header line; and file names are bare and
    /// mean one and the same file on every system: at most 200 bytes, not
    /// hidden, not given twice, no path, none of `\ / : * ? " < > |`, no
    /// trailing dot or space, no device name. Content ids are not given twice.
    ///
    /// # Errors
    /// [`Kind::Consignment`], naming the field or the file.
    pub fn check(&self) -> Result<(), Error> {
        if self.identity.is_empty() {
            return Err(invalid("identity is empty: give what stays the same over all attempts"));
        }
        if self.files.is_empty() {
            return Err(invalid("files is empty: a consignment needs at least the order itself"));
        }
        for (field, value) in
            [("identity", &self.identity), ("order_number", &self.order_number), ("subject", &self.subject)]
        {
            if value.contains(char::is_control) {
                return Err(invalid(format!("{field} {} holds a control character", excerpt(value))));
            }
        }
        for (index, file) in self.files.iter().enumerate() {
            check_name(&file.name)?;
            let name = excerpt(&file.name);
            if file.bytes.is_empty() {
                return Err(invalid(format!("file {name} is empty")));
            }
            if file.media_type.is_empty() || file.media_type.contains(char::is_control) {
                return Err(invalid(format!(
                    "the media type of file {name} is empty or holds a control character"
                )));
            }
            if let Some(id) = &file.content_id {
                // what may stand between angle brackets, and in a quoted string
                let fits = |byte: u8| byte.is_ascii_graphic() && !b"<>\"\\".contains(&byte);
                if id.is_empty() || !id.bytes().all(fits) {
                    return Err(invalid(format!(
                        "the content id of file {name} is empty or holds what cannot stand in a header"
                    )));
                }
                let same = |other: &File| other.content_id.as_ref() == Some(id);
                if self.files.iter().take(index).any(same) {
                    return Err(invalid(format!("the content id of file {name} is given twice")));
                }
            }
            // not every file system tells upper case from lower case
            let lower = file.name.to_lowercase();
            if self.files.iter().take(index).any(|other| other.name.to_lowercase() == lower) {
                return Err(invalid(format!("file name {name} is given twice")));
            }
        }
        Ok(())
    }

    /// Checks it for a way that carries attachments, or does not.
    pub(crate) fn check_for(&self, attachments: bool) -> Result<(), Error> {
        self.check()?;
        if !attachments && self.files.len() > 1 {
            return Err(invalid(format!("files has {}: this way takes one", self.files.len())));
        }
        Ok(())
    }
}

/// A file of a consignment.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// A bare file name; [`Consignment::check`] has the rules.
    pub name: String,
    /// The media type, such as `text/xml` or `application/pdf`.
    pub media_type: String,
    /// The content, shared between clones.
    pub bytes: Arc<[u8]>,
    /// By what the order points at it, without the angle brackets: a cXML
    /// document says `cid:` and this. Only HTTPS sends it.
    pub content_id: Option<String>,
}

impl File {
    /// Names a content.
    #[must_use]
    pub fn new(name: impl Into<String>, media_type: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { name: name.into(), media_type: media_type.into(), bytes: bytes.into(), content_id: None }
    }

    /// Sets by what the order points at it.
    #[must_use]
    pub fn with_content_id(mut self, content_id: impl Into<String>) -> Self {
        self.content_id = Some(content_id.into());
        self
    }
}

/// Shows the size instead of the content: an order may carry a shared secret.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Leaves room below the 255 bytes of most file systems for what a receiver appends.
const LONGEST_NAME: usize = 200;

pub(crate) fn check_name(name: &str) -> Result<(), Error> {
    let problem = if name.is_empty() {
        "is empty"
    } else if name.len() > LONGEST_NAME {
        "has more than 200 bytes"
    } else if name.starts_with('.') {
        "starts with a dot"
    } else if name.ends_with(['.', ' ']) {
        "ends with a dot or a space"
    } else if name.contains(char::is_control) {
        "holds a control character"
    } else if name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) {
        r#"holds one of \ / : * ? " < > |"#
    } else if is_device(name) {
        "is the name of a device on Windows"
    } else {
        return Ok(());
    };
    Err(invalid(format!("file name {} {problem}: give a bare, visible name", excerpt(name))))
}

/// Windows sends what is written to `nul.xml` to the device, without a word.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || numbered
            .is_some_and(|rest| matches!(rest, "¹" | "²" | "³") || matches!(rest.as_bytes(), [b'0'..=b'9']))
}

pub(crate) fn invalid(text: impl Into<String>) -> Error {
    Error::new(Kind::Consignment, Disposition::NotDelivered, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_one_file_everywhere() {
        for good in
            ["4500000017.xml", "order 17 (copy).xml", "a@b.example-1.xml", "Bestellung_ü.pdf", "console.xml"]
        {
            check_name(good).unwrap();
        }
        let long = "x".repeat(201);
        let bad = [
            "", ".", "..", "../x", "a/b", "/etc/x", "a\\b", "C:x", ".hidden", "x.", "x ", "a\nb", "a\0b",
            "nul", "NUL.xml", "com1.xml", "LPT9", "a*", "a|b", &long,
        ];
        for bad in bad {
            let error = check_name(bad).unwrap_err();
            assert_eq!(error.kind(), Kind::Consignment);
            assert!(error.to_string().contains(&excerpt(bad)), "{error}");
        }
    }

    #[test]
    fn contents_are_not_shown() {
        let file = File::new("o.xml", "text/xml", *b"<cXML/>");
        assert_eq!(format!("{file:?}"), r#"File { name: "o.xml", media_type: "text/xml", bytes: 7, .. }"#);
        let answer = crate::Answer::new(Some("text/xml; key=k".into()), b"<cXML/>".to_vec());
        assert_eq!(format!("{answer:?}"), "Answer { bytes: 7, .. }");
    }

    #[test]
    fn checks_name_the_field() {
        let file = || File::new("o.xml", "text/xml", *b"<cXML/>");
        let good = Consignment::new("id", "17").with_file(file());
        good.check().unwrap();
        let cases = [
            (Consignment { identity: String::new(), ..good.clone() }, "identity"),
            (Consignment { files: Vec::new(), ..good.clone() }, "files"),
            (good.clone().with_subject("a\r\nBcc: x"), "subject"),
            (good.clone().with_file(File::new("O.XML", "text/xml", *b"x")), "`O.XML` is given twice"),
            (good.clone().with_file(File::new("p.pdf", "application/pdf", [])), "`p.pdf` is empty"),
            (good.clone().with_file(File::new("p.pdf", "a/b\r\n", *b"x")), "media type of file `p.pdf`"),
            (
                good.clone().with_file(File::new("p.pdf", "a/b", *b"x").with_content_id("a b")),
                "content id of file `p.pdf`",
            ),
            (
                Consignment::new("id", "17")
                    .with_file(file().with_content_id("a@b.example"))
                    .with_file(File::new("p.pdf", "a/b", *b"x").with_content_id("a@b.example")),
                "content id of file `p.pdf` is given twice",
            ),
        ];
        for (consignment, says) in cases {
            let error = consignment.check().unwrap_err();
            assert!(error.to_string().contains(says), "{error}");
            assert_eq!((error.kind(), error.disposition()), (Kind::Consignment, Disposition::NotDelivered));
        }
    }
}
