//! Other processes: one that holds the registry, and one that is killed in the middle of its work.

use super::registry_desk::*;
use std::process::{Command, Stdio};
use std::time::Duration;

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_xueshi"));
    program.stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

#[test]
fn a_command_does_not_get_between_the_window_and_its_registry() {
    let desk = Desk::new();
    let registry = desk.create();
    let output = program().arg("backup").arg(desk.dir()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("正被另一个学时程序打开"), "{text}");
    drop(registry);
    let output = program().arg("backup").arg(desk.dir()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_killed_import_is_done_or_never_was_and_its_lock_is_gone() {
    const ROWS: usize = 900;
    let desk = Desk::new();
    let mut rows = String::from("姓名,身份证号\n");
    for n in 0..900 {
        rows.push_str(&format!("人员{n},{}\n", id_number(n)));
    }
    let csv = desk.file("人员.csv", rows.as_bytes());
    drop(desk.create());
    let mut people = 0;
    for delay in [10, 40, 80, 160, 320] {
        let mut import = program().arg("import").arg(desk.dir()).arg(&csv).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        import.kill().unwrap();
        import.wait().unwrap();
        let registry = desk.open();
        let now = registry.people().unwrap().len();
        assert!(now == people || now == ROWS, "{now} people: half an import");
        assert_eq!(registry.can_undo().is_some(), now == ROWS);
        assert!(registry.doctor().unwrap().is_empty());
        people = now;
    }
}
