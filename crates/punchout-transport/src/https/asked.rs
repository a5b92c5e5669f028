//! Who wants to see a client certificate.

use rustls::client::ResolvesClientCert;
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, SignatureScheme};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a server has asked for a client certificate.
///
/// One that gets none may take the connection all the same, and then refuse
/// the request without saying why.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked(Arc<AtomicBool>);

impl Asked {
    /// Watches the handshakes of this configuration.
    pub(super) fn watch(&self, config: &mut ClientConfig) {
        let gives = Arc::clone(&config.client_auth_cert_resolver);
        config.client_auth_cert_resolver = Arc::new(Watched { gives, asked: self.clone() });
    }

    pub(super) fn was(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[derive(Debug)]
struct Watched {
    gives: Arc<dyn ResolvesClientCert>,
    asked: Asked,
}

impl ResolvesClientCert for Watched {
    fn resolve(&self, issuers: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.asked.0.store(true, Ordering::Relaxed);
        self.gives.resolve(issuers, schemes)
    }

    fn has_certs(&self) -> bool {
        self.gives.has_certs()
    }
}
