//! The picture in the head of a document.

use std::fmt;

use crate::{Error, ErrorKind};

/// A picture in the head of a document: a PNG or JPEG file.
///
/// ```
/// use punchout_pdf::{ErrorKind, Logo};
///
/// let error = Logo::new(b"<svg/>".to_vec()).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Options);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    bytes: Vec<u8>,
    kind: LogoKind,
    width: u32,
    height: u32,
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
    /// When it is neither PNG nor JPEG, or does not say how big it is.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Error> {
        let size = |kind| (kind, if kind == LogoKind::Png { png_size(&bytes) } else { jpeg_size(&bytes) });
        let (kind, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            size(LogoKind::Png)
        } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            size(LogoKind::Jpeg)
        } else {
            return Err(Error::new(ErrorKind::Options, "the logo is neither a PNG nor a JPEG file"));
        };
        let (width, height) = size.filter(|&(width, height)| width > 0 && height > 0).ok_or_else(|| {
            Error::new(ErrorKind::Options, "the logo is damaged: it does not say how big it is")
        })?;
        Ok(Self { bytes, kind, width, height })
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
        self.width
    }

    /// Pixels from top to bottom.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }
}

/// Without the pixels.
impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logo")
            .field("kind", &self.kind)
            .field("width", &self.width)
            .field("height", &self.height)
            .finish_non_exhaustive()
    }
}

/// The first chunk has to be `IHDR`.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(12..24)?.strip_prefix(b"IHDR")?;
    let (width, height) = header.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(height.try_into().ok()?)))
}

/// The first segment that starts a frame tells.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.get(2..)?;
    loop {
        let [0xFF, marker, behind @ ..] = rest else { return None };
        match marker {
            // filling, and markers without a segment
            0xFF => rest = rest.get(1..)?,
            0x01 | 0xD0..=0xD7 => rest = behind,
            // the start of a frame, apart from tables that share its numbers
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let [_, _, _, high, low, wide, narrow, ..] = behind else { return None };
                let size = |high: &u8, low: &u8| u32::from(u16::from_be_bytes([*high, *low]));
                return Some((size(wide, narrow), size(high, low)));
            }
            _ => {
                let length = u16::from_be_bytes(*behind.first_chunk()?);
                rest = behind.get(usize::from(length).max(2)..)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_how_big_a_picture_is() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\x60\x08\x02\0\0\0".to_vec();
        let logo = Logo::new(png.clone()).unwrap();
        assert_eq!((logo.kind(), logo.width(), logo.height()), (LogoKind::Png, 320, 96));
        assert!(!format!("{logo:?}").contains("137"), "{logo:?}");

        let jpeg =
            b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xFF\xC4\0\x03x\xFF\xC2\0\x0B\x08\0\x60\x01\x40\x01\x01\x11\0";
        let logo = Logo::new(jpeg.to_vec()).unwrap();
        assert_eq!((logo.kind(), logo.width(), logo.height()), (LogoKind::Jpeg, 320, 96));

        for length in 0..png.len() {
            let part = Logo::new(png[..length].to_vec());
            assert_eq!(part.is_ok(), length >= 24, "{length}");
        }
        for length in 0..jpeg.len() {
            let _ = Logo::new(jpeg[..length].to_vec());
        }
        assert!(Logo::new(b"\xFF\xD8\xFF\xE0\0\0\0\0\0\0".to_vec()).is_err());
        let flat = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\0\x08\x02\0\0\0".to_vec();
        assert!(Logo::new(flat).is_err());
    }
}
