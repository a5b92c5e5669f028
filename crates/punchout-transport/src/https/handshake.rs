//! What the handshake of one connection tells.

use crate::tls::Trust;
use crate::{Digest, Error, Tls};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{
    ClientSessionStore, ResolvesClientCert, Resumption, Tls12ClientSessionValue, Tls13ClientSessionValue,
};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, DigitallySignedStruct, NamedGroup, SignatureScheme};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How to shake hands: what each connection begins with.
pub(super) struct Manners {
    config: ClientConfig,
    verifier: Arc<dyn ServerCertVerifier>,
}

impl Manners {
    pub(super) fn new(trust: &Trust) -> Result<Self, Error> {
        Ok(Self { config: trust.config()?, verifier: trust.verifier()? })
    }

    /// For one connection, which is watched.
    pub(super) fn watched(&self) -> (ClientConfig, Handshake) {
        let handshake = Handshake::default();
        let mut config = self.config.clone();
        let gives = Arc::clone(&config.client_auth_cert_resolver);
        config.client_auth_cert_resolver = Arc::new(Watch { handshake: handshake.clone(), gives });
        let gives = Arc::clone(&self.verifier);
        config.dangerous().set_certificate_verifier(Arc::new(Watch { handshake: handshake.clone(), gives }));
        config.resumption = Resumption::store(Arc::new(handshake.clone()));
        (config, handshake)
    }
}

/// What is known of the handshake of one connection; clones share it.
#[derive(Clone, Default)]
pub(super) struct Handshake(Arc<Mutex<Facts>>);

#[derive(Default)]
struct Facts {
    asked: bool,
    done: bool,
    version: Option<&'static str>,
    certificate: Option<Digest>,
}

impl Handshake {
    #[cfg(test)]
    pub(super) fn that_asked() -> Self {
        let handshake = Self::default();
        handshake.facts().asked = true;
        handshake
    }

    /// The server wanted to see a client certificate.
    ///
    /// One that gets none may take the connection all the same, and then
    /// refuse the request without saying why.
    pub(super) fn asked(&self) -> bool {
        self.facts().asked
    }

    /// For the server it may be under way, with the client's certificate still
    /// to judge, while this side is done and sends.
    ///
    /// So it is with TLS 1.3 alone: before that, the server has the last word.
    /// A server that gives a ticket has taken the client's last word.
    pub(super) fn may_be_under_way(&self) -> bool {
        let facts = self.facts();
        facts.asked && !facts.done && facts.version == Some("TLSv1.3")
    }

    /// What can be shown; of a server that is not trusted, its certificate.
    pub(super) fn tls(&self) -> Option<Tls> {
        let facts = self.facts();
        facts.certificate.map(|certificate| Tls {
            version: facts.version.map(str::to_owned),
            certificate: Some(certificate),
        })
    }

    fn facts(&self) -> MutexGuard<'_, Facts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does what another does, and notes it.
struct Watch<T: ?Sized> {
    handshake: Handshake,
    gives: Arc<T>,
}

impl<T: fmt::Debug + ?Sized> fmt::Debug for Watch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Watch").field(&self.gives).finish()
    }
}

impl ResolvesClientCert for Watch<dyn ResolvesClientCert> {
    fn resolve(&self, issuers: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.handshake.facts().asked = true;
        self.gives.resolve(issuers, schemes)
    }

    fn has_certs(&self) -> bool {
        self.gives.has_certs()
    }
}

impl ServerCertVerifier for Watch<dyn ServerCertVerifier> {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.handshake.facts().certificate = Some(Digest::of(certificate));
        self.gives.verify_server_cert(certificate, intermediates, name, ocsp, now)
    }

    // one of these follows in every full handshake, and there is no other kind here

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.handshake.facts().version = Some("TLSv1.2");
        self.gives.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.handshake.facts().version = Some("TLSv1.3");
        self.gives.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.gives.supported_verify_schemes()
    }
}

impl fmt::Debug for Handshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handshake").finish_non_exhaustive()
    }
}

/// Keeps nothing, so that every handshake is a full one and shows all that it
/// can show; and notes that a ticket came.
impl ClientSessionStore for Handshake {
    fn set_kx_hint(&self, _: ServerName<'static>, _: NamedGroup) {}

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        None
    }

    fn set_tls12_session(&self, _: ServerName<'static>, _: Tls12ClientSessionValue) {}

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        None
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {}

    fn insert_tls13_ticket(&self, _: ServerName<'static>, _: Tls13ClientSessionValue) {
        self.facts().done = true;
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        None
    }
}
