//! The import workbook's five sheets and their columns (contract §2): names, what else people call them, what may
//! stand in them. The template writes from this table and the import reads by it.

use super::text;
use crate::notice::Notice;

/// One of our sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sheet {
    People,
    Records,
    Deemed,
    Slips,
    Applicants,
}

/// What a column holds, which decides its cell format in the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Text,
    /// Kept as text, so that Excel does not round its digits away.
    Digits,
    Date,
    Number,
}

/// The words a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Anything.
    Free,
    /// These words only.
    Only(&'static [&'static str]),
    /// These words are offered; others are taken as they are.
    Offered(&'static [&'static str]),
    /// 公需 / 专业, by the notice.
    Subjects,
    /// 公需 / 专业 / 全部.
    SubjectsOrAll,
    Forms,
    RecordLevels,
    Sources,
    Tasks,
    /// 正高 / 副高 / 中级, by the notice.
    AppliedLevels,
    /// 事由 of the notice's deeming rules; others are taken as they are.
    DeemReasons,
    /// Platforms of the notice; others are taken as they are.
    Platforms,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub required: bool,
    pub also: &'static [&'static str],
    pub holds: Holds,
    pub listed: Listed,
    /// Width in the template, in characters.
    pub width: u8,
    /// What it means, for the header's note and the sheet 填写说明.
    pub help: &'static str,
    /// Its value in the template's example row.
    pub example: &'static str,
    /// Written into the template; a column that is not is understood all the same.
    pub offered: bool,
}

/// What the example row's 身份证号 begins with: such rows are never imported.
pub const EXAMPLE_MARK: &str = "示例";

/// The template's sheet of explanations.
pub const HELP_SHEET: &str = "填写说明";

/// The template's hidden sheet that its drop-downs refer to: a list written into the cell itself may be no longer
/// than 255 characters and may hold no comma.
pub const LISTS_SHEET: &str = "选项";

const fn text(name: &'static str, width: u8, help: &'static str, example: &'static str) -> Column {
    Column {
        name,
        required: false,
        also: &[],
        holds: Holds::Text,
        listed: Listed::Free,
        width,
        help,
        example,
        offered: true,
    }
}

impl Column {
    const fn must(self) -> Self {
        Self { required: true, ..self }
    }
    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }
    const fn holds(self, holds: Holds) -> Self {
        Self { holds, ..self }
    }
    const fn listed(self, listed: Listed) -> Self {
        Self { listed, ..self }
    }
    const fn shows(self, example: &'static str) -> Self {
        Self { example, ..self }
    }
    const fn unoffered(self) -> Self {
        Self { offered: false, ..self }
    }
}

const DATE_HELP: &str = "写成 2020-07-01；2020.7.1、2020/7/1、2020年7月1日、20200701 也认得";

const ID: Column = text(
    "身份证号",
    22,
    "18 位身份证号，末位可为 X。按文本填写，不要存成数字，否则末几位会丢失",
    "示例 433101199003070012",
)
.must()
.also(&["身份证号码", "身份证", "公民身份号码", "公民身份证号", "证件号码", "身份号码"])
.holds(Holds::Digits);

const NAME_BESIDE_ID: Column =
    text("姓名", 10, "只供核对，可以不填；人以身份证号为准", "张三").also(&["人员姓名", "名字"]);

const FILES: Column = text(
    "证明材料",
    44,
    "材料项=文件，几份之间用分号隔开：培训通知=files/a.pdf; 结业证书=files/b.jpg。文件写相对于材料文件夹的位置（默认是本工作簿所在文件夹）。已盖章的写 派出通知[盖章]=files/c.pdf。材料项的名称见「填写说明」",
    "培训通知=files/通知.pdf; 结业证书=files/证书.jpg",
)
.also(&["证明材料文件", "佐证材料", "附件"]);

