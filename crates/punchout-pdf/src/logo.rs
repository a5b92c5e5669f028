//! The picture in the head of a document.

use std::fmt;
use std::sync::Arc;

use crate::{Error, ErrorKind};

mod picture;

pub(crate) use picture::{Colors, Filter, Picture};

/// A picture in the head of a document: a PNG or JPEG file.
///
/// It is decoded when it is taken, so that a damaged file is an error here and
/// not on paper. A PNG may be seen through; a JPEG goes into the document as it
/// is. Colours are taken for sRGB, whatever profile the file has, and how a
/// camera was held is not regarded. There is no SVG: what reads it weighs more
/// than the rest of this crate, so export such a logo as a PNG four times as
/// large as it is printed.
///
/// A copy shares the pixels.
///
/// ```
/// use punchout_pdf::{ErrorKind, Logo};
///
/// let error = Logo::new(b"<svg/>".to_vec()).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Options);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    bytes: Arc<[u8]>,
    kind: LogoKind,
    picture: Arc<Picture>,
}

/// The formats that a [`Logo`] may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogoKind {
    /// Portable Network Graphics.
    Png,
    /// A JPEG file.
    Jpeg,
}

impl Logo {
    /// Takes the bytes of a file.
    ///
    /// # Errors
    /// When it is neither PNG nor JPEG, is damaged, has more than 16,777,216
    /// pixels or 8 MiB, or is a JPEG file in CMYK.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Error> {
        let (kind, picture) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            (LogoKind::Png, Picture::from_png(&bytes)?)
        } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            (LogoKind::Jpeg, Picture::from_jpeg(&bytes)?)
        } else {
            return Err(Error::new(ErrorKind::Options, "the logo is neither a PNG nor a JPEG file"));
        };
        Ok(Self { bytes: bytes.into(), kind, picture: Arc::new(picture) })
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the file is.
    #[must_use]
    pub fn kind(&self) -> LogoKind {
        self.kind
    }

    /// Pixels from left to right.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.picture.width
    }

    /// Pixels from top to bottom.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.picture.height
    }

    pub(crate) fn picture(&self) -> &Picture {
        &self.picture
    }
}

/// Without the pixels.
impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logo")
            .field("kind", &self.kind)
            .field("width", &self.width())
            .field("height", &self.height())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn png(color: png::ColorType, depth: png::BitDepth, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 2);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if color == png::ColorType::Indexed {
            encoder.set_palette(vec![255, 0, 0, 0, 0, 255]);
            encoder.set_trns(vec![255, 0]);
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
        writer.finish().unwrap();
        bytes
    }

    fn inflated(data: &[u8]) -> Vec<u8> {
        let mut pixels = Vec::new();
        flate2::read::ZlibDecoder::new(data).read_to_end(&mut pixels).unwrap();
        pixels
    }

    #[test]
    fn every_kind_of_png_is_gray_or_rgb_with_a_mask() {
        use png::{BitDepth, ColorType};
        for (color, depth, data, colors, pixels, mask) in [
            (ColorType::Grayscale, BitDepth::Eight, &[0, 1, 2, 3][..], Colors::Gray, &[0, 1, 2, 3][..], None),
            (ColorType::Grayscale, BitDepth::One, &[0x40, 0x80], Colors::Gray, &[0, 255, 255, 0], None),
            (
                ColorType::Rgb,
                BitDepth::Sixteen,
                &[9, 0, 8, 0, 7, 0].repeat(4),
                Colors::Rgb,
                &[9, 8, 7].repeat(4),
                None,
            ),
            (
                ColorType::GrayscaleAlpha,
                BitDepth::Eight,
                &[0, 255, 1, 254, 2, 253, 3, 0],
                Colors::Gray,
                &[0, 1, 2, 3],
                Some([255, 254, 253, 0]),
            ),
            (
                ColorType::Rgba,
                BitDepth::Eight,
                &[1, 2, 3, 255].repeat(4),
                Colors::Rgb,
                &[1, 2, 3].repeat(4),
                None,
            ),
            (
                ColorType::Indexed,
                BitDepth::Eight,
                &[0, 1, 1, 0],
                Colors::Rgb,
                &[255, 0, 0, 0, 0, 255, 0, 0, 255, 255, 0, 0],
                Some([255, 0, 0, 255]),
            ),
        ] {
            let logo = Logo::new(png(color, depth, data)).unwrap();
            assert_eq!((logo.kind(), logo.width(), logo.height()), (LogoKind::Png, 2, 2));
            let picture = logo.picture();
            assert_eq!((picture.colors, picture.filter), (colors, Filter::Deflate), "{color:?}");
            assert_eq!(inflated(&picture.data), pixels, "{color:?}");
            assert_eq!(picture.alpha.as_deref().map(inflated), mask.map(Vec::from), "{color:?}");
        }
    }

    fn refusal(bytes: &[u8]) -> String {
        let error = Logo::new(bytes.to_vec()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Options);
        error.to_string()
    }

    #[test]
    fn damaged_and_huge_png_files_are_refused() {
        let sound = png(png::ColorType::Grayscale, png::BitDepth::Eight, &[0, 1, 2, 3]);
        // all but the checksum of the last chunk is needed
        for length in 0..sound.len() - 12 {
            refusal(&sound[..length]);
        }
        assert_eq!(refusal(&sound[..40]), "the logo is damaged: the PNG file ends too early");
        let mut wrong = sound.clone();
        wrong[45] ^= 1;
        assert!(refusal(&wrong).contains("damaged"), "{}", refusal(&wrong));

        let mut bomb = Vec::new();
        let encoder = png::Encoder::new(&mut bomb, 50_000, 50_000);
        drop(encoder.write_header().unwrap());
        assert_eq!(refusal(&bomb), "the logo has 50000 x 50000 pixels; at most 16777216 in all are taken");
    }

    /// The head of a JPEG file, a scan and its end.
    fn jpeg(precision: u8, parts: u8) -> Vec<u8> {
        let head = b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xFF\xC4\0\x03x\xFF\xC2\0\x0B";
        let frame = [precision, 0, 0x60, 0x01, 0x40, parts, 1, 0x11, 0];
        [head.as_slice(), &frame, b"\xFF\xDA\0\x02pixels\xFF\xD9"].concat()
    }

    #[test]
    fn jpeg_files_stay_as_they_are() {
        let sound = jpeg(8, 3);
        let logo = Logo::new([&sound[..], b"behind"].concat()).unwrap();
        assert_eq!((logo.kind(), logo.width(), logo.height()), (LogoKind::Jpeg, 320, 96));
        assert_eq!((logo.picture().colors, logo.picture().filter), (Colors::Rgb, Filter::Jpeg));
        assert_eq!(logo.picture().data, sound);
        assert_eq!(Logo::new(jpeg(8, 1)).unwrap().picture().colors, Colors::Gray);
        assert!(!format!("{logo:?}").contains("255"), "{logo:?}");

        for length in 0..sound.len() {
            refusal(&sound[..length]);
        }
        assert_eq!(refusal(&jpeg(8, 4)), "the logo is a JPEG file in CMYK; save it as RGB");
        assert_eq!(refusal(&jpeg(12, 3)), "the logo is a JPEG file with 12 bits a part; save it with 8");
        assert!(refusal(b"\xFF\xD8\xFF\xE0\0\0\0\0\0\0").contains("damaged"));
    }
}
