//! Pages of other people's PDFs, taken over as they are: nothing in them is drawn again or packed again.
//! What we add stands above them, upright however the page is turned.

use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::paper::Paper;

/// Why a PDF cannot be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It wants a password.
    Locked,
    Broken,
}

/// A PDF whose pages are taken over.
pub struct Source {
    pub(super) document: Document,
    pub(super) pages: Vec<ObjectId>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source of {} pages", self.pages.len())
    }
}

impl Source {
    /// # Errors
    /// It wants a password, or is not a sound PDF.
    pub fn open(bytes: &[u8]) -> Result<Arc<Self>, Unreadable> {
        let document = match Document::load_mem(bytes) {
            Ok(document) if document.is_encrypted() => return Err(Unreadable::Locked),
            Ok(document) => document,
            Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => {
                return Err(Unreadable::Locked);
            }
            Err(_) => return Err(Unreadable::Broken),
        };
        let pages: Vec<ObjectId> = document.page_iter().collect();
        let sound = |page: &ObjectId| document.get_dictionary(*page).is_ok();
        if pages.is_empty() || !pages.iter().all(sound) {
            return Err(Unreadable::Broken);
        }
        Ok(Arc::new(Self { document, pages }))
    }

    /// How many pages it has.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// What a page inherits from the nodes above it, or says itself.
    pub(super) fn inherited(&self, page: ObjectId, key: &[u8]) -> Option<&Object> {
        let mut at = self.document.get_dictionary(page).ok()?;
        // A tree deeper than this is a ring.
        for _ in 0..64 {
            if let Ok(value) = at.get(key) {
                return Some(self.document.dereference(value).map_or(value, |(_, value)| value));
            }
            let parent = at.get(b"Parent").and_then(Object::as_reference).ok()?;
            at = self.document.get_dictionary(parent).ok()?;
        }
        None
    }

    /// Left, lower, right and upper edge of what is seen of a page, in its own units.
    fn seen(&self, page: ObjectId) -> [f32; 4] {
        let of = |key: &[u8]| {
            let edges = self.inherited(page, key)?.as_array().ok()?;
            let number = |at: usize| {
                let (_, edge) = self.document.dereference(edges.get(at)?).ok()?;
                edge.as_float().ok()
            };
            let (x, y, right, up) = (number(0)?, number(1)?, number(2)?, number(3)?);
            let edges = [x.min(right), y.min(up), x.max(right), y.max(up)];
            (edges[2] - edges[0] > 1.0 && edges[3] - edges[1] > 1.0).then_some(edges)
        };
        let media = of(b"MediaBox").unwrap_or([0.0, 0.0, 595.0, 842.0]);
        let Some(crop) = of(b"CropBox") else { return media };
        let both = [
            crop[0].max(media[0]),
            crop[1].max(media[1]),
            crop[2].min(media[2]),
            crop[3].min(media[3]),
        ];
        if both[2] > both[0] && both[3] > both[1] { both } else { media }
    }

    /// Quarter turns clockwise.
    fn turns(&self, page: ObjectId) -> i64 {
        let turned = self.inherited(page, b"Rotate").and_then(|turned| turned.as_i64().ok());
        turned.unwrap_or(0).div_euclid(90).rem_euclid(4)
    }

    /// A page (from 0) as a sheet of paper whose shorter side is that of A4, so that what we write on it
    /// is as large on a photograph's page as on a letter's.
    pub fn paper(&self, page: usize) -> Paper {
        let [left, low, right, up] = self.seen(self.pages[page]);
        let (mut width, mut height) = (right - left, up - low);
        if self.turns(self.pages[page]) % 2 == 1 {
            (width, height) = (height, width);
        }
        let whole = Paper::a4(0.0, 0.0, 0.0, 0.0);
        let scale = whole.width / width.min(height);
        Paper { width: width * scale, height: height * scale, ..whole }
    }

