//! The corruption matrix: whatever happens to a package on its way, it is no longer valid, and the
//! reason names the file.

use super::package_make::{Made, SCAN, SUMMARY, quietly};
use std::fs;
use std::io::Write;
use std::path::Path;
use xueshi::package::{Verification, verify};

fn seen(path: &Path) -> Verification {
    verify(path, &quietly).expect("readable")
}

/// Damages a fresh folder and expects an error that says this; tells whether it is still complete.
#[track_caller]
fn told(damage: impl FnOnce(&Made), says: &str) -> bool {
    let made = Made::folder();
    damage(&made);
    let seen = seen(&made.sealed.path);
    assert!(!seen.valid, "still valid");
    assert!(seen.errors.iter().any(|error| error.contains(says)), "{says}: {:?}", seen.errors);
    seen.complete
}

/// Rewrites the manifest and everything above it, as somebody would who means it.
fn remanifest(made: &Made, change: impl FnOnce(String) -> String) {
    let manifest = change(made.text("manifest-sha256.txt"));
    made.put("manifest-sha256.txt", manifest);
    let tags: String = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"]
        .iter()
        .map(|name| format!("{}  {name}\n", sha256(&fs::read(made.file(name)).expect("a file"))))
        .collect();
    made.put("tagmanifest-sha256.txt", tags);
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(bytes))
}

#[test]
fn content() {
    let flip = |made: &Made| {
        let mut bytes = fs::read(made.file(SCAN)).expect("the scan");
        bytes[100] ^= 1;
        made.put(SCAN, bytes);
    };
    assert!(told(flip, SCAN));
    let truncate = |made: &Made| {
        let bytes = fs::read(made.file(SUMMARY)).expect("the table");
        made.put(SUMMARY, &bytes[..1000]);
    };
    assert!(told(truncate, SUMMARY));
    assert!(told(|made| made.put(SUMMARY, ""), SUMMARY));
}

#[test]
fn presence() {
    assert!(!told(|made| fs::remove_file(made.file(SCAN)).expect("removed"), SCAN));
    assert!(!told(|made| made.put("data/多.txt", "多"), "data/多.txt"));
    assert!(!told(|made| made.put("fetch.txt", ""), "fetch.txt"));
    assert!(!told(|made| made.put("data/Thumbs.db", "x"), "可以删除"));
    let twin = SUMMARY.replace("pdf", "PDF");
    if cfg!(target_os = "linux") {
        assert!(!told(|made| made.put(&twin, "x"), "在 Windows 上是同一个文件名"));
    }
    let rename = |made: &Made| {
        fs::rename(made.file(SUMMARY), made.file("data/汇总表.pdf")).expect("renamed");
    };
    assert!(!told(rename, "data/汇总表.pdf"));
    for name in ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        assert!(!told(|made| fs::remove_file(made.file(name)).expect("removed"), name), "{name}");
    }
}

