//! Writing a change into the text that it is a change of.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::align::{self, Keys};
use super::encode::Room;
use super::layout::{Layout, laid_out};
use crate::tree::{Element, Piece, Tree, decode_text, decode_value};
use crate::xml::{Attribute, is_space};

/// How much of the original is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grain {
    /// Whether new elements get the layout of what is around them, or stand as
    /// the writer wrote them, should their white space matter.
    is_laid_out: bool,
    /// A changed element at this depth is written anew as a whole.
    depth: usize,
}

impl Grain {
    /// From the finest to the coarsest, which writes the root element anew.
    pub(super) const ALL: [Self; 6] = [
        // No model is deeper than that.
        Self { is_laid_out: true, depth: 64 },
        Self { is_laid_out: false, depth: 64 },
        Self { is_laid_out: false, depth: 3 },
        Self { is_laid_out: false, depth: 2 },
        Self { is_laid_out: false, depth: 1 },
        Self { is_laid_out: false, depth: 0 },
    ];
}

/// Three documents: the original, what the writer makes of it, and what the
/// writer makes of the changed model.
///
/// The writer writes the same model in the same way, so what it wrote twice
/// alike did not change, and then the original counts.
pub(super) struct Merge<'t, 'a> {
    original: &'t Tree<'a>,
    base: &'t Tree<'a>,
    new: &'t Tree<'a>,
    keys: [Keys; 3],
    grain: Grain,
    room: Room,
    out: String,
    depth: usize,
}

/// An element in all three.
type Three<'t, 'a> = (Element<'t, 'a>, Element<'t, 'a>, Element<'t, 'a>);

/// The children of an element in all three, and which is which.
struct Children<'t, 'a> {
    original: Vec<Element<'t, 'a>>,
    base: Vec<Element<'t, 'a>>,
    new: Vec<Element<'t, 'a>>,
    /// For each new one what it was in the base.
    base_of_new: Vec<Option<usize>>,
    /// For each one of the base where it is in the original.
    original_of_base: Vec<Option<usize>>,
}

impl<'t, 'a> Children<'t, 'a> {
    /// Where a new one is in the original.
    fn place(&self, new: usize) -> Option<(usize, Three<'t, 'a>)> {
        let base = (*self.base_of_new.get(new)?)?;
        let original = (*self.original_of_base.get(base)?)?;
        let three = (*self.original.get(original)?, *self.base.get(base)?, *self.new.get(new)?);
        Some((original, three))
    }

    fn all_stay(&self) -> bool {
        self.base.len() == self.new.len() && self.base_of_new.iter().all(Option::is_some)
    }
}

impl<'t, 'a> Merge<'t, 'a> {
    /// Of the original, the base and the new document.
    pub(super) fn new(trees: [&'t Tree<'a>; 3], grain: Grain, room: Room) -> Self {
        let [original, base, new] = trees;
        Self { original, base, new, keys: trees.map(Keys::of), grain, room, out: String::new(), depth: 0 }
    }

    /// Writes the root element.
    pub(super) fn root(mut self) -> String {
        self.element((self.original.root(), self.base.root(), self.new.root()));
        self.out
    }

    fn element(&mut self, three: Three<'t, 'a>) {
        let (original, base, new) = three;
        if xml(&base) == xml(&new) {
            self.out.push_str(xml(&original));
        } else if xml(&original) == xml(&base) || self.depth == self.grain.depth {
            // What the model keeps as it stands, or the writer's own style.
            self.push_new(xml(&new));
        } else {
            self.depth += 1;
            self.start_tag(three);
            let start = self.out.len();
            self.content(three);
            if original.ends_itself() {
                self.end_itself(&original, start);
            } else {
                self.out.push_str(self.original.piece(original.end_tag()));
            }
            self.depth -= 1;
        }
    }

    /// Writes what was not there before.
    fn push_new(&mut self, xml: &str) {
        self.out.push_str(&self.room.fit(xml));
    }

