//! The training platforms that count, those of the notice and the unit's own, and the form by which
//! one is added or changed. Every change is one undo step.

use crate::notice::Platform;
use crate::registry::vault::Vault;
use crate::ui::app::Cx;
use crate::ui::dialog::Ask;
use crate::ui::office;
use crate::ui::pages::form_row;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{
    TextField, Tone, cross, hairline, link, note, plain, primary, quiet, segment, small, tag,
};
use crate::ui::words;
use eframe::egui::{Frame, Margin, RichText, Stroke, Ui, vec2};
use std::sync::Arc;

/// A platform being added or changed.
struct Draft {
    /// The name it had.
    before: Option<String>,
    platform: Platform,
    first: String,
    last: String,
    told: bool,
}

/// The part of the page.
#[derive(Default)]
pub struct Platforms {
    draft: Option<Draft>,
}

fn blank() -> Platform {
    Platform {
        name: String::new(),
        synonyms: Vec::new(),
        address: String::new(),
        contact: String::new(),
        website: String::new(),
        phone: String::new(),
        level: String::new(),
        filed: None,
        account: None,
        key_b: None,
        base: false,
        first_year: None,
        last_year: None,
    }
}

impl Draft {
    fn of(platform: &Platform, before: Option<String>) -> Self {
        let year = |year: Option<i32>| year.map_or_else(String::new, |year| year.to_string());
        Self {
            before,
            first: year(platform.first_year),
            last: year(platform.last_year),
            platform: platform.clone(),
            told: false,
        }
    }

    /// The years typed, or why they cannot be used.
    fn years(&self) -> Result<(Option<i32>, Option<i32>), &'static str> {
        let read = |text: &str| match text.trim() {
            "" => Ok(None),
            text => match text.parse() {
                Ok(year @ 1990..=2100) => Ok(Some(year)),
                _ => Err("年度请写四位数字，例如 2020"),
            },
        };
        let (first, last) = (read(&self.first)?, read(&self.last)?);
        if let (Some(first), Some(last)) = (first, last)
            && first > last
        {
            return Err("起始年度在截止年度之后");
        }
        Ok((first, last))
    }
}

