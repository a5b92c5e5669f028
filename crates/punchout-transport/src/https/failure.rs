//! What a broken exchange says of the order, and to people.

use super::exchange::{Failure, Stage};
use super::handshake::Handshake;
use super::options::HttpsOptions;
use crate::error::unusable;
use crate::tls::{distrust, is_about_the_client};
use crate::{Disposition, Error, Kind};
use rustls::AlertDescription;
use std::error::Error as StdError;
use std::io;

pub(super) fn explain(
    failure: Failure,
    stage: Stage,
    handshake: &Handshake,
    options: &HttpsOptions,
) -> Error {
    let endpoint = options.endpoint();
    let limit = options.limit(stage);
    let (kind, text, source) = match failure {
        Failure::Http(error) => {
            // the URL in it has a query
            let error = error.without_url();
            if stage == Stage::Connecting || shut_out(&error, stage, handshake) {
                return unreached(error, options);
            }
            let when = if stage == Stage::Answering { "within the answer" } else { "before an answer" };
            (Kind::Interrupted, format!("the connection to {endpoint} broke {when}"), Some(error))
        }
        Failure::Late => {
            let text = match stage {
                Stage::Connecting => {
                    let text = format!("no connection to {endpoint} within {limit:?}");
                    return Error::new(Kind::Timeout, Disposition::NotDelivered, text);
                }
                Stage::Sending => format!("{endpoint} did not take the order within {limit:?}"),
                Stage::Waiting => format!("no answer from {endpoint} within {limit:?}"),
                Stage::Answering => format!("the answer of {endpoint} took longer than {limit:?}"),
            };
            (Kind::Timeout, text, None)
        }
        Failure::TooLarge(status) => {
            let limit = options.answer_limit;
            let text = format!("the answer of {endpoint} has more than {limit} bytes, with status {status}");
            (Kind::AnswerTooLarge, text, None)
        }
    };
    let error = Error::new(kind, Disposition::Unknown, format!("{text}: the order may have arrived"));
    match source {
        Some(source) => error.with_source(source),
        None => error,
    }
}

/// Whether the server ended the handshake over the client's certificate.
///
/// With TLS 1.3 this side is done with the handshake first and sends, even all
/// of a small order, while the server still has to judge the certificate. It
/// reads in sequence, and takes data only after the client's last word of the
/// handshake (RFC 8446, 4.4.4): when it refuses the certificate, it has read
/// nothing of what lies behind. Whoever comes back to the certificate later
/// may have read all of it. `access_denied` is also the word for that, so that
/// it counts for nothing here.
fn shut_out(error: &reqwest::Error, stage: Stage, handshake: &Handshake) -> bool {
    let Some(rustls::Error::AlertReceived(alert)) = find(error) else { return false };
    is_about_the_client(*alert)
        && *alert != AlertDescription::AccessDenied
        && stage != Stage::Answering
        && handshake.may_be_under_way()
}

/// The peer cannot have the order.
fn unreached(error: reqwest::Error, options: &HttpsOptions) -> Error {
    let endpoint = options.endpoint();
    let failed = |kind, text: String| Error::new(kind, Disposition::NotDelivered, text);
    if error.is_builder() {
        unusable(format!("no request to {endpoint} can be built"))
    } else if let Some((reason, party)) = find(&error).map(distrust) {
        failed(Kind::Tls, format!("no trusted connection to {endpoint}: {reason}")).with_party(party)
    } else if error.is_dns() {
        let host = endpoint.host_str().unwrap_or_default();
        failed(Kind::Connect, format!("no address is known for host {host} of {endpoint}"))
    } else {
        failed(Kind::Connect, format!("no connection to {endpoint}"))
    }
    .with_source(error)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_tls_error_is_found_where_it_hides() {
        // as it comes: inside an I/O error
        let error = rustls::Error::AlertReceived(AlertDescription::CertificateRequired);
        let wrapped = io::Error::new(io::ErrorKind::InvalidData, io::Error::other(error.clone()));
        assert_eq!(find(&wrapped), Some(&error));
        assert!(find(&io::Error::other("x")).is_none());
    }

    #[test]
    fn only_a_step_before_the_body_says_not_delivered() {
        let options = HttpsOptions::new("https://shop.example/orders?key=k3y".parse().unwrap())
            .with_connect_timeout(Duration::from_secs(1))
            .with_send_timeout(Duration::from_secs(2))
            .with_answer_timeout(Duration::from_secs(3));
        for (stage, disposition, says) in [
            (
                Stage::Connecting,
                Disposition::NotDelivered,
                "no connection to https://shop.example/orders within 1s",
            ),
            (Stage::Sending, Disposition::Unknown, "did not take the order within 2s"),
            (Stage::Waiting, Disposition::Unknown, "no answer from https://shop.example/orders within 3s"),
            (Stage::Answering, Disposition::Unknown, "took longer than 3s"),
        ] {
            let error = explain(Failure::Late, stage, &Handshake::default(), &options);
            assert_eq!((error.kind(), error.disposition()), (Kind::Timeout, disposition));
            assert!(error.to_string().contains(says), "{error}");
            assert!(!error.to_string().contains("k3y"), "{error}");
        }
        let error = explain(Failure::TooLarge(200), Stage::Answering, &Handshake::default(), &options);
        assert_eq!((error.kind(), error.disposition()), (Kind::AnswerTooLarge, Disposition::Unknown));
    }
}
