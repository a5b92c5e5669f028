//! Documents, and whatever is near one: nothing is lost by reading and writing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use punchout_core::{All, Ignore};
use punchout_cxml::{Document, ErrorKind, Reader, code};
use punchout_fuzz::{findings_lie_inside, lies_inside, tight};

fuzz_target!(|bytes: &[u8]| {
    let mut found = All::new();
    let read = Document::read(bytes, &mut found);
    findings_lie_inside(&found, bytes);
    match Reader::new().with_limits(tight()).read(bytes, &mut Ignore) {
        Ok(document) => assert_eq!(Some(&document), read.as_ref().ok()),
        Err(error) if error.kind() == ErrorKind::Limit => {}
        Err(error) => assert_eq!(Some(error.kind()), read.as_ref().err().map(|error| error.kind())),
    }
    match read {
        Ok(document) => {
            let written = document.write_unchecked().expect("what was read can be written");
            let mut found = All::new();
            let again = Document::read(&written, &mut found).expect("what was written can be read");
            assert_eq!(again, document);
            assert!(found.found().iter().all(|finding| finding.code != code::ENTITY));
            assert_eq!(again.write_unchecked().expect("as before"), written);
            if let Ok(checked) = document.write() {
                assert_eq!(checked, written);
            }
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            // In other encodings the place is one of the text that they give;
            // UTF-16 may be nothing but zeros and ASCII, which is UTF-8 too.
            let is_utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.iter().take(4).any(|&byte| byte == 0);
            if let Some(span) = error.span().filter(|_| is_utf8) {
                lies_inside(span, bytes);
            }
        }
    }
});
