//! Which way of drawing opens the window. Office PCs have old drivers, remote desktops and no graphics
//! card at all, so several are tried; a driver's fault may kill the program instead of being told, so
//! what is being tried is written down first. What the window shows is no business of this file.

use super::app::App;
use super::journal;
use crate::failure::{Failure, Result};
use crate::opening::Renderer;
use clap::ValueEnum;
use eframe::{CreationContext, NativeOptions};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

impl Renderer {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn prepare(self, options: &mut NativeOptions) {
        match self {
            Self::OpenGl => options.renderer = eframe::Renderer::Glow,
            #[cfg(windows)]
            Self::DirectX | Self::Software => {
                use eframe::egui_wgpu::{WgpuSetup, WgpuSetupCreateNew};
                let by_processor = self == Self::Software;
                let mut setup = WgpuSetupCreateNew::without_display_handle();
                setup.instance_descriptor.backends = wgpu::Backends::DX12;
                setup.native_adapter_selector = Some(Arc::new(move |adapters, _| {
                    adapters
                        .iter()
                        .find(|adapter| {
                            let kind = adapter.get_info().device_type;
                            (kind == wgpu::DeviceType::Cpu) == by_processor
                        })
                        .cloned()
                        .ok_or_else(|| "no such adapter".to_owned())
                }));
                options.renderer = eframe::Renderer::Wgpu;
                options.wgpu_options.wgpu_setup = WgpuSetup::CreateNew(setup);
            }
        }
    }
}

/// The order of trying: what the user wants, then what worked the last time; what was being tried when
/// the program last vanished comes last.
fn order(
    wanted: Option<Renderer>,
    worked: Option<Renderer>,
    vanished: Option<Renderer>,
) -> Vec<Renderer> {
    let mut order: Vec<Renderer> = Renderer::value_variants().to_vec();
    order.sort_by_key(|&renderer| {
        let this = Some(renderer);
        (this != wanted, this == vanished, this != worked)
    });
    order
}

/// What earlier starts have left in the settings folder. All of it is a convenience: where it cannot be
/// written, the order is simply the usual one.
struct Memory(Option<PathBuf>);

impl Memory {
    const WORKED: &str = "renderer-worked";
    const TRYING: &str = "renderer-trying";

    fn read(&self, file: &str) -> Option<Renderer> {
        let text = fs::read_to_string(self.0.as_ref()?.join(file)).ok()?;
        Renderer::from_str(text.trim(), true).ok()
    }

    fn write(&self, file: &str, renderer: Renderer) {
        if let Some(folder) = &self.0 {
            let _ = fs::create_dir_all(folder);
            let _ = fs::write(folder.join(file), renderer.name());
        }
    }

    fn forget(&self, file: &str) {
        if let Some(folder) = &self.0 {
            let _ = fs::remove_file(folder.join(file));
        }
    }
}

