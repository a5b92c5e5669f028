//! What the program leaves behind at real servers, and at one that writes down
//! what it hears.

use std::fs;

use super::{Folder, ORDER};
use crate::support::{data, skips};

/// It takes its leave of the mail server before it ends.
#[test]
fn a_mail_ends_with_quit() {
    let (port, mails) = crate::smtp::serve();
    let folder = Folder::new("http://127.0.0.1:1/orders", "");
    let text = format!(
        "[order]\nroute = 'mail'\nfiles = ['xml']\n[order.mail]\nhost = '127.0.0.1'\nport = {port}\nencryption = 'none'\n\
         allow_plain = true\nuser = 'delft'\npassword = {{ file = 'password' }}\nfrom = 'orders@delft.example'\n\
         to = ['orders@shop.example']\n"
    );
    fs::write(folder.path("shop.toml"), text).unwrap();
    let call = folder.send(&["--format", "json"]);
    // the order holds a shared secret, and goes by mail
    assert!(call.status == 0 && call.stderr.contains("CON-MAIL-SECRET"), "{} {}", call.stdout, call.stderr);
    let said = call.json();
    assert_eq!(said["outcome"], "delivered");
    let heard = mails.recv().unwrap();
    assert_eq!(heard.lines().last(), Some("QUIT"), "{heard}");
}

/// OpenSSH's server, started for each connection, that only this user may use.
#[cfg(unix)]
mod sshd {
    use std::fs;
    use std::net::TcpListener;
    use std::os::fd::OwnedFd;
    use std::path::Path;
    use std::process::Command;
    use std::thread::{JoinHandle, spawn};

    const PLACES: [&str; 3] = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"];

    pub(super) struct Sshd {
        pub(super) port: u16,
        pub(super) user: String,
        connections: JoinHandle<()>,
    }

    impl Sshd {
        /// Serves so many connections, with its keys in this directory; nothing
        /// where there is no such program.
        pub(super) fn start(keys: &Path, connections: usize) -> Option<Self> {
            let program = PLACES.into_iter().find(|path| Path::new(path).exists())?;
            // where the server's unprivileged half lives when root runs it
            let _ = fs::create_dir_all("/run/sshd");
            for name in ["host", "user"] {
                let mut command = Command::new("ssh-keygen");
                let made =
                    command.args(["-q", "-N", "", "-t", "ed25519", "-f"]).arg(keys.join(name)).status();
                assert!(made.unwrap().success());
            }
            let config = keys.join("sshd_config");
            let text = format!(
                "HostKey {0}/host\nAuthorizedKeysFile {0}/user.pub\nPidFile none\nUsePAM no\nStrictModes no\n\
                 PermitRootLogin yes\nSubsystem sftp internal-sftp\n",
                keys.display()
            );
            fs::write(&config, text).unwrap();
            let log = fs::File::create(keys.join("sshd.log")).unwrap();
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            let connections = spawn(move || {
                for connection in listener.incoming().take(connections) {
                    let connection = OwnedFd::from(connection.unwrap());
                    let mut command = Command::new(program);
                    command.args(["-i", "-e", "-f"]).arg(&config).stderr(log.try_clone().unwrap());
                    command.stdin(connection.try_clone().unwrap()).stdout(connection);
                    command.status().unwrap();
                }
            });
            let told = Command::new("id").arg("-un").output().unwrap();
            let user = String::from_utf8(told.stdout).unwrap().trim().to_owned();
            Some(Self { port, user, connections })
        }

        /// Waits until it is done with all of them.
        pub(super) fn finish(self) {
            self.connections.join().unwrap();
        }
    }
}

/// Delivered, delivered again, and refused as another order: one file is there.
#[cfg(unix)]
#[test]
fn sftp_leaves_the_order_and_nothing_else() {
    let folder = Folder::new("http://127.0.0.1:1/orders", "");
    let Some(sshd) = sshd::Sshd::start(folder.0.path(), 3) else {
        skips("sshd");
        return;
    };
    let inbox = folder.path("inbox");
    fs::create_dir(&inbox).unwrap();
    let text = format!(
        "[order]\nroute = 'sftp'\n[order.sftp]\nhost = '127.0.0.1'\nport = {}\nuser = '{}'\nkey = {{ file = 'user' }}\n\
         host_keys = ['{}']\ndirectory = '{}'\n",
        sshd.port,
        sshd.user,
        fs::read_to_string(folder.path("host.pub")).unwrap().trim(),
        inbox.display()
    );
    fs::write(folder.path("shop.toml"), text).unwrap();
    let order = fs::read_to_string(data().join(ORDER)).unwrap();
    fs::write(folder.path("order.xml"), order.replace(r#"quantity="250""#, r#"quantity="260""#)).unwrap();
    let other = folder.text("order.xml");
    for (file, status, already_there) in [(ORDER, 0, false), (ORDER, 0, true), (&*other, 1, false)] {
        let call = folder.run(&["send", file, "--format", "json"]);
        assert_eq!(call.status, status, "{} {}", call.stdout, call.stderr);
        let said = call.json();
        assert_eq!(said["receipt"]["already_there"] == true, already_there, "{said}");
        let advice = said["advice"].as_str().unwrap();
        assert_eq!(advice.contains("a number and a payload id of its own"), status == 1, "{advice}");
        let there: Vec<_> = fs::read_dir(&inbox).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(there, ["4500017300.xml"], "no hidden name, no part");
        assert!(fs::read_to_string(inbox.join("4500017300.xml")).unwrap() == order);
    }
    sshd.finish();
}
