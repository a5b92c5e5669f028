//! A document as a tree of what stands where in its text.
//!
//! The nodes lie in one vector in the order of the document, each with the
//! number of the node that follows its whole subtree. So nothing here recurses,
//! and going over a subtree is going over a slice.

mod build;
mod decode;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use decode::{decode_text, decode_value};

use crate::xml::{Attribute, Declared};

/// A document's elements and texts, and their places in it.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    text: &'a str,
    nodes: Vec<Node<'a>>,
    attributes: Vec<Attribute<'a>>,
    doctype: Option<(Declared<'a>, Range<usize>)>,
    /// Comments and instructions before and behind the root element.
    asides: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Node<'a> {
    kind: Kind<'a>,
    /// From the first byte to behind the last one.
    span: Range<usize>,
    /// The number of the parent; the root is its own.
    parent: usize,
    /// The number of the node behind this one and all that it holds.
    next: usize,
}

#[derive(Debug)]
enum Kind<'a> {
    Element(Tags<'a>),
    Text,
    CData,
    Aside,
}

#[derive(Debug)]
struct Tags<'a> {
    name: &'a str,
    /// Which of its name it is in its parent, from 1.
    index: u32,
    /// Where the start tag ends.
    opened: usize,
    /// Where the end tag begins; an element that ends itself has none.
    closing: usize,
    /// Its attributes among all.
    attributes: Range<usize>,
}

impl<'a> Tree<'a> {
    /// The document's text.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// A piece of the text.
    pub(crate) fn piece(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).expect("nodes begin and end between characters")
    }

    pub(crate) fn root(&self) -> Element<'_, 'a> {
        self.at(0).expect("a tree has a root")
    }

    /// What the DOCTYPE says, and where it stands.
    pub(crate) fn doctype(&self) -> Option<&(Declared<'a>, Range<usize>)> {
        self.doctype.as_ref()
    }

    /// Where comments and instructions stand before and behind the root.
    pub(crate) fn outer_asides(&self) -> &[Range<usize>] {
        &self.asides
    }

    /// What a piece of text says; other pieces say nothing.
    pub(crate) fn decoded(&self, piece: &Piece<'_, 'a>) -> Cow<'a, str> {
        match piece {
            Piece::Text(span) => decode_text(self.piece(span.clone())),
            Piece::CData(span) => decode::decode_cdata(self.piece(span.clone())),
            Piece::Element(_) | Piece::Aside(_) => Cow::Borrowed(""),
        }
    }

    /// How many nodes there are; their numbers are below this.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element of this number.
    pub(crate) fn at(&self, number: usize) -> Option<Element<'_, 'a>> {
        let node = self.nodes.get(number)?;
        match &node.kind {
            Kind::Element(tags) => Some(Element { tree: self, number, node, tags }),
            _ => None,
        }
    }

    fn piece_at(&self, number: usize) -> Option<Piece<'_, 'a>> {
        let node = self.nodes.get(number)?;
        Some(match &node.kind {
            Kind::Element(tags) => Piece::Element(Element { tree: self, number, node, tags }),
            Kind::Text => Piece::Text(node.span.clone()),
            Kind::CData => Piece::CData(node.span.clone()),
            Kind::Aside => Piece::Aside(node.span.clone()),
        })
    }
}

/// What stands between the tags of an element.
#[derive(Clone, Debug)]
pub(crate) enum Piece<'t, 'a> {
    Element(Element<'t, 'a>),
    /// Characters and references, as long as they follow each other.
    Text(Range<usize>),
    /// A CDATA section with its delimiters.
    CData(Range<usize>),
    /// A comment or an instruction.
    Aside(Range<usize>),
}

impl Piece<'_, '_> {
    pub(crate) fn span(&self) -> Range<usize> {
        match self {
            Self::Element(element) => element.span(),
            Self::Text(span) | Self::CData(span) | Self::Aside(span) => span.clone(),
        }
    }
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'t, 'a> {
    tree: &'t Tree<'a>,
    number: usize,
    node: &'t Node<'a>,
    tags: &'t Tags<'a>,
}

impl std::fmt::Debug for Element<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path())
    }
}

