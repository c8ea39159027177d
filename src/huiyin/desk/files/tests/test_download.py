"""Opening a stored file at the desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huiyin.files import permissions, storage
from huiyin.files.operations import store
from huiyin.files.tests import samples


@pytest.fixture
def file(world, at, settings, tmp_path, monkeypatch):
    settings.HUIYIN_HOME = tmp_path
    holder = world.posts["officer_wang"]
    monkeypatch.setattr(permissions, "_sights", [lambda post, file: post == holder])
    return store(content=samples.PDF, name="建议.pdf", procuratorate=world.city, actor_key="x", at=at, rendered=True)


def ask(client, world, file, who="officer_wang", query=""):
    client.force_login(world.posts[who].staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(reverse("desk:files:download", args=[file.public_id]) + query)


class TestAFile:
    def test_is_handed_to_whoever_may_open_what_it_belongs_to(self, client, world, file):
        response = ask(client, world, file)
        assert (response.status_code, response.content) == (200, samples.PDF)
        assert response["Content-Disposition"].startswith("attachment")

    def test_of_our_own_making_may_be_shown_in_the_page(self, client, world, file):
        assert ask(client, world, file, query="?inline=1")["Content-Disposition"].startswith("inline")

    @pytest.mark.parametrize("who", ["office_head", "officer_li"])
    def test_is_not_there_for_anyone_else(self, client, world, file, who):
        assert ask(client, world, file, who).status_code == 404

    def test_is_not_there_when_its_content_is_lost(self, client, world, file):
        storage.remove(file.path)
        assert ask(client, world, file).status_code == 404

    def test_is_not_there_under_a_guessed_name(self, client, world, file):
        file.public_id = "x" * 22
        assert ask(client, world, file).status_code == 404