impl Platforms {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        if self.draft.is_some() {
            self.form(ui, cx);
        } else if plain(ui, "添加平台").clicked() {
            self.draft = Some(Draft::of(&blank(), None));
        }
        ui.add_space(6.0);
        for platform in &snapshot.notice.platforms {
            let own = snapshot.platforms.iter().any(|own| own.name == platform.name);
            ui.push_id(&platform.name, |ui| self.line(ui, platform, own, cx));
        }
    }

    fn line(&mut self, ui: &mut Ui, platform: &Platform, own: bool, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        hairline(ui);
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&platform.name).font(theme::bold(size::TEXT)).color(t.ink));
            let (tone, word) =
                if own { (Tone::Info, "本单位添加") } else { (Tone::Mute, "附件4") };
            tag(ui, tone, word);
            known(ui, "备案", platform.filed);
            known(ui, "查询账号", platform.account);
            known(ui, "密钥 B", platform.key_b);
            if !platform.level.is_empty() {
                tag(ui, Tone::Mute, &platform.level);
            }
            if platform.base {
                tag(ui, Tone::Mute, "继续教育基地");
            }
            if own {
                ui.scope(|ui| {
                    let name = &platform.name;
                    if link(ui, "删除").accessible_name(format!("删除 {name}")).clicked() {
                        let name = name.clone();
                        cx.desk.work("删除平台", move |registry, _, _| {
                            office::delete_platform(registry, &name)
                        });
                    }
                    if link(ui, "修改").accessible_name(format!("修改 {name}")).clicked() {
                        self.draft = Some(Draft::of(platform, Some(name.clone())));
                    }
                });
            }
        });
        let years = match (platform.first_year, platform.last_year) {
            (None, None) => String::new(),
            (first, last) => {
                let year =
                    |year: Option<i32>| year.map_or("…".to_owned(), |year| year.to_string());
                format!("{}–{} 年有效", year(first), year(last))
            }
        };
        let words = words::joined(&[&platform.website, &platform.phone, &platform.address, &years]);
        if !words.is_empty() {
            small(ui, words);
        }
        if own {
            proofs(ui, &platform.name, cx);
        }
        ui.add_space(6.0);
    }

    fn form(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let Some(draft) = &mut self.draft else { return };
        let mut done = false;
        Frame::NONE
            .stroke(Stroke::new(1.0, t.line))
            .corner_radius(size::RADIUS)
            .inner_margin(Margin::same(12))
            .show(ui, |ui| {
                ui.set_max_width(640.0);
                let platform = &mut draft.platform;
                let missing = draft.told && platform.name.trim().is_empty();
                form_row(ui, "平台名称", |ui| {
                    let field = TextField::new("平台名称").hint("证书上写的全称").bad(missing);
                    field.show(ui, &mut platform.name);
                    if missing {
                        note(ui, "请填写平台名称", t.seal);
                    }
                });
                form_row(ui, "网址", |ui| {
                    ui.horizontal(|ui| {
                        let site = TextField::new("网址").hint("例如 www.example.com").width(280.0);
                        site.show(ui, &mut platform.website);
                        TextField::new("平台电话").hint("电话").show(ui, &mut platform.phone);
                    });
                });
                form_row(ui, "级别", |ui| {
                    ui.horizontal(|ui| {
                        for level in ["国家级", "省级", ""] {
                            let word = if level.is_empty() { "不明" } else { level };
                            let pill = segment(ui, word, platform.level == level);
                            if pill.accessible_name(format!("级别：{word}")).clicked() {
                                level.clone_into(&mut platform.level);
                            }
                        }
                    });
                });
                for (name, tip, what) in [
                    ("备案", "在人社部门备案", &mut platform.filed),
                    ("查询账号", "给人社部门开了查询账号", &mut platform.account),
                    ("密钥 B", "密钥 B 已交省里", &mut platform.key_b),
                ] {
                    form_row(ui, name, |ui| {
                        ui.horizontal(|ui| {
                            for (value, word) in
                                [(Some(true), "是"), (Some(false), "否"), (None, "不明")]
                            {
                                let pill = segment(ui, word, *what == value);
                                if pill.accessible_name(format!("{name}：{word}")).clicked() {
                                    *what = value;
                                }
                            }
                            small(ui, tip);
                        });
                    });
                }
                form_row(ui, "有效年度", |ui| {
                    ui.horizontal(|ui| {
                        TextField::new("起始年度")
                            .hint("不限")
                            .width(80.0)
                            .show(ui, &mut draft.first);
                        ui.label("至");
                        TextField::new("截止年度")
                            .hint("不限")
                            .width(80.0)
                            .show(ui, &mut draft.last);
                        ui.checkbox(&mut platform.base, "是继续教育基地");
                    });
                });
                let years = draft.years();
                if let Err(why) = years {
                    note(ui, why, t.seal);
                }
                ui.horizontal(|ui| {
                    ui.add_space(104.0);
                    if primary(ui, "记下平台").clicked() {
                        draft.told = true;
                        if let (Ok((first, last)), false) =
                            (years, draft.platform.name.trim().is_empty())
                        {
                            let platform = Platform {
                                name: draft.platform.name.trim().to_owned(),
                                first_year: first,
                                last_year: last,
                                ..draft.platform.clone()
                            };
                            let before = draft.before.clone();
                            cx.desk.work("保存平台", move |registry, _, _| {
                                office::save_platform(registry, &platform, before.as_deref())
                            });
                            done = true;
                        }
                    }
                    done |= quiet(ui, "取消").clicked();
                });
            });
        if done {
            self.draft = None;
        }
    }
}

/// What proves that a platform of the unit's own is filed.
fn proofs(ui: &mut Ui, platform: &str, cx: &mut Cx<'_>) {
    let view = Arc::clone(&cx.snap.rules);
    ui.horizontal_wrapped(|ui| {
        let mine = || view.proofs.iter().filter(|(of, _)| of == platform);
        small(ui, if mine().next().is_some() { "备案证明：" } else { "还没有放备案证明" });
        for (_, proof) in mine() {
            if link(ui, &proof.name).on_hover_text("打开看").clicked() {
                let vault = Vault::at(cx.snap.dir.join("evidence"));
                cx.desk.open_file(vault.path_of(proof), proof.name.clone());
            }
            if cross(ui, &format!("取下 {}", proof.name)).clicked() {
                let (platform, sha256) = (platform.to_owned(), proof.sha256.clone());
                cx.desk.work("取下备案证明", move |registry, _, _| {
                    office::drop_proof(registry, &platform, &sha256)
                });
            }
        }
        let put = link(ui, "放入");
        if put.accessible_name(format!("放入备案证明 {platform}")).clicked() {
            cx.dialogs.ask(Ask::PlatformProof(platform.to_owned()), "");
        }
    });
}

/// What is known of a condition; colour and word.
fn known(ui: &mut Ui, name: &str, what: Option<bool>) {
    let (tone, word) = match what {
        Some(true) => (Tone::Ok, format!("{name} 是")),
        Some(false) => (Tone::Bad, format!("{name} 否")),
        None => (Tone::Wait, format!("{name} 不明")),
    };
    ui.allocate_ui(vec2(0.0, 20.0), |ui| tag(ui, tone, &word));
}
