import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from huiyin.kernel.crypto import NotDecryptable
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField, key_ring
from huiyin.kernel.keyring import KeyRing

pytestmark = pytest.mark.pure

A_RING = KeyRing.new()


@pytest.fixture(autouse=True)
def ring(settings):
    settings.HUIYIN_KEY_RING = A_RING


@pytest.fixture
def sample():
    with isolate_apps():

        class Sample(models.Model):
            secret = EncryptedTextField(default="", blank=True)
            other = EncryptedTextField(null=True)
            secret_index = BlindIndexField()

            class Meta:
                app_label = "kernel_samples"

        yield Sample


def read_back(field, stored):
    return field.from_db_value(stored, None, connection)


class TestEncryptedTextField:
    def test_writes_ciphertext_and_reads_text(self, sample):
        field = sample._meta.get_field("secret")
        stored = field.get_prep_value("10000000001")
        assert isinstance(stored, bytes)
        assert b"10000000001" not in stored
        assert read_back(field, memoryview(stored)) == "10000000001"

    def test_binds_the_value_to_table_and_column(self, sample):
        field, other = sample._meta.get_field("secret"), sample._meta.get_field("other")
        assert field.aad == "kernel_samples_sample.secret"
        with pytest.raises(NotDecryptable):
            read_back(other, field.get_prep_value("甲"))

    def test_keeps_empty_text_and_null_apart(self, sample):
        field = sample._meta.get_field("other")
        assert (field.get_prep_value(""), read_back(field, b"")) == (b"", "")
        assert (field.get_prep_value(None), read_back(field, None)) == (None, None)

    def test_takes_the_empty_default_of_a_migration(self, sample):
        assert sample._meta.get_field("secret").get_prep_value(b"") == b""

    def test_refuses_bytes(self, sample):
        with pytest.raises(TypeError, match="secret takes text"):
            sample._meta.get_field("secret").get_prep_value(b"\x01")

    def test_stands_in_a_binary_column(self, sample):
        field = sample._meta.get_field("secret")
        assert field.db_type(connection) == models.BinaryField().db_type(connection)

    @pytest.mark.parametrize("lookup", ["secret", "secret__contains", "secret__in"])
    def test_cannot_be_searched(self, sample, lookup):
        with pytest.raises(FieldError, match="Unsupported lookup"):
            sample.objects.filter(**{lookup: ["甲"]})

    def test_can_be_asked_for_presence(self, sample):
        assert "IS NULL" in str(sample.objects.filter(other__isnull=True).query)

    def test_raises_no_system_check(self, sample):
        assert sample.check(databases=[]) == []

    def test_migrates_as_written(self, sample):
        text, _ = MigrationWriter.serialize(sample._meta.get_field("secret").clone())
        assert text == "huiyin.kernel.fields.EncryptedTextField(blank=True, default='')"


class TestBlindIndexField:
    def test_is_an_indexed_column_of_one_digest(self, sample):
        field = sample._meta.get_field("secret_index")
        assert (field.max_length, field.db_index, field.default) == (64, True, "")

    def test_migrates_as_written(self, sample):
        text, _ = MigrationWriter.serialize(sample._meta.get_field("secret_index").clone())
        assert text == (
            "huiyin.kernel.fields.BlindIndexField(blank=True, db_index=True, default='', editable=False, max_length=64)"
        )


def a_ring():
    return A_RING


class TestKeyRingSetting:
    @pytest.mark.parametrize("value", [A_RING, lambda: A_RING, f"{__name__}.A_RING", f"{__name__}.a_ring"])
    def test_may_be_a_ring_a_callable_or_a_path_to_either(self, settings, value):
        settings.HUIYIN_KEY_RING = value
        assert key_ring() is A_RING

    def test_may_be_nothing_else(self, settings):
        settings.HUIYIN_KEY_RING = lambda: None
        with pytest.raises(TypeError, match="NoneType"):
            key_ring()
