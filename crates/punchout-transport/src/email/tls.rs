//! TLS on a connection that is there already.

use super::options::{EmailOptions, Security};
use crate::tls::{self, Trust};
use crate::{Error, Party, Tls};
use rustls::ProtocolVersion;
use rustls::client::ClientConnection;
use std::io;
use std::sync::Arc;
use tokio_rustls::TlsConnector;

pub(super) fn connector(options: &EmailOptions) -> Result<TlsConnector, Error> {
    // in the open nobody is asked, so that no root is needed
    let unused = Trust::new();
    let trust = if options.security == Security::Plain { &unused } else { &options.trust };
    Ok(TlsConnector::from(Arc::new(trust.config()?)))
}

pub(super) fn facts(connection: &ClientConnection) -> Tls {
    let version = match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_2) => Some("TLSv1.2".to_owned()),
        Some(ProtocolVersion::TLSv1_3) => Some("TLSv1.3".to_owned()),
        _ => None,
    };
    let certificate = connection.peer_certificates().and_then(<[_]>::first);
    Tls::new(version, certificate.map(|der| &**der))
}

/// Why TLS failed, and who can change that; nothing when the connection did.
pub(super) fn distrust(error: &io::Error) -> Option<(String, Party)> {
    Some(tls::distrust(error.get_ref()?.downcast_ref()?))
}
