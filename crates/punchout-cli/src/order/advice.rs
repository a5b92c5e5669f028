//! What to do now, and who is to do it.

use punchout::transport::{Error, Kind, Outcome, Party, Receipt};

const DOUBT: &str = "it may have arrived: ask the supplier before it is sent again";
const REFUSED: &str = "the same again will be refused again";

/// What to do after an attempt; the flag sends an order in doubt all the same.
///
/// `you` is whoever runs the program.
pub(super) fn after(outcome: Result<&Receipt, &Error>, flag: Option<&str>) -> String {
    match (Outcome::of(outcome), outcome) {
        (Outcome::Intercepted, _) => "you: nothing has left; release it when it is meant".to_owned(),
        (_, Ok(_)) => "nothing is left to do".to_owned(),
        (became, Err(error)) => after_error(became, error.kind(), error.who_can_act(), flag),
    }
}

fn after_error(became: Outcome, kind: Kind, party: Party, flag: Option<&str>) -> String {
    match became {
        Outcome::NotDelivered => not_delivered(kind, party),
        Outcome::Rejected => rejected(kind, party),
        // in doubt it may have arrived
        _ => {
            let before = unknown(kind, party).map(|first| format!("{first}; ")).unwrap_or_default();
            let and = flag.map(|flag| format!(", and then with {flag}")).unwrap_or_default();
            format!("you: {before}{DOUBT}{and}")
        }
    }
}

fn not_delivered(kind: Kind, party: Party) -> String {
    match (kind, party) {
        (Kind::Later, _) => {
            "you: send it again as it is, later: the supplier does not take it now".to_owned()
        }
        (Kind::Interrupted, Party::Caller) => {
            "you: it was broken off here; send it again as it is when that is meant".to_owned()
        }
        (_, Party::Caller) => format!("you: {}, then send it again", mended_by_caller(kind)),
        (_, Party::Supplier) => {
            format!(
                "the supplier: {}; you: send it again as it is when that is done",
                mended_by_supplier(kind)
            )
        }
        _ => "you: wait, and send it again as it is; when that does not help, see to the network on the way"
            .to_owned(),
    }
}

fn rejected(kind: Kind, party: Party) -> String {
    match (kind, party) {
        (Kind::Exists, _) => {
            "you: look what is there by its name or identity; if this order is another one, give it a number and a payload id of its own".to_owned()
        }
        (Kind::Released, _) => {
            format!("you: {REFUSED}; when what was refused is mended, release it with --anyway")
        }
        (_, Party::Supplier) => {
            format!("the supplier: {}; until then {REFUSED}", mended_by_supplier(kind))
        }
        _ => format!("you: {REFUSED}: change the order or the connection as the error says"),
    }
}

/// What to do before the question whether it arrived.
fn unknown(kind: Kind, party: Party) -> Option<&'static str> {
    match (kind, party) {
        (Kind::Unclear, Party::Caller) => Some("see that nobody is sending it at this moment"),
        // nothing is there to be mended
        (Kind::Later | Kind::Interrupted | Kind::Released, _) => None,
        (_, Party::Caller) => Some(mended_by_caller(kind)),
        _ => None,
    }
}

/// What whoever sends must mend.
fn mended_by_caller(kind: Kind) -> &'static str {
    match kind {
        Kind::Consignment => "change the order as the error says",
        Kind::Configuration => {
            "mend the connection as the error says (`punchout connection check` says what can be seen from here)"
        }
        Kind::Connect => "mend the address in the connection",
        Kind::Tls => {
            "ask the supplier, by another way, which certificate or host key is right, and mend the connection as the error says"
        }
        Kind::Redirect => {
            "ask the supplier for the address that takes orders, and put it into the connection"
        }
        Kind::Exists => "look what is there by its name or identity",
        Kind::NoDirectory => {
            "create or mount the directory that the error names, have the supplier create it if it is theirs, or name another one"
        }
        Kind::StorageFull => "make room where the error says",
        Kind::AccessDenied => "let this program write where the error says",
        Kind::Storage => "see to the disk that the error names",
        Kind::Damaged => "keep the order anew from its document: what was kept is damaged",
        Kind::Released => "look what came of it when it was released before",
        Kind::Timeout => "give it more time in the connection",
        _ => "mend what the error says",
    }
}

