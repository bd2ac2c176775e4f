//! What may be typed: commands, arguments and options (contract §1), with their Chinese help.
//! What they do stands in the sibling modules.

mod notice;

pub use notice::{CopyNotice, NoticeAction, RulingArgs};

use super::words::{
    ReviewStep, date, days, finding_code, id_number, review_result, review_step, side, year,
};
use crate::ledger::{IdNumber, ReviewResult};
use crate::opening::Renderer;
use crate::package::Side;
use chrono::NaiveDate;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "xueshi",
    version,
    about = "学时：专业技术人员继续教育登记、折算、申报与报送。不带命令时打开窗口。",
    override_usage = "xueshi [--registry <登记库>] [--package <报送包>]\n      xueshi <命令> [参数] [选项]",
    after_help = "退出状态：0 办完且没有问题；1 办完但有问题，或没有人可办；2 命令写错；3 办不成，什么都没有改动。\n\
                  各命令的说明：xueshi <命令> --help\n例：xueshi sample"
)]
pub struct Arguments {
    #[arg(long, value_name = "登记库", help = "打开窗口时用的登记库文件夹")]
    pub registry: Option<PathBuf>,
    #[arg(
        long,
        value_name = "报送包",
        help = "打开窗口并核对这个报送包：文件夹、里面的“目录.xueshi”，或 zip 文件"
    )]
    pub package: Option<PathBuf>,
    #[arg(
        long,
        hide = true,
        value_name = "方式",
        help = "窗口打不开或花屏时换一种绘图方式：dx12、opengl、software"
    )]
    pub renderer: Option<Renderer>,
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    #[arg(long, global = true, display_order = 101, value_name = "日期", value_parser = date, help = "把这一天当作今天，如 2020-08-20；不写就用电脑的日期")]
    pub today: Option<NaiveDate>,
    #[arg(long, global = true, display_order = 102, help = "结果只输出一份 JSON，供别的程序读取")]
    pub json: bool,
    #[arg(short, long, global = true, display_order = 103, action = ArgAction::Help, help = "显示这份说明")]
    help: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(
        about = "用虚构的单位把全年的事从头到尾办一遍，每一步都说明文件在哪里",
        override_usage = "xueshi sample [文件夹]",
        after_help = "例：xueshi sample 试用"
    )]
    Sample {
        #[arg(
            value_name = "文件夹",
            default_value = "sample",
            hide_default_value = true,
            help = "放在哪里，须是空的或还没有的文件夹；默认 ./sample"
        )]
        dir: PathBuf,
    },
    #[command(
        about = "新建登记库",
        override_usage = "xueshi new <登记库> --unit <单位名称> [选项]",
        after_help = "例：xueshi new 学时登记库 --unit 湘西自治州民族中医院 --department 湘西自治州卫生健康委员会 --contact 向明 --phone 0743-8220000"
    )]
    New(NewUnit),
    #[command(
        about = "写出空白的导入表（有下拉选项和填写说明），或可以改的证书模板",
        override_usage = "xueshi template <文件.xlsx|文件.toml>",
        after_help = "写成 .toml 时是合格证书的文字和位置：放进登记库的 templates 文件夹，名为 certificate.toml，改好后打印时就用它。\n例：xueshi template 导入表.xlsx"
    )]
    Template {
        #[arg(value_name = "文件.xlsx", help = "写到哪里")]
        file: PathBuf,
    },
    #[command(
        about = "导入人员、学习记录、视同、认定单和参评人员",
        override_usage = "xueshi import <登记库> <文件.xlsx|文件.csv> [--evidence <文件夹>] [--skip-bad-rows] [--dry-run] [--json]",
        after_help = "有一处不对就整份不导入，并逐格说明；同一份文件导入两次不会重复。\n例：xueshi import 学时登记库 导入表.xlsx --evidence 扫描件"
    )]
    Import(Import),
    #[command(
        about = "查看每人每年的学时，以及每条学时的依据",
        override_usage = "xueshi hours <登记库> [--year <年度>] [--person <身份证号>] [--json]",
        after_help = "例：xueshi hours 学时登记库 --year 2019"
    )]
    Hours {
        #[command(flatten)]
        at: At,
        #[arg(long, value_name = "年度", value_parser = year, help = "只看这一年")]
        year: Option<i32>,
        #[arg(long, value_name = "身份证号", value_parser = id_number, help = "只看这一个人")]
        person: Option<IdNumber>,
    },
    #[command(
        about = "体检：参评人员够不够条件，还差什么，怎么办；或在职的人某一年谁还差什么",
        override_usage = "xueshi check <登记库> --campaign <年度> [--level <级别>] [--json]\n      xueshi check <登记库> --year <年度> [--json]"
    )]
    Check(Check),
    #[command(
        about = "单位初审，以及公示以后的主管部门复审、送人社核验、发证；不写 --person 时，对轮到这一步的人一并办",
        override_usage = "xueshi review <登记库> --campaign <年度> --result <合格|不合格|退回> --by <姓名> [--step <初审|复审|核验|发证>] [--level <级别>] [--person <身份证号>]… [--reason <文字>] [--certificate <编号>] [--json]",
        after_help = "复审：合格是确认，退回要逐人写明理由。核验、发证：结果写合格；发证要写 --certificate。\n例：xueshi review 学时登记库 --campaign 2020 --result 合格 --by 向明"
    )]
    Review(Review),
    #[command(
        about = "让一个人退出申报（记录仍保留）",
        override_usage = "xueshi withdraw <登记库> --campaign <年度> --person <身份证号> --reason <文字>",
        after_help = "例：xueshi withdraw 学时登记库 --campaign 2020 --person 433101198503120021 --reason 本人放弃申报"
    )]
    Withdraw {
        #[command(flatten)]
        at: At,
        #[arg(long, value_name = "年度", value_parser = year, help = "申报年度")]
        campaign: i32,
        #[arg(long, value_name = "身份证号", value_parser = id_number, help = "谁")]
        person: IdNumber,
        #[arg(long, value_name = "文字", help = "为什么")]
        reason: String,
    },
    #[command(
        name = "override",
        about = "有依据地放行一项体检问题（原结果与理由都保留）",
        override_usage = "xueshi override <登记库> --person <身份证号> --year <年度> --finding <问题代码> --by <姓名> --reason <文字>",
        after_help = "问题代码见 xueshi check --help。\n例：xueshi override 学时登记库 --person 433101198503120021 --year 2018 --finding hours-short-specialty --by 向明 --reason 脱产驻村，见州扶贫办证明"
    )]
    SetAside {
        #[command(flatten)]
        at: At,
        #[arg(long, value_name = "身份证号", value_parser = id_number, help = "谁")]
        person: IdNumber,
        #[arg(long, value_name = "年度", value_parser = year, help = "哪一年")]
        year: i32,
        #[arg(long, value_name = "问题代码", value_parser = finding_code, help = "哪一项问题，代码见 xueshi check --help")]
        finding: String,
        #[arg(long, value_name = "姓名", help = "谁决定的")]
        by: String,
        #[arg(long, value_name = "文字", help = "依据什么")]
        reason: String,
    },
    #[command(
        about = "公示：开始（--posted）或结束（--close）",
        override_usage = "xueshi publicity <登记库> --campaign <年度> --level <级别> --posted <日期> [--place <地点>] [--json]\n      xueshi publicity <登记库> --campaign <年度> --level <级别> --close <日期> [--objection <文字>]… [--json]",
        after_help = "例：xueshi publicity 学时登记库 --campaign 2020 --level 高级 --posted 2020-08-17 --place 门诊楼一楼公示栏"
    )]
    Publicity(PostOrClose),
    #[command(
        about = "算公示到哪一天为止（按国家放假调休安排数工作日）",
        override_usage = "xueshi workdays --posted <日期> [--days <天数>] [--json]",
        after_help = "例：xueshi workdays --posted 2020-08-21"
    )]
    Workdays {
        #[arg(long, value_name = "日期", value_parser = date, help = "张贴公示的那一天")]
        posted: NaiveDate,
        #[arg(long, value_name = "天数", default_value_t = 5, hide_default_value = true, value_parser = days, help = "须满几个工作日；默认 5")]
        days: u32,
    },
    #[command(
        about = "打印材料：汇总表、合格证书、登记手册、登记卡、公示名单、材料清单、体检报告等",
        override_usage = "xueshi export <登记库> <材料> --out <文件.pdf|文件.xlsx> [--campaign <年度>] [--level <级别>] [--year <年度>] [--person <身份证号>]…",
        after_help = "材料：\n  summary       汇总表（附件2）：要写 --level；可存为 .pdf 或 .xlsx\n  certificates  合格证书（附件3）：每人一页，预填待发\n  handbook      登记手册：全体人员，或 --campaign、--level、--person 指定的人；--year 只打印一年，供贴入纸质手册\n  card          登记卡：参评人员每人一页\n  publicity     公示名单：要写 --level\n  checklist     材料清单：参评人员的证明材料是否齐全\n  report        体检报告：参评人员各有什么问题\n  notice        缺材料通知单：还缺材料或学时的人每人一页\n  register      合格证书登记册\n  result        公示结果说明：公示结束以后，要写 --level\n  evidence      证明材料合订：每人一个 PDF，有目录和页码；几个人的写到一个文件夹\n  gaps          年度还差名单：在职的人里谁还差学时、缺材料，要写 --year；可存为 .pdf 或 .xlsx\n\
                      不写 --campaign 时，用登记库所依通知的年度。\n例：xueshi export 学时登记库 summary --level 高级 --out 汇总表.xlsx"
    )]
    Export(Export),
    #[command(
        about = "把达标、初审合格、公示期满的人打成报送包",
        override_usage = "xueshi package <登记库> --campaign <年度> --level <级别> --out <文件夹|文件.zip> [--draft] [--recipient <收件单位> --recipient-reason <文字>] [--json]",
        after_help = "--out 写文件夹时，报送包自己的文件夹建在它里面。没有装进去的人，逐一说明原因。\n例：xueshi package 学时登记库 --campaign 2020 --level 高级 --out E:\\"
    )]
    Package(Pack),
    #[command(
        about = "核对一个报送包是否完好（文件夹或 zip）",
        override_usage = "xueshi verify <报送包> [--json]",
        after_help = "例：xueshi verify 报送包.zip"
    )]
    Verify {
        #[arg(value_name = "报送包", help = "报送包的文件夹或 zip 文件")]
        package: PathBuf,
    },
    #[command(
        about = "主管部门接收各单位的报送包，并入自己的登记库",
        override_usage = "xueshi receive <登记库> <报送包>… [--dry-run] [--accept <新的|原有的>] [--json]",
        after_help = "先核对，再看与登记库有没有出入；有出入的包先不收，逐条说明，由您用 --accept 决定以哪一边为准。\n\
                      同一个包收两次不会重复；每个包收进来都可以在窗口里撤销。\n例：xueshi receive 学时登记库 E:\\州民族中医院.zip E:\\州中心血站.zip --dry-run"
    )]
    Receive(Receive),
    #[command(
        about = "检查登记库有没有损坏",
        override_usage = "xueshi doctor <登记库> [--fix] [--json]",
        after_help = "--fix 只删除没有任何记录、撤销和备份用到的文件，以及写到一半留下的文件；别的问题不动。\n例：xueshi doctor 学时登记库"
    )]
    Doctor {
        #[command(flatten)]
        at: At,
        #[arg(long, help = "清理用不到的文件，再检查")]
        fix: bool,
    },
    #[command(
        about = "备份登记库（写好后自己核对一遍）",
        override_usage = "xueshi backup <登记库> [--to <文件>]\n      xueshi backup <登记库> --full --to <文件夹|文件.zip>",
        after_help = "不写 --full 时只备份数据库，证明材料不在里面；--full 连证明材料、通知和模板一起备份，文件名以 .zip 结尾时也是这样。\n例：xueshi backup 学时登记库 --to E:\\备份.sqlite3"
    )]
    Backup {
        #[command(flatten)]
        at: At,
        #[arg(long, value_name = "文件", help = "写到哪里；不写就放进登记库的 backups 文件夹")]
        to: Option<PathBuf>,
        #[arg(long, requires = "to", help = "完整备份：连证明材料一起，写成一个新文件夹或 zip")]
        full: bool,
    },
    #[command(
        about = "从备份恢复登记库（现在的数据先移进 backups 文件夹）",
        override_usage = "xueshi restore <备份文件> <登记库>",
        after_help = "例：xueshi restore E:\\备份.sqlite3 学时登记库"
    )]
    Restore {
        #[arg(value_name = "备份文件", help = "xueshi backup 写出的文件、文件夹或 zip")]
        file: PathBuf,
        #[command(flatten)]
        at: At,
    },
    #[command(
        about = "列出程序所带的通知；写上登记库时，列出它各年度的通知和在办的年度",
        override_usage = "xueshi notices [登记库] [--json]",
        after_help = "例：xueshi notices 学时登记库"
    )]
    Notices {
        #[arg(value_name = "登记库", help = "登记库文件夹")]
        dir: Option<PathBuf>,
    },
    #[command(
        about = "通知文件：检查 check、照上一年度新建 copy、收进登记库 add、换年度 use",
        override_usage = "xueshi notice check <文件.toml>\n      xueshi notice copy <登记库> --year <年度> --document <文号> [选项]\n      xueshi notice add <登记库> <文件.toml> [选项]\n      xueshi notice use <登记库> --campaign <年度>",
        after_help = "例：xueshi notice check 我州2021.toml"
    )]
    Notice {
        #[command(subcommand)]
        action: NoticeAction,
    },
    #[command(
        about = "口径：通知没有写明的地方怎么定，哪些可以另选；另选时先说影响",
        override_usage = "xueshi ruling <登记库> [--campaign <年度>] [--set <口径/开关=选项> --by <姓名> --reason <文字>] [--dry-run] [--json]",
        after_help = "例：xueshi ruling 学时登记库 --set A-29/posting-day=counted --by 向明 --reason 电话问过州人社局专技科"
    )]
    Ruling(RulingArgs),
    #[command(
        about = "显示一个命令的说明",
        override_usage = "xueshi help [命令]",
        after_help = "例：xueshi help check"
    )]
    Help {
        #[arg(value_name = "命令", help = "哪个命令")]
        command: Vec<String>,
    },
}

