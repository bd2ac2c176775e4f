//! 报送: who is in and who is out, packages as folder and zip, drafts, damage told, papers of a level.

use super::campaign::with_slips;
use super::desk::*;
use super::publicity::{applicants, apply, is_disabled};
use egui_kittest::kittest::Queryable as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use xueshi::ledger::Person;
use xueshi::package;
use xueshi::registry::{Registry, campaign};
use xueshi::ui::{Calls, Start};

/// One applicant ready to be handed in, one whose hours are missing.
fn one_ready_one_not(today: &str, answers: Vec<std::path::PathBuf>) -> Desk {
    let (room, dir) = applicants(&["张三"], true);
    let mut registry = Registry::open(&dir).unwrap();
    let posted = day("2020-08-03");
    campaign::open_publicity(&mut registry, 2020, "中级", posted, "门诊楼", day(TODAY)).unwrap();
    campaign::close_publicity(&mut registry, 2020, "中级", day(TODAY), &[], day(TODAY)).unwrap();
    let late = Person::new("李四", id_number(9));
    registry.transact("准备", |tx| tx.save_person(&late)).unwrap();
    apply(&mut registry, &["李四"], false);
    drop(registry);
    Desk::open_on(today, room, Some(dir), answers)
}

#[test]
fn preflight_tells_who_stays_out_and_leads_there() {
    let mut desk = one_ready_one_not("2020-08-18", Vec::new());
    desk.click("报送");
    desk.must_see("1 人不在内");
    desk.must_see("报送给 州卫生健康委");
    desk.must_see("最后工作日 8 月 28 日（周五），还有 10 天");
    desk.must_see("李四");
    desk.click("在内 1");
    desk.must_see("张三");
    desk.click("不在内 1");
    desk.click("去看李四");
    desk.must_see("修改历史");
    desk.must_see("李四");
}

#[test]
fn packages_are_written_remembered_and_verified() {
    let drive = TempDir::new().unwrap();
    let at = drive.path().to_path_buf();
    let mut desk = one_ready_one_not("2020-08-18", vec![at.clone()]);
    desk.click("报送");
    desk.click("写入报送包");
    desk.must_see("已写好并读回核对");
    desk.must_see("没有装入 1 人：李四");
    // The folder is remembered: no dialog is left to answer.
    desk.click("一个压缩包");
    desk.click("写入报送包");
    desk.must_see(".zip");
    // Written again on the same day, after something was mended: the earlier ones stay beside it.
    desk.click("写入报送包");
    desk.must_see("_2.zip");
    desk.click("文件夹");
    desk.click("写入报送包");
    desk.must_see("2020-08-18_2");
    let (room, registry) = desk.reopened();
    let packages = registry.packages().unwrap();
    assert_eq!(packages.len(), 4);
    for entry in &packages {
        assert_eq!((entry.people, entry.draft, entry.manifest_sha256.len()), (1, false, 64));
        let seen = package::verify(Path::new(&entry.path), &|_, _, _| true).unwrap();
        assert!(seen.valid, "{:?}", seen.errors);
    }
    assert!(packages[1].path.ends_with(".zip") && Path::new(&packages[1].path).is_file());
    drop(registry);

    // Another window finds the folder again; a package that somebody changed is told.
    let folder = Path::new(&packages[0].path);
    std::fs::write(folder.join("data/目录.html"), "changed").unwrap();
    let dir = room.path().join("登记库");
    let answers = vec![folder.to_path_buf(), packages[1].path.clone().into()];
    let mut desk = Desk::open_on("2020-08-18", room, Some(dir), answers);
    desk.click("报送");
    desk.must_see(&at.display().to_string());
    desk.must_see("可用");
    desk.click("核对文件夹");
    desk.must_see("内容不对");
    desk.must_see("data/目录.html");
    desk.click("核对压缩包");
    desk.must_see("完好");
    desk.must_see("湘西自治州示范医院，2020 年度中级，1 人");
}