    /// Leads from the sheet of [`Source::paper`], its zero in the lower left corner, to the page's units.
    pub(super) fn matrix(&self, page: ObjectId) -> [f32; 6] {
        let [left, low, right, up] = self.seen(page);
        let short = (right - left).min(up - low);
        let k = short / Paper::a4(0.0, 0.0, 0.0, 0.0).width;
        match self.turns(page) {
            1 => [0.0, k, -k, 0.0, right, low],
            2 => [-k, 0.0, 0.0, -k, right, up],
            3 => [0.0, -k, k, 0.0, left, up],
            _ => [k, 0.0, 0.0, k, left, low],
        }
    }

    /// The page's own dictionary with what it inherits written out.
    pub(super) fn page(&self, page: ObjectId) -> Dictionary {
        let mut own = self.document.get_dictionary(page).cloned().unwrap_or_default();
        for key in [b"Resources".as_slice(), b"MediaBox", b"CropBox", b"Rotate"] {
            if let Some(value) = self.inherited(page, key) {
                own.set(key, value.clone());
            }
        }
        // What belongs to the book it came from: its tree, its structure, its scripts.
        for key in [b"Parent".as_slice(), b"StructParents", b"AA", b"B", b"Tabs", b"Thumb"] {
            own.remove(key);
        }
        own
    }
}

/// One page of another PDF.
#[derive(Debug, Clone)]
pub struct Foreign {
    pub source: Arc<Source>,
    /// From 0.
    pub page: usize,
}

/// Copies what a page needs out of its book, each thing once.
pub(super) struct Import {
    source: Arc<Source>,
    /// Numbers there and here.
    numbers: BTreeMap<ObjectId, ObjectId>,
}

impl Import {
    /// Gives every page its number here, so that links between pages find each other.
    pub fn of(source: &Arc<Source>, into: &mut Document) -> Self {
        let numbers = source.pages.iter().map(|&page| (page, into.new_object_id())).collect();
        Self { source: Arc::clone(source), numbers }
    }

    /// Whether it copies out of this very PDF.
    pub fn is_of(&self, source: &Arc<Source>) -> bool {
        Arc::ptr_eq(&self.source, source)
    }

    /// A page's number here.
    pub fn number(&self, page: ObjectId) -> ObjectId {
        self.numbers[&page]
    }

    /// Makes everything that `object` refers to ours.
    pub fn adopt(&mut self, object: &mut Object, into: &mut Document) {
        let mut waiting = Vec::new();
        self.renumber(object, into, &mut waiting);
        while let Some(there) = waiting.pop() {
            let Ok(found) = self.source.document.get_object(there) else { continue };
            let mut found = found.clone();
            self.renumber(&mut found, into, &mut waiting);
            into.set_object(self.numbers[&there], found);
        }
    }

    fn renumber(&mut self, object: &mut Object, into: &mut Document, waiting: &mut Vec<ObjectId>) {
        match object {
            Object::Reference(there) => {
                *object = match self.numbers.get(there) {
                    Some(here) => Object::Reference(*here),
                    None if self.is_of_the_book(*there) => Object::Null,
                    None => {
                        let here = into.new_object_id();
                        self.numbers.insert(*there, here);
                        waiting.push(*there);
                        Object::Reference(here)
                    }
                };
            }
            Object::Array(items) => {
                items.iter_mut().for_each(|item| self.renumber(item, into, waiting));
            }
            Object::Dictionary(entries) => {
                entries.iter_mut().for_each(|(_, entry)| self.renumber(entry, into, waiting));
            }
            Object::Stream(stream) => {
                let entries = stream.dict.iter_mut();
                entries.for_each(|(_, entry)| self.renumber(entry, into, waiting));
            }
            _ => {}
        }
    }

    /// The tree of pages, the catalog, a broken reference: not what a page is made of.
    fn is_of_the_book(&self, there: ObjectId) -> bool {
        match self.source.document.get_object(there) {
            Ok(Object::Dictionary(found)) => found.get_type().is_ok_and(|kind| {
                matches!(kind, b"Pages" | b"Catalog" | b"Page" | b"StructTreeRoot")
            }),
            Ok(_) => false,
            Err(_) => true,
        }
    }
}
