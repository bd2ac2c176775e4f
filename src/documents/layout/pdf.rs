//! Pages to PDF bytes. Fonts are subset and embedded with their characters, so that what is printed
//! can be found, copied and read aloud. The same pages and the same day give the same bytes: nothing
//! here looks at a clock. A page's marks become a packed stream at once, so that ten thousand rows never
//! stand in memory twice.

mod content;
mod font;
mod picture;

use chrono::{Datelike, NaiveDate};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};
use std::io::Write as _;
use std::sync::Arc;

use super::face::Face;
use super::foreign::{Foreign, Import};
use super::page::{Page, Paper};
use crate::failure::{Failure, Result};
use font::Embedded;
use picture::Pictures;

/// What a PDF says about itself.
#[derive(Debug, Clone)]
pub struct Colophon<'a> {
    pub title: &'a str,
    /// The unit.
    pub author: &'a str,
    /// Stands as the day of creation and of the last change.
    pub date: NaiveDate,
}

/// Pages that belong together, e.g. one person's.
#[derive(Debug)]
pub struct Section {
    /// Its line in the outline.
    pub label: String,
    /// Lines below it: words and a page of the section, from 0.
    pub parts: Vec<(String, usize)>,
    pub paper: Paper,
    pub pages: Vec<Page>,
}

impl Section {
    pub fn new(label: impl Into<String>, paper: Paper, pages: Vec<Page>) -> Self {
        Self { label: label.into(), parts: Vec::new(), paper, pages }
    }
}

/// Writes the sections one after another. More than one section, or one with parts, makes an outline.
///
/// # Errors
/// A font cannot be embedded or the PDF library refuses: a fault of ours, nothing was written.
pub fn write(colophon: &Colophon<'_>, sections: Vec<Section>) -> Result<Vec<u8>> {
    let fault = |why: String| {
        Failure::cannot(
            "生成 PDF",
            colophon.title,
            "排版内部出错",
            "请把这份数据的备份交给程序维护者",
        )
        .because(why)
    };
    let mut book = Book::new(&sections).map_err(&fault)?;
    let labels = labels(&sections);
    let mut outline = Vec::new();
    // Each section's pages are let go as soon as they are written.
    for section in sections {
        let first = book.pages.len();
        for page in section.pages {
            book.page(&page, &section.paper).map_err(|error| fault(error.to_string()))?;
        }
        outline.push(Chapter { label: section.label, parts: section.parts, first });
    }
    book.finish(colophon, outline, labels).map_err(|error| fault(error.to_string()))
}

/// A section in the outline.
struct Chapter {
    label: String,
    parts: Vec<(String, usize)>,
    /// Its first page in the whole.
    first: usize,
}

/// A PDF being written.
struct Book {
    document: Document,
    /// The node above all pages.
    root: ObjectId,
    pages: Vec<ObjectId>,
    faces: Vec<Embedded>,
    pictures: Pictures,
    /// The PDF whose pages were taken over last: they come one after another, and share things.
    import: Option<Import>,
    /// What pages without pictures use, once for all of them.
    resources: ObjectId,
}

impl Book {
    fn new(sections: &[Section]) -> std::result::Result<Self, String> {
        let mut document = Document::with_version("1.7");
        let root = document.new_object_id();
        let mut faces = Vec::new();
        for face in Face::ALL {
            faces.extend(Embedded::of(face, sections, &mut document)?);
        }
        let resources = document.add_object(dictionary! { "Font" => fonts(&faces) });
        let pictures = Pictures::default();
        Ok(Self { document, root, pages: Vec::new(), faces, pictures, import: None, resources })
    }

