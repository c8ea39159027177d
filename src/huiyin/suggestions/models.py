"""A suggestion's own facts, and the 拟办 sheet that routes many of them at once."""

from __future__ import annotations

from django.db import models

from huiyin.approvals.models import Approval
from huiyin.files.models import StoredFile
from huiyin.kernel.numerals import chinese_ordinal
from huiyin.matters.models import ExternalConsent, Matter
from huiyin.matters.rules import HANDLER_ROLE_LABELS
from huiyin.organisations.models import CongressBody, Department, Post, Procuratorate
from huiyin.suggestions.common_problems import PROBLEM_LABELS as PROBLEM_LABELS
from huiyin.suggestions.common_problems import TALK_LABELS as TALK_LABELS
from huiyin.suggestions.common_problems import CommonProblem as CommonProblem
from huiyin.suggestions.common_problems import Gathered as Gathered
from huiyin.suggestions.common_problems import ProblemState as ProblemState
from huiyin.suggestions.common_problems import RuleDocument as RuleDocument
from huiyin.suggestions.common_problems import RuleSigner as RuleSigner
from huiyin.suggestions.common_problems import TalkForm as TalkForm
from huiyin.suggestions.common_problems import ThemeTalk as ThemeTalk
from huiyin.suggestions.congress import CongressDue as CongressDue
from huiyin.suggestions.congress import CongressReport as CongressReport
from huiyin.suggestions.congress import CongressSending as CongressSending
from huiyin.suggestions.congress_rules import COUNTDOWN as COUNTDOWN
from huiyin.suggestions.congress_rules import OPEN_STATES as OPEN_STATES
from huiyin.suggestions.congress_rules import SECTIONS as SECTIONS
from huiyin.suggestions.congress_rules import SENDING_LABELS as SENDING_LABELS
from huiyin.suggestions.congress_rules import CongressState as CongressState
from huiyin.suggestions.congress_rules import Sending as Sending
from huiyin.suggestions.progressing import TABLE_LABELS as TABLE_LABELS
from huiyin.suggestions.progressing import ProgressLine as ProgressLine
from huiyin.suggestions.progressing import ProgressTable as ProgressTable
from huiyin.suggestions.progressing import TableState as TableState
from huiyin.suggestions.public_interest import DIRECTION_LABELS as DIRECTION_LABELS
from huiyin.suggestions.public_interest import FIELDS as FIELDS
from huiyin.suggestions.public_interest import PAPER_LABELS as PAPER_LABELS
from huiyin.suggestions.public_interest import TRANSFER_LABELS as TRANSFER_LABELS
from huiyin.suggestions.public_interest import CopyDue as CopyDue
from huiyin.suggestions.public_interest import Direction as Direction
from huiyin.suggestions.public_interest import PaperKind as PaperKind
from huiyin.suggestions.public_interest import PublicTransfer as PublicTransfer
from huiyin.suggestions.public_interest import TransferPaper as TransferPaper
from huiyin.suggestions.public_interest import TransferState as TransferState
from huiyin.suggestions.returning import RETURN_LABELS as RETURN_LABELS
from huiyin.suggestions.returning import RETURN_MOVES as RETURN_MOVES
from huiyin.suggestions.returning import RUNNING as RUNNING
from huiyin.suggestions.returning import NotOurs as NotOurs
from huiyin.suggestions.returning import ReturnState as ReturnState
from huiyin.suggestions.returning import ReturnStep as ReturnStep
from huiyin.suggestions.rules import (
    DOCKETING_LABELS,
    PROPOSAL_STATUS_LABELS,
    PROPOSER_KIND_LABELS,
    SIDE_LABELS,
    SUGGESTION_KIND_LABELS,
    ProposalStatus,
    Side,
)
from huiyin.suggestions.withdrawing import WITHDRAWAL_LABELS as WITHDRAWAL_LABELS
from huiyin.suggestions.withdrawing import WITHDRAWAL_MOVES as WITHDRAWAL_MOVES
from huiyin.suggestions.withdrawing import Withdrawal as Withdrawal
from huiyin.suggestions.withdrawing import WithdrawalPaper as WithdrawalPaper
from huiyin.suggestions.withdrawing import WithdrawalState as WithdrawalState
from huiyin.suggestions.withdrawing import WithdrawalStep as WithdrawalStep
from huiyin.suggestions.wording import number_in


class Suggestion(models.Model):
    """What only a suggestion has."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, primary_key=True, related_name="suggestion")
    kind = models.CharField("种类", max_length=12, choices=list(SUGGESTION_KIND_LABELS.items()))
    side = models.CharField("提出方", max_length=10, choices=list(SIDE_LABELS.items()))
    body = models.ForeignKey(CongressBody, null=True, on_delete=models.PROTECT, related_name="+")  # who assigned it
    term = models.PositiveSmallIntegerField("届")
    session = models.PositiveSmallIntegerField("次会议", null=True)  # null = between sessions (闭会)
    assigned_on = models.DateField("交办日")
    list_number = models.CharField("来文号", max_length=60, default="")
    lead_unit = models.CharField("主办单位", max_length=120, default="")  # when we assist
    other_units = models.CharField("会同单位", max_length=300, default="")
    proposer_kind = models.CharField("提案形式", max_length=10, choices=list(PROPOSER_KIND_LABELS.items()), default="")
    docketing = models.CharField("立案情况", max_length=14, choices=list(DOCKETING_LABELS.items()), default="")
    proposed_department = models.ForeignKey(  # null = whom the category proposes
        Department, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="拟承办部门"
    )
    signer_count = models.PositiveSmallIntegerField("联名数", default=1)  # with the lead; a list may name fewer

    class Meta:
        indexes = [models.Index(fields=["term", "session"], name="suggestions_session")]

    @property
    def session_label(self) -> str:
        """十六届二次会议, or 十六届闭会期间."""
        when = "闭会期间" if self.session is None else f"{chinese_ordinal(self.session)}次会议"
        return f"{chinese_ordinal(self.term)}届{when}"

    @property
    def session_and_number(self) -> str:
        """十六届二次会议第162001号, 十六届闭会期间第160003号; of a body's own paper its number alone."""
        if self.side == Side.BODY:
            return self.list_number
        number = self.matter.external_number or self.matter.number
        return f"{self.session_label}第{number_in(self.session, number)}号"


