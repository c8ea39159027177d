"""上级院交办、督办: the record by which an office above may open one matter of a lower office."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.matters.models.matter import Matter
from huiyin.matters.rules.superior import ORDER_KIND_LABELS, ORDER_STATE_LABELS, OrderState
from huiyin.organisations.models import Post, Procuratorate


class SuperiorOrder(models.Model):
    """One 交办 or 督办 of an office above (practice 1); while it runs its liaison office and leaders read the matter.

    number or ground: what it rests on; answer_by_on: a day named by hand, no book holds a length for it."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="superior_orders")
    kind = models.CharField("方式", max_length=8, choices=list(ORDER_KIND_LABELS.items()))
    state = models.CharField(max_length=8, choices=list(ORDER_STATE_LABELS.items()), default=OrderState.GIVEN)
    number = models.CharField("文号", max_length=60, default="")
    ground = models.CharField("依据", max_length=200, default="")
    reason = models.CharField("缘由", max_length=500)
    given_on = models.DateField("日期")
    answer_by_on = models.DateField("反馈期限", null=True)
    given_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    request_key = models.UUIDField()
    report = models.TextField("反馈", default="")
    reported_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_remark = models.CharField("结束说明", max_length=300, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["given_by", "request_key"], name="matters_superior_once"),
            models.UniqueConstraint(
                fields=["procuratorate", "matter"], condition=~Q(state=OrderState.ENDED), name="matters_superior_one"
            ),
        ]
        indexes = [models.Index(fields=["procuratorate", "state", "id"], name="matters_superior_state")]

    def __str__(self) -> str:
        return self.number or f"{self.given_on:%Y-%m-%d}{self.get_kind_display()}"

    @property
    def is_running(self) -> bool:
        return self.state != OrderState.ENDED
