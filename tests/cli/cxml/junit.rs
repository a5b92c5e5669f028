//! The XML for CI servers, held against what their schemas demand.

use std::fs;

use roxmltree::{Document, Node};

use super::{command, run};
use crate::support::finished;

/// An element: its attributes, the first of them required, and its children in
/// their order. These are the rules of the strictest schema in use, as far as
/// the program needs them.
const SCHEMA: [(&str, usize, &[&str], &[&str]); 6] = [
    ("testsuites", 0, &["tests", "failures", "errors", "name", "time"], &["testsuite"]),
    (
        "testsuite",
        2,
        &["name", "tests", "failures", "errors", "skipped", "time"],
        &["properties", "testcase", "system-out", "system-err"],
    ),
    (
        "testcase",
        1,
        &["name", "classname", "time"],
        &["skipped", "error", "failure", "system-out", "system-err"],
    ),
    ("error", 0, &["type", "message"], &[]),
    ("failure", 0, &["type", "message"], &[]),
    ("system-out", 0, &[], &[]),
];

fn assert_holds_to_schema(element: Node<'_, '_>) {
    let name = element.tag_name().name();
    let (_, required, attributes, children) =
        SCHEMA.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("<{name}>"));
    for attribute in element.attributes() {
        assert!(attributes.contains(&attribute.name()), "{name}/@{}", attribute.name());
    }
    assert!(attributes.iter().take(*required).all(|known| element.has_attribute(*known)), "{name}");
    let place = |child: &Node<'_, '_>| children.iter().position(|known| *known == child.tag_name().name());
    let places: Vec<_> = element.children().filter(Node::is_element).map(|child| place(&child)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{name}: {places:?}");
    element.children().filter(Node::is_element).for_each(assert_holds_to_schema);
}

/// Numbers in the head of a suite must be those of its cases.
fn assert_counts(suite: Node<'_, '_>) {
    let cases = suite.children().filter(|child| child.has_tag_name("testcase"));
    let with = |name: &str| {
        cases.clone().filter(|case| case.children().any(|child| child.has_tag_name(name))).count().to_string()
    };
    assert_eq!(suite.attribute("tests"), Some(&*cases.clone().count().to_string()));
    assert_eq!(suite.attribute("failures"), Some(&*with("failure")));
    assert_eq!(suite.attribute("errors"), Some(&*with("error")));
}

#[test]
fn a_document_is_a_test_case() {
    let files = ["order.xml", "order-slips.xml", "refused.xml", "nothing.xml", "broken.xml"];
    let call = run(&[&["check", "--no-advice", "--format=junit"][..], &files].concat());
    assert_eq!(call.status, 2);
    let report = Document::parse(&call.stdout).unwrap();
    assert_holds_to_schema(report.root_element());
    let suites: Vec<_> = report.root_element().children().filter(Node::is_element).collect();
    let [suite] = &*suites else { panic!("{}", call.stdout) };
    assert_counts(*suite);
    let cases: Vec<_> = suite.children().filter(Node::is_element).collect();
    let names: Vec<_> = cases.iter().map(|case| case.attribute("name").unwrap()).collect();
    assert_eq!(names, files);
    let inside: Vec<_> =
        cases.iter().map(|case| case.first_element_child().map(|child| child.tag_name().name())).collect();
    assert_eq!(inside, [None, Some("failure"), Some("system-out"), Some("error"), Some("failure")]);

    let failure = cases[1].first_element_child().unwrap();
    assert_eq!(failure.attribute("type"), Some("CXML-DTD-MISSING"));
    assert_eq!(failure.attribute("message"), Some("not valid by 1.2.071/cXML; 2 errors"));
    let lines: Vec<_> = failure.text().unwrap().lines().collect();
    assert!(
        lines[0].starts_with("order-slips.xml:7:117: error[CXML-DTD-MISSING]: cXML/Header/Sender: "),
        "{lines:?}"
    );
    assert_eq!(lines.len(), 2);
}

#[cfg(unix)]
#[test]
fn whatever_it_is_called_the_report_is_xml() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\"<&>'\n\u{1b}[2J\u{7}é.xml";
    fs::write(folder.path().join(name), "<a\u{85}b><\u{fffd}/></a\u{85}b>").unwrap();
    let mut command = command(&["check", "--format=junit", name, "\u{1}missing"]);
    let call = finished(command.current_dir(folder.path()), b"");
    assert_eq!(call.status, 2);
    assert!(!call.stdout.chars().any(|c| c.is_control() && c != '\n'), "{:?}", call.stdout);
    let report = Document::parse(&call.stdout).unwrap();
    assert_holds_to_schema(report.root_element());
    let case = report.descendants().find(|node| node.has_tag_name("testcase")).unwrap();
    assert_eq!(case.attribute("name"), Some("a\"<&>'\n\u{fffd}[2J\u{fffd}é.xml"));
}