#[test]
fn tag_files() {
    for (name, content) in [
        ("bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"),
        ("bagit.txt", "\u{feff}BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        ("bag-info.txt", "没有冒号\n"),
        ("manifest-sha256.txt", ""),
        ("tagmanifest-sha256.txt", ""),
    ] {
        told(|made| made.put(name, content), name);
    }
    told(|made| made.put("bag-info.txt", [0xff, 0xfe]), "不是 UTF-8");
    let miscounted = |made: &Made| {
        let info = made.text("bag-info.txt");
        made.put("bag-info.txt", info.replace("Payload-Oxum: ", "Payload-Oxum: 1"));
        remanifest(made, |same| same);
    };
    told(miscounted, "Payload-Oxum");
    let renumbered = |made: &Made| {
        let info = made.text("bag-info.txt");
        made.put("bag-info.txt", info.replace("3f2b8c1e", "3f2b8c1f"));
        remanifest(made, |same| same);
    };
    told(renumbered, "External-Identifier");
}

#[test]
fn manifest_lines() {
    let zero = "0".repeat(64);
    for (line, says) in [
        ("垃圾".to_owned(), "垃圾"),
        (String::new(), "空行"),
        (format!("{zero}  data/../../passwd"), "路径指向包外"),
        (format!("{zero}  /etc/passwd"), "绝对路径"),
        (format!("{zero}  C:/Windows/a"), "绝对路径"),
        (format!("{zero}  data\\a"), "反斜杠"),
        (format!("{zero}  data/没有.pdf"), "缺少 data/没有.pdf"),
        (format!("{zero}  bagit.txt"), "不在 data 文件夹里"),
        (format!("{zero}  data/a%0Ab"), "百分号"),
        (format!("{zero} {SUMMARY}"), "不是"),
        (format!("{zero}  {SUMMARY}"), "是同一个文件"),
        (format!("{zero}  {}", SUMMARY.replace(".pdf", ".PDF")), "是同一个文件"),
        (format!("{zero}  data/NUL.txt"), "设备名"),
    ] {
        let added = |made: &Made| remanifest(made, |manifest| format!("{manifest}{line}\n"));
        told(added, says);
    }
    let swapped_lines = |made: &Made| {
        let manifest = made.text("manifest-sha256.txt");
        let mut lines: Vec<&str> = manifest.lines().collect();
        lines.swap(0, 1);
        made.put("manifest-sha256.txt", lines.join("\n") + "\n");
    };
    assert!(told(swapped_lines, "manifest-sha256.txt"));
    let swapped_hashes = |made: &Made| {
        remanifest(made, |manifest| {
            let (one, two) =
                (&manifest[..64], manifest.lines().nth(1).expect("two")[..64].to_owned());
            manifest.replacen(&two, "#", 1).replacen(one, &two, 1).replacen('#', one, 1)
        });
    };
    assert!(told(swapped_hashes, SUMMARY));
}

/// A clever forger re-hashes everything; the statement still tells.
#[test]
fn the_statement_knows_what_belongs() {
    let slipped_in = |made: &Made| {
        made.put("data/夹带.pdf", "夹带");
        let line = format!("{}  data/夹带.pdf\n", sha256("夹带".as_bytes()));
        remanifest(made, |manifest| manifest + &line);
    };
    told(slipped_in, "没有提到 data/夹带.pdf");
    let exchanged = |made: &Made| {
        let before = sha256(&fs::read(made.file(SCAN)).expect("the scan"));
        made.put(SCAN, "别的");
        remanifest(made, |manifest| manifest.replace(&before, &sha256("别的".as_bytes())));
    };
    told(exchanged, &format!("{SCAN} 的校验值"));
    for (from, to, says) in [
        ("xueshi-package", "other", "不是学时登记程序"),
        ("\"version\": 1", "\"version\": 2", "请升级"),
        ("\"people\": [", "\"people\": ][", "读不懂"),
    ] {
        let changed = |made: &Made| {
            let statement = made.text("data/package.json");
            assert!(statement.contains(from));
            let altered = statement.replacen(from, to, 1);
            let hashes = [&statement, &altered].map(|text| sha256(text.as_bytes()));
            made.put("data/package.json", altered);
            remanifest(made, |manifest| manifest.replace(&hashes[0], &hashes[1]));
        };
        told(changed, says);
    }
}

/// A statement that was altered is told once: that it now contradicts the rest is no damage of its own. Damage to
/// something else is told beside it.
#[test]
fn an_altered_statement_is_one_damage() {
    let made = Made::folder();
    let statement = made.text("data/package.json");
    for altered in [statement.replace(".pdf", ".PDF"), statement[..statement.len() / 2].to_owned()]
    {
        made.put("data/package.json", altered);
        let errors = seen(&made.sealed.path).errors;
        assert!(errors.len() == 1 && errors[0].contains("被改过或已损坏"), "{errors:?}");
    }
    made.put(SUMMARY, "别的");
    let errors = seen(&made.sealed.path).errors;
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors.iter().any(|error| error.starts_with(SUMMARY)), "{errors:?}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let linked = |made: &Made| {
        let outside = made.dir.path().join("外面.jpg");
        fs::rename(made.file(SCAN), &outside).expect("moved");
        std::os::unix::fs::symlink(outside, made.file(SCAN)).expect("linked");
    };
    assert!(!told(linked, "是链接"));
    let linked_folder = |made: &Made| {
        let outside = made.dir.path().join("外面");
        fs::rename(made.file("data/人员"), &outside).expect("moved");
        std::os::unix::fs::symlink(outside, made.file("data/人员")).expect("linked");
    };
    assert!(!told(linked_folder, "data/人员 是链接"));
}

#[test]
fn not_a_package() {
    let dir = tempfile::tempdir().expect("a folder");
    let empty = seen(dir.path());
    assert!(!empty.valid && !empty.complete && empty.package.is_none());
    assert!(verify(&dir.path().join("没有"), &quietly).is_err());
    let made = Made::folder();
    let parent = seen(made.dir.path());
    assert!(!parent.valid && parent.errors.iter().any(|error| error.contains("没有选对文件夹")));
}

