//! What a broken exchange says of the order, and to people.

use super::options::{HttpsOptions, unusable};
use crate::{Disposition, Error, Kind, Party, Progress};
use rustls::{AlertDescription, CertificateError};
use std::error::Error as StdError;
use std::io;

/// How far an exchange got.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// The order's bytes were not handed to a connection.
    Before,
    /// They were; no answer came.
    Sent,
    /// The answer began.
    Answering,
}

impl Stage {
    pub(super) fn sending(handed_over: &Progress) -> Self {
        if handed_over.may_have_left() { Self::Sent } else { Self::Before }
    }
}

pub(super) fn explain(error: reqwest::Error, stage: Stage, options: &HttpsOptions) -> Error {
    // the URL in it has a query
    let error = error.without_url();
    let endpoint = options.endpoint();
    if stage == Stage::Before {
        let unreached = |kind, text: String| Error::new(kind, Disposition::NotDelivered, text);
        let tls = find(&error).map(untrusted);
        return if error.is_builder() {
            unusable(format!("no request to {endpoint} can be built"))
        } else if let Some((reason, party)) = tls {
            unreached(Kind::Tls, format!("no trusted connection to {endpoint}: {reason}")).with_party(party)
        } else if error.is_timeout() {
            let limit = options.connect_timeout.min(options.timeout);
            unreached(Kind::Timeout, format!("no connection to {endpoint} within {limit:?}"))
        } else if error.is_dns() {
            let host = endpoint.host_str().unwrap_or_default();
            unreached(Kind::Connect, format!("no address is known for host {host} of {endpoint}"))
        } else {
            unreached(Kind::Connect, format!("no connection to {endpoint}"))
        }
        .with_source(error);
    }
    let (kind, text) = match (error.is_timeout(), stage) {
        (true, Stage::Answering) => {
            (Kind::Timeout, format!("the answer of {endpoint} took longer than {:?}", options.timeout))
        }
        (true, _) => (Kind::Timeout, format!("no answer from {endpoint} within {:?}", options.timeout)),
        (false, Stage::Answering) => {
            (Kind::Interrupted, format!("the connection to {endpoint} broke within the answer"))
        }
        (false, _) => (Kind::Interrupted, format!("the connection to {endpoint} broke before an answer")),
    };
    Error::new(kind, Disposition::Unknown, format!("{text}: the order may have arrived")).with_source(error)
}

/// Looks for rustls's own error; I/O errors hide it from `source`.
fn find<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

/// Why a server is not trusted, and who can change that.
fn untrusted(error: &rustls::Error) -> (String, Party) {
    use CertificateError as Wrong;
    let certificate = |reason: &str| format!("the server's certificate {reason}");
    match error {
        rustls::Error::InvalidCertificate(wrong) => match wrong {
            Wrong::UnknownIssuer => {
                let reason = "comes from an issuer that is not trusted: give the issuer with `with_roots` if it should be";
                (certificate(reason), Party::Caller)
            }
            Wrong::Expired | Wrong::ExpiredContext { .. } => (certificate("has expired"), Party::Supplier),
            Wrong::NotValidYet | Wrong::NotValidYetContext { .. } => {
                (certificate("is not valid yet"), Party::Supplier)
            }
            Wrong::NotValidForName | Wrong::NotValidForNameContext { .. } => {
                (certificate("is for another host"), Party::Supplier)
            }
            Wrong::Revoked => (certificate("has been revoked"), Party::Supplier),
            other => (certificate(&format!("cannot be used ({other:?})")), Party::Supplier),
        },
        rustls::Error::AlertReceived(AlertDescription::CertificateRequired) => {
            ("the server wants a client certificate".to_owned(), Party::Caller)
        }
        rustls::Error::InvalidMessage(_) => ("the server does not speak TLS there".to_owned(), Party::Caller),
        other => (other.to_string(), Party::Supplier),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distrust_says_why_and_who_can_act() {
        use rustls::Error::InvalidCertificate;
        for (error, says, party) in [
            (InvalidCertificate(CertificateError::UnknownIssuer), "`with_roots`", Party::Caller),
            (InvalidCertificate(CertificateError::Expired), "has expired", Party::Supplier),
            (InvalidCertificate(CertificateError::NotValidForName), "another host", Party::Supplier),
            (InvalidCertificate(CertificateError::BadSignature), "BadSignature", Party::Supplier),
            (
                rustls::Error::AlertReceived(AlertDescription::CertificateRequired),
                "client certificate",
                Party::Caller,
            ),
        ] {
            // as it comes: inside an I/O error
            let wrapped = io::Error::new(io::ErrorKind::InvalidData, error);
            let (reason, actor) = untrusted(find(&wrapped).unwrap());
            assert!(reason.contains(says), "{reason}");
            assert_eq!(actor, party);
        }
        assert!(find(&io::Error::other("x")).is_none());
    }
}
