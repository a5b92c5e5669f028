//! What a description names on this machine.

use std::fs;

use punchout::connection::Connection;
use punchout::core::{All, Severity};

use crate::support::{SECRET, options};

/// Places and messages of what is missing.
fn missing(folder: &tempfile::TempDir, text: &str) -> Vec<(String, String)> {
    let mut connection = Connection::from_toml(text).unwrap();
    connection.resolve(folder.path());
    let mut found = All::new();
    connection.look(text, &mut found);
    let said = |finding: &punchout::core::Diagnostic| {
        assert_eq!((finding.code.as_str(), finding.severity), ("CON-FILE", Severity::Error));
        assert!(finding.help.is_some() && !finding.to_string().contains(SECRET), "{finding}");
        let key = finding.at.rsplit('.').next().unwrap();
        assert_eq!(&text[finding.span.clone().unwrap()], key, "{finding}");
        (finding.at.clone(), finding.message.clone())
    };
    found.found().iter().map(said).collect()
}

#[test]
fn files_and_directories_are_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("there")).unwrap();
    fs::write(path("garbage"), SECRET).unwrap();
    fs::write(path("hosts"), "# comment\n@cert-authority *.example ssh-ed25519 AAAA\n").unwrap();
    let options = options();
    let sftp = "[order]\nroute = 'sftp'\n[order.sftp]\nknown_hosts = 'FILE'\n";
    let pdf = "[order]\nroute = 'mail'\n[order.pdf]\noptions = 'FILE'\n[order.mail]\nhost = 'h'\n";
    let logo = format!("[order]\nroute = 'mail'\n[order.pdf]\noptions = '{options}'\nlogo = 'FILE'\n");
    let directory = "[order]\nroute = 'directory'\n[order.directory]\npath = 'FILE'\n";
    let journal = "[order]\nroute = 'https'\njournal = 'FILE'\n";
    let intercept = "[order]\nroute = 'https'\nintercept = 'FILE'\n";
    for (text, at, good, bad) in [
        (sftp, "order.sftp.known_hosts", "hosts", ["garbage", "there", "nowhere"]),
        (pdf, "order.pdf.options", &*options, ["garbage", "there", "nowhere"]),
        (&logo, "order.pdf.logo", "", ["garbage", "there", "nowhere"]),
        (directory, "order.directory.path", "there", ["garbage", "nowhere", "there/below"]),
        (journal, "order.journal", "there", ["garbage", "nowhere", "there/below"]),
        (intercept, "order.intercept", "there", ["garbage", "nowhere", "there/below"]),
    ] {
        assert_eq!(missing(&folder, &text.replace("FILE", good)), [], "{text}");
        for bad in bad {
            let found = missing(&folder, &text.replace("FILE", bad));
            let [(place, message)] = &found[..] else { panic!("{text} {bad}: {found:?}") };
            assert_eq!(place, at);
            assert!(message.starts_with(path(bad).to_str().unwrap()), "{message}");
        }
    }
    // what is not used is not looked for
    assert_eq!(missing(&folder, "[order]\nroute = 'none'\njournal = 'nowhere'\n"), []);
    assert_eq!(missing(&folder, "[order]\nroute = 'https'\npdf = { logo = 'nowhere' }\n"), []);
}
