use std::ops::Range;

use punchout_core::excerpt;

use super::builtin::{self, BuiltIn};
use super::check::Check;
use super::code;
use crate::Doctype;
use crate::xml::{Declared, Tag};

/// The root elements of cXML: that of documents, and those of static catalog
/// files. Any other may be valid, but nobody takes it.
pub(crate) const ROOTS: &[&str] = &["cXML", "Supplier", "Contract", "Index"];

/// Version and file in an address such as `http://…/1.2.014/cXML.dtd`.
pub(super) fn named(system_id: &str) -> Option<(&str, &str)> {
    let (before, file) = system_id.trim().rsplit_once('/')?;
    let version = before.rsplit_once('/').map_or(before, |(_, version)| version);
    Some((version, file.strip_suffix(".dtd")?))
}

/// Holds the DOCTYPE against the document and the DTD that was chosen for it.
pub(super) fn check(
    check: &mut Check<'_>,
    declared: Option<&(Declared<'_>, Range<usize>)>,
    chosen: Option<&BuiltIn>,
    root: &Tag<'_>,
) {
    let Some((doctype, span)) = declared else {
        if let Some(dtd) = chosen {
            let help = recommended(check, "begin with", root.name, dtd);
            check.warn(code::DOCTYPE, None, "there is no DOCTYPE".into(), help);
        }
        return;
    };
    if doctype.has_subset {
        let message = "declarations inside of the document are ignored".into();
        check.warn(
            code::SUBSET,
            Some(span.clone()),
            message,
            "remove what stands between `[` and `]`".into(),
        );
    }
    if doctype.root != root.name {
        let message =
            format!("the root is {}, but the DOCTYPE says {}", excerpt(root.name), excerpt(doctype.root));
        let (is_root_declared, is_named_declared) = (check.declares(root.name), check.declares(doctype.root));
        check.fault(code::ROOT, root.start..root.end, String::new(), || {
            // a root that is not declared is what is wrong
            let is_root_wrong =
                chosen.is_some() && !ROOTS.contains(&root.name) && ROOTS.contains(&doctype.root);
            let help = if (!is_root_declared || is_root_wrong) && is_named_declared {
                format!("make `{}` the root element", doctype.root)
            } else {
                "name the root element in the DOCTYPE".into()
            };
            (message, Some(help))
        });
    }
    // A DTD given by hand is named by no address.
    let Some(dtd) = chosen else { return };
    let help = recommended(check, "write", root.name, dtd);
    let Some(system_id) = doctype.system_id else {
        check.warn(code::DOCTYPE, Some(span.clone()), "the DOCTYPE names no DTD".into(), help);
        return;
    };
    match named(system_id) {
        Some((version, file)) if file == dtd.file => {
            if builtin::version_for(version).is_none() {
                let message = format!("version {} is not known", excerpt(version));
                check.warn(code::VERSION, Some(span.clone()), message, help);
            }
        }
        Some((_, file)) if builtin::all().any(|known| known.file == file) => {
            let message = format!("the DOCTYPE names {file}.dtd, but the payload is in {}.dtd", dtd.file);
            check.warn(code::DOCTYPE, Some(span.clone()), message, help);
        }
        _ => {
            let message = format!("{} is no DTD of cXML", excerpt(system_id));
            check.warn(code::DOCTYPE, Some(span.clone()), message, help);
        }
    }
}

/// Which DOCTYPE to have. One that names a root without a declaration, or one
/// that stands nowhere alone, would only be wrong in another way.
fn recommended(check: &Check<'_>, verb: &str, root: &str, dtd: &BuiltIn) -> String {
    if !check.declares(root) {
        return "look whether this is a cXML document: no DTD of cXML declares its root element".into();
    }
    let address = Doctype::of(dtd.version, dtd.file).system_id;
    if !ROOTS.contains(&root) {
        return format!("make `cXML` the root element, and {verb} `<!DOCTYPE cXML SYSTEM \"{address}\">`");
    }
    format!("{verb} `<!DOCTYPE {root} SYSTEM \"{address}\">`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_version_and_file() {
        let known = Some(("1.2.014", "cXML"));
        assert_eq!(named("http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd"), known);
        assert_eq!(named("1.2.014/cXML.dtd "), known);
        assert_eq!(named("cXML.dtd"), None);
        assert_eq!(named("http://x/y/z.xml"), None);
    }
}
