//! Mails that come back, from any bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout_core::Limits;
use punchout_transport::bounce::{self, Kind, MailIds, Outcome, Place, Reader};

fuzz_target!(|bytes: &[u8]| {
    let Ok(notice) = bounce::read(bytes) else { return };
    assert!(notice.clues.is_sorted_by_key(|clue| clue.place));
    assert!(notice.recipients.len() <= 1000);
    // each id is what stands there, so it names the mail that has it, and no
    // other; one that only the thread has, its mails before too, is never strong
    for id in notice.ids() {
        let mail = MailIds::new(id, "", "");
        if mail.message_id == id && mail.envelope_id == id {
            let place = notice.concerns(&mail).expect("it stands there");
            assert!(place <= Place::Thread, "{id}");
            let is_there = notice.clues.iter().any(|clue| clue.value == id && clue.place.is_strong());
            assert_eq!(place.is_strong(), is_there, "{id}");
        }
    }
    assert_eq!(notice.concerns(&MailIds::new("nobody wrote this", "", "")), None);
    let outcomes: Vec<_> = notice.recipients.iter().map(|recipient| recipient.outcome()).collect();
    assert_eq!(notice.outcome(), outcomes.iter().copied().max().unwrap_or(Outcome::Unknown));
    let all =
        notice.recipients.iter().flat_map(|recipient| recipient.address.iter().chain(&recipient.original));
    assert_eq!(notice.outcome_for(&all.collect::<Vec<_>>()), notice.outcome());
    if matches!(notice.kind, Kind::Automatic | Kind::Other) {
        assert!(outcomes.is_empty());
    }
    let kept: usize = notice.clues.iter().map(|clue| clue.value.len()).sum();
    assert!(kept <= bytes.len().saturating_mul(6), "bytes out of nowhere");
    let tight = Limits::default().with_items(3).with_depth(1).with_value_bytes(200);
    if let Ok(same) = Reader::new().with_limits(tight).read(bytes) {
        assert_eq!(same, notice);
    }
});
