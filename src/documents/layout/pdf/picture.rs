//! Pictures as PDF keeps them, each once however often it is shown. Not printpdf's: it would draw scans anew.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::sync::Arc;

use super::Packer;
use crate::documents::layout::page::{Mark, Page};
use crate::documents::layout::picture::{Body, Picture};

/// What has been taken into the document so far.
#[derive(Default)]
pub struct Pictures {
    known: Vec<(ObjectId, Arc<Picture>)>,
}

impl Pictures {
    /// The pictures of a page, in the order of its marks.
    pub fn of(
        &mut self,
        page: &Page,
        document: &mut Document,
    ) -> Result<Vec<(ObjectId, Arc<Picture>)>, lopdf::Error> {
        let mut shown: Vec<(ObjectId, Arc<Picture>)> = Vec::new();
        for mark in &page.marks {
            let Mark::Picture { picture, .. } = mark else { continue };
            if shown.iter().any(|(_, seen)| Arc::ptr_eq(seen, picture)) {
                continue;
            }
            let known = self.known.iter().find(|(_, known)| Arc::ptr_eq(known, picture));
            let id = match known {
                Some((id, _)) => *id,
                None => {
                    let id = add(picture, document)?;
                    self.known.push((id, Arc::clone(picture)));
                    id
                }
            };
            shown.push((id, Arc::clone(picture)));
        }
        Ok(shown)
    }
}

/// The names under which a page shows its pictures.
pub fn named(shown: &[(ObjectId, Arc<Picture>)]) -> Dictionary {
    let named = shown.iter().enumerate();
    named.map(|(at, (id, _))| (name(at), Object::Reference(*id))).collect()
}

/// What one of a page's pictures is called.
pub fn name(at: usize) -> String {
    format!("I{at}")
}

fn add(picture: &Picture, document: &mut Document) -> Result<ObjectId, lopdf::Error> {
    let entries = |(width, height): (u32, u32), colors: Object, bits: u8| {
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => width,
            "Height" => height,
            "ColorSpace" => colors,
            "BitsPerComponent" => bits,
        }
    };
    let size = (picture.width, picture.height);
    let stream = match &picture.body {
        Body::Jpeg { bytes, size, components, inverted } => {
            let mut entries = entries(*size, space(*components), 8);
            entries.set("Filter", "DCTDecode");
            if *inverted {
                let turned = [1, 0, 1, 0, 1, 0, 1, 0].map(Object::Integer);
                entries.set("Decode", turned.to_vec());
            }
            Stream::new(entries, bytes.clone()).with_compression(false)
        }
        Body::Png { rows, palette, colors, bits } => {
            let colored = match palette {
                Some(palette) => {
                    let last = (palette.len() / 3).saturating_sub(1) as i64;
                    let palette =
                        document.add_object(Packer::new().stream(Dictionary::new(), palette)?);
                    vec!["Indexed".into(), "DeviceRGB".into(), last.into(), palette.into()].into()
                }
                None => space(*colors),
            };
            let mut entries = entries(size, colored, *bits);
            entries.set("Filter", "FlateDecode");
            let rows_of = dictionary! {
                "Predictor" => 15,
                "Colors" => *colors,
                "BitsPerComponent" => *bits,
                "Columns" => picture.width,
            };
            entries.set("DecodeParms", rows_of);
            Stream::new(entries, rows.clone()).with_compression(false)
        }
        Body::Pixels { packed, colors, bits, cover } => {
            let mut entries = entries(size, space(*colors), *bits);
            if let Some(cover) = cover {
                entries.set("SMask", document.add_object(unpacked(mask(size), cover)));
            }
            unpacked(entries, packed)
        }
    };
    Ok(document.add_object(stream))
}

/// What was packed when it was read.
fn unpacked(mut entries: Dictionary, packed: &[u8]) -> Stream {
    entries.set("Filter", "FlateDecode");
    Stream::new(entries, packed.to_vec()).with_compression(false)
}

fn mask((width, height): (u32, u32)) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => width,
        "Height" => height,
        "ColorSpace" => "DeviceGray",
        "BitsPerComponent" => 8,
    }
}

fn space(components: u8) -> Object {
    match components {
        1 => "DeviceGray".into(),
        4 => "DeviceCMYK".into(),
        _ => "DeviceRGB".into(),
    }
}
