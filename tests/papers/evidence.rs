//! 证明材料合订: whole files go in as they are, in the order of the 材料清单, each page numbered; what cannot
//! be bound is told by name.

use crate::read::{Read, keep};
use crate::sample::*;
use image::{DynamicImage, ImageFormat, RgbImage};
use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object, Stream, dictionary};
use std::collections::HashMap;
use std::io::Cursor;
use xueshi::documents::{Bound, evidence_pdf};
use xueshi::failure::Result;
use xueshi::ledger::{Attachment, Evidence, Handbook, YearTotal};
use xueshi::notice::{SlotId, Span};

/// A PDF as a scanner makes it: a picture on each page, with a mark that can be looked for.
fn scanned(pages: usize, turned: i64, size: (i64, i64)) -> Document {
    let mut document = Document::with_version("1.5");
    let root = document.new_object_id();
    let kids: Vec<Object> = (0..pages)
        .map(|at| {
            let words = format!("% scan {at}\n0.9 g 20 20 100 100 re f");
            let content = document.add_object(Stream::new(dictionary! {}, words.into_bytes()));
            let page = dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content };
            document.add_object(page).into()
        })
        .collect();
    let tree = dictionary! {
        "Type" => "Pages",
        "Count" => pages as i64,
        "Kids" => kids,
        "Resources" => dictionary! {},
        "Rotate" => turned,
        "MediaBox" => vec![0.into(), 0.into(), size.0.into(), size.1.into()],
    };
    document.set_object(root, tree);
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    document.trailer.set("ID", vec![Object::string_literal("a"), Object::string_literal("a")]);
    document
}

fn bytes_of(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}