/// Opens the window with the first renderer that draws a picture, and stays until it is closed.
///
/// # Errors
/// None draws.
pub fn run(
    wanted: Option<Renderer>,
    settings: Option<PathBuf>,
    options: impl Fn() -> NativeOptions,
    app: impl Fn(&CreationContext<'_>) -> App,
) -> Result<()> {
    let memory = Arc::new(Memory(settings));
    #[cfg(windows)]
    if wanted.is_none() && memory.read(Memory::WORKED).is_none() {
        match watch(&memory) {
            Watched::Closed => return Ok(()),
            Watched::VanishedEveryTime => return Err(no_window("the driver ends the program")),
            Watched::NotNow => {}
        }
    }
    let order = order(wanted, memory.read(Memory::WORKED), memory.read(Memory::TRYING));
    let mut reasons = Vec::new();
    for renderer in order {
        let mut options = options();
        renderer.prepare(&mut options);
        memory.write(Memory::TRYING, renderer);
        journal::note(format_args!("trying {}", renderer.name()));
        #[cfg(windows)]
        if renderer == Renderer::OpenGl {
            super::driver::load();
        }
        let shown = Arc::new(AtomicBool::new(false));
        let told = (Arc::clone(&memory), Arc::clone(&shown));
        let ended = catch_unwind(AssertUnwindSafe(|| {
            eframe::run_native(
                super::TITLE,
                options,
                Box::new(|cc| {
                    let window = journal::since();
                    let app = app(cc);
                    tell_when_shown(cc, renderer, told, [window, journal::since()]);
                    Ok(Box::new(app))
                }),
            )
        }));
        let reason = match ended {
            Ok(Ok(())) => {
                journal::note(format_args!("closed"));
                memory.forget(Memory::TRYING);
                return Ok(());
            }
            Ok(Err(error)) => error.to_string(),
            Err(panic) if shown.load(Ordering::Relaxed) => resume_unwind(panic),
            Err(_) => "panicked".to_owned(),
        };
        journal::note(format_args!("{} failed: {reason}", renderer.name()));
        reasons.push(format!("{}: {reason}", renderer.name()));
        if shown.load(Ordering::Relaxed) {
            break;
        }
    }
    memory.forget(Memory::TRYING);
    Err(no_window(&reasons.join("\n")))
}

fn no_window(cause: &str) -> Failure {
    Failure::cannot(
        "打开窗口",
        "",
        "这台电脑的显卡驱动不能绘图",
        "请更新显卡驱动，或在命令行里办理（xueshi --help）",
    )
    .because(cause)
}

/// What became of the window in the second process.
#[cfg(windows)]
enum Watched {
    /// It was closed, or it has told why there is none.
    Closed,
    VanishedEveryTime,
    /// This is the second process, or there can be none.
    NotNow,
}

/// Until a renderer is known to work, a second process opens the window: when a driver's fault takes it
/// along, it is started again, and what it was trying then comes last.
#[cfg(windows)]
fn watch(memory: &Memory) -> Watched {
    const WATCHED: &str = "XUESHI_WATCHED";
    if std::env::var_os(WATCHED).is_some() {
        return Watched::NotNow;
    }
    let Ok(program) = std::env::current_exe() else { return Watched::NotNow };
    for _ in Renderer::value_variants() {
        let ended = std::process::Command::new(&program)
            .args(std::env::args_os().skip(1))
            .env(WATCHED, "1")
            .status();
        match ended {
            Ok(status) if status.success() || memory.read(Memory::TRYING).is_none() => {
                return Watched::Closed;
            }
            Ok(_) => {}
            Err(_) => return Watched::NotNow,
        }
    }
    memory.forget(Memory::TRYING);
    Watched::VanishedEveryTime
}

/// Once a picture has stood on the screen, its renderer is known to work. How long it took to have a window to
/// draw in, the program in it, and the first picture, is noted: whoever waits long asks why.
fn tell_when_shown(
    cc: &CreationContext<'_>,
    renderer: Renderer,
    (memory, shown): (Arc<Memory>, Arc<AtomicBool>),
    [window, program]: [u128; 2],
) {
    cc.egui_ctx.on_begin_pass(
        "renderer works",
        Arc::new(move |ui| {
            // The second frame begins when the first has been painted.
            if ui.ctx().cumulative_frame_nr() == 0 {
                ui.ctx().request_repaint();
            } else if !shown.swap(true, Ordering::Relaxed) {
                let (by, after) = (renderer.name(), journal::since());
                let scale = ui.ctx().pixels_per_point();
                journal::note(format_args!(
                    "first picture after {after} ms by {by}, scale {scale} (window {window} ms, program {program} ms)"
                ));
                memory.write(Memory::WORKED, renderer);
                memory.forget(Memory::TRYING);
            }
        }),
    );
}

/// Says in a box of the system's own why there is no window. From a terminal the words stand there.
pub fn tell(failure: &Failure) {
    use std::io::IsTerminal;
    let no_display = cfg!(target_os = "linux")
        && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none());
    if std::io::stderr().is_terminal() || no_display {
        return;
    }
    let cause = failure.source.as_ref().map_or_else(String::new, |cause| format!("\n\n{cause}"));
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("学时")
        .set_description(format!("{failure}{cause}"))
        .show();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for &renderer in Renderer::value_variants() {
            assert_eq!(Renderer::from_str(&renderer.name(), true), Ok(renderer));
        }
    }

    #[test]
    fn what_is_learnt_survives_and_is_forgotten() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let memory = Memory(Some(folder.path().join("not/yet")));
        assert_eq!(memory.read(Memory::TRYING), None);
        memory.write(Memory::TRYING, Renderer::OpenGl);
        assert_eq!(memory.read(Memory::TRYING), Some(Renderer::OpenGl));
        assert_eq!(memory.read(Memory::WORKED), None);
        memory.forget(Memory::TRYING);
        assert_eq!(memory.read(Memory::TRYING), None);
        Ok(())
    }

    #[cfg(windows)]
    #[test]
    fn what_worked_comes_first_and_what_vanished_last() {
        use Renderer::{DirectX, OpenGl, Software};
        assert_eq!(order(None, None, None), [DirectX, OpenGl, Software]);
        assert_eq!(order(None, Some(OpenGl), None), [OpenGl, DirectX, Software]);
        assert_eq!(order(None, None, Some(DirectX)), [OpenGl, Software, DirectX]);
        assert_eq!(order(None, Some(OpenGl), Some(OpenGl)), [DirectX, Software, OpenGl]);
        assert_eq!(order(Some(Software), Some(OpenGl), None), [Software, OpenGl, DirectX]);
    }
}
