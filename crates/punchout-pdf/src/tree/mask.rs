//! Secrets within texts, and how many there are.

use std::borrow::Cow;

use punchout_cxml::secret;

use super::{Element, Sort, Tree};

impl Tree<'_> {
    /// Hides secrets in free texts, and in identifiers what is a secret there.
    pub(super) fn hide_texts(
        &mut self,
        in_text: impl Fn(&str) -> Cow<'_, str>,
        in_identifier: impl Fn(&str) -> Cow<'_, str>,
    ) {
        // few have any: what it is the text of is looked up then
        let hide = |text: &str, is_identifier: &dyn Fn() -> bool| match in_text(text) {
            Cow::Owned(_) if is_identifier() => Hidden::of(text, in_identifier(text)),
            hidden => Hidden::of(text, hidden),
        };
        for (at, node) in self.nodes.iter_mut().enumerate() {
            let attributes = self.attributes.get(node.attributes.clone()).unwrap_or_default();
            let kinds = || -> Vec<&str> {
                attributes.iter().filter(|it| secret::is_kind(it.name)).map(|it| &*it.value).collect()
            };
            let holds_number = |name| secret::is_identifier(node.name, name, &kinds());
            let of_values: Vec<_> = attributes
                .iter()
                .enumerate()
                // lines of the order are found by it
                .filter(|(_, attribute)| !attribute.is_quantity())
                .filter_map(|(n, it)| Some((n, hide(&it.value, &|| holds_number(Some(it.name)))?)))
                .collect();
            if let Some(hidden) = hide(&node.text, &|| holds_number(None)) {
                node.text = Cow::Owned(hidden.text);
                *self.masked.entry((at, None)).or_default() += hidden.count;
            }
            let first = node.attributes.start;
            for (n, hidden) in of_values {
                let Some(attribute) = self.attributes.get_mut(first + n) else { continue };
                attribute.value = Cow::Owned(hidden.text);
                *self.masked.entry((at, Some(attribute.name))).or_default() += hidden.count;
            }
        }
    }

    /// Where in texts and values something is masked, and how much of it.
    pub(crate) fn masked(&self) -> impl Iterator<Item = (String, usize)> {
        let order = self.order().map_or(0, |order| order.at);
        let shown = self.masked.iter().filter(|((at, attribute), _)| {
            let node = self.node(*at);
            // of a card nothing is shown
            !node.hidden && (attribute.is_none() || Sort::of(node.name) != Sort::Card)
        });
        shown.map(move |((at, attribute), count)| {
            let element = Element { tree: self, at: *at };
            let path = element.path(if *at >= order { order } else { 0 });
            (attribute.map_or_else(|| path.clone(), |name| format!("{path}@{name}")), *count)
        })
    }
}

/// A text without its secrets, and how many they were.
struct Hidden {
    text: String,
    count: usize,
}

impl Hidden {
    fn of(sent: &str, shown: Cow<'_, str>) -> Option<Self> {
        let Cow::Owned(text) = shown else { return None };
        let masks = |text: &str| text.matches(secret::MASK).count();
        let count = masks(&text).saturating_sub(masks(sent)).max(1);
        (text != sent).then_some(Self { text, count })
    }
}
