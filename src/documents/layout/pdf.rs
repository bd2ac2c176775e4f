//! Pages to PDF bytes. printpdf writes our pages, embeds the faces and says what the paper is; what it cannot
//! do stands here over lopdf: pages of other PDFs, pictures bit for bit, page labels, an outline with parts.
//! The same pages and the same day give the same bytes: nothing here looks at a clock. Pages are written in
//! small lots and packed at once, so that ten thousand rows or a thousand handbooks never stand in memory.

mod content;
mod font;
mod outline;
mod picture;

use chrono::{Datelike, NaiveDate};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use printpdf::{Date, DateTime, Offset, PdfDocument, PdfPage, PdfParseErrorSeverity, Time};
use sha2::{Digest, Sha256};
use std::io::Write as _;
use std::sync::Arc;

use super::face::Face;
use super::foreign::{Foreign, Import, Source};
use super::page::Page;
use super::paper::Paper;
use crate::failure::{Failure, Result};
use content::millimetres;
use font::Fonts;
use outline::Chapter;
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

/// Sections as they are laid out, one after the other.
pub type Sections<'a> = Box<dyn Iterator<Item = Result<Section>> + 'a>;

/// Writes the sections one after another, each let go before the next is laid out. More than one section, or
/// one with parts, makes an outline.
///
/// # Errors
/// What laying out says; or a font cannot be embedded or the PDF library refuses: a fault of ours. Nothing was
/// written.
pub fn write(
    colophon: &Colophon<'_>,
    sections: impl IntoIterator<Item = Result<Section>>,
) -> Result<Vec<u8>> {
    let fault = |why: String| {
        Failure::cannot(
            "生成 PDF",
            colophon.title,
            "排版内部出错",
            "请把这份数据的备份交给程序维护者",
        )
        .because(why)
    };
    let mut book = Book::new();
    let mut chapters = Vec::new();
    for section in sections {
        let Section { label, parts, paper, pages } = section?;
        chapters.push(Chapter { label, parts, first: book.pages.len() });
        for page in pages {
            book.page(&page, &paper).map_err(|error| fault(error.to_string()))?;
        }
    }
    book.finish(colophon, chapters).map_err(fault)
}

/// A PDF being written.
struct Book {
    document: Document,
    /// The node above all pages.
    root: ObjectId,
    pages: Vec<ObjectId>,
    fonts: Fonts,
    pictures: Pictures,
    /// The PDF whose pages were taken over last: they come one after another, and share things.
    import: Option<Import>,
    /// What pages without pictures use, once for all of them.
    resources: ObjectId,
    /// Pages of our own that printpdf writes together.
    waiting: Vec<Waiting>,
    packer: Packer,
}

/// A page that is not written yet.
struct Waiting {
    id: ObjectId,
    /// With pictures; `None`: what the others use.
    pictures: Option<Dictionary>,
    page: PdfPage,
}

/// What a face is called on pages of our own.
fn ours(face: Face) -> String {
    format!("F{}", face as usize)
}

impl Book {
    fn new() -> Self {
        let mut document = Document::with_version("1.7");
        let (root, resources) = (document.new_object_id(), document.new_object_id());
        Self {
            fonts: Fonts::new(|| document.new_object_id()),
            document,
            root,
            pages: Vec::new(),
            pictures: Pictures::default(),
            import: None,
            resources,
            waiting: Vec::new(),
            packer: Packer::new(),
        }
    }

    fn page(&mut self, page: &Page, paper: &Paper) -> std::result::Result<(), lopdf::Error> {
        /// Enough that setting up is nothing against writing, few enough to be nothing in memory.
        const TOGETHER: usize = 32;
        let paper = &match (&page.under, page.size) {
            (Some(foreign), _) => foreign.source.paper(foreign.page),
            (None, Some((width, height))) => Paper { width, height, ..*paper },
            (None, None) => *paper,
        };
        self.fonts.learn(page);
        let shown = self.pictures.of(page, &mut self.document)?;
        if let Some(foreign) = &page.under {
            debug_assert!(shown.is_empty(), "pictures stand on sheets of our own");
            return self.upon(foreign, page, paper);
        }
        let id = self.document.new_object_id();
        self.pages.push(id);
        let (width, height) = (millimetres(paper.width), millimetres(paper.height));
        self.waiting.push(Waiting {
            id,
            pictures: (!shown.is_empty()).then(|| picture::named(&shown)),
            page: PdfPage::new(width, height, content::of(page, paper, ours, &shown)),
        });
        if self.waiting.len() >= TOGETHER { self.flush() } else { Ok(()) }
    }

