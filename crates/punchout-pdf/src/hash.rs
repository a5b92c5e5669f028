//! A hash that is the same in every release and on every machine.

/// FNV-1a with 128 bits: not for secrets, but for telling files apart.
pub(crate) struct Fnv(u128);

impl Fnv {
    pub(crate) fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    pub(crate) fn of(bytes: &[u8]) -> u128 {
        let mut hash = Self::new();
        hash.add(bytes);
        hash.value()
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    pub(crate) fn value(&self) -> u128 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Fnv;

    /// The published values for the empty text and `a`.
    #[test]
    fn is_fnv_1a() {
        assert_eq!(Fnv::of(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(Fnv::of(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}