fn locked(mut document: Document) -> Vec<u8> {
    let state = EncryptionState::try_from(EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "secret",
        key_length: 128,
        permissions: Permissions::all(),
    });
    document.encrypt(&state.expect("a lock")).expect("locked");
    bytes_of(document)
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let shades = RgbImage::from_fn(120, 80, |x, y| image::Rgb([x as u8 * 2, y as u8 * 3, 90]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(shades).write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// One year with one record that these files prove, in order.
fn desk(files: &[(&str, &str, Vec<u8>)]) -> (Handbook, Vec<YearTotal>, HashMap<String, Vec<u8>>) {
    let (mut book, years) = handbook(HARD_NAMES[5], 1, Span { first: 2019, last: 2019 });
    let mut kept = HashMap::new();
    let attachments = files.iter().zip(0..).map(|((slot, extension, bytes), at)| {
        let sha256 = format!("{at:064}");
        kept.insert(sha256.clone(), bytes.clone());
        let name = format!("扫描{at}.{extension}");
        let evidence =
            Evidence { sha256, size: bytes.len() as u64, name, extension: (*extension).to_owned() };
        let slot = SlotId((*slot).to_owned());
        Attachment { slot, stamped: at == 0, evidence, reason: String::new() }
    });
    book.records[0].attachments = attachments.collect();
    (book, years, kept)
}

fn bind(files: &[(&str, &str, Vec<u8>)]) -> Result<Bound> {
    let (notice, unit) = (notice(), unit());
    let (book, years, kept) = desk(files);
    let years: Vec<&YearTotal> = years.iter().collect();
    evidence_pdf(&context(&notice, &unit), &book, &years, &mut |evidence| {
        kept.get(&evidence.sha256).cloned().ok_or_else(|| "登记库里的这份材料不见了".to_owned())
    })
}

#[test]
fn files_go_in_as_they_are_and_every_page_has_its_number() {
    let (jpeg, png) = (picture(ImageFormat::Jpeg), picture(ImageFormat::Png));
    let bound = bind(&[
        ("training-notice", "pdf", bytes_of(scanned(3, 0, (595, 842)))),
        ("sign-in-sheet", "jpg", jpeg.clone()),
        ("schedule", "pdf", bytes_of(scanned(1, 90, (1684, 2380)))),
        ("completion-certificate", "png", png.clone()),
    ])
    .expect("bound");
    assert_eq!((bound.files, bound.unbound.as_slice()), (4, &[][..]));
    keep("evidence.pdf", &bound.bytes);
    let read = Read::new(&bound.bytes);
    assert_eq!(read.pages, 1 + 3 + 1 + 1 + 1);
    // The contents name each file and its pages.
    let contents = read.page(1);
    for expected in [HARD_NAMES[5], "培训通知（已盖章）2—4", "签到表5", "6", "结业证书7"]
    {
        assert!(contents.contains(expected), "{expected} in {contents}");
    }
    for page in 1..=read.pages {
        let words = read.page(page);
        assert!(words.contains(&format!("第 {page} 页 共 7 页")), "{words}");
    }
    assert!(read.page(3).contains("2019 公需"), "{}", read.page(3));
    // A page keeps its size and the way it is turned.
    let pages: Vec<_> = read.raw.get_pages().into_values().collect();
    let turned = read.raw.get_dictionary(pages[5]).expect("a page");
    assert_eq!(turned.get(b"Rotate").and_then(Object::as_i64).ok(), Some(90));
    let edges = turned.get(b"MediaBox").and_then(Object::as_array).expect("a box");
    assert_eq!(edges[3].as_float().ok(), Some(2380.0));
    // What stood on the pages stands there untouched, and scans go in bit for bit.
    for page in &pages[1..4] {
        let content = read.raw.get_page_content(*page);
        assert!(String::from_utf8_lossy(&content).contains("0.9 g 20 20 100 100 re f"));
    }
    let streams = || read.raw.objects.values().filter_map(|object| object.as_stream().ok());
    assert!(streams().any(|stream| stream.content == jpeg), "the JPEG file itself");
    let rows = streams().find(|stream| stream.dict.has(b"DecodeParms")).expect("the PNG");
    assert!(png.windows(rows.content.len()).any(|part| part == rows.content), "its packed rows");
    // The outline leads to each file.
    assert_eq!(read.outline(), [HARD_NAMES[5]]);
    let again = bind(&[("training-notice", "pdf", bytes_of(scanned(3, 0, (595, 842))))]);
    let once = bind(&[("training-notice", "pdf", bytes_of(scanned(3, 0, (595, 842))))]);
    assert!(again.expect("bound").bytes == once.expect("bound").bytes);
}

#[test]
fn what_cannot_be_bound_is_told_by_name_and_a_sheet_stands_in_its_place() {
    let mut torn = picture(ImageFormat::Jpeg);
    torn.truncate(torn.len() / 2);
    let bound = bind(&[
        ("training-notice", "pdf", locked(scanned(2, 0, (595, 842)))),
        ("sign-in-sheet", "pdf", b"%PDF-1.4 and then nothing".to_vec()),
        ("schedule", "jpg", torn),
        ("completion-certificate", "docx", b"PK\x03\x04".to_vec()),
        ("course-content", "png", picture(ImageFormat::Png)),
    ])
    .expect("bound");
    assert_eq!(bound.files, 1, "{:?}", bound.unbound);
    let said = bound.unbound.join("\n");
    for expected in [
        "培训通知（已盖章）（扫描0.pdf）：PDF 设有密码",
        "签到表（扫描1.pdf）：PDF 已损坏",
        "（扫描2.jpg）：图片已损坏",
        "（扫描3.docx）：docx 文件不能合订，请打开它另存为 PDF 后重新放入",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert!(said.lines().all(|line| line.starts_with("2019年「")), "{said}");
    let read = Read::new(&bound.bytes);
    assert_eq!(read.pages, 6);
    assert!(read.page(1).contains("未能合订"));
    assert!(read.page(2).contains("PDF 设有密码"), "{}", read.page(2));
    keep("evidence-unbound.pdf", &bound.bytes);
}

#[test]
fn a_file_gone_from_the_vault_is_told_and_no_evidence_is_refused() {
    let (notice, unit) = (notice(), unit());
    let (book, years, _) = desk(&[("training-notice", "pdf", Vec::new())]);
    let years: Vec<&YearTotal> = years.iter().collect();
    let gone = &mut |_: &Evidence| Err("登记库里的这份材料不见了".to_owned());
    let bound = evidence_pdf(&context(&notice, &unit), &book, &years, gone).expect("bound");
    assert!(bound.unbound[0].contains("不见了"), "{:?}", bound.unbound);
    let failure = bind(&[]).expect_err("nothing");
    assert_eq!(failure.exit_code(), 1);
    assert!(failure.to_string().contains("没有附证明材料"), "{failure}");
}

/// A camera's note of how it was held turns the picture, not its bytes.
#[test]
fn a_picture_stands_the_way_its_camera_held_it() {
    let mut jpeg = picture(ImageFormat::Jpeg);
    // Exif: big-endian, one entry, orientation 6.
    let mut note = b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01".to_vec();
    note.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
    jpeg.splice(2..2, note);
    let bound = bind(&[("training-notice", "jpg", jpeg.clone())]).expect("bound");
    keep("evidence-turned.pdf", &bound.bytes);
    let raw = Document::load_mem(&bound.bytes).expect("readable");
    let page = raw.get_pages()[&2];
    let content = raw.get_and_decode_page_content(page).expect("content");
    let turned = content.operations.iter().find(|it| it.operator == "cm").expect("a place");
    let numbers: Vec<f32> =
        turned.operands.iter().map(|it| it.as_float().expect("a number")).collect();
    assert!(numbers[0] == 0.0 && numbers[1] < 0.0 && numbers[2] > 0.0, "{numbers:?}");
    assert!(numbers[2] < -numbers[1], "upright: {numbers:?}");
    let mut streams = raw.objects.values().filter_map(|object| object.as_stream().ok());
    assert!(streams.any(|stream| stream.content == jpeg));
}

/// A TIFF of these pages, written by hand: one strip each, nothing packed; `bits` of a pixel.
fn tiff(pages: &[(u32, u32, u16, Vec<u8>)], small: Option<usize>) -> Vec<u8> {
    let mut file = b"II\x2A\0\0\0\0\0".to_vec();
    let mut link = 4;
    for (nr, (width, height, bits, strip)) in pages.iter().enumerate() {
        let at = file.len() as u32;
        file.extend(strip);
        if file.len() % 2 == 1 {
            file.push(0);
        }
        let directory = file.len() as u32;
        file[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let entries: [(u16, u32); 9] = [
            (254, u32::from(small == Some(nr))),
            (256, *width),
            (257, *height),
            (258, u32::from(*bits)),
            (259, 1),
            (262, 1),
            (273, at),
            (278, *height),
            (279, strip.len() as u32),
        ];
        file.extend((entries.len() as u16).to_le_bytes());
        for (tag, value) in entries {
            file.extend(tag.to_le_bytes());
            file.extend(4u16.to_le_bytes());
            file.extend(1u32.to_le_bytes());
            file.extend(value.to_le_bytes());
        }
        link = file.len();
        file.extend([0; 4]);
    }
    file
}

#[test]
fn every_page_of_a_tiff_is_bound_and_a_phones_picture_is_told_what_to_do() {
    let grey: Vec<u8> = (0..80u32 * 60).map(|at| (at % 251) as u8).collect();
    // Black and white, ten pixels wide: two bytes a row.
    let fax: Vec<u8> = (0..20u8).flat_map(|row| [row * 3, 0x40]).collect();
    let scan =
        tiff(&[(80, 60, 8, grey), (10, 20, 1, fax.clone()), (4, 4, 8, vec![9; 16])], Some(2));
    let mut webp = Cursor::new(Vec::new());
    let shades = RgbImage::from_fn(30, 40, |x, y| image::Rgb([x as u8, y as u8, 7]));
    DynamicImage::ImageRgb8(shades).write_to(&mut webp, ImageFormat::WebP).expect("a picture");
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and more".to_vec();
    let mut torn = scan.clone();
    torn.truncate(200);
    let bound = bind(&[
        ("training-notice", "tif", scan),
        ("sign-in-sheet", "webp", webp.into_inner()),
        ("schedule", "heic", heic.clone()),
        ("course-content", "jpg", heic),
        ("completion-certificate", "tiff", torn),
    ])
    .expect("bound");
    assert_eq!(bound.files, 2, "{:?}", bound.unbound);
    let said = bound.unbound.join("\n");
    for expected in [
        "（扫描2.heic）：heic 文件不能合订，请在手机或电脑上另存为 JPG 后重新放入",
        "（扫描3.jpg）：heic 文件不能合订，请在手机或电脑上另存为 JPG 后重新放入",
        "（扫描4.tiff）：TIFF 图片打不开，已损坏或存法少见，请重新扫描成 PDF 或 JPG",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    keep("evidence-tiff.pdf", &bound.bytes);
    let read = Read::new(&bound.bytes);
    // Contents, two pages of the TIFF (its thumbnail is none), the WebP, three sheets.
    assert_eq!(read.pages, 1 + 2 + 1 + 3);
    assert!(read.page(1).contains("2—3"), "{}", read.page(1));
    // The second page stands there bit for bit.
    let streams = read.raw.objects.values().filter_map(|object| object.as_stream().ok());
    let bits = streams
        .filter(|it| it.dict.get(b"BitsPerComponent").and_then(Object::as_i64).ok() == Some(1))
        .map(|it| it.decompressed_content().expect("packed"))
        .collect::<Vec<_>>();
    assert_eq!(bits, [fax]);
}