    /// Writes the original's start tag with what changed in its attributes. If
    /// it ends the element itself, its `>` is still to come.
    fn start_tag(&mut self, (original, base, new): Three<'t, 'a>) {
        let tag = original.start_tag();
        let tree = self.original;
        let mut from = tag.start;
        let name_end = tag.start + 1 + original.name().len();
        let (base_values, new_values) = (values(&base), values(&new));
        if base_values != new_values {
            let known: BTreeMap<_, _> =
                original.attributes().iter().enumerate().map(|(at, known)| (known.name, at)).collect();
            // New ones stand behind the one that the writer has before them.
            let mut added: BTreeMap<Option<usize>, Vec<&Attribute<'a>>> = BTreeMap::new();
            let mut last = None;
            for attribute in new.attributes() {
                match known.get(attribute.name) {
                    Some(at) => last = Some(*at),
                    None => added.entry(last).or_default().push(attribute),
                }
            }
            self.out.push_str(tree.piece(from..name_end));
            from = name_end;
            self.add(added.get(&None));
            for (at, attribute) in original.attributes().iter().enumerate() {
                let end = attribute.value.end + 1;
                let was = base_values.get(attribute.name);
                match new_values.get(attribute.name) {
                    None if was.is_some() => {}
                    Some((says, span)) if was.is_none_or(|(was, _)| was != says) => {
                        self.out.push_str(tree.piece(from..attribute.value.start));
                        let quote = tree.piece(attribute.value.end..end);
                        let is = self.new.piece(span.clone());
                        // The writer writes for double quotes.
                        let is = if quote == "'" { Cow::from(is.replace('\'', "&apos;")) } else { is.into() };
                        self.push_new(&is);
                        self.out.push_str(quote);
                    }
                    _ => self.out.push_str(tree.piece(from..end)),
                }
                from = end;
                self.add(added.get(&Some(at)));
            }
        }
        let end = if original.ends_itself() { tag.end - 1 } else { tag.end };
        self.out.push_str(tree.piece(from..end));
    }

    fn add(&mut self, attributes: Option<&Vec<&Attribute<'a>>>) {
        for attribute in attributes.into_iter().flatten() {
            let value = self.new.piece(attribute.value.clone());
            let value = self.room.fit(value);
            self.out.extend([" ", attribute.name, "=\"", &value, "\""]);
        }
    }

    /// Ends an element that had nothing in it; what it has now begins at
    /// `start`.
    fn end_itself(&mut self, original: &Element<'t, 'a>, start: usize) {
        if self.out.len() == start {
            self.out.push('>');
            return;
        }
        let content = self.out.split_off(start);
        let tag = self.out.trim_end_matches('/').trim_end().len();
        self.out.truncate(tag);
        self.out.extend([">", &content, "</", original.name(), ">"]);
    }

    fn content(&mut self, (original, base, new): Three<'t, 'a>) {
        let children = self.children(original, base, new);
        let all = [original, base, new];
        let has_children = all.iter().any(|element| element.children().next().is_some());
        let is_layout = has_children && all.iter().all(align::is_blank);
        if !is_layout && (!children.all_stay() || base.text() != new.text()) {
            self.texts((original, base, new), &children);
        } else {
            self.elements(original, &children, is_layout);
        }
    }

    fn children(
        &self,
        original: Element<'t, 'a>,
        base: Element<'t, 'a>,
        new: Element<'t, 'a>,
    ) -> Children<'t, 'a> {
        let [original, base, new] = [original, base, new].map(|parent| parent.children().collect::<Vec<_>>());
        let [original_keys, base_keys, new_keys] = &self.keys;
        let keys = |keys: &Keys, elements: &[Element<'_, '_>]| -> Vec<_> {
            elements.iter().map(|element| keys.get(element)).collect()
        };
        let base_keys = keys(base_keys, &base);
        let base_of_new = align::in_order(&base_keys, &keys(new_keys, &new));
        let mut original_of_base = vec![None; base.len()];
        let found = align::any_order(&keys(original_keys, &original), &base_keys);
        for (at, found) in found.into_iter().enumerate() {
            if let Some(place) = found.and_then(|found| original_of_base.get_mut(found)) {
                *place = Some(at);
            }
        }
        Children { original, base, new, base_of_new, original_of_base }
    }

