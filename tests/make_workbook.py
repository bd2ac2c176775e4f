#!/usr/bin/env python3
"""Makes a big import workbook of made-up people, with its evidence files.

    python3 tests/make_workbook.py OUTDIR [--people 300] [--first-year 2015] [--last-year 2020]

writes OUTDIR/登记.xlsx and OUTDIR/files/…: every person with about eight records a year, trainings shared as
班次, applicants of both levels, some who fall short and some whose evidence is incomplete, rare characters in
names, prior slips and deemed years. Nobody in it is real: names and numbers are drawn from a fixed seed, so two
runs say the same. Needs openpyxl.
"""

import argparse
import datetime
import os
import random

from openpyxl import Workbook

SURNAMES = "向田彭石龙吴麻张李王刘陈覃杨姚全尚贾印罗周黄何符梁熊瞿鲁欧宋"
GIVEN = "伟芳娜敏静丽强磊军洋艳勇杰娟涛明超霞平刚桂英华玉兰春梅建国志文海燕晓东丹凤云飞雪松林清秀川"
RARE = ["䶮", "㛃", "珺", "堃", "喆", "赟", "垚", "龑", "𬭎", "𡎚"]
LONG = ["欧阳䶮垚", "阿依古丽·买买提", "司马㛃", "买买提江·吐尔逊", "田𬭎"]
DEPARTMENTS = ["内科", "外科", "护理部", "检验科", "影像科", "药剂科", "信息科", "急诊科", "儿科", "妇产科"]
TOPICS = ["护理安全与不良事件管理", "感染防控新进展", "合理用药与处方点评", "影像诊断质量控制", "急危重症救治",
          "科研方法与论文写作", "信息系统与数据安全", "临床检验质量管理", "慢性病规范化管理", "分级诊疗实务"]
LECTURES = ["学科前沿讲座", "疑难病例研讨", "新技术学术报告"]
PLATFORM = "湖南人才市场有限公司"
OTHER_PLATFORM = "湖南大学"
UNFILED = "某某在线教育网"
REGION = "湘西自治州州直"

PEOPLE = ["姓名", "身份证号", "性别", "出生日期", "工作单位", "科室", "学历", "学位", "现职称", "现职称取得日期",
          "系列", "从事专业", "登记证书编号", "参加工作日期", "联系电话", "备注"]
RECORDS = ["身份证号", "姓名", "年度", "科目", "形式", "内容", "主办单位", "平台", "注册地区", "开始日期", "结束日期",
           "时段", "名次", "级别", "来源", "数量", "通过", "证书学时", "刊号", "任务", "考核结果", "证书编号", "与专业相关", "班次",
           "证明材料", "备注"]
DEEMED = ["身份证号", "年度", "事由", "科目", "学时", "依据", "证明材料"]
SLIPS = ["身份证号", "单号", "出具单位", "出具日期", "起始年度", "截止年度", "学时", "证明材料"]
APPLICANTS = ["身份证号", "申报年度", "申报级别", "申报系列", "申报专业", "起始年度", "说明"]


def check_character(body):
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return "10X98765432"[sum(int(d) * w for d, w in zip(body, weights)) % 11]


