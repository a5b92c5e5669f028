/// What a document is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Paper {
    /// 210 × 297 mm, as nearly everywhere.
    #[default]
    A4,
    /// 8.5 × 11 inches, as in North America.
    Letter,
}

impl Paper {
    /// Width and height in points, of which 72 make an inch.
    #[must_use]
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}
