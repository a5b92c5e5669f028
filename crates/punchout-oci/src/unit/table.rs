/// Rows sorted by a code of one to three characters.
///
/// Codes are compared as numbers, which is several times quicker than
/// comparing strings; the numbers are made by the compiler.
pub(super) struct CodeTable<T: 'static, const N: usize> {
    keys: [u32; N],
    rows: &'static [(&'static str, T); N],
}

impl<T, const N: usize> CodeTable<T, N> {
    #[expect(clippy::indexing_slicing, reason = "called by the compiler, which stops at a fault")]
    pub(super) const fn new(rows: &'static [(&'static str, T); N]) -> Self {
        let mut keys = [0; N];
        let mut at = 0;
        while at < N {
            keys[at] = key(rows[at].0);
            assert!(keys[at] != 0, "a code has 1 to 3 characters");
            assert!(at == 0 || keys[at - 1] < keys[at], "the rows are sorted");
            at += 1;
        }
        Self { keys, rows }
    }

    pub(super) fn get(&self, code: &str) -> Option<&'static T> {
        let at = self.keys.binary_search(&key(code)).ok()?;
        self.rows.get(at).map(|(_, value)| value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &'static T)> {
        self.rows.iter().map(|(code, value)| (*code, value))
    }
}

/// A code as a number of the same order; 0 for what is too long to be one.
const fn key(code: &str) -> u32 {
    match *code.as_bytes() {
        [a] => u32::from_be_bytes([0, a, 0, 0]),
        [a, b] => u32::from_be_bytes([0, a, b, 0]),
        [a, b, c] => u32::from_be_bytes([0, a, b, c]),
        _ => 0,
    }
}

/// How many lines a text has, each with its end.
pub(super) const fn lines(text: &str) -> usize {
    let (mut rest, mut lines) = (text, 0);
    while !rest.is_empty() {
        (_, rest) = cut(rest, b'\n');
        lines += 1;
    }
    lines
}

/// What stands before a character of ASCII, and what stands behind it.
#[expect(clippy::indexing_slicing, reason = "called by the compiler, which stops at a fault")]
pub(super) const fn cut(text: &str, at: u8) -> (&str, &str) {
    let mut end = 0;
    while text.as_bytes()[end] != at {
        end += 1;
    }
    (text.split_at(end).0, text.split_at(end + 1).1)
}
