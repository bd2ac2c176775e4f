//! Where a viewer's outline and its page numbers lead: sections, and the parts below them.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// A section in the outline.
pub struct Chapter {
    pub label: String,
    pub parts: Vec<(String, usize)>,
    /// Its first page in the whole.
    pub first: usize,
}

/// Lines for the sections, their parts folded below them.
pub fn add(chapters: &[Chapter], pages: &[ObjectId], document: &mut Document) -> ObjectId {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = chapters.iter().map(|_| document.new_object_id()).collect();
    for (at, Chapter { label, parts, first: page }) in chapters.iter().enumerate() {
        let mut entry = line((label, *page), pages, root, &ids, at);
        let below: Vec<ObjectId> = parts.iter().map(|_| document.new_object_id()).collect();
        for (nr, (words, leaf)) in parts.iter().enumerate() {
            let part = line((words, page + leaf), pages, ids[at], &below, nr);
            document.set_object(below[nr], part);
        }
        if let (Some(first), Some(last)) = (below.first(), below.last()) {
            entry.set("First", *first);
            entry.set("Last", *last);
            // One person's parts are what is looked for; many people's are folded up.
            let count = below.len() as i64;
            entry.set("Count", if ids.len() == 1 { count } else { -count });
        }
        document.set_object(ids[at], entry);
    }
    let mut entry = dictionary! { "Type" => "Outlines", "Count" => ids.len() as i64 };
    if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
        entry.set("First", *first);
        entry.set("Last", *last);
    }
    document.set_object(root, entry);
    root
}

/// One line among its neighbours.
fn line(
    (words, page): (&str, usize),
    pages: &[ObjectId],
    above: ObjectId,
    all: &[ObjectId],
    at: usize,
) -> Dictionary {
    let mut entry = dictionary! { "Title" => lopdf::text_string(words), "Parent" => above };
    if let Some(page) = pages.get(page) {
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

/// What a viewer calls each page: its number in its section, with the section's name before it where there
/// are several.
pub fn labels(chapters: &[Chapter]) -> Dictionary {
    let mut numbers = Vec::new();
    for chapter in chapters {
        let mut range = dictionary! { "S" => "D", "St" => 1 };
        if chapters.len() > 1 {
            range.set("P", lopdf::text_string(&format!("{} ", chapter.label)));
        }
        numbers.extend([Object::Integer(chapter.first as i64), Object::Dictionary(range)]);
    }
    dictionary! { "Nums" => numbers }
}
