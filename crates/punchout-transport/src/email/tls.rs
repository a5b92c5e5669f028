//! Whom to trust, and why not.

use super::options::{EmailOptions, Security, unusable};
use crate::{Error, Party, Tls};
use rustls::client::ClientConnection;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{CertificateError, ClientConfig, ProtocolVersion, RootCertStore};
use std::io;
use std::sync::Arc;
use tokio_rustls::TlsConnector;

pub(super) fn connector(options: &EmailOptions) -> Result<TlsConnector, Error> {
    let mut roots = RootCertStore::empty();
    if options.public_roots {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    for pem in &options.roots {
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate
                .map_err(|error| unusable("roots hold what is no certificate in PEM").with_source(error))?;
            roots.add(certificate).map_err(|error| {
                unusable("roots hold a certificate that cannot be a root").with_source(error)
            })?;
        }
        if roots.len() == before {
            return Err(unusable("roots hold no certificate: give them in PEM"));
        }
    }
    if roots.is_empty() && options.security != Security::Plain {
        return Err(unusable("roots are empty: without any, no server can be trusted"));
    }
    // given explicitly, so that no process-wide choice is needed or made
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable("TLS cannot be set up").with_source(error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

pub(super) fn facts(connection: &ClientConnection) -> Tls {
    let version = match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_2) => Some("TLSv1.2".to_owned()),
        Some(ProtocolVersion::TLSv1_3) => Some("TLSv1.3".to_owned()),
        _ => None,
    };
    let certificate = connection.peer_certificates().and_then(<[_]>::first);
    Tls { version, certificate: certificate.map(|der| crate::Digest::of(der)) }
}

/// Why TLS failed, and who can change that; nothing when the connection did.
pub(super) fn distrust(error: &io::Error) -> Option<(String, Party)> {
    use CertificateError as Wrong;
    let certificate = |reason: &str| format!("the server's certificate {reason}");
    Some(match error.get_ref()?.downcast_ref()? {
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
            other => (certificate(&format!("cannot be used ({other:?})")), Party::Supplier),
        },
        rustls::Error::InvalidMessage(_) => ("the server does not speak TLS there".to_owned(), Party::Caller),
        other => (other.to_string(), Party::Supplier),
    })
}
