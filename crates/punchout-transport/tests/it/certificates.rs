//! Issuers of certificates, and what they issue.

use punchout_transport::Digest;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// Somebody who issues certificates.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) pem: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // of two issuers with one name, the wrong one has a bad signature instead of being unknown
        params.distinguished_name.push(DnType::CommonName, Digest::of(key.public_key_raw()).to_string());
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    pub(crate) fn certify(&self, params: &CertificateParams) -> Certified {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Certified::of(self.pem.clone(), &certificate, &key)
    }
}

pub(crate) fn for_host(host: &str) -> CertificateParams {
    CertificateParams::new([host.to_owned()]).unwrap()
}

/// A certificate with its key, and the issuer of it.
pub(crate) struct Certified {
    pub(crate) issuer: String,
    pub(crate) certificate: String,
    pub(crate) key: String,
    pub(crate) der: Vec<u8>,
    pub(crate) acceptor: TlsAcceptor,
}

impl Certified {
    pub(crate) fn new(host: &str) -> Self {
        Authority::new().certify(&for_host(host))
    }

    /// It vouches for itself.
    pub(crate) fn by_itself(host: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = for_host(host).self_signed(&key).unwrap();
        Self::of(certificate.pem(), &certificate, &key)
    }

    /// It vouches for itself, and for others.
    pub(crate) fn its_own_authority(host: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = for_host(host);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        Self::of(certificate.pem(), &certificate, &key)
    }

    fn of(issuer: String, certificate: &rcgen::Certificate, key: &KeyPair) -> Self {
        let der = certificate.der().clone();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![der.clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
            .unwrap();
        Self {
            issuer,
            certificate: certificate.pem(),
            key: key.serialize_pem(),
            der: der.to_vec(),
            acceptor: TlsAcceptor::from(Arc::new(config)),
        }
    }
}
