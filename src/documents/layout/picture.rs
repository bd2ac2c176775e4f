//! Pictures for a page: scans and photographs. What a PDF can carry as it is goes in bit for bit (JPEG, and
//! PNG without transparency); the rest, TIFF page by page among it, is decoded and packed again without loss.

use super::tiff::TiffPages;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::jpeg::JpegDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::fmt;
use std::io::{Cursor, Write};

/// A picture that has been looked at.
pub struct Picture {
    /// In pixels, as it is shown: turned the way its camera held it.
    pub width: u32,
    pub height: u32,
    pub(super) turn: Orientation,
    pub(super) body: Body,
}

/// What of it goes into the PDF.
pub(super) enum Body {
    /// A whole JPEG file.
    Jpeg { bytes: Vec<u8>, size: (u32, u32), components: u8, inverted: bool },
    /// The compressed rows of a PNG.
    Png { rows: Vec<u8>, palette: Option<Vec<u8>>, colors: u8, bits: u8 },
    /// Packed pixels of one or three colors of so many bits, and packed how far each covers what lies below it.
    Pixels { packed: Vec<u8>, colors: u8, bits: u8, cover: Option<Vec<u8>> },
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture {}×{}", self.width, self.height)
    }
}

impl Picture {
    /// Reads a picture; of several pages the first. `None` when it is none that we know, or broken.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        match image::guess_format(bytes).ok()? {
            ImageFormat::Jpeg => jpeg(bytes),
            ImageFormat::Png => png(bytes).or_else(|| decoded(bytes)),
            _ => decoded(bytes),
        }
    }

    /// As [`Picture::read`], every page.
    pub fn read_all(bytes: &[u8]) -> Option<Vec<Self>> {
        if image::guess_format(bytes).ok()? != ImageFormat::Tiff {
            return Self::read(bytes).map(|picture| vec![picture]);
        }
        let mut pages = TiffPages::of(bytes.to_vec())?;
        (0..pages.count()).map(|page| decoded(pages.page(page)?)).collect()
    }

    fn upright(width: u32, height: u32, body: Body) -> Self {
        Self { width, height, turn: Orientation::NoTransforms, body }
    }
}

fn decoded(bytes: &[u8]) -> Option<Picture> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut decoder = reader.into_decoder().ok()?;
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image.apply_orientation(turn);
    let (width, height) = (image.width(), image.height());
    let color = image.color();
    let cover = match color.has_alpha() {
        true => Some(packed(&image.to_rgba8().pixels().map(|it| it.0[3]).collect::<Vec<_>>())?),
        false => None,
    };
    let (samples, colors, bits) = match color.has_color() {
        true => (image.into_rgb8().into_raw(), 3, 8),
        false => grey(image.into_luma8().into_raw(), width),
    };
    let body = Body::Pixels { packed: packed(&samples)?, colors, bits, cover };
    Some(Picture::upright(width, height, body))
}

/// Grey pixels; where there is but black and white, as fax and scanner write, one bit for each.
fn grey(samples: Vec<u8>, width: u32) -> (Vec<u8>, u8, u8) {
    if width == 0 || samples.iter().any(|it| !matches!(it, 0 | 255)) {
        return (samples, 1, 8);
    }
    let byte = |eight: &[u8]| {
        eight.iter().enumerate().fold(0, |all, (nr, it)| all | ((it & 1) << (7 - nr)))
    };
    let rows = samples.chunks(width as usize);
    (rows.flat_map(|row| row.chunks(8).map(byte)).collect(), 1, 1)
}

/// As PDF readers unpack it.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).ok()?;
    packer.finish().ok()
}

fn jpeg(bytes: &[u8]) -> Option<Picture> {
    let head = JpegHead::read(bytes)?;
    let mut decoder = JpegDecoder::new(Cursor::new(bytes)).ok()?;
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (wide, high) = head.size;
    let lying = matches!(
        turn,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (width, height) = if lying { (high, wide) } else { (wide, high) };
    let inverted = head.components == 4 && head.adobe;
    let body = Body::Jpeg {
        bytes: bytes.to_vec(),
        size: head.size,
        components: head.components,
        inverted,
    };
    Some(Picture { width, height, turn, body })
}

/// What the segments before a JPEG's pixels say.
struct JpegHead {
    size: (u32, u32),
    components: u8,
    /// Written by Adobe: four colors are stored inverted.
    adobe: bool,
}

impl JpegHead {
    /// `None` also when the file was cut off before its end.
    fn read(bytes: &[u8]) -> Option<Self> {
        let (mut at, mut adobe, mut found) = (2, false, None);
        loop {
            let &[0xFF, kind] = bytes.get(at..at + 2)? else { return None };
            if kind == 0xFF {
                at += 1; // a filling byte
                continue;
            }
            let length =
                usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
            let segment = bytes.get(at + 4..at + 2 + length)?;
            match kind {
                0xC0..=0xCF if !matches!(kind, 0xC4 | 0xC8 | 0xCC) => {
                    let side = |at: usize| {
                        Some(u32::from(u16::from_be_bytes([
                            *segment.get(at)?,
                            *segment.get(at + 1)?,
                        ])))
                    };
                    found = Some(((side(3)?, side(1)?), *segment.get(5)?));
                }
                0xEE => adobe = segment.starts_with(b"Adobe"),
                0xDA => break,
                _ => {}
            }
            at += 2 + length;
        }
        let (size, components) = found?;
        let ended = bytes[at..].windows(2).rev().any(|pair| pair == [0xFF, 0xD9]);
        let sound = ended && size.0 > 0 && size.1 > 0 && matches!(components, 1 | 3 | 4);
        sound.then_some(Self { size, components, adobe })
    }
}

/// A PNG whose rows a PDF reader unpacks as they are: not interlaced, no transparency.
fn png(bytes: &[u8]) -> Option<Picture> {
    let (mut at, mut head, mut palette, mut rows) = (8, None, None, Vec::new());
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let kind = bytes.get(at + 4..at + 8)?;
        let chunk = bytes.get(at + 8..at + 8 + length)?;
        match kind {
            b"IHDR" => head = Some(chunk),
            b"PLTE" => palette = Some(chunk.to_vec()),
            b"tRNS" => return None,
            b"IDAT" => rows.extend_from_slice(chunk),
            b"IEND" => break,
            _ => {}
        }
        at += 12 + length;
    }
    let head: &[u8; 13] = head?.try_into().ok()?;
    let side = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let (width, height, bits, interlaced) = (side(0), side(4), head[8], head[12] != 0);
    let colors = match head[9] {
        0 => 1,
        2 => 3,
        3 if palette.is_some() => 1,
        _ => return None,
    };
    if interlaced || width == 0 || height == 0 {
        return None;
    }
    let palette = palette.filter(|_| head[9] == 3);
    Some(Picture::upright(width, height, Body::Png { rows, palette, colors, bits }))
}