def pdf(text):
    """A one-page PDF that says one line of ASCII."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += str(number).encode() + b" 0 obj" + body + b"endobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()


class Files:
    """Writes evidence under OUTDIR/files, each with content of its own."""

    def __init__(self, out):
        self.out = out
        self.written = set()

    def make(self, path):
        path = "files/" + path + ".pdf"
        if path not in self.written:
            self.written.add(path)
            full = os.path.join(self.out, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(pdf("made up evidence " + path.encode("unicode_escape").decode().replace("\\", "u")))
        return path


def person(rng, n, used):
    while True:
        born = datetime.date(rng.randint(1964, 1994), rng.randint(1, 12), rng.randint(1, 28))
        body = f"4331{rng.randint(1, 30):02}{born:%Y%m%d}{rng.randint(1, 999):03}"
        if body not in used:
            used.add(body)
            break
    if n < len(LONG):
        name = LONG[n]
    elif n in (20, 21):
        name = "张伟"  # the same name twice, told apart by ID
    else:
        name = rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice([1, 2, 2, 2])))
        if n % 29 == 0:
            name = name[0] + rng.choice(RARE)
    department = DEPARTMENTS[n % len(DEPARTMENTS)]
    senior = n % 3
    return {
        "姓名": name,
        "身份证号": body + check_character(body),
        "性别": "男" if int(body[16]) % 2 else "女",
        "出生日期": born.isoformat() if n % 4 else f"{born.year}.{born.month}.{born.day}",
        "科室": department,
        "学历": ["大学本科", "研究生", "大学专科"][n % 3],
        "学位": ["学士", "硕士", "", "博士"][n % 4],
        "现职称": ["副主任医师", "主治医师", "医师"][senior],
        "现职称取得日期": f"{2010 + n % 5}年12月{1 + n % 28}日",
        "系列": "卫生",
        "从事专业": department,
        "登记证书编号": f"XX{10000 + n}",
        "参加工作日期": f"{born.year + 23}/7/1",
        "联系电话": f"0743{8000000 + n}",
    }


THEME_2020 = "专业技术人员在新时代国家治理体系和治理能力现代化建设中的担当作为"


def monday(year, month, day):
    """The Monday on or after a day."""
    date = datetime.date(year, month, day)
    return date + datetime.timedelta(days=-date.weekday() % 7)


def days(year, month, day, count):
    first = monday(year, month, day)
    return first, first + datetime.timedelta(days=count - 1)


def year_of_records(rng, files, n, who, year):
    """About eight records of one person's year; what is missing is missing on purpose."""
    ident, department = who["身份证号"], who["科室"]
    tail = f"{n:05}"
    base = {"身份证号": ident, "姓名": who["姓名"], "考核结果": "合格", "与专业相关": "是"}
    short = n % 25 == 7 and year % 2 == 0       # not enough hours in some years
    bare = n % 25 == 11 and year == 2018        # evidence missing in one year
    unfiled = n % 50 == 13 and year == 2019     # a platform that is not filed

    certificate = "" if bare else f"; 结业证书={files.make(f'{year}/公需/{tail}')}"
    yield {**base, "年度": year, "科目": "公需", "形式": "网络课程", "内容": THEME_2020 if year == 2020 else f"{year}年度公需科目",
           "主办单位": "湖南省人力资源和社会保障厅", "平台": UNFILED if unfiled else (PLATFORM if n % 2 else OTHER_PLATFORM),
           "注册地区": REGION, "开始日期": f"{year}-04-01", "结束日期": f"{year}-04-20", "证书学时": 30,
           "证书编号": f"GX{year}{tail}", "班次": f"{year}年公需科目网络培训",
           "证明材料": f"课程内容={files.make(f'{year}/公需课程内容')}" + certificate}

    at = DEPARTMENTS.index(department)
    for term, (month, count) in enumerate([(3, 2), (7, 3), (11, 2)]):
        if short and term > 0:
            continue
        first, last = days(year, month, 5 + at, count)
        folder = f"{year}/{department}/{term + 1}"
        sessions = [f"{first}~{last} 全天", f"{first:%Y.%m.%d}-{last:%Y.%m.%d}全天",
                    f"{first:%Y年%m月%d日}至{last:%d}日 全天"][(n + term) % 3]
        if term == 1:
            sessions += f"；{last + datetime.timedelta(days=1)} 上午"
        row = {**base, "科目": "专业", "形式": "培训班" if n % 2 else 1,
               "内容": f"{TOPICS[(at + term + year) % len(TOPICS)]}培训班", "主办单位": "本院" + department,
               "开始日期": first if n % 5 else f"{first:%Y.%m.%d}", "结束日期": last + datetime.timedelta(days=term == 1),
               "时段": sessions, "班次": f"{year} {department} 第{term + 1}期",
               "证明材料": f"培训通知={files.make(folder + '通知')}; 课程表={files.make(folder + '课程表')}; "
                           f"签到表[盖章]={files.make(folder + '签到表')}"}
        yield row

    yield {**base, "科目": "专业", "形式": 3, "内容": f"{department}规范化诊疗网络课程（{year}）", "主办单位": "省医学会",
           "开始日期": f"{year}/9/1", "结束日期": f"{year}/9/15", "证书学时": 6 if short else 10,
           "证书编号": f"ZY{year}{tail}",
           "证明材料": "" if bare else
           f"课程时长={files.make(f'{year}/专业课程/{tail}时长')}；结业证书={files.make(f'{year}/专业课程/{tail}证书')}"}

    topic = LECTURES[(n + year) % 3]
    evening = monday(year, 11, 3 + (n + year) % 3 * 7)
    folder = f"{year}/讲座/{topic}"
    yield {**base, "科目": "专业", "形式": "讲座", "内容": f"{year}年{topic}", "主办单位": "州医学会", "开始日期": evening,
           "时段": f"{evening} 晚上", "班次": f"{year} {topic}",
           "证明材料": f"邀请函={files.make(folder + '邀请函')}; 参会回执[盖章]={files.make(folder + '回执')}; "
                       f"学习笔记={files.make(f'{year}/笔记/{tail}')}"}

    clinic = monday(year, 5, 11)
    yield {**base, "科目": "专业", "形式": "２", "内容": f"{year}年下乡义诊实践", "主办单位": "本院", "开始日期": f"{clinic:%Y%m%d}",
           "时段": f"{clinic:%Y%m%d} 上午、晚上", "班次": f"{year} 下乡义诊",
           "证明材料": f"实践活动通知={files.make(f'{year}/义诊通知')}; 派出通知[盖章]={files.make(f'{year}/义诊派出')}"}

    meeting = monday(year, 8, 10)
    turn = (n + year) % 7
    mine = f"{year}/个人/{tail}"
    kinds = {
        0: lambda: {"形式": 6, "内容": f"{department}临床观察（{tail}）", "来源": "论文", "名次": "第一", "刊号": "CN 43-1234/R",
            "证明材料": f"刊物封面={files.make(mine + '封面')}; 刊号页={files.make(mine + '刊号')}; 目录={files.make(mine + '目录')}"},
        1: lambda: {"形式": 5, "内容": f"{department}适宜技术推广研究（{tail}）", "来源": "政府", "名次": "参与",
            "证明材料": f"结题证明={files.make(mine + '结题')}"},
        2: lambda: {"形式": 9, "内容": "计算机应用能力考试", "数量": 2, "证书编号": f"JS{year}{tail}",
            "证明材料": f"合格证书={files.make(mine + '合格证书')}"},
        3: lambda: {"形式": 11, "内容": "在职学历教育课程", "来源": "学历教育", "通过": 3,
            "证明材料": f"成绩单={files.make(mine + '成绩单')}"},
        4: lambda: {"形式": 8, "内容": f"科技进步奖（{tail}）", "级别": "地厅级", "来源": "政府", "名次": 3 + n % 5,
            "证书编号": f"HJ{year}{tail}", "证明材料": f"获奖证书={files.make(mine + '获奖')}"},
        5: lambda: {"形式": 7, "内容": f"一种护理装置（{tail}）", "名次": "第二", "证书编号": f"ZL{year}{tail}",
            "证明材料": f"专利证书={files.make(mine + '专利')}"},
        6: lambda: {"形式": 4, "内容": f"学术年会（{year}）", "主办单位": "省医学会", "时段": f"{meeting}~{meeting.day + 1} 全天",
            "班次": f"{year} 学术年会", "证明材料": f"通讯录={files.make(f'{year}/年会通讯录')}; 报账单={files.make(mine + '报账单')}"},
    }
    if not short:
        yield {**base, "科目": "专业", "开始日期": meeting, **kinds[turn]()}


