"""Papers as the office prints them, all people and places invented."""

from datetime import date

from huiyin.gongwen.structure import (
    Annex,
    Column,
    Form,
    Heading,
    Letter,
    ListPaper,
    Paragraph,
    Row,
    Table,
    blocks_of,
    label,
    value,
)

BODY = """
您提出的《关于加强校园周边未成年人保护检察工作的建议》收悉，现答复如下：
一、关于推动校园周边综合治理
（一）开展专项监督。今年3月以来，我院会同市教育局、市公安局对全市126所中小学周边200米范围内的经营场所开展联合巡查，发现向未成年人出售烟酒、彩票等问题37件，已发出检察建议9份，相关单位均在规定期限内整改并书面回复。
（二）建立常态化机制。我院与市教育局联合制定了《校园周边未成年人保护协作办法（试行）》，明确每学期开学后一个月内开展一次联合检查，检查结果向学校和家长委员会通报，并同步抄告属地街道，做到问题有人管、整改有人盯、结果有人问。
1.线索移送方面。学校发现侵害未成年人权益线索的，应当在24小时内报告，我院设专人对接，三日内反馈初步处理意见。
2.跟踪回访方面。对已整改问题，三个月后组织“回头看”，邀请人大代表、教师代表和家长代表共同参加，回访结果逐项记录在案。
（1）回访记录由承办部门保存，纳入年度考核。
（2）回访中发现反弹的，依法启动公益诉讼程序。
二、关于加强法治副校长工作
您建议“让法治副校长真正走进课堂”，我们完全赞同。目前全市检察机关共有68名检察官担任法治副校长，覆盖中小学102所。下一步，我院将在2026年9月底前实现全市中小学全覆盖，每名法治副校长每学期授课不少于2次，并建立授课评价制度，由学生和教师匿名打分，结果作为续聘依据。
三、关于涉罪未成年人帮教
我院已与市民政局、团市委签订协议，依托社会工作服务机构对涉罪未成年人开展“一人一策”帮教。2025年以来共帮教53人，其中46人顺利回归学校或者就业，占86.8%。对您提出的增加心理疏导力量的建议，我院已列入2026年工作计划，拟新聘心理咨询师6名，10月底前到位，并将到位情况专门向您报告。
四、关于承诺事项
上述承诺事项由我院第六检察部负责，办理进展将在2026年11月30日前再次书面向您反馈。
"""

FEEDBACK = Form(
    title="人大代表建议办理情况征询意见表",
    widths=(3, 5, 3.2, 3.4),
    meta=("编号：第162008号", "送达日期：　　年　　月　　日"),
    rows=(
        Row((label("建议题目"), value("关于加强校园周边未成年人保护检察工作的建议", span=3))),
        Row((label("领衔代表"), value("赵样例"), label("承办单位"), value("样本市人民检察院"))),
        Row((label("办理态度"), value("□满意　　□基本满意　　□不满意", span=3))),
        Row((label("办理结果"), value("□满意　　□基本满意　　□不满意", span=3))),
        Row((label("是否面商"), value("□当面　□电话　□未沟通"), label("是否同意公开"), value("□同意　□不同意"))),
        Row((label("具体意见\n和建议"), value("", span=3)), height=70),
    ),
    signatures=("代表签名：", "日期：　　年　　月　　日"),
    notes=("请于收到答复之日起15个工作日内填写并寄回样本市人民检察院办公室，也可以拍照后通过代表联络平台提交。",),
)


