use std::fmt;
use std::ops::Deref;

/// A finished document; it can be used as its bytes.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// A name for the file, such as `4500012345.pdf`: the one that was asked for,
    /// or the order number with `-` for whatever a file name should not hold. An
    /// attached cXML has the same name with `.xml`.
    pub name: String,
}

impl Deref for Pdf {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl AsRef<[u8]> for Pdf {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl From<Pdf> for Vec<u8> {
    fn from(pdf: Pdf) -> Self {
        pdf.bytes
    }
}

/// Without the bytes.
impl fmt::Debug for Pdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} pages, {} bytes)", self.name, self.pages, self.bytes.len())
    }
}

/// What the names of an order's files begin with.
pub(crate) fn stem(number: &str) -> String {
    let mut stem = String::new();
    for c in number.chars() {
        let fits = c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
        if fits && (c != '.' || !stem.is_empty()) {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        if stem.len() == 64 {
            break;
        }
    }
    let stem = stem.trim_end_matches(['-', '.']);
    if stem.is_empty() { "order".to_owned() } else { stem.to_owned() }
}

/// A name that somebody chose, without what would make another of it.
pub(crate) fn harmless(name: &str) -> String {
    let is_harmful = |c: char| c.is_control() || matches!(c, '/' | '\\');
    name.trim().trim_start_matches('.').replace(is_harmful, "-")
}

#[cfg(test)]
mod tests {
    use super::{harmless, stem};

    #[test]
    fn chosen_names_stay() {
        for (name, expected) in
            [("Größe 1.2", "Größe 1.2"), ("../a\\b\n", "-a-b"), (" .. ", ""), ("日本", "日本")]
        {
            assert_eq!(harmless(name), expected, "{name}");
        }
    }

    #[test]
    fn names_are_harmless() {
        for (number, expected) in [
            ("4500012345", "4500012345"),
            ("PO 2026/00017", "PO-2026-00017"),
            ("../../etc/passwd", "etc-passwd"),
            ("Größe <1>", "Gr-e-1"),
            (" -- ", "order"),
            ("日本", "order"),
            ("a.b_c-d.", "a.b_c-d"),
        ] {
            assert_eq!(stem(number), expected, "{number}");
        }
        assert_eq!(stem(&"x".repeat(100)).len(), 64);
    }
}
