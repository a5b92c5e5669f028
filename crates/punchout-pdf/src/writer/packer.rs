//! How streams are packed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::Stream;

/// How hard streams are packed: beyond it they get slower rather than smaller.
const LEVEL: u32 = 2;
/// What is shorter, in bytes, stays as it is.
const LEAST: usize = 512;

/// The packers that no document is using at the moment; there are as many as
/// documents were made at one time.
#[derive(Debug, Default)]
pub(super) struct Packers(Mutex<Vec<Packer>>);

impl Packers {
    /// Works with a packer of its own.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Packer) -> T) -> T {
        let mut packer = self.idle().pop().unwrap_or_default();
        let made = work(&mut packer);
        self.idle().push(packer);
        made
    }

    /// Nothing panics while the lock is held, so a poisoned one is sound.
    fn idle(&self) -> MutexGuard<'_, Vec<Packer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Packs the streams of a document one by one: what it works with is some
/// hundred kilobytes, and getting them takes as long as packing a page.
#[derive(Debug, Default)]
pub(super) struct Packer(Option<Compress>);

impl Packer {
    /// Packs a stream unless that would make it larger, or is not worth it.
    pub(super) fn pack(&mut self, stream: &mut Stream) {
        if stream.dict.has(b"Filter") || stream.content.len() < LEAST {
            return;
        }
        if let Some(packed) = self.packed(&stream.content)
            && packed.len() + "/Filter/FlateDecode".len() < stream.content.len()
        {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }

    /// Nothing if it takes more room than the content.
    fn packed(&mut self, content: &[u8]) -> Option<Vec<u8>> {
        if let Some(compress) = &mut self.0 {
            compress.reset();
        }
        let compress = self.0.get_or_insert_with(|| Compress::new(Compression::new(LEVEL), true));
        let mut packed = Vec::with_capacity(content.len());
        let status = compress.compress_vec(content, &mut packed, FlushCompress::Finish).ok()?;
        (status == Status::StreamEnd).then_some(packed)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::ZlibDecoder;
    use lopdf::Dictionary;

    use super::*;

    fn packed(packer: &mut Packer, content: &[u8]) -> Stream {
        let mut stream = Stream::new(Dictionary::new(), content.to_vec());
        packer.pack(&mut stream);
        stream
    }

    #[test]
    fn packs_each_stream_as_if_it_were_the_first() {
        let mut packer = Packer::default();
        let long: Vec<u8> =
            (0..200_000_u32).flat_map(|n| (n.wrapping_mul(n) % 1_013).to_be_bytes()).collect();
        for content in [&long[..], &[b'a'; 900], &[b'b'; 900], &long[..70_000]] {
            let stream = packed(&mut packer, content);
            assert_eq!(stream.content, packed(&mut Packer::default(), content).content);
            let mut again = Vec::new();
            ZlibDecoder::new(&*stream.content).read_to_end(&mut again).unwrap();
            assert_eq!(again, content);
        }
    }

    #[test]
    fn leaves_what_would_grow() {
        let mut packer = Packer::default();
        let mut state = 1_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_be_bytes()[0]
        })
        .take(5_000)
        .collect();
        for content in [&noise[..], b"", &[b'a'; LEAST - 1]] {
            let stream = packed(&mut packer, content);
            assert!(!stream.dict.has(b"Filter"));
            assert_eq!(stream.content, content);
        }
    }
}