impl<'t, 'a> Element<'t, 'a> {
    pub(crate) fn tree(&self) -> &'t Tree<'a> {
        self.tree
    }

    /// Its number among all nodes, in the order of the document.
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    /// The number behind those of all that it holds.
    pub(crate) fn next_number(&self) -> usize {
        self.node.next
    }

    pub(crate) fn name(&self) -> &'a str {
        self.tags.name
    }

    /// From the `<` of its start tag to behind the `>` of its end tag.
    pub(crate) fn span(&self) -> Range<usize> {
        self.node.span.clone()
    }

    pub(crate) fn start_tag(&self) -> Range<usize> {
        self.node.span.start..self.tags.opened
    }

    /// Empty for an element that ends itself.
    pub(crate) fn end_tag(&self) -> Range<usize> {
        self.tags.closing..self.node.span.end
    }

    /// What stands between the tags.
    pub(crate) fn inside(&self) -> Range<usize> {
        self.tags.opened..self.tags.closing
    }

    /// Whether it is written as `<a/>`.
    pub(crate) fn ends_itself(&self) -> bool {
        self.tags.closing == self.node.span.end
    }

    /// Which of its name it is in its parent, from 1.
    pub(crate) fn index(&self) -> u32 {
        self.tags.index
    }

    pub(crate) fn parent(&self) -> Option<Self> {
        if self.number == 0 { None } else { self.tree.at(self.node.parent) }
    }

    /// The attributes as they stand in the tag.
    pub(crate) fn attributes(&self) -> &'t [Attribute<'a>] {
        self.tree.attributes.get(self.tags.attributes.clone()).unwrap_or_default()
    }

    /// What an attribute says.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let found = self.attributes().iter().find(|attribute| attribute.name == name)?;
        Some(decode_value(self.tree.piece(found.value.clone())))
    }

    /// All that stands between its tags, in order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece<'t, 'a>> + use<'t, 'a> {
        let (tree, end) = (self.tree, self.node.next);
        let mut number = self.number + 1;
        std::iter::from_fn(move || {
            let piece = tree.piece_at(number).filter(|_| number < end)?;
            number = tree.nodes.get(number)?.next;
            Some(piece)
        })
    }

    /// The elements in it.
    pub(crate) fn children(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        self.pieces().filter_map(|piece| match piece {
            Piece::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The elements of this name in it.
    pub(crate) fn children_named<'n>(&self, name: &'n str) -> impl Iterator<Item = Self> + use<'t, 'a, 'n> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first element of this name in it.
    pub(crate) fn child(&self, name: &str) -> Option<Self> {
        self.children_named(name).next()
    }

    /// The element at the end of a path of names, such as `Header/From`.
    pub(crate) fn find(&self, path: &str) -> Option<Self> {
        path.split('/').try_fold(*self, |element, name| element.child(name))
    }

    /// The element and all elements in it, in the order of the document.
    pub(crate) fn descendants(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        let tree = self.tree;
        (self.number..self.node.next).filter_map(move |number| tree.at(number))
    }

    /// The text in it, that of its children left out.
    pub(crate) fn text(&self) -> Cow<'a, str> {
        let mut text = Cow::Borrowed("");
        for piece in self.pieces() {
            let more = self.tree.decoded(&piece);
            if text.is_empty() {
                text = more;
            } else if !more.is_empty() {
                text.to_mut().push_str(&more);
            }
        }
        text
    }

    /// The way to it, such as `cXML/Request/OrderRequest/ItemOut[2]`.
    pub(crate) fn path(&self) -> String {
        let mut above: Vec<Self> = std::iter::successors(Some(*self), Self::parent).collect();
        above.reverse();
        let mut path = String::new();
        for element in above {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(punchout_core::truncated(element.name(), 64));
            if element.index() > 1 {
                path.extend(["[", &element.index().to_string(), "]"]);
            }
        }
        path
    }
}
