//! What a description names on this machine, and whether it is there.

use std::fs;
use std::path::Path;

use punchout_core::{Diagnostic, Severity, Sink};

use super::place::Placing;
use super::{Connection, OrderFile, Route, code, file, shown};

impl Connection {
    /// Says which of the files and directories are missing, or are no such thing,
    /// that the description names for orders. The text is that of the
    /// description, for the places of the findings; it may be empty.
    ///
    /// Secrets, keys and certificates are not looked at: [`transport`] reads
    /// them.
    ///
    /// [`transport`]: Self::transport
    pub fn look(&self, text: &str, sink: &mut dyn Sink) {
        let order = &self.order;
        if order.route == Route::None {
            return;
        }
        let sink = &mut Placing::new(text, sink);
        if order.sent().contains(&OrderFile::Pdf)
            && let Some(pdf) = &order.pdf
        {
            report(sink, "order.pdf.options", pdf.options.as_deref(), options);
            report(sink, "order.pdf.logo", pdf.logo.as_deref(), logo);
        }
        match (&order.route, &order.sftp, &order.directory) {
            (Route::Sftp, Some(sftp), _) => {
                report(sink, "order.sftp.known_hosts", sftp.known_hosts.as_deref(), known_hosts);
            }
            (Route::Directory, _, Some(route)) => {
                report(sink, "order.directory.path", Some(&route.path), directory);
            }
            _ => {}
        }
        report(sink, "order.journal", order.journal.as_deref(), directory);
        report(sink, "order.intercept", order.intercept.as_deref(), directory);
    }
}

/// What is wrong with a file, and what to do.
type Wrong = (String, &'static str);

fn report(sink: &mut dyn Sink, at: &str, path: Option<&Path>, look: impl Fn(&Path) -> Option<Wrong>) {
    // that there is none was said by the linter
    let Some(path) = path.filter(|path| !path.as_os_str().is_empty()) else { return };
    if let Some((what, help)) = look(path) {
        let message = format!("{} {what}", shown::path(path));
        sink.report(Diagnostic::new(code::FILE, Severity::Error, message).at(at).help(help));
    }
}

fn directory(path: &Path) -> Option<Wrong> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => None,
        Ok(_) => Some(("is no directory".to_owned(), "name a directory")),
        Err(error) => Some((format!("is not to be had: {error}"), "create the directory: nobody else does")),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Wrong> {
    file::read_whole(path).map_err(|why| (format!("cannot be read: {why}"), "name a file that can be read"))
}

fn options(path: &Path) -> Option<Wrong> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(wrong) => return Some(wrong),
    };
    let help = "write options as the module `pdf` takes them";
    let Ok(text) = String::from_utf8(bytes) else { return Some(("is no UTF-8 text".to_owned(), help)) };
    #[cfg(feature = "pdf")]
    if punchout_pdf::Options::from_toml(&text).is_err() {
        return Some(("holds no options of a PDF document".to_owned(), help));
    }
    let _ = text;
    None
}

fn logo(path: &Path) -> Option<Wrong> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(wrong) => return Some(wrong),
    };
    #[cfg(feature = "pdf")]
    if let Err(error) = punchout_pdf::Logo::new(bytes.clone()) {
        return Some((format!("is no picture that can be used: {error}"), "name a PNG or JPEG file"));
    }
    let _ = bytes;
    None
}

/// Whether a line of it has a host, a kind of key and a key.
fn known_hosts(path: &Path) -> Option<Wrong> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(wrong) => return Some(wrong),
    };
    let has_key = |line: &str| {
        let mut fields = line.split_whitespace().skip_while(|field| field.starts_with('@')).skip(1);
        let is_kind = |kind: &str| ["ssh-", "ecdsa-", "sk-"].iter().any(|begin| kind.starts_with(begin));
        !line.starts_with('#') && fields.next().is_some_and(is_kind) && fields.next().is_some()
    };
    let is_one = str::from_utf8(&bytes).is_ok_and(|text| text.lines().any(has_key));
    let help = "name a file as OpenSSH keeps it, such as ~/.ssh/known_hosts";
    (!is_one).then(|| ("holds no host key".to_owned(), help))
}
