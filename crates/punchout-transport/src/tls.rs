//! Whom to trust by TLS, whom to show, and why that failed.

use crate::error::unusable;
use crate::{Error, Party};
use punchout_core::Secret;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, OtherError, RootCertStore,
    SignatureScheme,
};
use std::fmt;
use std::sync::Arc;

/// Which issuers to trust, and what to show to a server that asks.
#[derive(Clone)]
pub(crate) struct Trust {
    pub(crate) public_roots: bool,
    /// Each in PEM.
    pub(crate) roots: Vec<Vec<u8>>,
    /// A chain of certificates and its key, both in PEM.
    pub(crate) client: Option<(Vec<u8>, Secret)>,
}

impl Trust {
    pub(crate) fn new() -> Self {
        Self { public_roots: true, roots: Vec::new(), client: None }
    }

    /// Reads it all; nothing is connected.
    pub(crate) fn config(&self) -> Result<ClientConfig, Error> {
        let verifier = self.verifier()?;
        // given explicitly, so that no process-wide choice is needed or made
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| unusable("TLS cannot be set up").with_source(error))?
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        let Some((chain, key)) = &self.client else { return Ok(config.with_no_client_auth()) };
        let chain: Vec<_> = CertificateDer::pem_slice_iter(chain)
            .collect::<Result<_, _>>()
            .map_err(|error| unusable("client certificate is none in PEM").with_source(error))?;
        if chain.is_empty() {
            return Err(unusable("client certificate is none: give it in PEM"));
        }
        // neither error is a source: they are about a secret
        let key = PrivateKeyDer::from_pem_slice(key.expose().as_bytes()).map_err(|_| {
            unusable("the key of the client certificate cannot be read: give it in PEM, not encrypted")
        })?;
        config.with_client_auth_cert(chain, key).map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => unusable("the client certificate is for another key"),
            _ => unusable("the client certificate or its key is of a kind that cannot be used"),
        })
    }

    /// Decides whom to trust.
    pub(crate) fn verifier(&self) -> Result<Arc<dyn ServerCertVerifier>, Error> {
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(self.roots()?), provider)
            .build()
            .map_err(|error| unusable("TLS cannot be set up").with_source(error))?;
        Ok(Arc::new(Explains(verifier)))
    }

    fn roots(&self) -> Result<RootCertStore, Error> {
        let mut roots = RootCertStore::empty();
        if self.public_roots {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        for pem in &self.roots {
            let before = roots.len();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                let certificate = certificate.map_err(|error| {
                    unusable("roots hold what is no certificate in PEM").with_source(error)
                })?;
                roots.add(certificate).map_err(|error| {
                    unusable("roots hold a certificate that cannot be a root").with_source(error)
                })?;
            }
            if roots.len() == before {
                return Err(unusable("roots hold no certificate: give them in PEM"));
            }
        }
        if roots.is_empty() {
            return Err(unusable("roots are empty: without any, no server can be trusted"));
        }
        Ok(roots)
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trust")
            .field("public_roots", &self.public_roots)
            .field("roots", &self.roots.len())
            .field("client", &self.client.is_some())
            .finish()
    }
}

/// Decides as the library does, and tells a certificate that vouches for
/// itself from one whose issuer is unknown.
#[derive(Debug)]
struct Explains(Arc<WebPkiServerVerifier>);

#[derive(Debug, thiserror::Error)]
#[error("the certificate is signed by itself")]
struct SelfSigned;