def reply_letter(**changes: object) -> Letter:
    facts: dict[str, object] = {
        "organ": "样本市人民检察院",
        "number": "样检函〔2026〕12号",
        "mark": "A",
        "signer": "钱示例",
        "title": "关于市十六届人大二次会议第162008号建议的答复",
        "salutation": "赵样例代表：",
        "body": blocks_of(BODY),
        "closing": "感谢您对检察工作的关心和支持。",
        "attachments": ("人大代表建议办理情况征询意见表",),
        "signatures": ("样本市人民检察院",),
        "signed_on": date(2026, 6, 8),
        "notes": ("联系人：孙演示，联系电话：1000000-0001；本答复可以公开",),
        "copies": ("市人大常委会代表工作委员会", "市人民政府督查室"),
        "enclosures": (FEEDBACK,),
    }
    return Letter(**{**facts, **changes})


def rich_letter() -> Letter:
    table = Table(
        (("事项", "责任部门", "完成时限"), ("法治副校长全覆盖", "第六检察部", "2026年9月底")), (50.0, 25.0, 25.0)
    )
    return reply_letter(
        body=(Paragraph("现答复如下："), Heading(1, "一、承诺"), table, Paragraph("以上事项逐项落实。")),
        attachments=("承诺事项清单", "人大代表建议办理情况征询意见表"),
        annexes=(
            Annex("承诺事项清单", (table, Paragraph("清单每季度更新一次。"))),
            Annex("法治副校长名单", (Paragraph("名单另行发送。"),)),
        ),
        signatures=("示例省样本市沙盒区人民检察院", "沙盒区人民法院"),
        printed_by="样本市人民检察院办公室",
        printed_on=date(2026, 6, 9),
    )


HANDLING = Form(
    title="拟　办　单",
    organ="样本市人民检察院",
    meta=("收文编号：〔2026〕收47号", "来文机关：市人大常委会代表工作委员会", "收文日期：2026年3月2日"),
    widths=(2.6, 6, 3, 2, 3.4),
    rows=(
        Row((label("来文标题"), value("关于交办市十六届人大二次会议代表建议的通知", span=4))),
        Row((label("编号"), label("建议题目"), label("主办"), label("协办"), label("部门期限"))),
        *(
            Row(
                (
                    value(f"1620{n:02d}"),
                    value(f"关于第{n}项检察工作的建议"),
                    value("第六检察部"),
                    value("—"),
                    value("2026年5月8日"),
                )
            )
            for n in range(8, 14)
        ),
        Row(
            (
                label("拟办意见"),
                value(
                    "建议由第六检察部主办，请于2026年5月8日前提出答复意见稿，报李副检察长审定后按程序办理。\n妥否，请批示。",
                    span=4,
                ),
            ),
            height=24,
        ),
        Row((label("办公室\n负责人"), value("", span=4)), height=18),
        Row((label("院领导\n批示"), value("", span=4)), height=28),
        Row((label("检察长\n批示"), value("", span=4)), height=28),
    ),
    signatures=("经办人：周样本", "联系电话：1000000-0002", "2026年3月3日"),
)

REGISTER = ListPaper(
    title="代表建议登记（台账）表",
    organ="样本市人民检察院",
    meta=("届次：市十六届人大二次会议", "打印日期：2026年6月9日"),
    columns=(
        Column("编号", 1.6, is_centred=True),
        Column("题目", 5),
        Column("领衔", 1.6, is_centred=True),
        Column("联名数", 1.2, is_centred=True),
        Column("代表团", 2),
        Column("角色", 1.2, is_centred=True),
        Column("交办日", 2, is_centred=True),
        Column("期限", 2, is_centred=True),
        Column("承办部门", 2.2),
        Column("进度", 1.6, is_centred=True),
        Column("满意度", 1.6, is_centred=True),
    ),
    rows=tuple(
        (
            f"1620{n:02d}",
            f"关于加强第{n}类公益诉讼检察监督、推动行业治理并定期向代表通报进展的建议",
            "赵样例",
            str(n % 7),
            "沙盒区代表团",
            "主办",
            "2026-03-02",
            "2026-06-02",
            "第八检察部",
            "已答复",
            "满意",
        )
        for n in range(1, 46)
    ),
    notes=("注：期限为法定答复期限，遇法定节假日顺延。",),
)