fn mended_by_supplier(kind: Kind) -> &'static str {
    match kind {
        Kind::Connect => "make the server take connections as the error says",
        Kind::Tls => "mend the certificate, the host key or the encryption of the server as the error says",
        Kind::StorageFull => "make room on the server",
        Kind::AccessDenied => "let this account write where the error says",
        Kind::NoDirectory => "create the directory that the error names",
        Kind::Storage => "see to the disk of the server",
        _ => "mend at the server what the error says",
    }
}

#[cfg(test)]
mod tests {
    use punchout::transport::Disposition;
    use std::fmt::Write as _;
    use std::path::Path;

    use super::*;

    const KINDS: [Kind; 18] = [
        Kind::Consignment,
        Kind::Configuration,
        Kind::Connect,
        Kind::Tls,
        Kind::Timeout,
        Kind::Interrupted,
        Kind::AnswerTooLarge,
        Kind::Redirect,
        Kind::Refused,
        Kind::Later,
        Kind::Unclear,
        Kind::Exists,
        Kind::NoDirectory,
        Kind::Storage,
        Kind::StorageFull,
        Kind::AccessDenied,
        Kind::Damaged,
        Kind::Released,
    ];
    const DISPOSITIONS: [Disposition; 3] =
        [Disposition::NotDelivered, Disposition::Rejected, Disposition::Unknown];

    fn advice(kind: Kind, disposition: Disposition, party: Party, flag: Option<&str>) -> String {
        after(Err(&Error::new(kind, disposition, "x").with_party(party)), flag)
    }

    /// What it says is to be read as a whole.
    #[test]
    fn the_table_is_as_it_was_read() {
        let mut table = String::new();
        for disposition in DISPOSITIONS {
            for kind in KINDS {
                for party in [Party::Caller, Party::Supplier, Party::Network] {
                    let advice = advice(kind, disposition, party, None);
                    let case = format!("{} / {} / {}", disposition.as_str(), kind.as_str(), party.as_str());
                    writeln!(table, "{case:<46}{advice}").unwrap();
                }
            }
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cli/advice.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &table).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap();
        assert!(table == expected, "if that is right, run again with UPDATE_GOLDEN=1:\n{table}");
    }

    #[test]
    fn nobody_sends_again_what_has_to_be_mended_or_asked_for_first() {
        for kind in KINDS {
            for party in [Party::Caller, Party::Supplier, Party::Network] {
                let not_delivered = advice(kind, Disposition::NotDelivered, party, Some("--again"));
                let nothing_is_wrong = matches!(kind, Kind::Later | Kind::Interrupted);
                assert_eq!(
                    not_delivered.contains("as it is"),
                    party != Party::Caller || nothing_is_wrong,
                    "{kind:?} {party:?}: {not_delivered}"
                );
                assert!(not_delivered.contains("send it again"), "{not_delivered}");
                assert!(!not_delivered.contains("--again"), "{not_delivered}");
                let rejected = advice(kind, Disposition::Rejected, party, None);
                assert!(!rejected.contains("send it again"), "{rejected}");
                let unknown = advice(kind, Disposition::Unknown, party, Some("--again"));
                assert!(unknown.ends_with(&format!("{DOUBT}, and then with --again")), "{unknown}");
                for advice in [not_delivered, rejected, unknown] {
                    assert!(
                        advice.starts_with("you: ") || advice.starts_with("the supplier: "),
                        "who is to do it: {advice}"
                    );
                }
            }
        }
    }
}
