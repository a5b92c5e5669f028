//! How streams are packed.

use lopdf::Stream;
use miniz_oxide::DataFormat;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output};

/// Packs the streams of a document one by one: what it works with is some
/// hundred kilobytes, and getting them takes as long as packing a page.
pub(super) struct Packer(CompressorOxide);

impl Packer {
    pub(super) fn new() -> Self {
        Self(CompressorOxide::default())
    }

    /// Packs a stream unless that would make it larger.
    pub(super) fn pack(&mut self, stream: &mut Stream, level: u8) {
        if stream.dict.has(b"Filter") {
            return;
        }
        let packed = self.packed(&stream.content, level);
        if packed.len() + "/Filter/FlateDecode".len() < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }

    fn packed(&mut self, content: &[u8], level: u8) -> Vec<u8> {
        let mut packed = Vec::with_capacity(content.len() / 2);
        self.0.reset();
        self.0.set_format_and_level(DataFormat::Zlib, level);
        compress_to_output(&mut self.0, content, TDEFLFlush::Finish, |part| {
            packed.extend_from_slice(part);
            true
        });
        packed
    }
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec_zlib;

    use super::Packer;

    #[test]
    fn packs_each_stream_as_if_it_were_the_first() {
        let mut packer = Packer::new();
        let long: Vec<u8> =
            (0..200_000_u32).flat_map(|n| (n.wrapping_mul(n) % 1_013).to_be_bytes()).collect();
        for (content, level) in [(&long[..], 3), (b"", 1), (b"abcabcabcabc", 3), (&long[..70_000], 1)] {
            assert_eq!(packer.packed(content, level), compress_to_vec_zlib(content, level));
        }
    }
}
