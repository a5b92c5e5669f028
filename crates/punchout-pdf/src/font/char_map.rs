/// Numbers of characters, found without searching for those of Europe.
#[derive(Debug, Default)]
pub(crate) struct CharMap {
    /// By character; 0 is none.
    low: Vec<u16>,
    /// Sorted.
    high: Vec<(char, u16)>,
}

/// Above the punctuation, the scripts and the signs that orders hold.
const LOW: u32 = 0x2300;

impl CharMap {
    /// Takes characters in their order, with numbers above 0.
    pub(crate) fn new(sorted: impl IntoIterator<Item = (char, u16)>) -> Self {
        let mut this = Self { low: vec![0; LOW as usize], high: Vec::new() };
        for (c, number) in sorted {
            match this.low.get_mut(c as usize) {
                Some(place) => *place = number,
                None => this.high.push((c, number)),
            }
        }
        this
    }

    pub(crate) fn get(&self, c: char) -> Option<u16> {
        match self.low.get(c as usize) {
            Some(0) => None,
            Some(number) => Some(*number),
            None => {
                let at = self.high.binary_search_by_key(&c, |(c, _)| *c).ok()?;
                self.high.get(at).map(|(_, number)| *number)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CharMap;

    #[test]
    fn finds_what_was_put_in() {
        let sorted = [('a', 1), ('\u{22ff}', 2), ('\u{2300}', 3), ('\u{fffd}', 4), ('😀', 5)];
        let map = CharMap::new(sorted);
        for (c, number) in sorted {
            assert_eq!(map.get(c), Some(number));
        }
        for c in ['\0', 'b', '\u{2301}', '\u{10ffff}'] {
            assert_eq!(map.get(c), None);
        }
    }
}