    fn page(&mut self, page: &Page, paper: &Paper) -> std::result::Result<(), lopdf::Error> {
        let paper = &match (&page.under, page.size) {
            (Some(foreign), _) => foreign.source.paper(foreign.page),
            (None, Some((width, height))) => Paper { width, height, ..*paper },
            (None, None) => *paper,
        };
        let shown = self.pictures.of(page, &mut self.document)?;
        let words = content::of(page, paper, &self.faces, &shown);
        match &page.under {
            Some(foreign) => self.upon(foreign, words, &shown)?,
            None => {
                let content = self.document.add_object(packed(Dictionary::new(), &words)?);
                let resources = if shown.is_empty() {
                    Object::Reference(self.resources)
                } else {
                    let pictures = picture::named(&shown);
                    dictionary! { "Font" => fonts(&self.faces), "XObject" => pictures }.into()
                };
                let (width, height) = (paper.width, paper.height);
                let page = dictionary! {
                    "Type" => "Page",
                    "Parent" => self.root,
                    "MediaBox" => [0.0, 0.0, width, height].map(Object::Real).to_vec(),
                    "Resources" => resources,
                    "Contents" => content,
                };
                let page = self.document.add_object(page);
                self.pages.push(page);
            }
        }
        Ok(())
    }

    /// A page of another PDF, what was drawn on it first and ours above.
    fn upon(
        &mut self,
        foreign: &Foreign,
        words: Vec<u8>,
        shown: &[(ObjectId, Arc<super::Picture>)],
    ) -> std::result::Result<(), lopdf::Error> {
        debug_assert!(shown.is_empty(), "pictures stand on sheets of our own");
        let source = &foreign.source;
        let there = source.pages[foreign.page];
        let mut import = match self.import.take() {
            Some(import) if import.is_of(source) => import,
            _ => Import::of(source, &mut self.document),
        };
        let mut own = Object::Dictionary(source.page(there));
        import.adopt(&mut own, &mut self.document);
        let here = import.number(there);
        self.import = Some(import);
        let own = own.as_dict_mut()?;
        let mut above = b"Q q ".to_vec();
        content::matrix(&mut above, source.matrix(there));
        above.extend(words);
        above.extend(b"Q\n");
        let before = self.document.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
        let above = self.document.add_object(packed(Dictionary::new(), &above)?);
        let mut contents = vec![Object::Reference(before)];
        match own.get(b"Contents").ok().cloned() {
            Some(Object::Array(parts)) => contents.extend(parts),
            Some(Object::Reference(one)) => match self.document.get_object(one) {
                Ok(Object::Array(parts)) => contents.extend(parts.clone()),
                _ => contents.push(Object::Reference(one)),
            },
            _ => {}
        }
        contents.push(Object::Reference(above));
        own.set("Contents", contents);
        own.set("Parent", self.root);
        let resources = self.with_our_fonts(own);
        own.set("Resources", resources);
        let own = own.clone();
        self.document.set_object(here, own);
        self.pages.push(here);
        Ok(())
    }

    /// The page's own resources with our fonts beside its fonts.
    fn with_our_fonts(&self, page: &Dictionary) -> Dictionary {
        let found = |of: &Dictionary, key: &[u8]| -> Dictionary {
            let value = of.get(key).and_then(|value| self.document.dereference(value));
            value.and_then(|(_, value)| value.as_dict()).cloned().unwrap_or_default()
        };
        let mut resources = found(page, b"Resources");
        let mut all = found(&resources, b"Font");
        for font in &self.faces {
            all.set(font.name(), font.id);
        }
        resources.set("Font", all);
        resources
    }

