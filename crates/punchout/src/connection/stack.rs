//! From a description to a transport.

#[cfg(feature = "https")]
mod https;
#[cfg(feature = "email")]
mod mail;
#[cfg(any(feature = "email", feature = "https", feature = "sftp"))]
mod parts;
#[cfg(feature = "sftp")]
mod sftp;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Duration;

use punchout_core::{First, Secret, Severity};
use punchout_cxml::secret::Secrets;
use punchout_transport::{
    Consignment, Directory, DirectoryJournal, Intercept, Journal, Journaled, OrderTransport, Redacted, Retry,
    Timeout,
};

use super::{Connection, Error, ErrorKind, Route, SecretSource, lint};

impl Connection {
    /// Makes the transport that the description asks for.
    ///
    /// Nothing is sent, and no connection opened; secrets and the files that
    /// are named are read here and kept. From outside to inside it is
    ///
    /// | | when |
    /// |---|---|
    /// | [`Intercept`], in place of all the others | `order.intercept` |
    /// | [`Retry`] | `order.retry` |
    /// | [`Journaled`] | `order.journal` |
    /// | [`Timeout`] | `order.limit_seconds` |
    /// | [`Redacted`], for the secrets of the order | always |
    /// | the route's own | |
    ///
    /// What was intercepted is released through the same connection with
    /// `order.intercept` set to `None`. An answer by HTTPS is judged by
    /// [`ByCxml`](crate::answer::ByCxml), with the rules of
    /// `order.https.answers` first.
    ///
    /// # Errors
    /// [`ErrorKind::Finding`] with the first finding of severity error,
    /// [`ErrorKind::NoRoute`] where there is no order leg,
    /// [`ErrorKind::Feature`] for a route that this program was built without,
    /// [`ErrorKind::Secret`] and [`ErrorKind::Read`] for what is not where the
    /// description says, [`ErrorKind::Settings`] for what the transport
    /// refuses. None holds the value of a secret.
    pub fn transport(&self, secrets: &dyn SecretSource) -> Result<Box<dyn OrderTransport>, Error> {
        self.stacked(secrets, self.order.journal.as_ref().map(DirectoryJournal::new))
    }

    /// Makes the transport that the description asks for, and has attempts
    /// noted in this journal instead of the described one.
    ///
    /// It is for a journal of one's own, such as a table of a database, and for
    /// whoever asks a [`DirectoryJournal`] after each delivery
    /// [whether it could note the end](DirectoryJournal::take_failure).
    ///
    /// # Errors
    /// As for [`transport`](Self::transport).
    pub fn transport_with_journal(
        &self,
        secrets: &dyn SecretSource,
        journal: impl Journal + 'static,
    ) -> Result<Box<dyn OrderTransport>, Error> {
        self.stacked(secrets, Some(journal))
    }

    fn stacked(
        &self,
        secrets: &dyn SecretSource,
        journal: Option<impl Journal + 'static>,
    ) -> Result<Box<dyn OrderTransport>, Error> {
        let mut first = First::of(Severity::Error);
        lint(self, &mut first);
        if let Some(finding) = first.found() {
            return Err(Error::finding(finding));
        }
        let order = &self.order;
        let mut transport: Box<dyn OrderTransport> =
            Box::new(Redacted::new(self.route(secrets)?, secrets_of));
        if let Some(seconds) = order.limit_seconds {
            transport = Box::new(Timeout::new(transport, Duration::from_secs(seconds), tokio::time::sleep));
        }
        if let Some(journal) = journal {
            transport = Box::new(Journaled::new(transport, journal));
        }
        if let Some(schedule) = order.retry {
            let again = self.knows_repeats();
            let retry = Retry::new(transport, schedule, tokio::time::sleep);
            transport = Box::new(retry.with_jitter(chance).with_unknown_sent_again(again));
        }
        if let Some(directory) = &order.intercept {
            transport = Box::new(Intercept::new(directory).standing_in_for(transport));
        }
        Ok(transport)
    }

    fn knows_repeats(&self) -> bool {
        self.order.route == Route::Https
            && self.order.https.as_ref().is_some_and(|https| https.recognises_repeats)
    }

    fn route(&self, secrets: &dyn SecretSource) -> Result<Box<dyn OrderTransport>, Error> {
        #[cfg(any(feature = "email", feature = "https", feature = "sftp"))]
        let vault = parts::Vault(secrets);
        #[cfg(not(any(feature = "email", feature = "https", feature = "sftp")))]
        let _ = secrets;
        match &self.order.route {
            #[cfg(feature = "email")]
            Route::Mail => mail::transport(self, &vault),
            #[cfg(not(feature = "email"))]
            Route::Mail => Err(Error::feature("order.route = \"mail\"", "email")),
            #[cfg(feature = "https")]
            Route::Https => https::transport(self, &vault),
            #[cfg(not(feature = "https"))]
            Route::Https => Err(Error::feature("order.route = \"https\"", "https")),
            #[cfg(feature = "sftp")]
            Route::Sftp => sftp::transport(self, &vault),
            #[cfg(not(feature = "sftp"))]
            Route::Sftp => Err(Error::feature("order.route = \"sftp\"", "sftp")),
            Route::Directory => {
                let directory = self.order.directory.as_ref().ok_or_else(no_table)?;
                Ok(Box::new(Directory::new(&directory.path)))
            }
            Route::None | Route::Missing | Route::Other(_) => {
                let text = "order.route: there is no order leg, the basket is the order: nothing can be sent";
                Err(Error::new(ErrorKind::NoRoute, text))
            }
        }
    }
}

/// What an order says in confidence.
fn secrets_of(consignment: &Consignment) -> Vec<Secret> {
    let documents = consignment.files.iter().filter(|file| is_xml(&file.media_type));
    documents.flat_map(|file| Secrets::of(&file.bytes).values().collect::<Vec<_>>()).collect()
}

/// Whether a media type, with parameters or without, is one of XML (RFC 7303).
fn is_xml(media_type: &str) -> bool {
    let bare = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    bare.ends_with("/xml") || bare.ends_with("+xml")
}

/// The linter came first, and said so better.
fn no_table() -> Error {
    Error::new(ErrorKind::Finding, "order: the table of the route is not complete")
}

/// From 0 to 1, for waits that should not all end at one moment.
fn chance() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use punchout_transport::File;

    #[test]
    fn secrets_are_found_in_all_that_is_xml() {
        for (media_type, found) in [
            ("text/xml", true),
            ("Text/XML; charset=UTF-8", true),
            ("application/xml ", true),
            ("application/cxml+xml", true),
            ("application/pdf", false),
        ] {
            for document in ["<SharedSecret>1</SharedSecret>", "<SharedSecret>1</SharedSecret"] {
                let file = File::new("17.xml", media_type, document.as_bytes());
                let secrets = secrets_of(&Consignment::new("id", "17").with_file(file));
                assert_eq!(secrets.iter().any(|secret| secret.expose() == "1"), found, "{media_type}");
            }
        }
    }
}