const PEOPLE: &[Column] = &[
    text("姓名", 10, "与身份证一致；生僻字照写", "张三").must().also(&["人员姓名", "名字"]),
    ID,
    text("性别", 6, "男 / 女", "男").listed(Listed::Offered(&["男", "女"])),
    text("出生日期", 13, DATE_HELP, "1990-03-07").holds(Holds::Date).also(&["出生年月日", "生日"]),
    text("工作单位", 24, "不填即本单位；代理多家单位时写每人的单位", "").also(&[
        "单位",
        "单位名称",
        "所在单位",
    ]),
    text("科室", 14, "科室或部门", "内科").also(&["部门", "科室部门", "所在科室", "处室"]),
    text("学历", 10, "最高学历，印在合格证明上", "大学本科").also(&["最高学历", "文化程度"]),
    text("学位", 8, "学士 / 硕士 / 博士；没有学位留空", "学士")
        .listed(Listed::Only(&["学士", "硕士", "博士"]))
        .also(&["最高学位"]),
    text("现职称", 14, "现有专业技术职称", "主治医师").also(&[
        "职称",
        "现有职称",
        "专业技术职务",
        "现任专业技术职务",
    ]),
    text("现职称取得日期", 15, DATE_HELP, "2014-12-20").holds(Holds::Date).also(&[
        "职称取得日期",
        "取得日期",
        "现职称取得时间",
        "取得时间",
    ]),
    text("系列", 12, "职称系列", "卫生").also(&["职称系列", "专业技术系列"]),
    text("从事专业", 14, "现从事的专业", "内科").also(&["专业", "现从事专业"]),
    text("登记证书编号", 18, "登记手册（登记证书）的编号", "").holds(Holds::Digits).also(&[
        "登记手册编号",
        "继续教育登记证书编号",
        "手册编号",
    ]),
    text("参加工作日期", 13, DATE_HELP, "2012-07-01")
        .holds(Holds::Date)
        .also(&["参加工作时间", "工作日期"]),
    text("联系电话", 15, "", "").holds(Holds::Digits).also(&[
        "电话",
        "手机",
        "手机号",
        "手机号码",
        "联系方式",
    ]),
    text("备注", 20, "", "").also(&["说明"]),
];

