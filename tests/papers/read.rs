//! Reads a PDF back: every shown line with its page and place, decoded through the embedded
//! ToUnicode maps alone, as any viewer's "copy" would.

use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// One shown line.
#[derive(Debug, Clone)]
pub struct Line {
    /// From 1.
    pub page: usize,
    pub x: f32,
    /// From the page's lower edge.
    pub y: f32,
    pub size: f32,
    /// Drawn aslant: the draft stamp.
    pub aslant: bool,
    pub text: String,
}

/// A read PDF.
pub struct Read {
    pub raw: Document,
    pub pages: usize,
    pub lines: Vec<Line>,
}

impl Read {
    pub fn new(bytes: &[u8]) -> Self {
        let raw = Document::load_mem(bytes).expect("readable");
        let mut lines = Vec::new();
        let pages = raw.get_pages();
        for (&number, &page) in &pages {
            let maps: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = raw
                .get_page_fonts(page)
                .expect("fonts")
                .into_iter()
                .map(|(name, font)| (name, to_unicode(&raw, font)))
                .collect();
            let content = raw.get_and_decode_page_content(page).expect("content");
            let (mut map, mut size, mut place, mut aslant) = (None, 0.0, (0.0, 0.0), false);
            for operation in &content.operations {
                let number_at = |at: usize| operation.operands[at].as_float().expect("a number");
                match operation.operator.as_str() {
                    "Tf" => {
                        map = maps.get(operation.operands[0].as_name().expect("a font"));
                        size = number_at(1);
                    }
                    "Tm" => {
                        place = (number_at(4), number_at(5));
                        aslant = number_at(1) != 0.0;
                    }
                    "Tj" | "TJ" => {
                        let map = map.expect("a font before text");
                        let text = shown(&operation.operands[0])
                            .chunks(2)
                            .map(|code| map[&u16::from_be_bytes([code[0], code[1]])].as_str())
                            .collect();
                        let (x, y) = place;
                        lines.push(Line { page: number as usize, x, y, size, aslant, text });
                    }
                    _ => {}
                }
            }
        }
        Self { pages: pages.len(), raw, lines }
    }

    /// All text in the order drawn, without line breaks.
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect()
    }

    /// The text of one page (from 1).
    pub fn page(&self, page: usize) -> String {
        self.lines.iter().filter(|line| line.page == page).map(|line| line.text.as_str()).collect()
    }

    /// A string of the document information.
    pub fn info(&self, key: &str) -> String {
        let info = self.raw.trailer.get(b"Info").and_then(Object::as_reference).expect("info");
        let info = self.raw.get_dictionary(info).expect("info");
        let value = info.get(key.as_bytes()).expect("the key");
        lopdf::decode_text_string(value).expect("text")
    }

    /// The label of each page, as a viewer shows it: the prefix and the number.
    pub fn labels(&self) -> Vec<String> {
        let catalog = self.raw.catalog().expect("catalog");
        let labels = catalog.get(b"PageLabels").expect("page labels");
        let (_, labels) = self.raw.dereference(labels).expect("page labels");
        let numbers = labels.as_dict().and_then(|labels| labels.get(b"Nums")).expect("numbers");
        let (_, numbers) = self.raw.dereference(numbers).expect("numbers");
        let ranges: Vec<(usize, String, i64)> = numbers
            .as_array()
            .expect("a list")
            .chunks(2)
            .map(|pair| {
                let (_, range) = self.raw.dereference(&pair[1]).expect("a range");
                let range = range.as_dict().expect("a range");
                let prefix =
                    range.get(b"P").ok().map(|p| lopdf::decode_text_string(p).expect("text"));
                let start = range.get(b"St").and_then(Object::as_i64).unwrap_or(1);
                assert_eq!(range.get(b"S").and_then(Object::as_name).expect("a style"), b"D");
                let from = pair[0].as_i64().expect("a page");
                (from as usize, prefix.unwrap_or_default(), start)
            })
            .collect();
        assert_eq!(ranges[0].0, 0, "the first page has a label");
        (0..self.pages)
            .map(|page| {
                let range = ranges.iter().rev().find(|range| range.0 <= page).expect("a range");
                format!("{}{}", range.1, range.2 + (page - range.0) as i64)
            })
            .collect()
    }

    /// The outline's titles in order.
    pub fn outline(&self) -> Vec<String> {
        let mut titles = Vec::new();
        let catalog = self.raw.catalog().expect("catalog");
        let Ok(outlines) = catalog.get(b"Outlines").and_then(Object::as_reference) else {
            return titles;
        };
        let mut next = self.raw.get_dictionary(outlines).expect("outlines").get(b"First").ok();
        while let Some(item) = next {
            let item =
                self.raw.get_dictionary(item.as_reference().expect("an item")).expect("an item");
            titles
                .push(lopdf::decode_text_string(item.get(b"Title").expect("title")).expect("text"));
            next = item.get(b"Next").ok();
        }
        titles
    }
}

fn shown(operand: &Object) -> Vec<u8> {
    match operand {
        Object::String(bytes, _) => bytes.clone(),
        Object::Array(parts) => parts.iter().flat_map(shown).collect(),
        _ => Vec::new(),
    }
}

fn to_unicode(raw: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = font.get(b"ToUnicode").and_then(Object::as_reference).expect("a ToUnicode map");
    let stream = raw.get_object(stream).and_then(Object::as_stream).expect("a stream");
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let cmap = String::from_utf8(bytes).expect("a text");
    let mut map = BTreeMap::new();
    let mut section = "";
    for line in cmap.lines().map(str::trim) {
        match line.split(' ').next_back().unwrap_or("") {
            kind @ ("beginbfchar" | "beginbfrange") => section = kind,
            "endbfchar" | "endbfrange" => section = "",
            _ => {}
        }
        let codes: Vec<&str> =
            line.split(['<', '>', '[', ']', ' ']).filter(|s| !s.is_empty()).collect();
        let code = |at: usize| u16::from_str_radix(codes[at], 16).expect("a code");
        match section {
            "beginbfchar" if line.starts_with('<') => {
                map.insert(code(0), utf16(codes[1]));
            }
            "beginbfrange" if line.starts_with('<') && line.contains('[') => {
                for (at, glyph) in (code(0)..=code(1)).enumerate() {
                    map.insert(glyph, utf16(codes[2 + at]));
                }
            }
            "beginbfrange" if line.starts_with('<') => {
                for glyph in code(0)..=code(1) {
                    let last = u32::from_str_radix(codes[2], 16).expect("a code");
                    let character = char::from_u32(last + u32::from(glyph - code(0)));
                    map.insert(glyph, character.expect("a character").to_string());
                }
            }
            _ => {}
        }
    }
    map
}

fn utf16(hex: &str) -> String {
    let units: Vec<u16> = hex
        .as_bytes()
        .chunks(4)
        .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).expect("hex"), 16).expect("hex"))
        .collect();
    String::from_utf16(&units).expect("UTF-16")
}

/// Leaves a paper in the target folder, to be looked at.
pub fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the target folder takes files");
    path
}