    /// Writes the pages that wait.
    fn flush(&mut self) -> std::result::Result<(), lopdf::Error> {
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        let (places, pages): (Vec<_>, Vec<_>) =
            waiting.map(|waiting| ((waiting.id, waiting.pictures), waiting.page)).unzip();
        for ((id, pictures), (mut page, words)) in
            places.into_iter().zip(self.written(pages, ours)?)
        {
            let resources = match pictures {
                None => Object::Reference(self.resources),
                Some(pictures) => {
                    dictionary! { "Font" => self.fonts.named(ours), "XObject" => pictures }.into()
                }
            };
            let words = self.packer.stream(Dictionary::new(), &words)?;
            let words = self.document.add_object(words);
            // What it says of trimming is what it says of the sheet; there are no links.
            for needless in [b"TrimBox".as_slice(), b"CropBox", b"Annots"] {
                page.remove(needless);
            }
            page.set("Parent", self.root);
            page.set("Resources", resources);
            page.set("Contents", words);
            self.document.set_object(id, page);
        }
        Ok(())
    }

    /// Pages as printpdf writes them, and the stream of each.
    fn written(
        &self,
        pages: Vec<PdfPage>,
        name: impl Fn(Face) -> String,
    ) -> std::result::Result<Vec<(Dictionary, Vec<u8>)>, lopdf::Error> {
        let mut document = self.fonts.document(name);
        document.pages = pages;
        // It warns that the faces have no outlines: they are embedded when all pages are written.
        let mut raw = document.to_lopdf_document(&font::options(), &mut Vec::new());
        drop(document);
        let ids: Vec<ObjectId> = raw.page_iter().collect();
        let each = ids.into_iter().map(|id| {
            let page = std::mem::take(raw.get_object_mut(id)?.as_dict_mut()?);
            let words = page.get(b"Contents")?.as_reference()?;
            let words = std::mem::take(&mut raw.get_object_mut(words)?.as_stream_mut()?.content);
            Ok((page, words))
        });
        each.collect()
    }

    /// A page of another PDF, what was drawn on it first and ours above.
    fn upon(
        &mut self,
        foreign: &Foreign,
        page: &Page,
        paper: &Paper,
    ) -> std::result::Result<(), lopdf::Error> {
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
        let mut resources = self.found(own, b"Resources");
        let mut fonts = self.found(&resources, b"Font");
        // Our faces' names mean nothing else on this page, even if its PDF is of our own making.
        let name = |face: Face| {
            let mut tried = (0..).map(|nr: usize| format!("Xs{}{nr}", face as usize));
            tried.find(|name| !fonts.has(name.as_bytes())).unwrap_or_default()
        };
        let ops = content::of(page, paper, name, &[]);
        let ops = content::above(ops, source.matrix(there));
        // The sheet is the other PDF's: what printpdf says of its own is left out.
        let blank = millimetres(0.0);
        let written = self.written(vec![PdfPage::new(blank, blank, ops)], name)?;
        let named = self.fonts.named(name);
        fonts.extend(&named);
        resources.set("Font", fonts);
        let before = self.document.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
        let mut contents = vec![Object::Reference(before)];
        match own.get(b"Contents").ok().cloned() {
            Some(Object::Array(parts)) => contents.extend(parts),
            Some(Object::Reference(one)) => match self.document.get_object(one) {
                Ok(Object::Array(parts)) => contents.extend(parts.clone()),
                _ => contents.push(Object::Reference(one)),
            },
            _ => {}
        }
        for (_, words) in written {
            let above = self.packer.stream(Dictionary::new(), &words)?;
            let above = self.document.add_object(above);
            contents.push(Object::Reference(above));
        }
        own.set("Contents", contents);
        own.set("Parent", self.root);
        own.set("Resources", resources);
        let own = own.clone();
        self.document.set_object(here, own);
        self.pages.push(here);
        Ok(())
    }

    /// A dictionary in another one; empty when there is none.
    fn found(&self, of: &Dictionary, key: &[u8]) -> Dictionary {
        let value = of.get(key).and_then(|value| self.document.dereference(value));
        value.and_then(|(_, value)| value.as_dict()).cloned().unwrap_or_default()
    }