/// The registry that a command works on.
#[derive(Debug, Args)]
pub struct At {
    #[arg(value_name = "登记库", help = "登记库文件夹")]
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct NewUnit {
    #[command(flatten)]
    pub at: At,
    #[arg(long, value_name = "单位名称", help = "单位全称")]
    pub unit: String,
    #[arg(
        long,
        value_name = "隶属",
        help = "州直、县市区、经开区、非公、社会组织 或 人事代理；默认州直"
    )]
    pub kind: Option<String>,
    #[arg(
        long,
        value_name = "县市",
        default_value = "",
        hide_default_value = true,
        help = "县市区的单位写，如 吉首市"
    )]
    pub county: String,
    #[arg(
        long,
        value_name = "主管部门",
        default_value = "",
        hide_default_value = true,
        help = "主管部门全称；本单位就是主管部门时不写"
    )]
    pub department: String,
    #[arg(
        long,
        value_name = "姓名",
        default_value = "",
        hide_default_value = true,
        help = "经办人"
    )]
    pub contact: String,
    #[arg(
        long,
        value_name = "号码",
        default_value = "",
        hide_default_value = true,
        help = "联系电话"
    )]
    pub phone: String,
    #[arg(
        long,
        value_name = "通知",
        help = "所依通知的代号（见 xueshi notices）或通知文件；默认最新的一份"
    )]
    pub notice: Option<String>,
}

