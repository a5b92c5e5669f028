use quick_xml::Reader;
use quick_xml::events::Event;

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
    /// Looks ahead for the payload; `text` begins with the root element.
    ///
    /// What is not well-formed ends the search and is not reported: that comes
    /// when the document is read.
    pub(super) fn of(text: &'a str) -> Self {
        let mut outline = Self::default();
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        let mut depth = 0_usize;
        let mut envelope_depth = None;
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let (name, is_empty) = match reader.read_event() {
                Ok(Event::Start(tag)) => (tag.name().as_ref().len(), false),
                Ok(Event::Empty(tag)) => (tag.name().as_ref().len(), true),
                Ok(Event::End(_)) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 || envelope_depth.is_some_and(|envelope| depth < envelope) {
                        return outline;
                    }
                    continue;
                }
                Ok(Event::Eof) | Err(_) => return outline,
                Ok(_) => continue,
            };
            let name = text.get(start + 1..start + 1 + name).unwrap_or_default();
            match depth {
                0 => outline.root = name,
                1 if envelope_depth.is_none() && ENVELOPES.contains(&name) => {
                    outline.envelope = Some(name);
                    envelope_depth = Some(2);
                }
                2 if envelope_depth.is_some() && name != "Status" => {
                    outline.payload = Some(name);
                    return outline;
                }
                _ => {}
            }
            if is_empty && (depth == 0 || depth == 1 && envelope_depth.is_some()) {
                return outline;
            }
            depth += usize::from(!is_empty);
        }
    }
}

#[cfg(test)]
mod tests {
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
            let outline = Outline::of(text);
            assert_eq!(outline.root, root);
            assert_eq!(outline.envelope.unwrap_or_default(), envelope, "{text}");
            assert_eq!(outline.payload.unwrap_or_default(), payload, "{text}");
        }
    }
}
