//! What a part of a document holds beside the fields of the model.

use std::fmt;
use std::ops::RangeInclusive;

use punchout_core::Text;

use crate::RawElement;
use crate::element::Element;

/// What an element holds that the model has no field for.
///
/// Nothing that is read is dropped: unknown attributes, elements and stray text
/// are kept here and written back to their place. So is how a value was
/// spelled where the model keeps only its meaning, as in `isAdHoc="true"`.
///
/// ```
/// use punchout_cxml::{OrderRequestHeaderIndustry, RawElement};
///
/// let mut industry = OrderRequestHeaderIndustry::default();
/// industry.other.push(RawElement::parse("<LifeSciences orderCategory='labelPrintingOrder'/>")?);
/// assert_eq!(industry.other.elements().count(), 1);
/// # Ok::<(), punchout_cxml::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Other(Option<Box<Rest>>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
struct Rest {
    /// Sorted by [`Kept::key`], so that writing finds what it needs.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "sorted"))]
    kept: Vec<Kept>,
    mixed: Option<Mixed>,
}

#[cfg(feature = "serde")]
fn sorted<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Kept>, D::Error> {
    let mut kept: Vec<Kept> = serde::Deserialize::deserialize(deserializer)?;
    kept.sort_by(|one, other| one.key().cmp(&other.key()));
    Ok(kept)
}

/// One thing that is kept, and where it stood.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
struct Kept {
    place: Place,
    node: Node,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

/// Where something stood in its element.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
enum Place {
    /// Where the DTD wants it, or else at the end.
    Dtd,
    /// Behind the nth child of this name; the beginning is behind the 0th.
    After(Text, u32),
    /// In the nth child of this name, which has no room of its own.
    In(Text, u32),
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Node {
    Element(RawElement),
    Text(Text),
    Attribute {
        name: Text,
        value: Text,
    },
    /// How a value was sent that is written otherwise.
    Spelling {
        name: Text,
        sent: Text,
        written: Option<Text>,
    },
    /// Something required that was not there.
    Absent(Text),
    /// Where the one child stands that an element is made for.
    Inner,
}

/// How the text of an element is spread among its children.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
struct Mixed {
    text: Text,
    /// How much of the text stands before each child.
    before: Vec<usize>,
}

/// The text is left to its field, which may not want to print it.
impl fmt::Debug for Mixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mixed").field("before", &self.before).finish_non_exhaustive()
    }
}