#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    pub at: At,
    #[arg(value_name = "文件", help = "导入表：.xlsx 或 .csv")]
    pub file: PathBuf,
    #[arg(long, value_name = "文件夹", help = "证明材料所在的文件夹；默认与导入表同一个文件夹")]
    pub evidence: Option<PathBuf>,
    #[arg(long, help = "跳过有错的行，只导入没有错的")]
    pub skip_bad_rows: bool,
    #[arg(long, help = "只试一遍，不写入")]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[group(id = "whom", required = true, multiple = false, args = ["campaign", "year"])]
pub struct Check {
    #[command(flatten)]
    pub at: At,
    #[arg(long, value_name = "年度", value_parser = year, help = "申报年度：看这一年的参评人员")]
    pub campaign: Option<i32>,
    #[arg(long, value_name = "级别", conflicts_with = "year", help = "只看一个级别：高级 或 中级")]
    pub level: Option<String>,
    #[arg(long, value_name = "年度", value_parser = year, help = "看在职的每一个人，这一年谁还差学时、缺材料")]
    pub year: Option<i32>,
}

#[derive(Debug, Args)]
pub struct Review {
    #[command(flatten)]
    pub at: At,
    #[arg(long, value_name = "年度", value_parser = year, help = "申报年度")]
    pub campaign: i32,
    #[arg(long, value_name = "级别", help = "只审一个级别：高级 或 中级")]
    pub level: Option<String>,
    #[arg(long = "person", value_name = "身份证号", value_parser = id_number, help = "审谁；可写几次")]
    pub people: Vec<IdNumber>,
    #[arg(long, value_name = "结果", value_parser = review_result, help = "合格、不合格 或 退回")]
    pub result: ReviewResult,
    #[arg(
        long,
        value_name = "步骤",
        value_parser = review_step,
        default_value = "初审",
        hide_default_value = true,
        help = "哪一步：初审（默认）、复审、核验、发证"
    )]
    pub step: ReviewStep,
    #[arg(
        long,
        value_name = "编号",
        default_value = "",
        hide_default_value = true,
        help = "发证时写：证书编号，一次一个人"
    )]
    pub certificate: String,
    #[arg(long, value_name = "姓名", help = "初审人")]
    pub by: String,
    #[arg(
        long,
        value_name = "文字",
        default_value = "",
        hide_default_value = true,
        help = "理由；不合格和退回时要写"
    )]
    pub reason: String,
}

