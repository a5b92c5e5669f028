//! Servers whose refusals say less than they seem to.

use super::scripted::{Rename, Script, Server};
use super::{large_order, send};
use crate::{order, says};
use punchout_transport::{Disposition, File, Kind, Party};
use russh_sftp::protocol::StatusCode;

const TARGET: &str = "orders/4500000017.xml";

/// What was asked for from the first rename on.
fn since_rename(server: &Server) -> Vec<&'static str> {
    server.has().requests.into_iter().skip_while(|request| *request != "rename").collect()
}

#[tokio::test]
async fn what_came_and_went_is_no_reason_to_send_it_again() {
    for posix_rename in [None, Some(Rename::Follows)] {
        let script = Script { rename: Rename::ComesTooLate, posix_rename, ..Script::new() };
        let server = Server::start(script).await;
        let error = send(server.options(), &order()).await.unwrap_err();
        let has = server.has();
        assert_eq!(has.taken.len(), 1, "the supplier has it");
        assert_eq!(says(&error), (Kind::Unclear, Disposition::Unknown), "{error}");
        assert!(error.to_string().contains("the supplier may have it"), "{error}");
        assert!(has.files.is_empty(), "neither a second copy nor a hidden file");
    }
}

#[tokio::test]
async fn what_was_done_and_denied_is_unknown() {
    for (rename, posix_rename) in [
        (Rename::Denies, None),
        (Rename::Denies, Some(Rename::Follows)),
        (Rename::Refuses(StatusCode::OpUnsupported), Some(Rename::Denies)),
    ] {
        let server = Server::start(Script { rename, posix_rename, ..Script::new() }).await;
        let error = send(server.options(), &order()).await.unwrap_err();
        let has = server.has();
        assert_eq!(has.taken.len(), 1, "the supplier has it");
        assert_eq!(says(&error), (Kind::Unclear, Disposition::Unknown), "{error}");
        assert!(error.to_string().contains("may have been in place"), "{error}");
        assert!(has.files.is_empty());
    }
    let replaces = Script { posix_rename: Some(Rename::Denies), ..Script::new() };
    let server = Server::start(replaces).await;
    let error = send(server.options().replace_existing(), &order()).await.unwrap_err();
    assert_eq!((server.has().taken.len(), error.disposition()), (1, Disposition::Unknown), "{error}");
}

#[tokio::test]
async fn who_refuses_every_rename_refuses_this_one() {
    for code in [StatusCode::Failure, StatusCode::PermissionDenied, StatusCode::OpUnsupported] {
        let rename = Rename::Refuses(code);
        let server = Server::start(Script { rename, ..Script::new() }).await;
        let error = send(server.options(), &order()).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::NotDelivered, "{error}");
        assert!(error.to_string().contains("cannot be put in place"), "{error}");
        assert!(server.has().files.is_empty(), "the temporary is removed");

        // and the other one may be used
        let script = Script { rename, posix_rename: Some(Rename::Follows), ..Script::new() };
        let server = Server::start(script).await;
        send(server.options(), &order()).await.unwrap();
        assert_eq!(server.has().files[TARGET], *order().files[0].bytes);
        assert!(since_rename(&server).contains(&"posix-rename"));
    }
}

#[tokio::test]
async fn a_name_that_is_forbidden_was_not_given() {
    for posix_rename in [None, Some(Rename::Follows)] {
        let server = Server::start(Script { rename: Rename::Forbids, posix_rename, ..Script::new() }).await;
        let error = send(server.options(), &order()).await.unwrap_err();
        assert_eq!(says(&error), (Kind::AccessDenied, Disposition::NotDelivered), "{error}");
        assert_eq!(error.who_can_act(), Party::Supplier);
        assert!(error.to_string().contains("lets no file have this name"), "{error}");
        assert!(server.has().files.is_empty(), "the temporary is removed");
    }
    // what is denied to the file alone may be so for want of time
    let script = Script { rename: Rename::ForbidsWhatIsThere, ..Script::new() };
    let server = Server::start(script).await;
    let error = send(server.options(), &order()).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Unclear, Disposition::Unknown), "{error}");
    assert!(server.has().files.is_empty());
}

#[tokio::test]
async fn an_order_that_lies_there_is_not_undelivered_for_want_of_an_attachment() {
    let script = Script { room: Some((100, false)), ..Script::new() };
    let server = Server::start(script.holds("4500000017.xml", &order().files[0].bytes)).await;
    let with_plan = order().with_file(File::new("plan.pdf", "application/pdf", vec![b'%'; 1000]));
    let error = send(server.options(), &with_plan).await.unwrap_err();
    assert_eq!(says(&error), (Kind::Storage, Disposition::Unknown), "{error}");
    assert!(error.to_string().contains("an earlier attempt"), "{error}");
}

#[tokio::test]
async fn a_server_that_tells_how_much_fits_is_asked() {
    for (tells, kind, says_so) in
        [(true, Kind::StorageFull, "the server's disk is full"), (false, Kind::Storage, "disk may be full")]
    {
        let server = Server::start(Script { room: Some((50_000, tells)), ..Script::new() }).await;
        let error = send(server.options(), &large_order()).await.unwrap_err();
        assert_eq!(says(&error), (kind, Disposition::NotDelivered), "{error}");
        assert_eq!(error.who_can_act(), Party::Supplier);
        assert!(error.to_string().contains(says_so), "{error}");
        assert!(server.has().files.is_empty(), "the temporary is removed");
    }
}