/// The child behind which something stands: its name, and which of that name.
pub(crate) type Last = (&'static str, u32);

/// Behind no child.
pub(crate) const START: Last = ("", 0);

impl Other {
    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The elements, unknown ones first.
    pub fn elements(&self) -> impl Iterator<Item = &RawElement> {
        self.kept().iter().filter_map(|kept| match &kept.node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The first element of this name.
    #[must_use]
    pub fn element(&self, name: &str) -> Option<&RawElement> {
        self.elements().find(|element| element.name() == name)
    }

    /// Names and values of the attributes of the element itself.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.kept().iter().filter_map(|kept| match (&kept.place, &kept.node) {
            (Place::Dtd, Node::Attribute { name, value }) => Some((&**name, &**value)),
            _ => None,
        })
    }

    /// Adds an element that has no field. It is written where the DTD has it, or
    /// last if the DTD does not know it here.
    pub fn push(&mut self, element: RawElement) {
        self.keep(Place::Dtd, Node::Element(element));
    }

    fn kept(&self) -> &[Kept] {
        self.0.as_ref().map_or(&[], |rest| &rest.kept)
    }

    fn keep(&mut self, place: Place, node: Node) {
        self.0.get_or_insert_default().kept.push(Kept { place, node });
    }

    /// Keeps something of the element itself.
    pub(crate) fn keep_own(&mut self, node: Node) {
        self.keep(Place::Dtd, node);
    }

    /// Keeps something that stands behind a child.
    pub(crate) fn keep_after(&mut self, (name, count): Last, node: Node) {
        self.keep(Place::After(name.into(), count), node);
    }

    /// Keeps what stands behind one child behind another one, and behind all that
    /// stands there.
    pub(crate) fn move_behind(&mut self, from: Last, (name, count): Last) {
        let Some(rest) = &mut self.0 else { return };
        let stands = |kept: &mut Kept| kept.key() == (Rank::After, from.0, from.1);
        let mut moved: Vec<Kept> = rest.kept.extract_if(.., stands).collect();
        for kept in &mut moved {
            kept.place = Place::After(name.into(), count);
        }
        rest.kept.append(&mut moved);
    }

    /// Keeps what stands in a child.
    pub(crate) fn keep_in(&mut self, (name, count): Last, nodes: Vec<Node>) {
        for node in nodes {
            self.keep(Place::In(name.into(), count), node);
        }
    }

    /// Remembers how the text was spread, where it was not all before the
    /// children.
    pub(crate) fn keep_mixed(&mut self, text: &Text, before: Vec<usize>) {
        if before.iter().any(|&before| before < text.len()) {
            self.0.get_or_insert_default().mixed = Some(Mixed { text: text.clone(), before });
        }
    }

    /// How much of this text stands before each child, if it is the text that
    /// was read.
    pub(crate) fn mixed(&self, text: &str) -> Option<&[usize]> {
        let mixed = self.0.as_ref()?.mixed.as_ref()?;
        (*mixed.text == *text).then_some(&*mixed.before)
    }

    /// Ends the keeping: what the DTD has a place for stands in its order.
    pub(crate) fn sort(&mut self, raw: &[&str]) {
        let Some(rest) = &mut self.0 else { return };
        let name = |name: &Text| name.to_string();
        // Attributes keep their order: it is the one they are written in.
        rest.kept.sort_by_cached_key(|kept| {
            let (rank, at, count) = kept.key();
            let (place, name) = match (rank, &kept.node) {
                (Rank::Last, Node::Element(element)) => {
                    (raw.iter().position(|name| *name == element.name()).unwrap_or(raw.len()), String::new())
                }
                (Rank::Own, Node::Spelling { name: attribute, .. }) => (1, name(attribute)),
                (Rank::Own, Node::Absent(absent)) => (2, name(absent)),
                _ => (0, String::new()),
            };
            (rank, at.to_owned(), count, place, name)
        });
    }

    /// The same for an element of another kind.
    ///
    /// What the other kind has a field for is the field's to say. What stood at
    /// a child that the other kind does not have stands where the DTD wants it.
    pub(crate) fn moved_to<T: Element>(mut self) -> Self {
        let Some(rest) = &mut self.0 else { return self };
        rest.mixed = None;
        rest.kept.retain_mut(|kept| {
            let has_child =
                |name: &str| name.is_empty() || T::CHILDREN.contains(&name) || T::RAW.contains(&name);
            match (&kept.node, &kept.place) {
                (Node::Attribute { name, .. }, Place::Dtd) => return !T::ATTRIBUTES.contains(&&**name),
                (_, Place::In(name, _)) => return has_child(name),
                (Node::Element(_), Place::After(name, _)) if !has_child(name) => kept.place = Place::Dtd,
                (_, Place::After(name, _)) if !has_child(name) => {
                    let (name, count) = START;
                    kept.place = Place::After(name.into(), count);
                }
                _ => {}
            }
            true
        });
        if rest.kept.is_empty() {
            return Self::default();
        }
        self.sort(T::RAW);
        self
    }

    /// Whether this required thing was not there.
    pub(crate) fn is_absent(&self, name: &str) -> bool {
        self.own().any(|node| matches!(node, Node::Absent(absent) if **absent == *name))
    }

    /// What was sent for an attribute that is written like this.
    pub(crate) fn spelling(&self, attribute: &str, now: Option<&str>) -> Option<&str> {
        self.own().find_map(|node| match node {
            Node::Spelling { name, sent, written } if **name == *attribute && written.as_deref() == now => {
                Some(&**sent)
            }
            _ => None,
        })
    }

    fn own(&self) -> impl Iterator<Item = &Node> {
        self.kept().iter().take_while(|kept| kept.key().0 == Rank::Own).map(|kept| &kept.node)
    }

    /// The elements whose place is the DTD's to say.
    pub(crate) fn placed_by_dtd(&self) -> impl Iterator<Item = &RawElement> {
        self.between((Rank::Last, "", 0), (Rank::Last, "", u32::MAX)).filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// Whether it has an element of this name whose place is the DTD's to say.
    pub(crate) fn has_raw(&self, name: &str) -> bool {
        self.placed_by_dtd().any(|element| element.name() == name)
    }

    /// What stands behind these children of a name.
    pub(crate) fn after(&self, name: &str, counts: RangeInclusive<u32>) -> impl Iterator<Item = &Node> {
        self.between((Rank::After, name, *counts.start()), (Rank::After, name, *counts.end()))
    }

    /// What stands in this child.
    pub(crate) fn within(&self, name: &str, count: u32) -> impl Iterator<Item = &Node> {
        self.between((Rank::In, name, count), (Rank::In, name, count))
    }

    fn between(&self, first: Key<'_>, last: Key<'_>) -> impl Iterator<Item = &Node> {
        let kept = self.kept();
        let start = kept.partition_point(|kept| kept.key() < first);
        let end = kept.partition_point(|kept| kept.key() <= last);
        kept.get(start..end).unwrap_or_default().iter().map(|kept| &kept.node)
    }
}

/// By what things are sorted: where they stand, at which child, at which of
/// that name.
type Key<'a> = (Rank, &'a str, u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Own,
    After,
    In,
    Last,
}

impl Kept {
    fn key(&self) -> Key<'_> {
        match (&self.place, &self.node) {
            (Place::Dtd, Node::Element(_)) => (Rank::Last, "", 0),
            (Place::Dtd, _) => (Rank::Own, "", 0),
            (Place::After(name, count), _) => (Rank::After, name, *count),
            (Place::In(name, count), _) => (Rank::In, name, *count),
        }
    }
}

impl From<Vec<RawElement>> for Other {
    fn from(elements: Vec<RawElement>) -> Self {
        let mut other = Self::default();
        for element in elements {
            other.push(element);
        }
        other
    }
}
