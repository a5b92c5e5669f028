use super::chars::{is_name, is_space};

/// What a DOCTYPE says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Declared<'a> {
    pub(crate) root: &'a str,
    pub(crate) system_id: Option<&'a str>,
    /// Whether something is declared in the document itself.
    pub(crate) has_subset: bool,
}

/// Reads what stands between `<!DOCTYPE` and `>`.
pub(super) fn parse(declaration: &str) -> Option<Declared<'_>> {
    let rest = spaced(declaration)?;
    let end = rest.find(|c| is_space(c) || c == '[').unwrap_or(rest.len());
    let (root, rest) = rest.split_at_checked(end)?;
    if !is_name(root) {
        return None;
    }
    let mut rest = rest;
    let mut system_id = None;
    if let Some(after) = spaced(rest).and_then(|rest| rest.strip_prefix("SYSTEM")) {
        let (literal, after) = quoted(spaced(after)?)?;
        (system_id, rest) = (Some(literal), after);
    } else if let Some(after) = spaced(rest).and_then(|rest| rest.strip_prefix("PUBLIC")) {
        let (_, after) = quoted(spaced(after)?)?;
        let (literal, after) = quoted(spaced(after)?)?;
        (system_id, rest) = (Some(literal), after);
    }
    let rest = rest.trim_matches(is_space);
    if rest.is_empty() {
        return Some(Declared { root, system_id, has_subset: false });
    }
    let subset = rest.strip_prefix('[')?.strip_suffix(']')?;
    Some(Declared { root, system_id, has_subset: !subset.trim_matches(is_space).is_empty() })
}

/// What follows at least one blank.
fn spaced(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_space);
    (rest.len() < text.len()).then_some(rest)
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text.strip_prefix(quote)?.split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_forms() {
        let declared = parse(" cXML SYSTEM 'http://x/1.2.014/cXML.dtd'[]").unwrap();
        assert_eq!(declared.system_id, Some("http://x/1.2.014/cXML.dtd"));
        assert!(!declared.has_subset);
        assert_eq!(parse(" cXML PUBLIC \"a\" \"b\" ").unwrap().system_id, Some("b"));
        assert!(parse(" cXML [ <!ENTITY a 'b'> ]").unwrap().has_subset);
        assert_eq!(parse(" cXML").unwrap(), Declared { root: "cXML", system_id: None, has_subset: false });
    }

    #[test]
    fn refuses_the_rest() {
        for bad in [
            "cXML",
            " cXML \"x\"",
            " cXML SYSTEM",
            " cXML SYSTEM x",
            " cXML SYSTEM\"x\"",
            " cXML SYSTEM \"x\" y",
            " 1",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