const RECORDS: &[Column] = &[
    ID,
    NAME_BESIDE_ID,
    text("年度", 8, "计入哪一年；一般不填，按日期定。按人事部门口径须归入某年的网络课程填证书上的年度", "")
        .holds(Holds::Number)
        .also(&["所属年度", "学习年度", "年份"]),
    text("科目", 8, "公需 / 专业", "专业").must().listed(Listed::Subjects).also(&["科目类别", "学习科目", "课程类别"]),
    text("形式", 22, "继续教育的形式：填 1–12 的编号，或形式的名称（见「填写说明」）", "1")
        .must()
        .listed(Listed::Forms)
        .also(&["继续教育形式", "学习形式", "培训形式"]),
    text("内容", 34, "培训、课程、课题、论文等的名称", "护理安全与不良事件管理培训班")
        .must()
        .also(&["学习内容", "培训内容", "课程名称", "培训名称", "名称", "标题"]),
    text("主办单位", 18, "主办、施教或颁发的单位", "本院护理部").also(&["举办单位", "施教机构", "培训机构", "组织单位"]),
    text("平台", 18, "网络课程所在的平台；公需科目网络课程必填才计学时", "")
        .listed(Listed::Platforms)
        .also(&["网络平台", "培训平台"]),
    text("注册地区", 18, "网络平台证书上学员注册的单位所属地，如 湘西自治州州直", "").also(&["所属地", "注册所属地", "单位所属地"]),
    text("开始日期", 13, DATE_HELP, "2020-07-07")
        .must()
        .holds(Holds::Date)
        .also(&["开始时间", "起始日期", "起始时间", "日期"]),
    text("结束日期", 13, "结题、出版、授权、获奖的日期也填在这里。写成 2020-07-01；2020.7.1、20200701 等也认得", "2020-07-09")
        .holds(Holds::Date)
        .also(&["结束时间", "截止日期", "终止日期"]),
    text(
        "时段",
        38,
        "实际参加的日期和时段：2020-07-01~2020-07-03 全天; 2020-07-04 上午; 2020-07-04 晚上。形式 1、2、4、12 按它折算学时，不填不计",
        "2020-07-07~2020-07-08 全天; 2020-07-09 上午",
    )
    .also(&["培训时段", "学习时段", "时间段"]),
    text("名次", 9, "主持 / 参与 / 独立 / 第一 / 第几的数字（课题、论文、著作、专利、获奖）", "")
        .listed(Listed::Offered(&["主持", "参与", "独立", "第一", "第二", "第三"]))
        .also(&["排名", "位次", "作者排名", "本人排名"]),
    text("级别", 9, "获奖：国家级 / 省部级 / 地厅级 / 县级；特定任务：国家级 / 省级 / 州级", "").listed(Listed::RecordLevels),
    text("来源", 11, "课题、奖项：政府 / 行业组织 / 本单位；著作论文：著作 / 译作 / 教材 / 论文；形式 11：学历教育 / 职业资格考试", "")
        .listed(Listed::Sources)
        .also(&["类别来源", "项目来源"]),
    text("数量", 7, "模块数、项数", "").holds(Holds::Number).also(&["模块数", "项数", "模块数量"]),
    text("通过", 7, "通过的课程门数（形式 11）", "").holds(Holds::Number).also(&["通过门数", "通过课程数"]),
    text("证书学时", 9, "证书上写明的学时，以 0.5 为一档", "").holds(Holds::Number).also(&["学时", "证书学时数", "学时数", "学分"]),
    text("时长(分钟)", 10, "只知道学习时长而没有证书学时的网络课程，填分钟数", "")
        .holds(Holds::Number)
        .also(&["时长", "分钟", "学习时长", "课程时长"]),
    text("刊号", 16, "论文：国内统一刊号，如 CN 43-1234/R", "").also(&["国内统一刊号", "CN号", "CN刊号"]),
    text("任务", 16, "形式 10：援藏 / 援疆 / 援外 / 东西部扶贫协作 / 疫情防控一线 / 其他", "")
        .listed(Listed::Tasks)
        .also(&["特定任务", "任务名称"]),
    text("考核结果", 10, "合格 / 不合格等，照证书或考核表写", "合格")
        .listed(Listed::Offered(&["合格", "优秀", "不合格"]))
        .also(&["考核", "考试结果", "考试考核结果"]),
    text("证书编号", 18, "结业证书、合格证、专利、获奖证书的编号", "").holds(Holds::Digits).also(&["证书号", "合格证编号"]),
    text("面授/网络", 10, "面授 / 网络", "").listed(Listed::Only(&["面授", "网络"])).also(&["培训方式", "授课方式", "面授网络"]),
    text("备案号", 14, "培训机构组织面授培训的备案号", "").holds(Holds::Digits).also(&["备案编号", "备案文号"]),
    text("备案日期", 13, DATE_HELP, "").holds(Holds::Date).also(&["备案时间"]),
    text("与专业相关", 11, "是 / 否：专业科目的内容是否与本人专业相关", "")
        .listed(Listed::Only(&["是", "否"]))
        .also(&["是否与专业相关", "与本人专业相关"]),
    text("证明方式", 12, "登记手册 / 登记卡 / 合格证 / 结业证书 / 其他", "")
        .listed(Listed::Only(&["登记手册", "登记卡", "合格证", "结业证书", "其他"])),
    text("已登纸质手册", 13, "是 / 否：施教机构是否已在纸质登记手册上登记", "")
        .listed(Listed::Only(&["是", "否"]))
        .also(&["是否已登纸质手册", "纸质手册已登"]),
    text("班次", 20, "同名的行是同一次培训，共用材料：写在一行即可，结业证书等各人自己的除外", "2020 护理安全培训班").also(&["班次名称", "培训班次", "期次"]),
    FILES,
    text("备注", 20, "", "").also(&["说明"]),
];

