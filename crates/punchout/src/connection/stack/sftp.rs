use punchout_transport::{OrderTransport, Sftp, SftpOptions};

use super::no_table;
use super::parts::{Vault, seconds, settings, with};
use crate::connection::{Connection, Error};

pub(super) fn transport(
    connection: &Connection,
    vault: &Vault<'_>,
) -> Result<Box<dyn OrderTransport>, Error> {
    let sftp = connection.order.sftp.as_ref().ok_or_else(no_table)?;
    let mut options = SftpOptions::new(&*sftp.host, &*sftp.user).with_directory(&*sftp.directory);
    options = with(options, sftp.port, SftpOptions::with_port);
    options = sftp.host_keys.iter().fold(options, SftpOptions::with_host_key);
    options = with(options, sftp.known_hosts.as_deref(), SftpOptions::with_known_hosts);
    options = with(options, seconds(sftp.connect_seconds), SftpOptions::with_connect_timeout);
    options = with(options, seconds(sftp.answer_seconds), SftpOptions::with_answer_timeout);
    options = with(options, seconds(sftp.limit_seconds), SftpOptions::with_timeout);
    if sftp.replace_existing {
        options = options.replace_existing();
    }
    if let Some(password) = &sftp.password {
        options = options.with_password(vault.password("order.sftp.password", password)?);
    }
    if let Some(key) = &sftp.key {
        let key = vault.key("order.sftp.key", key)?;
        options = match &sftp.passphrase {
            Some(passphrase) => {
                options.with_encrypted_key(key, vault.password("order.sftp.passphrase", passphrase)?)
            }
            None => options.with_key(key),
        };
    }
    Ok(Box::new(Sftp::new(options).map_err(|error| settings("order.sftp", error))?))
}
