"""Reading at the bell."""

from __future__ import annotations

from huiyin.messaging.drain import drain
from huiyin.messaging.operations import mark_read
from huiyin.messaging.queries import unread_count


class TestMarkingAsRead:
    def test_is_one_message_or_all_of_the_own_post(self, world, tell, at):
        post, actor = world.posts["officer_wang"], world.act("officer_wang")
        rows = [tell(event=f"e{n}", post=post)[0] for n in range(3)]
        drain(worker="tests", at=at)
        assert mark_read(post=post, message_ids=[rows[0].pk], actor=actor, at=at) == 1
        assert unread_count(post) == 2
        assert mark_read(post=post, message_ids=None, actor=actor, at=at) == 2
        assert mark_read(post=post, message_ids=None, actor=actor, at=at) == 0

    def test_leaves_other_posts_alone(self, world, tell, at):
        row = tell(post=world.posts["chief"])[0]
        drain(worker="tests", at=at)
        wang = world.posts["officer_wang"]
        assert mark_read(post=wang, message_ids=[row.pk], actor=world.act("officer_wang"), at=at) == 0
        assert unread_count(world.posts["chief"]) == 1