const DEEMED: &[Column] = &[
    ID,
    NAME_BESIDE_ID.unoffered(),
    text("年度", 8, "视同完成的年度", "2020")
        .must()
        .holds(Holds::Number)
        .also(&["视同年度", "年份"]),
    text("事由", 22, "疫情防控一线 / 另有规定，或文件里的说法", "疫情防控一线")
        .must()
        .listed(Listed::DeemReasons)
        .also(&["视同事由", "原因"]),
    text("科目", 8, "公需 / 专业 / 全部；不填即全部", "全部").listed(Listed::SubjectsOrAll),
    text("学时", 8, "文件写明的学时；不填按通知补足", "").holds(Holds::Number).also(&["视同学时"]),
    text("依据", 30, "文件名称和文号", "").also(&["文件依据", "文件"]),
    FILES.shows("派遣通知=files/派遣通知.pdf; 考核表=files/考核表.pdf"),
];

const SLIPS: &[Column] = &[
    ID,
    NAME_BESIDE_ID.unoffered(),
    text("单号", 18, "学时认定单的编号", "2018-0123").must().holds(Holds::Digits).also(&[
        "认定单号",
        "认定单编号",
        "编号",
    ]),
    text("出具单位", 24, "", "湘西州人力资源和社会保障局").also(&["开具单位", "发证单位"]),
    text("出具日期", 13, DATE_HELP, "2018-06-20").holds(Holds::Date).also(&[
        "开具日期",
        "开具时间",
        "出具时间",
    ]),
    text("起始年度", 10, "认定单写明的第一年", "2015")
        .must()
        .holds(Holds::Number)
        .also(&["开始年度", "起始年"]),
    text("截止年度", 10, "认定单写明的最后一年", "2017").must().holds(Holds::Number).also(&[
        "结束年度",
        "终止年度",
        "截止年",
    ]),
    text(
        "学时",
        34,
        "每年的公需/专业学时：2015:30/60; 2016:30/72；没有写明可不填",
        "2015:30/60; 2016:30/72; 2017:30/60",
    )
    .also(&["各年学时", "认定学时"]),
    FILES.shows("认定单=files/认定单.jpg"),
];

const APPLICANTS: &[Column] = &[
    ID,
    NAME_BESIDE_ID.unoffered(),
    text("申报年度", 10, "参评的年度", "2020")
        .must()
        .holds(Holds::Number)
        .also(&["参评年度", "年度"]),
    text("申报级别", 10, "正高 / 副高 / 中级", "副高")
        .must()
        .listed(Listed::AppliedLevels)
        .also(&["参评级别", "级别"]),
    text("申报系列", 12, "职称系列；硕士申报医学类副高须填写", "卫生").also(&["参评系列", "系列"]),
    text("申报专业", 16, "印在汇总表和合格证明上", "内科").must().also(&["参评专业", "专业"]),
    text("起始年度", 10, "只在与通知规定的起始年度不同时填写，并在说明里写明原因", "")
        .holds(Holds::Number)
        .also(&["认定起始年度"]),
    text("说明", 24, "起始年度等的说明", "").also(&["备注"]),
];

impl Sheet {
    pub const ALL: [Self; 5] =
        [Self::People, Self::Records, Self::Deemed, Self::Slips, Self::Applicants];

    /// 人员, 学习记录, …
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "人员",
            Self::Records => "学习记录",
            Self::Deemed => "视同",
            Self::Slips => "认定单",
            Self::Applicants => "参评人员",
        }
    }

    fn also(self) -> &'static [&'static str] {
        match self {
            Self::People => &["人员名册", "人员名单", "人员信息", "花名册", "人员花名册"],
            Self::Records => &["学习", "记录", "培训记录", "继续教育记录", "学时记录"],
            Self::Deemed => &["视同学时", "视同完成"],
            Self::Slips => &["学时认定单", "学时(分)认定单"],
            Self::Applicants => &["参评", "参评名单", "职称参评人员", "申报人员"],
        }
    }

    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::People => PEOPLE,
            Self::Records => RECORDS,
            Self::Deemed => DEEMED,
            Self::Slips => SLIPS,
            Self::Applicants => APPLICANTS,
        }
    }

    /// The sheet of this name, spaces and full-width forms aside.
    pub fn named(name: &str) -> Option<Self> {
        let name = text::code(name);
        Self::ALL
            .into_iter()
            .find(|sheet| sheet.name() == name || sheet.also().contains(&name.as_str()))
    }

    /// The column that a header means: `* 身份证号`, `身份证号码`, `学位（学士/硕士/博士）`.
    pub fn column(self, header: &str) -> Option<usize> {
        let plain = text::code(header);
        let plain = plain.trim_matches(['*', ':', '☆', '★', '●']);
        let short = plain.split(['(', '[', '【']).next().unwrap_or(plain).trim_end_matches('*');
        let columns = self.columns();
        let exact = |word: &str| columns.iter().position(|column| column.name == word);
        let other = |word: &str| columns.iter().position(|column| column.also.contains(&word));
        exact(plain).or_else(|| exact(short)).or_else(|| other(plain)).or_else(|| other(short))
    }
}