#[derive(Debug, Args)]
#[group(id = "which", required = true, multiple = false, args = ["posted", "close"])]
pub struct PostOrClose {
    #[command(flatten)]
    pub at: At,
    #[arg(long, value_name = "年度", value_parser = year, help = "申报年度")]
    pub campaign: i32,
    #[arg(long, value_name = "级别", help = "高级 或 中级")]
    pub level: String,
    #[arg(long, value_name = "日期", value_parser = date, help = "开始公示：张贴的那一天")]
    pub posted: Option<NaiveDate>,
    #[arg(long, value_name = "地点", requires = "posted", help = "贴在哪里")]
    pub place: Option<String>,
    #[arg(long, value_name = "日期", value_parser = date, help = "结束公示：取下的那一天")]
    pub close: Option<NaiveDate>,
    #[arg(
        long = "objection",
        value_name = "文字",
        requires = "close",
        help = "收到的异议；可写几次"
    )]
    pub objections: Vec<String>,
}

/// The papers that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    Summary,
    Certificates,
    Handbook,
    Card,
    Publicity,
    Checklist,
    /// 体检报告
    Report,
    /// 缺材料通知单
    Notice,
    /// 合格证书登记册
    Register,
    /// 公示结果说明
    Result,
    /// 年度还差名单
    Gaps,
    /// 证明材料合订
    Evidence,
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub at: At,
    #[arg(value_name = "材料", value_enum, hide_possible_values = true, help = "哪种材料，见下")]
    pub paper: Paper,
    #[arg(
        long,
        value_name = "文件",
        help = "写到哪里：.pdf；汇总表、年度还差名单也可以是 .xlsx；几个人的证明材料合订写一个文件夹"
    )]
    pub out: PathBuf,
    #[arg(long, value_name = "年度", value_parser = year, help = "申报年度；默认登记库所依通知的年度")]
    pub campaign: Option<i32>,
    #[arg(long, value_name = "级别", help = "高级 或 中级")]
    pub level: Option<String>,
    #[arg(long, value_name = "年度", value_parser = year, help = "登记手册只打印这一年；年度还差名单是哪一年")]
    pub year: Option<i32>,
    #[arg(
        long,
        value_name = "纸",
        value_enum,
        hide_possible_values = true,
        help = "汇总表用 A4 还是 A3；不写则 A4 排得下就用 A4"
    )]
    pub paper_size: Option<PaperSize>,
    #[arg(long = "person", value_name = "身份证号", value_parser = id_number, help = "只打印这个人；可写几次")]
    pub people: Vec<IdNumber>,
}