    /// Writes an element that has no text, or the same: what stands between the
    /// children that stay is kept, and so is their order.
    fn elements(&mut self, parent: Element<'t, 'a>, children: &Children<'t, 'a>, is_layout: bool) {
        let mut stays: Vec<Option<Three<'t, 'a>>> = vec![None; children.original.len()];
        let mut goes = vec![false; children.original.len()];
        for at in children.original_of_base.iter().flatten() {
            goes.get_mut(*at).into_iter().for_each(|goes| *goes = true);
        }
        for (at, three) in (0..children.new.len()).filter_map(|new| children.place(new)) {
            stays.get_mut(at).into_iter().for_each(|stays| *stays = Some(three));
        }
        let added = places_of_new(children);
        let layout = if is_layout { Layout::of_children(&parent) } else { None };
        let text = self.original;
        let inside = parent.inside();
        let mut from = inside.start;
        let has_asides = parent.pieces().any(|piece| matches!(piece, Piece::Aside(_)));
        let is_bare =
            is_layout && !has_asides && stays.iter().zip(&goes).all(|(stays, goes)| stays.is_none() && *goes);

        self.insert(added.get(&0), children, layout.as_ref(), is_layout);
        for (at, child) in children.original.iter().enumerate() {
            let span = child.span();
            let before = text.piece(from..span.start);
            match (stays.get(at), goes.get(at)) {
                (Some(Some(three)), _) => {
                    self.out.push_str(before);
                    self.element(*three);
                }
                (_, Some(true)) => self.out.push_str(before.trim_end_matches(is_space)),
                _ => self.out.push_str(text.piece(from..span.end)),
            }
            from = span.end;
            self.insert(added.get(&(at + 1)), children, layout.as_ref(), is_layout);
        }
        if !is_bare {
            self.out.push_str(text.piece(from..inside.end));
        } else if let Some(layout) = layout.filter(|_| !added.is_empty()) {
            self.out.push_str(&layout.tail());
        }
    }

    fn insert(
        &mut self,
        added: Option<&Vec<usize>>,
        children: &Children<'t, 'a>,
        layout: Option<&Layout<'a>>,
        is_layout: bool,
    ) {
        for new in added.into_iter().flatten().filter_map(|at| children.new.get(*at)) {
            if let Some(layout) = layout {
                self.out.push_str(&layout.lead(0));
            }
            if is_layout && self.grain.is_laid_out {
                self.push_new(&laid_out(new, layout));
            } else {
                self.push_new(xml(new));
            }
        }
    }

    /// Writes an element whose own text changed, or may change its meaning with
    /// the children that come and go; in the order of the writer.
    fn texts(&mut self, (original, base, new): Three<'t, 'a>, children: &Children<'t, 'a>) {
        let [originals, bases, news] = [original, base, new].map(|element| Gap::of(&element));
        for (at, gap) in news.iter().enumerate() {
            let before = match at.checked_sub(1) {
                None => Some((0, 0)),
                Some(before) => children.place(before).map(|(original, _)| {
                    let base = children.base_of_new.get(before).copied().flatten().unwrap_or_default();
                    (original + 1, base + 1)
                }),
            };
            let was = before.and_then(|(original, base)| Some((originals.get(original)?, bases.get(base)?)));
            match was {
                Some((original, base)) if base.text(self.base) == gap.text(self.new) => {
                    self.out.push_str(self.original.piece(original.span.clone()));
                }
                Some((original, _)) => self.text(original, gap),
                None => self.push_new(self.new.piece(gap.span.clone())),
            }
            match (children.place(at), children.new.get(at)) {
                (Some((_, three)), _) => self.element(three),
                (None, Some(new)) => self.push_new(xml(new)),
                (None, None) => {}
            }
        }
    }

