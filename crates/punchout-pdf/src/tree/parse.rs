use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use super::{Attribute, Names, Node, Tree};

/// Reads XML that is known to be well-formed: the crate `punchout-cxml` wrote
/// it. On other XML the tree is some tree, and that is all.
pub(super) fn parse(xml: &str) -> Tree<'_> {
    let mut tree = Tree { nodes: Vec::new(), attributes: Vec::new(), masked: BTreeMap::new(), guessed: 0 };
    let mut open: Vec<(usize, Names<'_>)> = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let (text, markup) = rest.split_at(at);
        tree.add_text(&open, decoded(text));
        rest = if let Some(inside) = markup.strip_prefix("<!--") {
            behind(inside, "-->").1
        } else if let Some(inside) = markup.strip_prefix("<![CDATA[") {
            let (text, rest) = behind(inside, "]]>");
            tree.add_text(&open, Cow::Borrowed(text));
            rest
        } else if let Some(inside) = markup.strip_prefix("<?") {
            behind(inside, "?>").1
        } else if let Some(inside) = markup.strip_prefix("<!") {
            behind(inside, ">").1
        } else if let Some(inside) = markup.strip_prefix("</") {
            if let Some((at, _)) = open.pop() {
                tree.close(at);
            }
            behind(inside, ">").1
        } else {
            tree.open(markup, &mut open)
        };
    }
    while let Some((at, _)) = open.pop() {
        tree.close(at);
    }
    tree
}

impl<'a> Tree<'a> {
    fn open(&mut self, markup: &'a str, open: &mut Vec<(usize, Names<'a>)>) -> &'a str {
        let inside = markup.get(1..).unwrap_or_default();
        let end = inside.find([' ', '\t', '\n', '\r', '/', '>']).unwrap_or(inside.len());
        let (name, mut rest) = inside.split_at(end);
        let first = self.attributes.len();
        let is_closed = loop {
            rest = rest.trim_start();
            if let Some(behind) = rest.strip_prefix("/>") {
                rest = behind;
                break true;
            }
            if let Some(behind) = rest.strip_prefix('>') {
                rest = behind;
                break false;
            }
            let Some((name, value)) = rest.split_once('=') else {
                rest = "";
                break true;
            };
            let value = value.trim_start();
            let quote = if value.starts_with('\'') { "'" } else { "\"" };
            let (value, behind) = behind(value.get(1..).unwrap_or_default(), quote);
            rest = behind;
            self.attributes.push(Attribute {
                name: name.trim_end(),
                value: decoded(value),
                read: Cell::new(false),
            });
        };
        let at = self.nodes.len();
        let (parent, nth) = open.last_mut().map_or((at, 1), |(parent, names)| (*parent, names.nth(name)));
        self.nodes.push(Node {
            name,
            nth,
            parent,
            next: at + 1,
            attributes: first..self.attributes.len(),
            text: Cow::Borrowed(""),
            read: Cell::new(false),
            seen: Cell::new(false),
            hidden: false,
        });
        if !is_closed {
            open.push((at, Names::default()));
        }
        rest
    }

    fn close(&mut self, at: usize) {
        let next = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(at) {
            node.next = next;
        }
    }

    fn add_text(&mut self, open: &[(usize, Names<'_>)], text: Cow<'a, str>) {
        let Some(node) = open.last().and_then(|(at, _)| self.nodes.get_mut(*at)) else { return };
        if node.text.trim().is_empty() {
            // white space before the first child is the writer's
            node.text = text;
        } else {
            node.text.to_mut().push_str(&text);
        }
    }
}

/// What is before an end mark, and what is behind it.
fn behind<'a>(text: &'a str, end: &str) -> (&'a str, &'a str) {
    text.split_once(end).unwrap_or((text, ""))
}

/// A text with its references as the characters that they mean.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once('&') {
        out.push_str(before);
        let (name, behind) = behind(reference, ";");
        match name {
            "amp" => out.push('&'),
            "lt" => out.push('<'),
            "gt" => out.push('>'),
            "quot" => out.push('"'),
            "apos" => out.push('\''),
            _ => {
                let code = name.strip_prefix("#x").map_or_else(
                    || name.strip_prefix('#').and_then(|digits| digits.parse().ok()),
                    |digits| u32::from_str_radix(digits, 16).ok(),
                );
                out.push(code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    Cow::Owned(out)
}