impl Listed {
    /// The words of the list under a notice, in its order; empty when anything goes.
    pub fn words(self, notice: &Notice) -> Vec<String> {
        let distinct = |words: &mut dyn Iterator<Item = &String>| {
            let mut out: Vec<String> = Vec::new();
            for word in words {
                if !out.contains(word) {
                    out.push(word.clone());
                }
            }
            out
        };
        match self {
            Self::Free => Vec::new(),
            Self::Only(words) | Self::Offered(words) => {
                words.iter().map(|word| (*word).to_owned()).collect()
            }
            Self::Subjects => notice.subjects.iter().map(|subject| subject.name.clone()).collect(),
            Self::SubjectsOrAll => notice
                .subjects
                .iter()
                .map(|subject| subject.name.clone())
                .chain(["全部".to_owned()])
                .collect(),
            Self::Forms => notice
                .forms
                .iter()
                .map(|form| format!("{} {}", form.id.0, form.name.replace(',', "，")))
                .collect(),
            Self::RecordLevels => distinct(&mut notice.forms.iter().flat_map(|form| &form.levels)),
            Self::Sources => distinct(&mut notice.forms.iter().flat_map(|form| &form.sources)),
            Self::Tasks => distinct(&mut notice.forms.iter().flat_map(|form| &form.tasks)),
            Self::AppliedLevels => notice.levels.iter().map(|level| level.name.clone()).collect(),
            Self::DeemReasons => {
                distinct(&mut notice.deeming.iter().flat_map(|rule| &rule.reasons))
            }
            Self::Platforms => {
                notice.platforms.iter().map(|platform| platform.name.clone()).collect()
            }
        }
    }

    /// Whether the template refuses other words; a rank may be any number, a reason any text.
    pub fn strict(self) -> bool {
        !matches!(
            self,
            Self::Free | Self::Offered(_) | Self::DeemReasons | Self::Platforms | Self::Forms
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_understood_however_decorated() {
        for (sheet, header, name) in [
            (Sheet::People, "* 身份证号", "身份证号"),
            (Sheet::People, "身份证号＊", "身份证号"),
            (Sheet::People, "身份证\n号码", "身份证号"),
            (Sheet::People, "学位（学士/硕士/博士）", "学位"),
            (Sheet::Records, "时长", "时长(分钟)"),
            (Sheet::Records, "时长（分钟）", "时长(分钟)"),
            (Sheet::Records, "面授／网络", "面授/网络"),
            (Sheet::Applicants, "级别", "申报级别"),
        ] {
            let column = sheet.column(header).expect(header);
            assert_eq!(sheet.columns()[column].name, name, "{header}");
        }
        assert_eq!(Sheet::People.column("政治面貌"), None);
    }

    #[test]
    fn no_header_means_two_columns() {
        for sheet in Sheet::ALL {
            let mut words: Vec<&str> = sheet
                .columns()
                .iter()
                .flat_map(|column| column.also.iter().copied().chain([column.name]))
                .collect();
            words.sort_unstable();
            let count = words.len();
            words.dedup();
            assert_eq!(words.len(), count, "{}", sheet.name());
        }
    }
}