    fn finish(
        mut self,
        colophon: &Colophon<'_>,
        outline: Vec<Chapter>,
        labels: Dictionary,
    ) -> std::result::Result<Vec<u8>, lopdf::Error> {
        let count = self.pages.len() as i64;
        let kids: Vec<Object> = self.pages.iter().map(|&page| page.into()).collect();
        let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
        self.document.set_object(self.root, tree);
        let outlined = outline.len() > 1 || outline.iter().any(|chapter| !chapter.parts.is_empty());
        let mut catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => self.root,
            "Lang" => Object::string_literal("zh-CN"),
            "PageLabels" => labels,
            "PageMode" => if outlined { "UseOutlines" } else { "UseNone" },
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        };
        if outlined {
            catalog.set("Outlines", self.outline(outline));
        }
        let catalog = self.document.add_object(catalog);
        self.document.trailer.set("Root", catalog);
        let info = self.document.add_object(information(colophon));
        self.document.trailer.set("Info", info);
        let id = Object::String(self.fingerprint(colophon), StringFormat::Hexadecimal);
        self.document.trailer.set("ID", vec![id.clone(), id]);
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes)?;
        Ok(bytes)
    }

    /// Made of what was written, so that the same paper has the same one.
    fn fingerprint(&self, colophon: &Colophon<'_>) -> Vec<u8> {
        let mut hash = Sha256::new_with_prefix(colophon.title);
        for (id, object) in &self.document.objects {
            hash.update(id.0.to_be_bytes());
            if let Object::Stream(stream) = object {
                hash.update(&stream.content);
            }
        }
        hash.finalize()[..16].to_vec()
    }

    /// Lines for the sections, their parts folded below them.
    fn outline(&mut self, chapters: Vec<Chapter>) -> ObjectId {
        let root = self.document.new_object_id();
        let ids: Vec<ObjectId> = chapters.iter().map(|_| self.document.new_object_id()).collect();
        for (at, Chapter { label, parts, first: page }) in chapters.iter().enumerate() {
            let mut entry = self.line((label, *page), root, &ids, at);
            let below: Vec<ObjectId> =
                parts.iter().map(|_| self.document.new_object_id()).collect();
            for (nr, (words, leaf)) in parts.iter().enumerate() {
                let part = self.line((words, page + leaf), ids[at], &below, nr);
                self.document.set_object(below[nr], part);
            }
            if let (Some(first), Some(last)) = (below.first(), below.last()) {
                entry.set("First", *first);
                entry.set("Last", *last);
                // One person's parts are what is looked for; many people's are folded up.
                let count = below.len() as i64;
                entry.set("Count", if ids.len() == 1 { count } else { -count });
            }
            self.document.set_object(ids[at], entry);
        }
        let mut entry = dictionary! { "Type" => "Outlines", "Count" => ids.len() as i64 };
        if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
            entry.set("First", *first);
            entry.set("Last", *last);
        }
        self.document.set_object(root, entry);
        root
    }

    /// One line among its neighbours.
    fn line(
        &self,
        (words, page): (&str, usize),
        above: ObjectId,
        all: &[ObjectId],
        at: usize,
    ) -> Dictionary {
        let mut entry = dictionary! { "Title" => lopdf::text_string(words), "Parent" => above };
        if let Some(page) = self.pages.get(page) {
            entry.set("Dest", vec![(*page).into(), "Fit".into()]);
        }
        if let Some(before) = at.checked_sub(1) {
            entry.set("Prev", all[before]);
        }
        if let Some(after) = all.get(at + 1) {
            entry.set("Next", *after);
        }
        entry
    }
}

fn fonts(faces: &[Embedded]) -> Dictionary {
    faces.iter().map(|font| (font.name(), Object::Reference(font.id))).collect()
}

/// A stream packed at once. What does not get smaller stays as it is.
fn packed(mut entries: Dictionary, bytes: &[u8]) -> std::result::Result<Stream, lopdf::Error> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes)?;
    let packed = packer.finish()?;
    if packed.len() >= bytes.len() {
        return Ok(Stream::new(entries, bytes.to_vec()).with_compression(false));
    }
    entries.set("Filter", "FlateDecode");
    Ok(Stream::new(entries, packed).with_compression(false))
}

fn information(colophon: &Colophon<'_>) -> Dictionary {
    let (year, month, day) = (colophon.date.year(), colophon.date.month(), colophon.date.day());
    let date = format!("D:{year:04}{month:02}{day:02}000000+08'00'");
    let date = || Object::string_literal(date.as_str());
    dictionary! {
        "Title" => lopdf::text_string(colophon.title),
        "Author" => lopdf::text_string(colophon.author),
        "Creator" => lopdf::text_string("学时"),
        "Producer" => Object::string_literal(concat!("xueshi ", env!("CARGO_PKG_VERSION"))),
        "CreationDate" => date(),
        "ModDate" => date(),
    }
}

/// What a viewer calls each page: its number in its section, with the section's name before it where there
/// are several.
fn labels(sections: &[Section]) -> Dictionary {
    let (mut numbers, mut first) = (Vec::new(), 0);
    for section in sections {
        let mut range = dictionary! { "S" => "D", "St" => 1 };
        if sections.len() > 1 {
            range.set("P", lopdf::text_string(&format!("{} ", section.label)));
        }
        numbers.extend([Object::Integer(first), Object::Dictionary(range)]);
        first += section.pages.len() as i64;
    }
    dictionary! { "Nums" => numbers }
}
