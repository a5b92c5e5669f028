//! Secrets are never shown, whatever is wrong with the document.

use std::fs;

use proptest::prelude::*;

use super::{document, run};

const SECRETS: [&str; 4] = ["Gehe1mnis", "4111111111111111", "4111 1111 1111 1111", "Kart3ninhaberin"];

/// Secrets at all places, and what must stay for them to be recognised: the
/// names of extrinsics and of parameters.
fn source() -> (String, Vec<&'static str>) {
    let body = "\n<Header><Sender><Credential domain='d'><Identity>1</Identity>\n\
        <SharedSecret>Gehe1mnis</SharedSecret></Credential>\n\
        <Credential domain='e'><c:SharedSecret x=\"Gehe1mnis\">a Gehe1mnis <b/></c:SharedSecret></Credential>\n\
        <CredentialMac type='a' format=\"b\">Gehe1mnis</CredentialMac>\n\
        <DigitalSignature>Gehe1mnis</DigitalSignature></Sender></Header>\n\
        <Request><Password>Gehe1mnis</Password>\n\
        <PCard number=\"4111111111111111\" expiration=\"2027-01\" name=\"Kart3ninhaberin\"/>\n\
        <PaymentToken number='x' token='Gehe1mnis'/>\n\
        <Extrinsic name=\"password\">Gehe1mnis</Extrinsic>\n\
        <Extrinsic name=\"Plant\">4111 1111 1111 1111</Extrinsic>\n\
        <Comments>pay with 4111111111111111, please</Comments>\n\
        <URL>https://ann:Gehe1mnis@x.example/?token=Gehe1mnis&amp;a=1</URL>\n\
        <StartPage><URL>https://x.example/Gehe1mnis</URL></StartPage></Request>\n";
    (
        document(body),
        vec!["name=\"password\"", "4111 1111 1111 1111", "4111111111111111", "://ann:", "token=Gehe"],
    )
}

fn assert_hidden(shown: &str, why: &str) {
    for secret in SECRETS {
        if let Some(at) = shown.find(secret) {
            let around = shown[..at].lines().count().saturating_sub(8);
            let lines: Vec<_> = shown.lines().skip(around).take(12).collect();
            panic!("{secret} {why}:\n{}", lines.join("\n"));
        }
    }
}

fn assert_all_hidden(paths: &[String], why: &str) {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    for format in ["text", "json", "junit"] {
        let call = run(&[&["check", "--format", format], &paths[..]].concat());
        assert_hidden(&call.stdout, why);
        assert_hidden(&call.stderr, why);
    }
}

/// Characters are taken away or replaced, or get another one behind them: each
/// in three of nine ways, in turns.
#[test]
fn one_slip_anywhere_shows_no_secret() {
    let (source, kept) = source();
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (at, c) in source.char_indices().skip_while(|(at, _)| *at < source.find("<Header").unwrap()) {
        let is_kept = kept.iter().any(|kept| {
            source.match_indices(kept).any(|(start, _)| (start..=start + kept.len()).contains(&at))
        });
        if is_kept {
            continue;
        }
        let behind = at + c.len_utf8();
        let slips = [
            ("", behind),
            ("<", at),
            (">", at),
            ("\"", at),
            ("&", at),
            ("x", at),
            (" ", behind),
            ("/", behind),
            ("x", behind),
        ];
        for (number, (with, rest)) in slips.into_iter().enumerate().filter(|(number, _)| number % 3 == at % 3)
        {
            let path = folder.path().join(format!("{at}-{number}.xml"));
            fs::write(&path, [&source[..at], with, &source[rest..]].concat()).unwrap();
            paths.push(path.into_os_string().into_string().unwrap());
        }
    }
    assert!(paths.len() > 2_000, "{}", paths.len());
    for paths in paths.chunks(1_000) {
        assert_all_hidden(paths, "after one slip");
    }
    for path in paths.iter().step_by(41) {
        for arguments in [&["show"][..], &["show", "--outline"]] {
            let call = run(&[arguments, &[path.as_str()]].concat());
            assert_hidden(&call.stdout, path);
            assert_hidden(&call.stderr, path);
        }
    }
}

#[test]
fn the_document_as_it_is_shows_no_secret() {
    let (source, _) = source();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xml").into_os_string().into_string().unwrap();
    // the prefix is declared nowhere, which no DTD minds
    fs::write(&path, &source).unwrap();
    for arguments in [
        &["show", &*path][..],
        &["show", "--outline", &path],
        &["copy", &path, "-o", "/dev/null", "--through=model"],
    ] {
        let call = run(arguments);
        assert!(call.status < 2, "{}", call.stderr);
        assert_hidden(&call.stdout, "as it is");
        assert_hidden(&call.stderr, "as it is");
    }
    assert!(
        run(&["show", "--outline", &path])
            .stdout
            .contains("PCard number=\"***\" expiration=\"***\" name=\"***\"")
    );
    assert_all_hidden(&[path], "as it is");
}

/// What a finding quotes around it, and what is declared or repeated.
#[test]
fn declarations_and_repetitions_show_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xml").into_os_string().into_string().unwrap();
    for (declared, secret) in
        [("Gehe1mnis", "&s;"), ("x", "<![CDATA[Gehe1mnis]]>"), ("Gehe1mnis", "Gehe<b/>1mnis")]
    {
        let body = format!(
            "\n<Message><Odd/><SharedSecret>{secret}</SharedSecret>\n<Comments>{}</Comments></Message>",
            if declared == "x" { "so Gehe1mnis it is" } else { "none" }
        );
        let doctype = format!("cXML.dtd\" [<!ENTITY s '{declared}'>]>\n<cXML a='b'");
        let source = document(&body).replacen("cXML.dtd\">\n<cXML", &doctype, 1);
        assert!(source.contains("<!ENTITY"), "{source}");
        fs::write(&path, source).unwrap();
        assert_all_hidden(std::slice::from_ref(&path), secret);
        for arguments in [&["show", &*path][..], &["show", "--outline", &path]] {
            assert_hidden(&run(arguments).stdout, secret);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// A document that ends somewhere, and has lost a piece.
    #[test]
    fn lost_pieces_show_no_secret(pieces in prop::collection::vec((0_usize..1_600, 0_usize..1_600), 40)) {
        let (source, _) = source();
        let folder = tempfile::tempdir().unwrap();
        let mut paths = Vec::new();
        for (number, (from, to)) in pieces.into_iter().enumerate() {
            let (from, to) = (from.min(source.len()), to.min(source.len()));
            let text = if from < to {
                &source[..to]
            } else {
                // what remains begins somewhere, and the secret's name may be gone:
                // only whole lines are lost
                let line = |at: usize| source[..at].rfind('\n').map_or(0, |at| at + 1);
                &[&source[..line(to)], &source[line(from)..]].concat()
            };
            let path = folder.path().join(format!("{number}.xml"));
            fs::write(&path, text).unwrap();
            paths.push(path.into_os_string().into_string().unwrap());
        }
        assert_all_hidden(&paths, "with a piece lost");
    }
}
