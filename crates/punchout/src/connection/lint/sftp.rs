//! The table `order.sftp`.

use super::Lint;
use crate::connection::{SftpRoute, code};

impl Lint<'_> {
    pub(super) fn sftp(&mut self, sftp: &SftpRoute) {
        if sftp.host.trim().is_empty() {
            self.missing("order.sftp.host", "name the supplier's server");
        } else {
            self.host("order.sftp", &sftp.host);
        }
        if sftp.user.trim().is_empty() {
            self.missing("order.sftp.user", "name the user that the supplier gave you");
        }
        match (&sftp.password, &sftp.key) {
            (None, None) => {
                let message = "there is no way to log in";
                let help = "say where the password is, or in `order.sftp.key` where the private key is";
                self.error(code::CREDENTIALS, "order.sftp.password", message, help);
            }
            (Some(_), Some(_)) => {
                let message = "both a password and a key are given";
                self.error(code::CREDENTIALS, "order.sftp.key", message, "leave one of them out");
            }
            (Some(_), None) if sftp.passphrase.is_some() => {
                let message = "there is no key that it could open";
                self.error(code::CREDENTIALS, "order.sftp.passphrase", message, "leave it out");
            }
            _ => {}
        }
        match (&*sftp.host_keys, &sftp.known_hosts) {
            ([], None) => {
                let help = "ask the supplier for the fingerprint, and write it into `order.sftp.host_keys`; \
                            `ssh-keyscan` shows a key, but not whose it is";
                self.error(code::HOST_KEY, "order.sftp.host_keys", "the server's key is not known", help);
            }
            ([_, ..], Some(_)) => {
                let message = "both host keys and a file with known hosts are given";
                self.error(code::HOST_KEY, "order.sftp.known_hosts", message, "leave one of them out");
            }
            _ => {}
        }
        self.limits(
            "order.sftp",
            [
                ("connect_seconds", sftp.connect_seconds),
                ("answer_seconds", sftp.answer_seconds),
                ("limit_seconds", sftp.limit_seconds),
            ],
        );
        self.port("order.sftp.port", sftp.port);
    }
}