/// What the summary table is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperSize {
    #[value(name = "A4", alias = "a4")]
    A4,
    #[value(name = "A3", alias = "a3")]
    A3,
}

#[derive(Debug, Args)]
pub struct Receive {
    #[command(flatten)]
    pub at: At,
    #[arg(value_name = "报送包", required = true, help = "报送包的文件夹或 zip 文件；可写几个")]
    pub packages: Vec<PathBuf>,
    #[arg(long, help = "只试一遍，不写入")]
    pub dry_run: bool,
    #[arg(long, value_name = "哪一边", value_parser = side, help = "有出入时以哪一边为准：新的（这次收的包）或 原有的（登记库里的）；不写就先不收")]
    pub accept: Option<Side>,
}

#[derive(Debug, Args)]
pub struct Pack {
    #[command(flatten)]
    pub at: At,
    #[arg(long, value_name = "年度", value_parser = year, help = "申报年度")]
    pub campaign: i32,
    #[arg(long, value_name = "级别", help = "高级 或 中级")]
    pub level: String,
    #[arg(long, value_name = "位置", help = "放进哪个文件夹，或写成哪个 .zip 文件")]
    pub out: PathBuf,
    #[arg(long, help = "草稿：装入所有达标的人，每页注明草稿")]
    pub draft: bool,
    #[arg(
        long,
        value_name = "收件单位",
        help = "报送给谁；不写就按隶属。另选的记在单位资料里，以后也照此"
    )]
    pub recipient: Option<String>,
    #[arg(long, value_name = "文字", requires = "recipient", help = "为什么另选收件单位")]
    pub recipient_reason: Option<String>,
}