#[test]
fn the_program_is_called_with_a_package() {
    let drive = TempDir::new().unwrap();
    let mut desk = one_ready_one_not("2020-08-18", vec![drive.path().to_path_buf()]);
    desk.click("报送");
    desk.click("写入报送包");
    let (room, registry) = desk.reopened();
    let package = PathBuf::from(&registry.packages().unwrap()[0].path);
    drop(registry);
    let called = |room: TempDir, registry: Option<PathBuf>| {
        // As the system calls it on a double click.
        let calls = Arc::new(Calls::of(Some(package.join("data/目录.xueshi"))));
        Desk::started(room, Start { registry, calls, ..Start::default() })
    };

    // Over its registry the page shows what was found; without any registry it is said.
    let dir = room.path().join("登记库");
    let mut desk = called(room, Some(dir));
    desk.run();
    desk.must_see("核对结果");
    desk.must_see("湘西自治州示范医院，2020 年度中级，1 人");
    let mut desk = called(TempDir::new().unwrap(), None);
    desk.run();
    desk.must_see("建立登记库");
    desk.must_see("报送包完好");
    std::fs::write(package.join("data/目录.html"), "changed").unwrap();
    let mut desk = called(TempDir::new().unwrap(), None);
    desk.run();
    desk.must_see("这个报送包不能用");
}

#[test]
fn a_draft_packs_all_who_are_met_and_says_so() {
    let (room, dir) = applicants(&["张三", "李四"], false);
    let drive = TempDir::new().unwrap();
    let mut desk = Desk::open(room, Some(dir), vec![drive.path().to_path_buf()]);
    desk.click("报送");
    desk.must_see("2 人不在内");
    desk.must_see("没有达标、初审合格并公示期满的人");
    assert!(is_disabled(&desk, "写入报送包"));
    desk.click("先出草稿");
    desk.must_see("人写入草稿");
    desk.click("写入草稿包");
    desk.must_see("已写好并读回核对");
    let (_room, registry) = desk.reopened();
    let packages = registry.packages().unwrap();
    assert_eq!((packages.len(), packages[0].people, packages[0].draft), (1, 2, true));
}

#[test]
fn every_paper_of_a_level_is_saved_where_the_clerk_says() {
    let (room, dir) = applicants(&["张三"], true);
    let mut registry = Registry::open(&dir).unwrap();
    let late = Person::new("李四", id_number(9));
    registry.transact("准备", |tx| tx.save_person(&late)).unwrap();
    apply(&mut registry, &["李四"], false);
    drop(registry);
    let papers = [
        ("汇总表 PDF", "a.pdf"),
        ("汇总表 Excel", "b.xlsx"),
        ("合格证书", "c.pdf"),
        ("登记手册", "d.pdf"),
        ("登记卡", "e.pdf"),
        ("材料清单", "f.pdf"),
    ];
    let out = TempDir::new().unwrap();
    let answers = papers.map(|(_, file)| out.path().join(file)).to_vec();
    let mut desk = Desk::open(room, Some(dir), answers);
    desk.click("报送");
    for (button, file) in papers {
        desk.click(button);
        if file.ends_with("pdf") {
            desk.save_preview();
        }
        let bytes = std::fs::read(out.path().join(file)).unwrap_or_default();
        let start: &[u8] = if file.ends_with("xlsx") { b"PK" } else { b"%PDF" };
        let told: Vec<_> = desk.window.query_all_by_label_contains("没有成功").collect();
        assert!(bytes.starts_with(start), "{button} was not written: {told:?}");
    }
}

#[test]
fn without_applicants_the_page_says_where_to_begin() {
    let mut desk = Desk::prepared(|registry| {
        with_slips(registry, &["张三"], &registry.dir().join("认定单.pdf"));
    });
    desk.click("报送");
    desk.must_see("还没有参评人员");
    desk.click("去申报页");
    desk.must_see("添加参评人员");
}

#[test]
fn a_levels_evidence_is_bound_into_a_file_for_each_person() {
    let out = TempDir::new().unwrap();
    let mut desk = one_ready_one_not("2020-08-18", vec![out.path().to_path_buf()]);
    desk.click("报送");
    desk.click("证明材料合订");
    desk.wait_for("已合订");
    desk.look("evidence-of-a-level");
    let names: Vec<String> = std::fs::read_dir(out.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 1, "{names:?}");
    assert!(names[0].contains("张三") && names[0].ends_with(".pdf"), "{names:?}");
    // The slip of this test is no sound PDF: a sheet says so in its place, and so does the window.
    desk.must_see("0 份材料，1 份没有订入：张三");
    desk.must_see("没有合订 1 人：李四（没有附证明材料）");
}
