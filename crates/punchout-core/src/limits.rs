use thiserror::Error;

/// What one input may cost at most.
///
/// The defaults let every honest document through and keep a hostile one
/// cheap. A value beyond its limit ends the operation with
/// [`LimitExceeded`]; nothing is cut off in silence.
///
/// ```
/// use punchout_core::Limits;
///
/// let limits = Limits::default().with_bytes(1 << 20).with_items(500);
/// assert!(limits.check_bytes(2 << 20).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the input: 256 MiB.
    pub bytes: usize,
    /// Name and value pairs of a form, attributes and elements of a document:
    /// 4 million.
    pub fields: usize,
    /// Items of a basket, lines of an order: 200,000.
    pub items: usize,
    /// Bytes of one value: 16 MiB.
    pub value_bytes: usize,
    /// Levels of nesting: 256.
    pub depth: usize,
    /// Findings kept: 10,000.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            fields: 4_000_000,
            items: 200_000,
            value_bytes: 16 << 20,
            depth: 256,
            diagnostics: 10_000,
        }
    }
}

impl Limits {
    /// Sets the limit on bytes.
    #[must_use]
    pub fn with_bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes;
        self
    }

    /// Sets the limit on fields.
    #[must_use]
    pub fn with_fields(mut self, fields: usize) -> Self {
        self.fields = fields;
        self
    }

    /// Sets the limit on items.
    #[must_use]
    pub fn with_items(mut self, items: usize) -> Self {
        self.items = items;
        self
    }

    /// Sets the limit on the bytes of one value.
    #[must_use]
    pub fn with_value_bytes(mut self, bytes: usize) -> Self {
        self.value_bytes = bytes;
        self
    }

    /// Sets the limit on nesting.
    #[must_use]
    pub fn with_depth(mut self, depth: usize) -> Self {
        self.depth = depth;
        self
    }

    /// Sets how many findings are kept.
    #[must_use]
    pub fn with_diagnostics(mut self, diagnostics: usize) -> Self {
        self.diagnostics = diagnostics;
        self
    }

    /// Holds a number of bytes against the limit.
    ///
    /// # Errors
    /// When it is above.
    pub fn check_bytes(&self, bytes: usize) -> Result<(), LimitExceeded> {
        LimitExceeded::check("bytes", self.bytes, bytes)
    }

    /// Holds a number of fields against the limit.
    ///
    /// # Errors
    /// When it is above.
    pub fn check_fields(&self, fields: usize) -> Result<(), LimitExceeded> {
        LimitExceeded::check("fields", self.fields, fields)
    }

    /// Holds a number of items against the limit.
    ///
    /// # Errors
    /// When it is above.
    pub fn check_items(&self, items: usize) -> Result<(), LimitExceeded> {
        LimitExceeded::check("items", self.items, items)
    }

    /// Holds the length of a value against the limit.
    ///
    /// # Errors
    /// When it is above.
    pub fn check_value(&self, bytes: usize) -> Result<(), LimitExceeded> {
        LimitExceeded::check("bytes of one value", self.value_bytes, bytes)
    }

    /// Holds a level of nesting against the limit.
    ///
    /// # Errors
    /// When it is above.
    pub fn check_depth(&self, depth: usize) -> Result<(), LimitExceeded> {
        LimitExceeded::check("levels of nesting", self.depth, depth)
    }
}

/// The input goes beyond one of its [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{actual} {what} are more than the limit of {limit}")]
#[non_exhaustive]
pub struct LimitExceeded {
    /// What was counted, such as `items`.
    pub what: &'static str,
    /// The most that is allowed.
    pub limit: usize,
    /// What the input has, or how far counting got.
    pub actual: usize,
}

impl LimitExceeded {
    /// Holds a count against its limit.
    ///
    /// # Errors
    /// When it is above.
    pub fn check(what: &'static str, limit: usize, actual: usize) -> Result<(), Self> {
        if actual > limit { Err(Self { what, limit, actual }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed() {
        let limits = Limits::default().with_items(3);
        assert_eq!(limits.check_items(3), Ok(()));
        assert_eq!(limits.check_items(4).unwrap_err().to_string(), "4 items are more than the limit of 3");
    }
}