class KnownSession(models.Model):
    """A session of which an office has suggestions, for the filters: found without reading its register."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    term = models.PositiveSmallIntegerField("届")
    session = models.PositiveSmallIntegerField("次会议", default=0)  # 0 = between sessions (闭会)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procuratorate", "term", "session"], name="suggestions_known_session_once")
        ]


class Proposal(models.Model):
    """拟办单: who should do what by when, for one matter or a whole list (practice 11)."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, unique=True)
    status = models.CharField(max_length=8, choices=list(PROPOSAL_STATUS_LABELS.items()), default=ProposalStatus.DRAFT)
    opinion = models.TextField("拟办意见", default="")
    approval = models.ForeignKey(Approval, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["drafted_by", "request_key"], name="suggestions_proposal_once")]

    def __str__(self) -> str:
        return self.number


class ProposalRow(models.Model):
    """What is proposed for one matter."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="rows")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="proposal_rows")
    position = models.PositiveSmallIntegerField()
    leader = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")  # 领衔院领导
    opinion = models.CharField("拟办意见", max_length=500, default="")
    instruction = models.CharField("批示", max_length=500, default="")  # the leader's own words; become the routing
    changed_by_leader = models.BooleanField(default=False)

    class Meta:
        ordering = ["proposal_id", "position"]
        constraints = [models.UniqueConstraint(fields=["proposal", "matter"], name="suggestions_proposal_row_once")]


class ProposedPart(models.Model):
    """One department's or organ's proposed part of a matter."""

    row = models.ForeignKey(ProposalRow, on_delete=models.CASCADE, related_name="parts")
    role = models.CharField(max_length=10, choices=list(HANDLER_ROLE_LABELS.items()))
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey(CongressBody, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("部门办理期限", null=True)


class CaseInquiry(models.Model):
    """A question about a concrete case takes its own route and is no suggestion (代表法 59, practice 19)."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, primary_key=True, related_name="case_inquiry")
    asked_on = models.DateField("咨询日")
    asked_by_mode = models.CharField("咨询方式", max_length=20, default="")
    draft_answer = models.TextField("拟答复意见", default="")
    approval = models.ForeignKey(Approval, null=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField("答复日", null=True)
    answer_mode = models.CharField("答复方式", max_length=20, default="")
    answer_note = models.TextField("答复记录", default="")
    interference = models.CharField(
        "是否作干预记录",
        max_length=10,
        choices=[("", "未决定"), ("recorded", "作记录"), ("not", "不作记录")],
        default="",
    )
    interference_reason = models.CharField(max_length=300, default="")
    interference_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    interference_at = models.DateTimeField(null=True)


class LeadershipStudy(models.Model):
    """每年专题研究代表建议: the leadership's meeting on the suggestions of deputies (S3-23)."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField("会议日期")
    title = models.CharField("会议名称", max_length=120)
    chaired_by = models.CharField("主持人", max_length=60)
    attendees = models.CharField("参加人员", max_length=500)
    matters = models.ManyToManyField(Matter, related_name="studies")  # none: the suggestions of the year as a whole
    decisions = models.TextField("议定事项")
    minutes_number = models.CharField("纪要文号", max_length=60, default="")
    minutes = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["recorded_by", "request_key"], name="suggestions_study_once")]
        indexes = [models.Index(fields=["procuratorate", "held_on"], name="suggestions_study_held")]

    def __str__(self) -> str:
        return f"{self.held_on.isoformat()} {self.title}"


class Conversion(models.Model):
    """A numbered suggestion, or a part of it, turns out to concern a single case: proposed, then decided by the office
    head; the part becomes a sealed inquiry, what remains stays a suggestion (practice 19).

    case_title and question are emptied with the decision: from then on the inquiry alone holds them."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="conversions")
    whole = models.BooleanField("整件转办")
    case_title = models.CharField("案件", max_length=200, default="")
    question = models.TextField("转办的内容", default="")
    rest_title = models.CharField("留作建议的标题", max_length=300, default="")
    rest_body = models.TextField("留作建议的内容", default="")
    reason = models.CharField("理由", max_length=300)
    proposed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    request_key = models.UUIDField()
    verdict = models.CharField(
        max_length=8, choices=[("", "待决定"), ("agreed", "同意转办"), ("refused", "不转办")], default=""
    )
    opinion = models.CharField("意见", max_length=300, default="")
    decided_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    inquiry = models.OneToOneField(CaseInquiry, null=True, on_delete=models.PROTECT, related_name="conversion")
    consent = models.ForeignKey(ExternalConsent, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposed_by", "request_key"], name="suggestions_conversion_once"),
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(verdict=""), name="suggestions_conversion_one_open"
            ),
        ]
