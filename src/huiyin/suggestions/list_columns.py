"""The columns of the congress office's list and what is said once about all of it (practice 20)."""

from __future__ import annotations

from typing import Final

from huiyin.imports.registry import Column, HeaderField, Input
from huiyin.organisations.queries import assigner_choices, assigner_names

COLUMNS: Final = (
    Column(
        field="number",
        label="编号",
        synonyms=("建议编号", "建议号", "提案编号", "提案号", "编号序号"),  # 序号 alone only counts lines
        required=True,
        example="162001",
        note="人大（政协）编的号，如 162001、闭160002。Word 原文按文件名中的这个号码自动对应。",
        width=12,
    ),
    Column(
        field="title",
        label="标题",
        synonyms=("题目", "建议标题", "建议题目", "建议名称", "提案题目", "案由", "内容摘要"),
        required=True,
        example="关于加强校园周边电子烟治理的建议",
        width=44,
    ),
    Column(
        field="kind",
        label="种类",
        synonyms=("建议种类", "建议性质"),
        example="建议",
        note="填建议、批评、意见；空着按建议。",
        width=10,
    ),
    Column(
        field="lead",
        label="领衔代表",
        synonyms=("领衔人", "提出代表", "代表姓名", "建议人", "提出人", "第一提案人", "提案者", "提案人"),
        required=True,
        example="张示例",
        width=14,
    ),
    Column(field="delegation", label="代表团", synonyms=("所属代表团", "界别", "代表团或界别"), example="第三代表团"),
    Column(field="cosigner_count", label="附议人数", synonyms=("联名人数", "附议数", "联名数"), example="2", width=10),
    Column(
        field="cosigners",
        label="附议代表",
        synonyms=("联名代表", "附议人", "附议代表姓名", "联名提案人"),
        example="李样本、王虚构",
        note="几位代表之间用顿号分开。",
        width=30,
    ),
    Column(
        field="units",
        label="承办单位",
        synonyms=("办理单位", "承办单位及分工", "主办协办单位", "承办部门"),
        required=True,
        example="主办：市检察院；协办：市中级法院、市司法局",
        note="几个单位写在一格里：“主办：…；协办：…”，或者“市检察院（主办）、市司法局（协办）”；只有一家的可以只写单位。",
        width=44,
    ),
    Column(
        field="lead_units",
        label="主办单位",
        synonyms=("主办", "牵头单位", "牵头", "主办承办单位"),
        instead_of="units",
        offered=False,
    ),
    Column(
        field="assist_units",
        label="协办单位",
        synonyms=("协办", "会办单位", "会办", "配合单位", "协办承办单位"),
        instead_of="units",
        offered=False,
    ),
    Column(
        field="part",
        label="办理方式",
        synonyms=("办理类型", "办理形式", "承办类型", "承办方式", "主办协办", "主协办", "分工"),
        offered=False,
    ),
    Column(field="assigned_on", label="交办日期", synonyms=("交办日", "交办时间"), offered=False),
    Column(field="body", label="内容", synonyms=("建议内容", "正文", "具体内容", "提案内容"), example="", width=40),
)


HEADER: Final = (
    HeaderField(
        field="assigner",
        label="交办机关",
        input=Input.CHOICE,
        required=True,
        choices=assigner_choices,
        names=assigner_names,
        remembered=True,
    ),
    HeaderField(field="list_number", label="来文号", help_text="交办文件的文号，没有可以不填。"),
    HeaderField(
        field="assigned_on", label="交办日", input=Input.DATE, required=True, help_text="答复期限从这一天起算。"
    ),
    HeaderField(
        field="received_on", label="收到日", input=Input.DATE, required=True, help_text="协办、退回期限从这一天起算。"
    ),
    HeaderField(
        field="term", label="届", input=Input.NUMBER, required=True, help_text="第十六届填 16。", remembered=True
    ),
    HeaderField(
        field="session",
        label="次会议",
        input=Input.NUMBER,
        help_text="第二次会议填 2；闭会期间的不填。",
        remembered=True,
    ),
)
