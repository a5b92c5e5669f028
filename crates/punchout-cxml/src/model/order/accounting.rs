use punchout_core::Text;

use crate::Other;
use crate::element::element;
use crate::setters::setters;
use crate::{Description, Money, Name};

/// What part of a cost goes to what account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Distribution {
    /// The account.
    pub accounting: Accounting,
    /// The part.
    pub charge: Money,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Distribution {
    /// An account and its part.
    #[must_use]
    pub fn new(accounting: Accounting, charge: Money) -> Self {
        Self { accounting, charge, other: Other::default() }
    }
}

/// An account, as a list of segments: of the old kind or of the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Accounting {
    /// What the combination is called, such as `DistributionCharge`.
    pub name: Text,
    /// Segments of the old kind.
    pub segment: Vec<Segment>,
    /// Segments of the new kind.
    pub accounting_segment: Vec<AccountingSegment>,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Accounting {
    /// An account of segments of the new kind, of which there is at least one.
    #[must_use]
    pub fn new(name: impl Into<Text>, segments: impl IntoIterator<Item = AccountingSegment>) -> Self {
        Self {
            name: name.into(),
            segment: Vec::new(),
            accounting_segment: segments.into_iter().collect(),
            other: Other::default(),
        }
    }

    /// An account of segments of the old kind, of which there is at least one.
    #[must_use]
    pub fn of_segments(name: impl Into<Text>, segments: impl IntoIterator<Item = Segment>) -> Self {
        Self { segment: segments.into_iter().collect(), ..Self::new(name, []) }
    }
}

setters! {
    Accounting {
        /// Adds a segment of the old kind.
        segment: with_segment(segment: Segment),
        /// Adds a segment of the new kind.
        accounting_segment: with_accounting_segment(segment: AccountingSegment),
    }
}

/// One part of an account key, the old kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Segment {
    /// What it is, such as `CostCenter`.
    pub kind: Text,
    /// Its key.
    pub id: Text,
    /// Its meaning in words.
    pub description: Text,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl Segment {
    /// A part of an account key.
    #[must_use]
    pub fn new(kind: impl Into<Text>, id: impl Into<Text>, description: impl Into<Text>) -> Self {
        Self { kind: kind.into(), id: id.into(), description: description.into(), other: Other::default() }
    }
}

/// One part of an account key, the new kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AccountingSegment {
    /// Its key.
    pub id: Text,
    /// What it is, such as `Cost Center`.
    pub name: Name,
    /// Its meaning in words.
    pub description: Description,
    /// What has no field of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Other::is_empty"))]
    pub other: Other,
}

impl AccountingSegment {
    /// A part of an account key.
    #[must_use]
    pub fn new(id: impl Into<Text>, name: Name, description: Description) -> Self {
        Self { id: id.into(), name, description, other: Other::default() }
    }
}

element!(Distribution {
    children { accounting: "Accounting", charge: "Charge" / "Money", }
});

element!(Accounting {
    attributes { name: "name", }
    children { segment: "Segment", accounting_segment: "AccountingSegment", }
    need { accounting_segment | segment, }
});

element!(Segment {
    attributes { kind: "type", id: "id", description: "description", }
});

element!(AccountingSegment {
    attributes { id: "id", }
    children { name: "Name", description: "Description", }
});
