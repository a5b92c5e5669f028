use std::ops::Range;

use punchout_core::Limits;

use super::{Kind, Node, Tags, Tree};
use crate::Error;
use crate::xml::{Kind as Found, Scanner, Tag};

/// How many different children of one parent are told apart by number.
const KINDS: usize = 64;

/// An open element.
struct Open {
    number: usize,
    /// Where its children begin in the counts.
    counts: usize,
}

struct Builder<'a> {
    tree: Tree<'a>,
    open: Vec<Open>,
    /// How often each child came so far, for all open elements together.
    counts: Vec<(&'a str, u32)>,
    limits: Limits,
}

impl<'a> Tree<'a> {
    /// Reads the text of a document.
    pub(crate) fn parse(text: &'a str, limits: Limits) -> Result<Self, Error> {
        let mut scanner = Scanner::new(text, limits)?;
        let tree =
            Tree { text, nodes: Vec::new(), attributes: Vec::new(), doctype: None, asides: Vec::new() };
        let mut builder = Builder { tree, open: Vec::new(), counts: Vec::new(), limits };
        loop {
            let kind = scanner.advance()?;
            let span = scanner.start()..scanner.end();
            match kind {
                Found::Open => {
                    let attributes = builder.tree.attributes.len();
                    let mut taken = scanner.take_attributes();
                    builder.tree.attributes.append(&mut taken);
                    scanner.reuse(taken);
                    builder.element(scanner.tag(), attributes..builder.tree.attributes.len());
                }
                Found::Close => builder.close(span),
                Found::Text | Found::Character | Found::Entity => builder.text(span)?,
                Found::CData => builder.leaf(Kind::CData, span),
                Found::Aside => builder.aside(span),
                Found::Doctype => {
                    builder.tree.doctype = scanner.declared().map(|declared| (declared, span));
                }
                Found::End => return Ok(builder.tree),
            }
        }
    }
}

impl<'a> Builder<'a> {
    fn element(&mut self, tag: &Tag<'a>, attributes: Range<usize>) {
        let index = self.count(tag.name);
        let number = self.tree.nodes.len();
        let tags = Tags { name: tag.name, index, opened: tag.end, closing: tag.end, attributes };
        self.leaf(Kind::Element(tags), tag.start..tag.end);
        if !tag.is_empty {
            self.open.push(Open { number, counts: self.counts.len() });
        }
    }

    /// Counts a child of the innermost element, as the validator does.
    fn count(&mut self, name: &'a str) -> u32 {
        let start = self.open.last().map_or(0, |parent| parent.counts);
        let siblings = self.counts.get_mut(start..).unwrap_or_default();
        if let Some((_, count)) = siblings.iter_mut().rev().find(|(known, _)| *known == name) {
            *count = count.saturating_add(1);
            return *count;
        }
        if siblings.len() < KINDS {
            self.counts.push((name, 1));
        }
        1
    }

    fn close(&mut self, tag: Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        self.counts.truncate(open.counts);
        let next = self.tree.nodes.len();
        let Some(node) = self.tree.nodes.get_mut(open.number) else { return };
        node.next = next;
        node.span.end = tag.end;
        if let Kind::Element(tags) = &mut node.kind {
            tags.closing = tag.start;
        }
    }

    fn leaf(&mut self, kind: Kind<'a>, span: Range<usize>) {
        let parent = self.open.last().map_or(0, |open| open.number);
        let next = self.tree.nodes.len() + 1;
        self.tree.nodes.push(Node { kind, span, parent, next });
    }

    fn text(&mut self, span: Range<usize>) -> Result<(), Error> {
        // What touches the text before it has the same parent.
        let before = self.tree.nodes.last_mut();
        let touching = before.filter(|node| matches!(node.kind, Kind::Text) && node.span.end == span.start);
        if let Some(before) = touching {
            before.span.end = span.end;
            return Ok(self.limits.check_value(before.span.len())?);
        }
        self.limits.check_value(span.len())?;
        self.leaf(Kind::Text, span);
        Ok(())
    }

    /// White space beside the root is one, too; only markup counts.
    fn aside(&mut self, span: Range<usize>) {
        if !self.open.is_empty() {
            self.leaf(Kind::Aside, span);
        } else if self.tree.text.get(span.clone()).is_some_and(|aside| aside.starts_with('<')) {
            self.tree.asides.push(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Piece;

    fn tree(text: &str) -> Tree<'_> {
        Tree::parse(text, Limits::default()).unwrap()
    }

    #[test]
    fn knows_what_stands_where() {
        let tree = tree(
            "<?xml version='1.0'?>\n<!-- p --><!DOCTYPE a SYSTEM 'x'>\n<a b='1&amp;2' c = \"3\">t<d/>u&#33;<![CDATA[<v>]]><!-- w --><d>x</d></a><?e?>",
        );
        let root = tree.root();
        assert_eq!(root.attribute("b").as_deref(), Some("1&2"));
        assert_eq!(root.attributes().len(), 2);
        assert_eq!(root.text(), "tu!<v>");
        assert_eq!(tree.piece(root.start_tag()), "<a b='1&amp;2' c = \"3\">");
        assert_eq!((tree.piece(root.end_tag()), root.parent().is_none()), ("</a>", true));
        let pieces: Vec<_> = root.pieces().map(|piece| tree.piece(piece.span())).collect();
        assert_eq!(pieces, ["t", "<d/>", "u&#33;", "<![CDATA[<v>]]>", "<!-- w -->", "<d>x</d>"]);
        let paths: Vec<_> = root.descendants().map(|element| element.path()).collect();
        assert_eq!(paths, ["a", "a/d", "a/d[2]"]);
        let second = root.children_named("d").nth(1).unwrap();
        assert_eq!((second.text().as_ref(), second.ends_itself()), ("x", false));
        assert!(root.child("d").unwrap().ends_itself());
        assert!(matches!(second.pieces().next(), Some(Piece::Text(_))));
        assert_eq!(second.parent().unwrap().name(), "a");
        assert_eq!(tree.doctype().unwrap().0.system_id, Some("x"));
        let outer: Vec<_> = tree.outer_asides().iter().map(|span| tree.piece(span.clone())).collect();
        assert_eq!(outer, ["<?xml version='1.0'?>", "<!-- p -->", "<?e?>"]);
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = 100_000;
        let text = format!("{}{}", "<a>".repeat(deep), "</a>".repeat(deep));
        assert!(Tree::parse(&text, Limits::default()).is_err());
        let tree = Tree::parse(&text, Limits::default().with_depth(deep)).unwrap();
        assert_eq!(tree.root().descendants().count(), deep);
        assert_eq!(tree.root().descendants().last().unwrap().path().len(), 2 * deep - 1);
    }

    #[test]
    fn refuses_what_is_not_well_formed() {
        for text in ["", "<a>", "<a/><b/>", "<a>&b</a>", "<a b='1' b='2'/>", "a<b/>"] {
            assert!(Tree::parse(text, Limits::default()).is_err(), "{text}");
        }
    }
}
