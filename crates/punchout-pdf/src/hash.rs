//! A hash that is the same in every release and on every machine.

/// 128 bits: not for secrets, but for telling files apart. It takes eight bytes
/// at a time, since it goes over all of a document.
pub(crate) struct Hash(u128);

/// Odd, so that no step forgets anything, and without a pattern: the digits of
/// the golden ratio and of the root of two.
const FACTOR: u128 = 0x9e37_79b9_7f4a_7c15_6a09_e667_f3bc_c909;

impl Hash {
    pub(crate) fn new() -> Self {
        Self(FACTOR)
    }

    pub(crate) fn of(bytes: &[u8]) -> u128 {
        let mut hash = Self::new();
        hash.add(bytes);
        hash.value()
    }

    /// Parts are told apart: `ab` and `c` are not `a` and `bc`.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.step(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.step(u64::from_le_bytes(last));
        self.step(bytes.len() as u64);
    }

    fn step(&mut self, word: u64) {
        // what the product has above comes down for the next step
        self.0 = (self.0 ^ u128::from(word)).wrapping_mul(FACTOR).rotate_right(64);
    }

    pub(crate) fn value(&self) -> u128 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Hash;

    /// Whatever differs in one bit, in length or in its parts.
    #[test]
    fn tells_texts_apart() {
        let text: Vec<u8> = (0..200_u8).collect();
        let mut seen = BTreeSet::new();
        for length in 0..text.len() {
            assert!(seen.insert(Hash::of(&text[..length])), "{length}");
            assert!(seen.insert(Hash::of(&vec![0; length])) || length < 2, "{length} zeros");
        }
        for bit in 0..text.len() * 8 {
            let mut other = text.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(seen.insert(Hash::of(&other)), "{bit}");
        }
        let parts = |parts: &[&str]| {
            let mut hash = Hash::new();
            for part in parts {
                hash.add(part.as_bytes());
            }
            hash.value()
        };
        assert_ne!(parts(&["ab", "c"]), parts(&["a", "bc"]));
        // as every release before and after gives it
        assert_eq!(Hash::of(b""), 0x415a_8653_89af_d4a8_d7cd_99ac_1d57_732e);
        assert_eq!(Hash::of(b"the same order"), 0x582f_4dc8_3542_85c8_702b_34eb_4d64_ecea);
    }
}