impl ServerCertVerifier for Explains {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.0.verify_server_cert(certificate, intermediates, name, ocsp, now).map_err(|error| match error {
            rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer)
                if vouches_for_itself(certificate) == Some(true) =>
            {
                CertificateError::Other(OtherError(Arc::new(SelfSigned))).into()
            }
            error => error,
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// Whether issuer and subject of a certificate are one (RFC 5280, 4.1); for
/// an error's text only.
fn vouches_for_itself(certificate: &[u8]) -> Option<bool> {
    let (certificate, _) = element(certificate)?;
    let (mut fields, _) = element(certificate)?;
    // the version may be left out
    if fields.first() == Some(&0xa0) {
        fields = element(fields)?.1;
    }
    let after_serial = element(fields)?.1;
    let (issuer, rest) = element(element(after_serial)?.1)?;
    let after_validity = element(rest)?.1;
    Some(issuer == element(after_validity)?.0)
}

/// The content of a DER element, and what follows it.
fn element(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[_, length], mut rest) = der.split_first_chunk::<2>()?;
    let mut length = usize::from(length);
    if length > 0x80 {
        let (digits, after) = rest.split_at_checked(length - 0x80).filter(|(digits, _)| digits.len() <= 3)?;
        length = digits.iter().fold(0, |length, &digit| (length << 8) + usize::from(digit));
        rest = after;
    }
    rest.split_at_checked(length)
}

/// Why a handshake failed, and who can change that.
pub(crate) fn distrust(error: &rustls::Error) -> (String, Party) {
    use AlertDescription as Alert;
    use CertificateError as Wrong;
    let certificate = |reason: &str| format!("the server's certificate {reason}");
    match error {
        rustls::Error::InvalidCertificate(wrong) => match wrong {
            Wrong::UnknownIssuer => {
                let reason = "comes from an issuer that is not trusted: give the issuer's certificate as a root if it should be";
                (certificate(reason), Party::Caller)
            }
            Wrong::Other(OtherError(other)) if other.is::<SelfSigned>() => {
                let reason = "is self-signed: give it as a root if it should be trusted";
                (certificate(reason), Party::Caller)
            }
            // of a type that is not ours to name
            Wrong::Other(OtherError(other)) if other.to_string() == "CaUsedAsEndEntity" => {
                let reason = "is that of an authority (CA:TRUE), which a server may not show as its own: ask for one that is issued to the host, and give its issuer as a root";
                (certificate(reason), Party::Supplier)
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
        rustls::Error::AlertReceived(Alert::CertificateRequired) => {
            ("the server wants a client certificate".to_owned(), Party::Caller)
        }
        rustls::Error::AlertReceived(alert) if is_about_the_client(*alert) => {
            (format!("the server does not accept the client certificate ({alert:?})"), Party::Caller)
        }
        rustls::Error::InvalidMessage(_) => ("the server does not speak TLS there".to_owned(), Party::Caller),
        other => (other.to_string(), Party::Supplier),
    }
}

/// With TLS 1.3 a server refuses a client when this one is done with the
/// handshake already: it says so with one of these, and has read nothing else.
pub(crate) fn is_about_the_client(alert: AlertDescription) -> bool {
    use AlertDescription as Alert;
    matches!(
        alert,
        Alert::CertificateRequired
            | Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Disposition, Kind};

    #[test]
    fn distrust_says_why_and_who_can_act() {
        use rustls::Error::{AlertReceived, InvalidCertificate};
        for (error, says, party) in [
            (
                InvalidCertificate(CertificateError::UnknownIssuer),
                "give the issuer's certificate as a root",
                Party::Caller,
            ),
            (
                CertificateError::Other(OtherError(Arc::new(SelfSigned))).into(),
                "is self-signed",
                Party::Caller,
            ),
            (InvalidCertificate(CertificateError::Expired), "has expired", Party::Supplier),
            (InvalidCertificate(CertificateError::NotValidForName), "another host", Party::Supplier),
            (InvalidCertificate(CertificateError::BadSignature), "BadSignature", Party::Supplier),
            (AlertReceived(AlertDescription::CertificateRequired), "wants a client cert", Party::Caller),
            (AlertReceived(AlertDescription::UnknownCA), "not accept the client cert", Party::Caller),
            (AlertReceived(AlertDescription::HandshakeFailure), "HandshakeFailure", Party::Supplier),
        ] {
            let (reason, actor) = distrust(&error);
            assert!(reason.contains(says), "{reason}");
            assert_eq!(actor, party);
        }
    }

    #[test]
    fn issuer_and_subject_are_found() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(["shop.example".to_owned()]).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, "shop.example");
        let itself = params.self_signed(&key).unwrap();
        assert_eq!(vouches_for_itself(itself.der()), Some(true));
        let issuer =
            rcgen::Issuer::new(rcgen::CertificateParams::default(), rcgen::KeyPair::generate().unwrap());
        let signed = params.signed_by(&key, &issuer).unwrap();
        assert_eq!(vouches_for_itself(signed.der()), Some(false));
        for at in 0..signed.der().len() {
            // cut anywhere, it may be told or not, but nothing goes wrong
            let _ = vouches_for_itself(&signed.der()[..at]);
        }
        assert_eq!(vouches_for_itself(b"\x30\x84\xff\xff\xff\xff"), None);
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::default().self_signed(&key).unwrap().pem();
        let client =
            |chain: &str, key: &str| Trust { client: Some((chain.into(), key.into())), ..Trust::new() };
        client(&certificate, &key.serialize_pem()).config().unwrap();
        let rooted = |pem: &str| Trust { roots: vec![pem.into()], ..Trust::new() };
        let other = rcgen::KeyPair::generate().unwrap().serialize_pem();
        for (trust, says) in [
            (Trust { public_roots: false, ..Trust::new() }, "roots are empty"),
            (rooted("hunter2"), "roots hold no certificate"),
            (rooted("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), "roots hold"),
            (client("hunter2", &other), "client certificate is none"),
            (client(&certificate, "hunter2"), "the key of the client certificate"),
            (client(&certificate, &other), "for another key"),
        ] {
            let error = trust.config().unwrap_err();
            assert_eq!((error.kind(), error.disposition()), (Kind::Configuration, Disposition::NotDelivered));
            assert!(error.to_string().contains(says), "{error}");
            assert!(!format!("{error:?} {trust:?}").contains("hunter2"), "{error:?}");
        }
    }
}
