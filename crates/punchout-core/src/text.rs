use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

/// An owned string of 16 bytes: short ones inline, longer ones shared.
///
/// A decoder freezes the text of a whole document once into a [`Source`] and
/// hands out slices of it; up to 14 bytes are copied into the value instead.
/// Cloning never copies characters, and nothing borrows from the input. A
/// slice keeps its whole source alive; [`Text::detached`] lets go of it.
#[derive(Clone)]
pub struct Text(Repr);

/// The bytes that fit beside the tag and the length.
const INLINE: usize = 14;

#[derive(Clone)]
enum Repr {
    Inline(u8, [u8; INLINE]),
    /// Three bytes of length, four of offset.
    Slice([u8; 3], u32, Source),
    /// What is too long or too far out for a slice.
    Whole(Source),
}

const _: () = assert!(size_of::<Text>() == 16 && size_of::<Option<Text>>() == 16);

/// The text of a document, shared by the [`Text`]s cut from it.
#[derive(Clone)]
pub struct Source(Arc<Box<str>>);

impl Source {
    /// Freezes a document's text.
    #[must_use]
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(Arc::new(text.into()))
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Cuts a piece out; `None` when the range is no string of this source.
    #[must_use]
    #[inline]
    pub fn slice(&self, range: Range<usize>) -> Option<Text> {
        let piece = self.as_str().get(range.clone())?;
        if let Some(text) = Text::inline(piece) {
            return Some(text);
        }
        let length = u32::try_from(piece.len()).ok().map(u32::to_le_bytes);
        match (length, u32::try_from(range.start)) {
            (Some([a, b, c, 0]), Ok(start)) => Some(Text(Repr::Slice([a, b, c], start, self.clone()))),
            _ => Some(Text(Repr::Whole(Self::new(piece)))),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Text {
    /// The empty text.
    pub const EMPTY: Self = Self(Repr::Inline(0, [0; INLINE]));

    #[inline]
    fn inline(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        let length = u8::try_from(text.len()).ok().filter(|&length| usize::from(length) <= INLINE)?;
        // Put together in registers: a copy of any length goes through memory,
        // in pieces, and reading those back at once takes longer than all else.
        let from = |at: usize, piece: u64| u128::from(piece) << (8 * at);
        let last = text.len().saturating_sub(1);
        let all = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            (Some(first), Some(last)) => {
                from(0, u64::from_le_bytes(*first)) | from(text.len() - 8, u64::from_le_bytes(*last))
            }
            _ => match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
                (Some(first), Some(last)) => {
                    from(0, u32::from_le_bytes(*first).into())
                        | from(text.len() - 4, u32::from_le_bytes(*last).into())
                }
                _ => [0, last / 2, last]
                    .into_iter()
                    .fold(0, |all, at| all | from(at, text.get(at).copied().unwrap_or_default().into())),
            },
        };
        let [bytes @ .., _, _] = all.to_le_bytes();
        Some(Self(Repr::Inline(length, bytes)))
    }

    /// The characters.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "what is in a text was checked when it went in")]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Inline(length, bytes) => bytes
                .get(..usize::from(*length))
                .and_then(|bytes| std::str::from_utf8(bytes).ok())
                .expect("inline bytes are copied from a string"),
            Repr::Slice([a, b, c], start, source) => {
                let length = u32::from_le_bytes([*a, *b, *c, 0]) as usize;
                let start = *start as usize;
                source.as_str().get(start..start + length).expect("a slice is checked when it is cut")
            }
            Repr::Whole(source) => source.as_str(),
        }
    }

    /// The same text without a hold on the document it was cut from.
    #[must_use]
    pub fn detached(&self) -> Self {
        match &self.0 {
            Repr::Slice(..) => Self::from(self.as_str()),
            Repr::Inline(..) | Repr::Whole(_) => self.clone(),
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::inline(text).unwrap_or_else(|| Self(Repr::Whole(Source::new(text))))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::inline(&text).unwrap_or_else(|| Self(Repr::Whole(Source::new(text))))
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_pieces_stand_alone() {
        let source = Source::new("x".repeat((1 << 24) + 5));
        let whole = source.slice(0..1 << 24).unwrap();
        assert!(matches!(whole.0, Repr::Whole(_)));
        assert_eq!(whole.len(), 1 << 24);
        let below = source.slice(0..(1 << 24) - 1).unwrap();
        assert!(matches!(below.0, Repr::Slice(..)));
        assert_eq!(below.len(), (1 << 24) - 1);
        assert!(matches!(source.slice(0..20).unwrap().detached().0, Repr::Whole(_)));
    }

    proptest! {
        #[test]
        fn is_the_piece_it_was_cut_from(document in "\\PC{0,60}", a in 0_usize..70, b in 0_usize..70) {
            let source = Source::new(document.as_str());
            let cut = source.slice(a..b);
            prop_assert_eq!(cut.as_ref().map(Text::as_str), document.get(a..b));
            if let Some(cut) = cut {
                prop_assert_eq!(&cut, &Text::from(cut.as_str()));
                prop_assert_eq!(&cut.detached(), &cut);
                prop_assert_eq!(cut.clone().cmp(&cut), Ordering::Equal);
            }
        }
    }
}
