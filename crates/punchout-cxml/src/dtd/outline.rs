use crate::xml::{Event, Scanner, Tag};

/// The elements that payloads stand in.
pub(super) const ENVELOPES: [&str; 3] = ["Request", "Message", "Response"];

/// What decides which DTD a document belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline<'a> {
    /// The root element.
    pub(super) root: &'a str,
    /// `Request`, `Message` or `Response`.
    pub(super) envelope: Option<&'a str>,
    /// What the envelope holds besides a `Status`.
    pub(super) payload: Option<&'a str>,
}

impl<'a> Outline<'a> {
    /// Looks ahead for the payload of a document whose root was just opened.
    ///
    /// What is not well-formed ends the search and is not reported: that comes
    /// when the document is read.
    pub(super) fn of(root: &Tag<'a>, mut scanner: Scanner<'a>) -> Self {
        let mut outline = Self { root: root.name, ..Self::default() };
        let mut depth = usize::from(!root.is_empty);
        let mut is_inside = false;
        while depth > 0 {
            let tag = match scanner.next() {
                Ok(Event::Open(tag)) => tag,
                Ok(Event::Close) => {
                    depth -= 1;
                    if depth < 2 && is_inside {
                        break;
                    }
                    continue;
                }
                Ok(Event::End) | Err(_) => break,
                Ok(_) => continue,
            };
            match depth {
                1 if ENVELOPES.contains(&tag.name) => {
                    outline.envelope = Some(tag.name);
                    is_inside = true;
                    if tag.is_empty {
                        break;
                    }
                }
                2 if is_inside && tag.name != "Status" => {
                    outline.payload = Some(tag.name);
                    break;
                }
                _ => {}
            }
            depth += usize::from(!tag.is_empty);
        }
        outline
    }
}

#[cfg(test)]
mod tests {
    use punchout_core::Limits;

    use super::*;

    #[test]
    fn finds_the_payload() {
        for (text, root, envelope, payload) in [
            ("<cXML><Header><Request/></Header><Request><A/></Request></cXML>", "cXML", "Request", "A"),
            ("<cXML><Response><Status a='>'><X/></Status><B/></Response></cXML>", "cXML", "Response", "B"),
            ("<cXML><Message><Status/></Message><Request><A/></Request></cXML>", "cXML", "Message", ""),
            ("<cXML><Request/><Foo><Bar/></Foo></cXML>", "cXML", "Request", ""),
            ("<Index><A/></Index>", "Index", "", ""),
            ("<cXML>", "cXML", "", ""),
            ("<cXML></x></x><A/>", "cXML", "", ""),
        ] {
            let mut scanner = Scanner::new(text, Limits::default()).unwrap();
            let Ok(Event::Open(tag)) = scanner.next() else { panic!("{text}") };
            let outline = Outline::of(&tag, scanner);
            assert_eq!(outline.root, root);
            assert_eq!(outline.envelope.unwrap_or_default(), envelope, "{text}");
            assert_eq!(outline.payload.unwrap_or_default(), payload, "{text}");
        }
    }
}
