//! Documents made to do harm, and what they cost.
//!
//! Each is read and validated; the time and the memory beyond the input are
//! shown, and the program ends with 1 if one of them took more than 50 ms or
//! 16 MB. Without a network it says the same:
//!
//! ```text
//! unshare --net --map-root-user cargo run --release -p punchout-cxml --example hostile
//! ```
#![expect(clippy::print_stdout, reason = "it is a program")]
#![expect(clippy::format_collect, reason = "documents are made the plain way")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use punchout_core::{All, Ignore};
use punchout_cxml::{Document, Validator};

const TIME: Duration = Duration::from_millis(50);
const MEMORY: u64 = 16 << 20;

fn main() -> ExitCode {
    let mut is_good = true;
    println!("{:<34} {:>12} {:>10} {:>12}  what came of it", "document", "bytes", "time", "memory");
    for (name, make) in documents() {
        let bytes = make();
        let before = forget_peak();
        let start = Instant::now();
        let read = Document::read(&bytes, &mut All::new());
        let verdict = Validator::new().validate(&bytes, &mut Ignore).is_ok_and(|report| report.valid);
        let time = start.elapsed();
        let memory = peak().zip(before).map_or(0, |(peak, before)| peak.saturating_sub(before));
        let outcome = match read {
            Ok(_) if verdict => "read and valid: nothing took effect".to_owned(),
            Ok(_) => "read, not valid".to_owned(),
            Err(error) => format!("{:?}", error.kind()),
        };
        println!("{name:<34} {:>12} {time:>10.1?} {:>9} kB  {outcome}", bytes.len(), memory >> 10);
        is_good &= time <= TIME && memory <= MEMORY;
    }
    if peak().is_none() {
        println!("the memory cannot be measured on this system");
    }
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

type Make = fn() -> Vec<u8>;

fn documents() -> [(&'static str, Make); 20] {
    fn with(subset: &str, content: &str) -> Vec<u8> {
        format!(
            "<!DOCTYPE cXML SYSTEM \"http://127.0.0.1:9/cXML.dtd\" [{subset}]>\
             <cXML payloadID='1' timestamp='1'><Response><Status code='200' text='OK'>{content}</Status></Response></cXML>"
        )
        .into_bytes()
    }
    [
        ("external entity", || with("<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;")),
        ("external entity in an attribute", || {
            with("<!ENTITY x SYSTEM 'file:///etc/passwd'>", "<Extrinsic name='&x;'/>")
        }),
        ("parameter entity", || with("<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p;", "")),
        ("doctype that calls out", || with("", "")),
        ("billion laughs", || {
            let more = (1..30).map(|n| format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10)));
            let subset: Vec<_> = std::iter::once("<!ENTITY a0 'ha'>".to_owned()).chain(more).collect();
            with(&subset.concat(), "&a29;")
        }),
        ("quadratic blow-up", || {
            with(&format!("<!ENTITY a '{}'>", "a".repeat(100_000)), &"&a;".repeat(100_000))
        }),
        ("100,000 entities, none declared", || {
            let subset = "<!ENTITY y 'z'>".repeat(10_000);
            let content = "&a;".repeat(50_000);
            format!("<!DOCTYPE cXML [{subset}]><cXML payloadID='{content}'>{content}</cXML>").into_bytes()
        }),
        ("100,000 entities in kept markup", || {
            with("", &format!("<Foo>{}</Foo>", "<b c='&a;'>&a;</b>".repeat(50_000)))
        }),
        ("attribute default of the sender", || with("<!ATTLIST Status code CDATA '500'>", "")),
        ("100,000 levels", || {
            format!("{}{}", "<cXML>".repeat(100_000), "</cXML>".repeat(100_000)).into_bytes()
        }),
        ("the same attribute 10,000 times", || format!("<cXML {}/>", "a='' ".repeat(10_000)).into_bytes()),
        ("5,000 attributes", || {
            let attributes: Vec<_> = (0..5_000).map(|n| format!("a{n}=''")).collect();
            format!("<cXML {}/>", attributes.join(" ")).into_bytes()
        }),
        ("a comment of dashes", || format!("<cXML><!--{}", "- ".repeat(500_000)).into_bytes()),
        ("a name of 1 MB", || format!("<{}/>", "n".repeat(1 << 20)).into_bytes()),
        ("5,000 unknown elements", || {
            let inside: String = (0..5_000).map(|n| format!("<a{n}/>")).collect();
            format!("<cXML>{inside}</cXML>").into_bytes()
        }),
        ("30,000 elements at the wrong place", || {
            format!("<OrderRequestHeader>{}</OrderRequestHeader>", "<ItemOut/>".repeat(30_000)).into_bytes()
        }),
        ("20,000 children in turns", || {
            let inside = "<Total/><BillTo/><ShipTo/><Total/>".repeat(5_000);
            format!("<OrderRequestHeader>{inside}</OrderRequestHeader>").into_bytes()
        }),
        ("10,000 wrong attributes", || {
            let inside: String =
                (0..10_000).map(|n| format!("<Request Id='a{n}' a{n}='' type='1'>x</Request>")).collect();
            format!("<cXML>{inside}</cXML>").into_bytes()
        }),
        ("60,000 references between elements", || {
            format!("<cXML>{}</cXML>", "&#32;&amp;".repeat(30_000)).into_bytes()
        }),
        ("1 GB of spaces", || vec![b' '; 1 << 30]),
    ]
}

/// Forgets how much memory the process had at most, and says how much it has.
fn forget_peak() -> Option<u64> {
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    status("VmRSS:")
}

fn peak() -> Option<u64> {
    status("VmHWM:")
}

fn status(key: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}