#[test]
fn a_half_written_zip() {
    let made = Made::zip();
    let bytes = fs::read(&made.sealed.path).expect("a zip");
    for length in [0, 10, bytes.len() / 2, bytes.len() - 1] {
        let half = made.dir.path().join("半个.zip");
        fs::write(&half, &bytes[..length]).expect("written");
        let seen = seen(&half);
        assert!(!seen.valid && !seen.complete, "{length} bytes");
        assert!(seen.errors[0].contains("zip"), "{:?}", seen.errors);
    }
}

/// Every byte counts: a flipped one anywhere in a zip never passes for valid with other content.
#[test]
fn a_flipped_bit_in_a_zip() {
    let made = Made::zip();
    let good = fs::read(&made.sealed.path).expect("a zip");
    let bad = made.dir.path().join("坏.zip");
    for at in (0..good.len()).step_by(good.len() / 40) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x40;
        fs::write(&bad, &bytes).expect("written");
        if let Ok(seen) = verify(&bad, &quietly)
            && seen.valid
        {
            // Only what describes an entry without being content: dates, permissions, versions.
            let same = |path: &Path| contents(path);
            assert_eq!(same(&bad), same(&made.sealed.path), "byte {at}");
        }
    }
}

fn contents(path: &Path) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(fs::File::open(path).expect("a zip")).expect("a zip");
    (0..zip.len())
        .map(|at| {
            let mut entry = zip.by_index(at).expect("an entry");
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).expect("content");
            (entry.name_raw().to_vec(), bytes)
        })
        .collect()
}

/// Zips that are more than they should be.
#[test]
fn odd_zips() {
    type Options = zip::write::SimpleFileOptions;
    let plain = Options::default();
    let write = |more: &dyn Fn(&mut zip::ZipWriter<fs::File>)| {
        let made = Made::zip();
        let odd = made.dir.path().join("怪.zip");
        let mut good =
            zip::ZipArchive::new(fs::File::open(&made.sealed.path).expect("a zip")).expect("a zip");
        let mut writer = zip::ZipWriter::new(fs::File::create(&odd).expect("a file"));
        for at in 0..good.len() {
            let entry = good.by_index_raw(at).expect("an entry");
            writer.raw_copy_file(entry).expect("copied");
        }
        more(&mut writer);
        writer.finish().expect("finished");
        let seen = seen(&odd);
        (seen.valid, seen.errors.join("\n"))
    };
    let file = |name: &'static str| {
        move |zip: &mut zip::ZipWriter<fs::File>| {
            zip.start_file(name, plain).expect("an entry");
            zip.write_all(b"x").expect("written");
        }
    };
    assert_eq!(write(&|_| {}), (true, String::new()));
    for (name, says) in [
        ("../外面.txt", "路径指向包外"),
        ("/etc/passwd", "绝对路径"),
        ("别的/a.txt", "只有一个文件夹"),
        ("a\\b.txt", "反斜杠"),
    ] {
        let (valid, errors) = write(&file(name));
        assert!(!valid && errors.contains(says), "{name}: {errors}");
    }
    let top = super::package_make::NAME;
    let bomb = |zip: &mut zip::ZipWriter<fs::File>| {
        zip.start_file(format!("{top}/data/大.txt"), plain).expect("an entry");
        (0..40).for_each(|_| zip.write_all(&[0; 1 << 20]).expect("written"));
    };
    let (valid, errors) = write(&bomb);
    assert!(!valid && errors.contains("大得不合理"), "{errors}");
    let link = |zip: &mut zip::ZipWriter<fs::File>| {
        zip.add_symlink(format!("{top}/data/链.txt"), "/etc/passwd", plain).expect("a link");
    };
    let (valid, errors) = write(&link);
    assert!(!valid && errors.contains("链接"), "{errors}");
}

/// A flag in both headers of every entry says: encrypted.
#[test]
fn a_zip_with_a_password() {
    let made = Made::zip();
    let mut bytes = fs::read(&made.sealed.path).expect("a zip");
    for at in 0..bytes.len() - 4 {
        match &bytes[at..at + 4] {
            b"PK\x03\x04" => bytes[at + 6] |= 1,
            b"PK\x01\x02" => bytes[at + 8] |= 1,
            _ => {}
        }
    }
    fs::write(&made.sealed.path, bytes).expect("written");
    let seen = seen(&made.sealed.path);
    assert!(!seen.valid && !seen.complete);
    assert!(seen.errors.iter().all(|error| error.contains("加了密码")), "{:?}", seen.errors);
}

#[test]
fn verification_can_be_cancelled() {
    for made in [Made::folder(), Made::zip()] {
        let error = verify(&made.sealed.path, &|_, _, _| false).expect_err("cancelled");
        assert!(error.to_string().contains("已经取消"), "{error}");
    }
}
