//! The clerk's words for tables, columns and stored values, as the history tells them.

use crate::notice::Hours;
use serde_json::{Map, Value};

/// A table in the clerk's words.
pub(super) struct Noun {
    table: &'static str,
    pub name: &'static str,
    /// The columns that name a row.
    pub title: &'static [&'static str],
    /// Columns whose row it belongs to, each named like its table.
    owners: &'static [&'static str],
    /// Columns and their labels, in the order in which they are told.
    pub fields: &'static [(&'static str, &'static str)],
}

impl Noun {
    /// The table and row that a row belongs to.
    pub fn owner(&self, image: &Map<String, Value>) -> Option<(&'static str, i64)> {
        self.owners.iter().find_map(|owner| Some((*owner, image.get(*owner)?.as_i64()?)))
    }
}

pub(super) fn noun(table: &str) -> Option<&'static Noun> {
    NOUNS.iter().find(|noun| noun.table == table)
}

/// The clerk's label of a table's column.
pub fn field_label(table: &str, column: &str) -> Option<&'static str> {
    let (_, label) = noun(table)?.fields.iter().find(|(name, _)| *name == column)?;
    Some(label)
}

/// A stored value whose word differs from what the clerk reads.
pub(super) fn word(noun: &Noun, column: &str, value: &str) -> Option<String> {
    let yes_or_no = || Some(if value == "0" { "否" } else { "是" }.to_owned());
    match (noun.table, column) {
        (_, "retired" | "related" | "in_paper_handbook" | "stamped" | "origin_stamped") => {
            yes_or_no()
        }
        ("session", "morning" | "afternoon" | "evening") => yes_or_no(),
        (_, "certified" | "override_hours" | "hours") => {
            value.parse().ok().map(|halves| Hours::halves(halves).to_string())
        }
        (_, "rank") => Some(match value {
            "lead" => "主持".to_owned(),
            "member" => "参与".to_owned(),
            "sole" => "独立".to_owned(),
            place => format!("第{place}"),
        }),
        (_, "mode") => Some(if value == "online" { "网络" } else { "面授" }.to_owned()),
        (_, "state") => Some(
            match value {
                "unit-reviewed" => "单位已审核",
                "department-confirmed" => "主管部门已确认",
                _ => "草稿",
            }
            .to_owned(),
        ),
        _ => None,
    }
}