def sheet(book, name, headers, rows):
    page = book.create_sheet(name)
    page.append(headers)
    for row in rows:
        page.append([row.get(header, "") for header in headers])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--first-year", type=int, default=2015)
    parser.add_argument("--last-year", type=int, default=2020)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    rng, files, used = random.Random(202040), Files(options.out), set()
    people = [person(rng, n, used) for n in range(options.people)]
    records = [
        row
        for n, who in enumerate(people)
        for year in range(options.first_year, options.last_year + 1)
        for row in year_of_records(rng, files, n, who, year)
    ]
    slips = [
        {"身份证号": who["身份证号"], "单号": f"2018-{n:04}", "出具单位": "湘西州人力资源和社会保障局", "出具日期": "2018-06-20",
         "起始年度": 2015, "截止年度": 2017, "学时": "2015:30/60; 2016:30/72; 2017:30/60" if n % 20 else "",
         "证明材料": f"认定单={files.make(f'认定单/{n:05}')}"}
        for n, who in enumerate(people) if n % 10 == 3
    ]
    deemed = [
        {"身份证号": who["身份证号"], "年度": 2020, "事由": "疫情防控一线", "科目": "全部", "依据": "医院派遣通知",
         "证明材料": f"派遣通知={files.make(f'防疫/{n:05}派遣')}; 考核表={files.make(f'防疫/{n:05}考核')}"}
        for n, who in enumerate(people) if n % 12 == 5
    ]
    applicants = [
        {"身份证号": who["身份证号"], "申报年度": 2020,
         "申报级别": {"副主任医师": "正高", "主治医师": "副高", "医师": "中级"}[who["现职称"]],
         "申报系列": "卫生", "申报专业": who["从事专业"]}
        for n, who in enumerate(people) if n % 5 == 1 or n % 25 == 7 or n % 50 == 13
    ]
    book = Workbook(write_only=True)
    sheet(book, "人员", PEOPLE, people)
    sheet(book, "学习记录", RECORDS, records)
    sheet(book, "视同", DEEMED, deemed)
    sheet(book, "认定单", SLIPS, slips)
    sheet(book, "参评人员", APPLICANTS, applicants)
    stamp = datetime.datetime(2020, 8, 1)
    book.properties.created = book.properties.modified = stamp
    path = os.path.join(options.out, "登记.xlsx")
    book.save(path)
    print(f"{path}：人员 {len(people)}，学习记录 {len(records)}，视同 {len(deemed)}，认定单 {len(slips)}，"
          f"参评人员 {len(applicants)}，材料文件 {len(files.written)}")


if __name__ == "__main__":
    main()
