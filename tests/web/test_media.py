from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

pytestmark = pytest.mark.django_db


def test_a_public_picture(client):
    name = default_storage.save("products/abc-240.jpg", ContentFile(b"jpeg"))
    answer = client.get(f"/media/{name}")
    assert b"".join(answer.streaming_content) == b"jpeg"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name",
    [
        "products/none-240.jpg",
        "../secret-key",
        "%2e%2e/taawon.sqlite3",
        "products/../../secret-240.jpg",
        "products/x.svg",
        "private/claim-240.jpg",
        "products/a%00-240.jpg",
    ],
)
def test_nothing_else(client, name):
    storages["private"].save("claim-240.jpg", ContentFile(b"secret"))
    assert client.get(f"/media/{name}").status_code == 404