const NOUNS: &[Noun] = &[
    Noun {
        table: "person",
        name: "人员",
        title: &["name"],
        owners: &[],
        fields: &[
            ("name", "姓名"),
            ("id_number", "身份证号"),
            ("sex", "性别"),
            ("birth_date", "出生日期"),
            ("workplace", "工作单位"),
            ("section", "科室"),
            ("education", "学历"),
            ("degree", "学位"),
            ("title", "现职称"),
            ("title_date", "现职称取得日期"),
            ("series", "系列"),
            ("speciality", "从事专业"),
            ("handbook_number", "登记证书编号"),
            ("employed", "参加工作日期"),
            ("phone", "联系电话"),
            ("note", "备注"),
            ("retired", "已离职"),
            ("photo_name", "照片"),
            ("former_unit", "调入前单位"),
        ],
    },
    Noun {
        table: "record",
        name: "学习记录",
        title: &["title"],
        owners: &[],
        fields: &[
            ("title", "内容"),
            ("form", "形式"),
            ("subject", "科目"),
            ("year", "年度"),
            ("event", "班次"),
            ("organiser", "主办单位"),
            ("organiser_kind", "主办方"),
            ("start_date", "开始日期"),
            ("end_date", "结束日期"),
            ("rank", "名次"),
            ("level", "级别"),
            ("source", "来源"),
            ("quantity", "数量"),
            ("passed", "通过"),
            ("certified", "证书学时"),
            ("minutes", "学习分钟"),
            ("serial", "刊号"),
            ("task", "任务"),
            ("assessment", "考核结果"),
            ("certificate_number", "证书编号"),
            ("platform", "平台"),
            ("region", "注册地区"),
            ("mode", "面授/网络"),
            ("filing_number", "备案号"),
            ("filing_date", "备案日期"),
            ("related", "与专业相关"),
            ("proof_kind", "证明方式"),
            ("in_paper_handbook", "已登纸质手册"),
            ("confirmed_by", "确认人"),
            ("confirmed_at", "确认日期"),
            ("confirmed_reason", "确认说明"),
            ("override_hours", "另定学时"),
            ("override_by", "另定人"),
            ("override_at", "另定日期"),
            ("override_reason", "另定理由"),
            ("note", "备注"),
            ("origin", "来源单位"),
            ("origin_stamped", "原单位盖章"),
        ],
    },
    Noun {
        table: "session",
        name: "时段",
        title: &["date"],
        owners: &["record"],
        fields: &[("morning", "上午"), ("afternoon", "下午"), ("evening", "晚上")],
    },
    Noun {
        table: "waiver",
        name: "免交材料",
        title: &["slot"],
        owners: &["record"],
        fields: &[("by", "经办"), ("reason", "理由")],
    },
    Noun {
        table: "attachment",
        name: "证明材料",
        title: &["slot", "name"],
        owners: &["record", "event", "deemed", "slip", "discharge"],
        fields: &[("slot", "材料项"), ("stamped", "已盖章"), ("reason", "说明")],
    },
    Noun {
        table: "event",
        name: "班次",
        title: &["name"],
        owners: &[],
        fields: &[("name", "名称")],
    },
    Noun {
        table: "deemed",
        name: "视同",
        title: &["year", "reason"],
        owners: &[],
        fields: &[
            ("year", "年度"),
            ("reason", "事由"),
            ("subject", "科目"),
            ("hours", "学时"),
            ("basis", "依据"),
        ],
    },
    Noun {
        table: "slip",
        name: "认定单",
        title: &["number"],
        owners: &[],
        fields: &[
            ("number", "单号"),
            ("issuer", "出具单位"),
            ("issued", "出具日期"),
            ("first_year", "起始年度"),
            ("last_year", "截止年度"),
        ],
    },
    Noun {
        table: "slip_hours",
        name: "认定学时",
        title: &["year", "subject", "hours"],
        owners: &["slip"],
        fields: &[("hours", "学时")],
    },
    Noun {
        table: "discharge",
        name: "事后补交",
        title: &["year"],
        owners: &[],
        fields: &[("by", "经办"), ("at", "日期"), ("reason", "说明")],
    },
    Noun {
        table: "post_change",
        name: "职务职称变动",
        title: &["date", "post", "title"],
        owners: &[],
        fields: &[
            ("date", "日期"),
            ("workplace", "工作单位"),
            ("post", "科室、职务"),
            ("title", "职称"),
            ("note", "依据、说明"),
        ],
    },
    Noun {
        table: "year_review",
        name: "年度审核",
        title: &["year"],
        owners: &[],
        fields: &[
            ("state", "状态"),
            ("unit_by", "单位审核人"),
            ("unit_at", "单位审核日期"),
            ("unit_reason", "单位审核意见"),
            ("department_by", "主管部门确认人"),
            ("department_at", "主管部门确认日期"),
            ("department_reason", "主管部门意见"),
            ("reopened_by", "重开人"),
            ("reopened_at", "重开日期"),
            ("reopened_reason", "重开理由"),
        ],
    },
    Noun {
        table: "finding_override",
        name: "例外",
        title: &["year", "code"],
        owners: &[],
        fields: &[("by", "经办"), ("at", "日期"), ("reason", "理由")],
    },
    Noun {
        table: "applicant",
        name: "参评",
        title: &["campaign", "level"],
        owners: &[],
        fields: &[
            ("campaign", "申报年度"),
            ("level", "申报级别"),
            ("series", "申报系列"),
            ("speciality", "申报专业"),
            ("start_override", "起始年度"),
            ("note", "说明"),
            ("review_result", "初审结果"),
            ("review_by", "初审人"),
            ("review_at", "初审日期"),
            ("review_reason", "初审意见"),
            ("withdrawn_by", "退出经办"),
            ("withdrawn_at", "退出日期"),
            ("withdrawn_reason", "退出理由"),
            ("department_result", "复审结果"),
            ("department_by", "复审经办"),
            ("department_at", "复审日期"),
            ("department_reason", "复审意见"),
            ("sent_by", "送核验经办"),
            ("sent_at", "送核验日期"),
            ("sent_reason", "送核验说明"),
            ("certificate_number", "合格证书编号"),
            ("issued_by", "发证经办"),
            ("issued_at", "发证日期"),
            ("issued_reason", "发证说明"),
        ],
    },
    Noun {
        table: "merged",
        name: "并入的人员",
        title: &["name"],
        owners: &[],
        fields: &[("name", "姓名")],
    },
    Noun {
        table: "apart",
        name: "“不是同一个人”",
        title: &[],
        owners: &[],
        fields: &[("said_by", "经办"), ("said_at", "日期")],
    },
    Noun {
        table: "publicity_member",
        name: "公示名单",
        title: &[],
        owners: &[],
        fields: &[("position", "排序"), ("failed", "公示后不合格")],
    },
];