    /// Writes a text in the place of another one; comments stay.
    fn text(&mut self, original: &Gap<'t, 'a>, new: &Gap<'t, 'a>) {
        let raw = self.new.piece(new.span.clone());
        let is_cdata = matches!(
            *original.pieces.iter().filter(|piece| !matches!(piece, Piece::Aside(_))).collect::<Vec<_>>(),
            [Piece::CData(_)]
        );
        let said = decode_text(raw);
        let can_be_cdata = !said.is_empty()
            && !said.contains("]]>")
            && !said.contains('\r')
            && (self.room == Room::Unicode || said.is_ascii())
            && new.pieces.iter().all(|piece| matches!(piece, Piece::Text(_)));
        let mut text = if is_cdata && can_be_cdata {
            Some(Cow::from(["<![CDATA[", &*said, "]]>"].concat()))
        } else {
            Some(Cow::from(raw))
        };
        for piece in &original.pieces {
            match piece {
                Piece::Aside(span) => self.out.push_str(self.original.piece(span.clone())),
                _ => self.push_new(&text.take().unwrap_or_default()),
            }
        }
        self.push_new(&text.unwrap_or_default());
    }
}

/// Behind how many children of the original the new ones go.
fn places_of_new(children: &Children<'_, '_>) -> BTreeMap<usize, Vec<usize>> {
    let places: Vec<Option<usize>> =
        (0..children.new.len()).map(|new| children.place(new).map(|(at, _)| at)).collect();
    let is_in_order = places.iter().flatten().is_sorted();
    // Where the original has an order of its own, siblings of one name still
    // stand in theirs.
    let mut following: BTreeMap<&str, usize> = BTreeMap::new();
    let mut before_sibling = vec![None; places.len()];
    for (new, (element, place)) in children.new.iter().zip(&places).enumerate().rev() {
        before_sibling.get_mut(new).into_iter().for_each(|at| *at = following.get(element.name()).copied());
        if let Some(place) = place {
            following.insert(element.name(), *place);
        }
    }
    let mut added: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut last = 0;
    let mut last_sibling: BTreeMap<&str, usize> = BTreeMap::new();
    for (new, (element, place)) in children.new.iter().zip(&places).enumerate() {
        if let Some(place) = place {
            last = place + 1;
            last_sibling.insert(element.name(), last);
            continue;
        }
        let sibling = last_sibling.get(element.name()).copied();
        let sibling = sibling.or_else(|| before_sibling.get(new).copied().flatten());
        let behind = if is_in_order { last } else { sibling.unwrap_or(last) };
        added.entry(behind).or_default().push(new);
    }
    added
}

/// What stands between two children.
struct Gap<'t, 'a> {
    span: Range<usize>,
    pieces: Vec<Piece<'t, 'a>>,
}

impl<'t, 'a> Gap<'t, 'a> {
    /// All of them, also before the first child and behind the last one.
    fn of(element: &Element<'t, 'a>) -> Vec<Self> {
        let inside = element.inside();
        let mut gaps = Vec::new();
        let mut gap = Self { span: inside.start..inside.end, pieces: Vec::new() };
        for piece in element.pieces() {
            if let Piece::Element(child) = piece {
                gap.span.end = child.span().start;
                let next = Self { span: child.span().end..inside.end, pieces: Vec::new() };
                gaps.push(std::mem::replace(&mut gap, next));
            } else {
                gap.pieces.push(piece);
            }
        }
        gaps.push(gap);
        gaps
    }

    fn text(&self, tree: &Tree<'a>) -> String {
        self.pieces.iter().map(|piece| tree.decoded(piece)).collect()
    }
}

fn xml<'a>(element: &Element<'_, 'a>) -> &'a str {
    element.tree().piece(element.span())
}

/// What the attributes say and where, by name.
fn values<'a>(element: &Element<'_, 'a>) -> BTreeMap<&'a str, (Cow<'a, str>, Range<usize>)> {
    let tree = element.tree();
    let value = |attribute: &Attribute<'a>| {
        let span = attribute.value.clone();
        (attribute.name, (decode_value(tree.piece(span.clone())), span))
    };
    element.attributes().iter().map(value).collect()
}
