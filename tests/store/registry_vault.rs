//! The evidence vault: by content, once, whole or not at all.

use super::registry_desk::*;
use std::fs;
use std::path::PathBuf;
use xueshi::registry::Registry;

fn files(registry: &Registry) -> Vec<PathBuf> {
    walkdir::WalkDir::new(registry.dir().join("evidence"))
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

#[test]
fn a_file_lies_under_its_hash_and_keeps_its_name_in_the_row() {
    let desk = Desk::new();
    let registry = desk.create();
    let evidence = registry.vault().take_in(&desk.file("结业 证书.PDF", b"abc")).unwrap();
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(evidence.sha256, hash);
    assert_eq!((evidence.size, evidence.name.as_str()), (3, "结业 证书.PDF"));
    let path = registry.vault().path_of(&evidence);
    assert!(path.ends_with(format!("evidence/ba/{hash}.pdf")));
    assert_eq!(fs::read(path).unwrap(), b"abc");
}

#[test]
fn the_same_content_is_kept_once_whatever_its_name() {
    let desk = Desk::new();
    let registry = desk.create();
    let first = registry.vault().take_in(&desk.file("a.jpeg", b"scan")).unwrap();
    let second = registry.vault().take_in_bytes("b.jpg", b"scan").unwrap();
    assert_eq!(second.name, "b.jpg");
    assert_eq!(registry.vault().path_of(&first), registry.vault().path_of(&second));
    assert_eq!(files(&registry).len(), 1);
}

#[test]
fn a_name_without_an_ending_gets_that_of_its_content() {
    let desk = Desk::new();
    let registry = desk.create();
    let vault = registry.vault();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    assert_eq!(vault.take_in_bytes("扫描件", png).unwrap().extension, "png");
    assert_eq!(vault.take_in_bytes("第3.页 共5页", b"?").unwrap().extension, "bin");
    assert_eq!(vault.take_in_bytes("..\\..\\x.JPG", b"??").unwrap().name, "x.JPG");
}

#[test]
fn what_cannot_be_evidence_is_refused_and_leaves_nothing() {
    let desk = Desk::new();
    let registry = desk.create();
    let vault = registry.vault();
    for (file, why) in [
        (desk.file("空.pdf", b""), "是空的"),
        (desk.folder.path().join("没有.pdf"), "找不到这个文件"),
        (desk.folder.path().to_owned(), "这是一个文件夹"),
    ] {
        let text = vault.take_in(&file).unwrap_err().to_string();
        assert!(text.contains(why), "{text}");
    }
    assert!(files(&registry).is_empty());
}

#[test]
fn taking_the_file_in_again_heals_what_was_damaged() {
    let desk = Desk::new();
    let registry = desk.create();
    let file = desk.file("a.pdf", b"good");
    let evidence = registry.vault().take_in(&file).unwrap();
    for damage in [&b"goo"[..], b"evil"] {
        fs::write(registry.vault().path_of(&evidence), damage).unwrap();
        assert_eq!(registry.vault().take_in(&file).unwrap(), evidence);
        assert_eq!(fs::read(registry.vault().path_of(&evidence)).unwrap(), b"good");
    }
    assert_eq!(files(&registry).len(), 1);
}
