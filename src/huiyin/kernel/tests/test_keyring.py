import json
from threading import Barrier, Thread

import pytest

from huiyin.kernel.crypto import index_mark
from huiyin.kernel.keyring import KeyFileBroken, KeyFileUnsafe, KeyRing, KeyRingFile, Suite

pytestmark = pytest.mark.pure


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.json"


class TestKeyRing:
    def test_comes_back_from_its_file(self, path):
        ring = KeyRing.new(Suite.CHINESE).rotate(Suite.INTERNATIONAL)
        ring.save(path)
        assert KeyRing.load(path) == ring

    def test_lies_where_only_its_owner_reads(self, path):
        KeyRing.load_or_create(path)
        assert path.stat().st_mode & 0o777 == 0o600
        KeyRing.load(path).rotate().save(path)
        assert path.stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
    def test_is_refused_when_others_may_read_it(self, path, mode):
        KeyRing.new().save(path)
        path.chmod(mode)
        with pytest.raises(KeyFileUnsafe, match="chmod 600"):
            KeyRing.load(path)

    def test_shows_no_secret_when_printed(self):
        ring = KeyRing.new()
        assert repr(ring.current_key.secret) not in repr(ring)
        assert repr(ring.index_secret) not in repr(ring)

    def test_is_made_once(self, path):
        assert KeyRing.load_or_create(path) == KeyRing.load_or_create(path)

    def test_is_one_for_all_who_start_together(self, path):
        start, rings = Barrier(8), []

        def begin():
            start.wait()
            rings.append(KeyRing.load_or_create(path))

        threads = [Thread(target=begin) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(rings) == 8
        assert len(set(rings)) == 1

    def test_leaves_no_drafts_beside_its_file(self, path):
        KeyRing.load_or_create(path).rotate().save(path)
        assert list(path.parent.iterdir()) == [path]

    def test_of_a_missing_file_is_missed(self, path):
        with pytest.raises(FileNotFoundError):
            KeyRing.load(path)

    @pytest.mark.parametrize(
        "damage",
        [
            lambda content: content.pop("index"),
            lambda content: content.update(format=2),
            lambda content: content.update(keys=[]),
            lambda content: content["keys"].append(content["keys"][0]),
            lambda content: content["keys"][0].update(algorithm="ROT13"),
            lambda content: content["keys"][0].update(secret="AAAA"),
            lambda content: content["keys"][0].update(id=0),
            lambda content: content["keys"][0].update(id="1"),
            lambda content: content["index"].update(secret="?"),
        ],
    )
    def test_is_refused_when_damaged(self, path, damage):
        KeyRing.new().save(path)
        content = json.loads(path.read_text())
        damage(content)
        path.write_text(json.dumps(content))
        with pytest.raises(KeyFileBroken, match="备份"):
            KeyRing.load(path)

    @pytest.mark.parametrize("content", ["", "[]", "{", "null"])
    def test_is_refused_when_it_is_something_else(self, path, content):
        path.touch(0o600)
        path.write_text(content)
        with pytest.raises(KeyFileBroken):
            KeyRing.load(path)

    def test_keeps_its_index_key_through_rotations(self):
        ring = KeyRing.new()
        assert ring.rotate(Suite.CHINESE).index_secret == ring.index_secret
        assert ring.rotate(Suite.CHINESE).index_algorithm == ring.index_algorithm

    def test_takes_a_new_index_key_and_keeps_the_former(self, path):
        ring = KeyRing.new()
        changed = ring.with_new_index(Suite.CHINESE)
        assert changed.index_secret != ring.index_secret
        assert changed.index_algorithm.name == "HMAC_SM3"
        assert [key.secret for key in changed.former_indexes] == [ring.index_secret]
        changed.save(path)
        assert KeyRing.load(path) == changed

    def test_reads_a_file_from_before_index_keys_changed(self, path):
        KeyRing.new().save(path)
        content = json.loads(path.read_text())
        del content["former"]
        path.write_text(json.dumps(content))
        assert KeyRing.load(path).former_indexes == ()

    def test_forgets_an_old_key_and_never_gives_its_number_again(self, path):
        ring = KeyRing.new().rotate().without(1)
        ring.save(path)
        assert [key.key_id for key in KeyRing.load(path).rotate().keys] == [2, 3]

    def test_never_forgets_the_current_key(self):
        with pytest.raises(ValueError, match="current"):
            KeyRing.new().without(1)

    def test_tells_index_keys_apart(self):
        ring = KeyRing.new()
        assert index_mark(ring) == index_mark(ring.rotate()) != index_mark(ring.with_new_index())


class TestKeyRingFile:
    def test_follows_a_rotation_without_restart(self, path):
        KeyRing.new().save(path)
        ring = KeyRingFile(path)
        assert ring() is ring()
        ring().rotate().save(path)
        assert ring().current_key.key_id == 2

    def test_loses_no_key_of_several_who_add_one_at_once(self, path):
        KeyRing.new().save(path)
        start = Barrier(8)

        def add():
            start.wait()
            KeyRingFile(path).change(KeyRing.rotate)

        threads = [Thread(target=add) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [key.key_id for key in KeyRing.load(path).keys] == list(range(1, 10))
