//! From a file's bytes to what a PDF holds.

use std::fmt;
use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use png::{BitDepth, ColorType, Decoder, DecodingError, Limits, Transformations};

use crate::{Error, ErrorKind};

/// The most pixels that a logo may have: more than print at its size can show.
const MOST_PIXELS: u32 = 1 << 24;
/// The most bytes of its file.
const MOST_BYTES: usize = 8 << 20;
const LEVEL: u32 = 8;

/// An image as a PDF holds it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) colors: Colors,
    pub(crate) filter: Filter,
    /// The pixels, eight bits a part, packed as the filter says.
    pub(crate) data: Vec<u8>,
    /// How opaque each pixel is, eight bits, deflated.
    pub(crate) alpha: Option<Vec<u8>>,
}

/// What the parts of a pixel are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colors {
    Gray,
    Rgb,
}

/// How pixels are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    Deflate,
    Jpeg,
}

/// Without the pixels.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} x {} {:?} {:?}", self.width, self.height, self.colors, self.filter)
    }
}

fn error(why: impl fmt::Display) -> Error {
    Error::new(ErrorKind::Options, format!("the logo {why}"))
}

fn check(bytes: &[u8], width: u32, height: u32) -> Result<(), Error> {
    if bytes.len() > MOST_BYTES {
        return Err(error(format_args!("has {} bytes; at most {MOST_BYTES} are taken", bytes.len())));
    }
    if width == 0 || height == 0 {
        return Err(error("is damaged: it does not say how big it is"));
    }
    if width.checked_mul(height).is_none_or(|pixels| pixels > MOST_PIXELS) {
        return Err(error(format_args!(
            "has {width} x {height} pixels; at most {MOST_PIXELS} in all are taken"
        )));
    }
    Ok(())
}

impl Picture {
    /// Decodes all of it: whatever is wrong with the file shows here.
    pub(super) fn from_png(bytes: &[u8]) -> Result<Self, Error> {
        let damaged = |cause: DecodingError| match cause {
            DecodingError::IoError(_) => error("is damaged: the PNG file ends too early"),
            cause => error("is damaged: the PNG file cannot be decoded").caused_by(cause),
        };
        let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: 256 << 20 });
        decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
        let header = decoder.read_header_info().map_err(damaged)?;
        let (width, height) = (header.width, header.height);
        check(bytes, width, height)?;
        let mut reader = decoder.read_info().map_err(damaged)?;
        let size = reader.output_buffer_size().ok_or_else(|| error("has too many pixels"))?;
        let mut pixels = vec![0; size];
        let info = reader.next_frame(&mut pixels).map_err(damaged)?;
        pixels.truncate(info.buffer_size());

        let (colors, parts, has_alpha) = match (info.color_type, info.bit_depth) {
            (ColorType::Grayscale, BitDepth::Eight) => (Colors::Gray, 1, false),
            (ColorType::GrayscaleAlpha, BitDepth::Eight) => (Colors::Gray, 2, true),
            (ColorType::Rgb, BitDepth::Eight) => (Colors::Rgb, 3, false),
            (ColorType::Rgba, BitDepth::Eight) => (Colors::Rgb, 4, true),
            other => return Err(error(format_args!("is a PNG file of an unknown kind: {other:?}"))),
        };
        let mut alpha = Vec::new();
        if has_alpha {
            let mut colors = Vec::with_capacity(pixels.len());
            for pixel in pixels.chunks_exact(parts) {
                if let Some((last, color)) = pixel.split_last() {
                    colors.extend(color);
                    alpha.push(*last);
                }
            }
            pixels = colors;
        }
        // a mask that hides nothing would only make viewers slow
        let is_seen_through = alpha.iter().any(|opacity| *opacity != u8::MAX);
        Ok(Self {
            width,
            height,
            colors,
            filter: Filter::Deflate,
            data: deflated(&pixels),
            alpha: is_seen_through.then(|| deflated(&alpha)),
        })
    }

    /// Goes over the segments; the pixels stay as they are packed.
    pub(super) fn from_jpeg(bytes: &[u8]) -> Result<Self, Error> {
        let frame = Frame::of(bytes).ok_or_else(|| error("is damaged: the JPEG file has no picture"))?;
        let Frame { width, height, precision, parts } = frame;
        check(bytes, width, height)?;
        if precision != 8 {
            return Err(error(format_args!("is a JPEG file with {precision} bits a part; save it with 8")));
        }
        let colors = match parts {
            1 => Colors::Gray,
            3 => Colors::Rgb,
            4 => return Err(error("is a JPEG file in CMYK; save it as RGB")),
            parts => {
                return Err(error(format_args!("is a JPEG file with {parts} parts a pixel; save it as RGB")));
            }
        };
        // what stands behind the end is no part of the picture
        let end = bytes.windows(2).rposition(|pair| pair == [0xFF, 0xD9]);
        let end = end.ok_or_else(|| error("is damaged: the JPEG file ends too early"))?;
        let data = bytes.get(..end + 2).unwrap_or(bytes).to_vec();
        Ok(Self { width, height, colors, filter: Filter::Jpeg, data, alpha: None })
    }
}

/// What the head of a JPEG's frame says.
struct Frame {
    width: u32,
    height: u32,
    precision: u8,
    parts: u8,
}

impl Frame {
    /// The first frame, if a scan follows it.
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.get(2..)?;
        let mut frame = None;
        loop {
            let [0xFF, marker, behind @ ..] = rest else { return None };
            match marker {
                // filling, and markers without a segment
                0xFF => {
                    rest = rest.get(1..)?;
                    continue;
                }
                0x01 | 0xD0..=0xD7 => {
                    rest = behind;
                    continue;
                }
                0xDA => return frame,
                // no decoder of a PDF viewer takes lossless or arithmetic ones
                0xC0..=0xC2 => {
                    let [_, _, precision, y1, y0, x1, x0, parts, ..] = behind else { return None };
                    let size = |high: &u8, low: &u8| u32::from(u16::from_be_bytes([*high, *low]));
                    frame = frame.or(Some(Self {
                        width: size(x1, x0),
                        height: size(y1, y0),
                        precision: *precision,
                        parts: *parts,
                    }));
                }
                _ => {}
            }
            let length = u16::from_be_bytes(*behind.first_chunk()?);
            rest = behind.get(usize::from(length).max(2)..)?;
        }
    }
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 2), Compression::new(LEVEL));
    let packed = encoder.write_all(data).and_then(|()| encoder.finish());
    packed.expect("a vector takes whatever is written")
}