    fn finish(
        mut self,
        colophon: &Colophon<'_>,
        chapters: Vec<Chapter>,
    ) -> std::result::Result<Vec<u8>, String> {
        let refused = |error: lopdf::Error| error.to_string();
        self.flush().map_err(refused)?;
        self.embed(colophon)?;
        let count = self.pages.len() as i64;
        let kids: Vec<Object> = self.pages.iter().map(|&page| page.into()).collect();
        let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
        self.document.set_object(self.root, tree);
        let outlined =
            chapters.len() > 1 || chapters.iter().any(|chapter| !chapter.parts.is_empty());
        let mut catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => self.root,
            "Lang" => Object::string_literal("zh-CN"),
            "PageLabels" => outline::labels(&chapters),
            "PageMode" => if outlined { "UseOutlines" } else { "UseNone" },
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        };
        if outlined {
            let outline = outline::add(&chapters, &self.pages, &mut self.document);
            catalog.set("Outlines", outline);
        }
        let catalog = self.document.add_object(catalog);
        self.document.trailer.set("Root", catalog);
        let id = Object::String(self.fingerprint(colophon), StringFormat::Hexadecimal);
        self.document.trailer.set("ID", vec![id.clone(), id]);
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    /// The faces, and what the PDF says about itself, out of a document that printpdf writes for them.
    fn embed(&mut self, colophon: &Colophon<'_>) -> std::result::Result<(), String> {
        let mut specimen = PdfDocument::new(colophon.title);
        describe(&mut specimen, colophon);
        let places = self.fonts.specimen(&mut specimen)?;
        let mut warnings = Vec::new();
        let mut raw = specimen.to_lopdf_document(&font::options(), &mut warnings);
        drop(specimen);
        let severe = PdfParseErrorSeverity::Error;
        if let Some(warning) = warnings.into_iter().find(|warning| warning.severity == severe) {
            return Err(warning.msg);
        }
        raw.compress();
        let source = Arc::new(Source { pages: raw.page_iter().collect(), document: raw });
        let mut import = Import::of(&source, &mut self.document);
        let found = || -> std::result::Result<(Dictionary, Dictionary), lopdf::Error> {
            let raw = &source.document;
            let page = raw.get_dictionary(source.pages[0])?;
            let resources = raw.get_dict_in_dict(page, b"Resources")?;
            let fonts = raw.get_dict_in_dict(resources, b"Font")?.clone();
            Ok((fonts, raw.get_dict_in_dict(&raw.trailer, b"Info")?.clone()))
        };
        let (fonts, mut information) = found().map_err(|error| error.to_string())?;
        for (place, name) in places {
            let font = fonts.get(name.as_bytes()).map_err(|error| error.to_string())?;
            let font = source.document.dereference(font).map_err(|error| error.to_string())?;
            let mut font = font.1.clone();
            import.adopt(&mut font, &mut self.document);
            self.document.set_object(place, font);
        }
        let resources = dictionary! { "Font" => self.fonts.named(ours) };
        self.document.set_object(self.resources, resources);
        for empty in ["GTS_PDFXVersion", "Identifier", "Subject", "Keywords", "Trapped"] {
            information.remove(empty.as_bytes());
        }
        let information = self.document.add_object(information);
        self.document.trailer.set("Info", information);
        Ok(())
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
}

/// Packs one stream after another. What it works with is a third of a megabyte: taken anew for every page and
/// given back among what stays, it leaves holes that nothing fits, two gigabytes of them in a thousand handbooks.
struct Packer(ZlibEncoder<Vec<u8>>);

impl Packer {
    fn new() -> Self {
        Self(ZlibEncoder::new(Vec::new(), Compression::default()))
    }

    /// A stream packed at once. What does not get smaller stays as it is.
    fn stream(
        &mut self,
        mut entries: Dictionary,
        bytes: &[u8],
    ) -> std::result::Result<Stream, lopdf::Error> {
        self.0.write_all(bytes)?;
        let mut packed = self.0.reset(Vec::new())?;
        if packed.len() >= bytes.len() {
            return Ok(Stream::new(entries, bytes.to_vec()).with_compression(false));
        }
        packed.shrink_to_fit();
        entries.set("Filter", "FlateDecode");
        Ok(Stream::new(entries, packed).with_compression(false))
    }
}

/// The day stands for the hour, too: the same paper of the same day has the same bytes.
fn describe(document: &mut PdfDocument, colophon: &Colophon<'_>) {
    let day = DateTime {
        date: Date {
            year: colophon.date.year(),
            month: colophon.date.month() as u8,
            day: colophon.date.day() as u8,
        },
        time: Time { hour: 0, minute: 0, second: 0, millisecond: 0 },
        offset: Offset { hours: 8, minutes: 0, seconds: 0, milliseconds: 0 },
    };
    let info = &mut document.metadata.info;
    info.author = colophon.author.to_owned();
    info.creator = "学时".to_owned();
    info.producer = concat!("xueshi ", env!("CARGO_PKG_VERSION")).to_owned();
    (info.creation_date, info.modification_date, info.metadata_date) = (day, day, day);
}
