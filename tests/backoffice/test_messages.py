"""Messages on their way out: no number, no code, no secret of a link is shown."""

from __future__ import annotations

from taawon.backoffice.outbox import hidden
from taawon.messaging.models import Lane
from tests.backoffice.build import lines, message


def test_what_is_shown(house):
    secret = "Suivre : https://taawon.ma/fr/orders/ABCD2345/?key=s3cr3t"
    message("sent", text=secret)
    message("failed", text="123456 est votre code", lane=Lane.CODE)
    message("failed", to="amina@example.ma", via="email")
    administrator = house.browser("administrator")

    answer = administrator.get("/backoffice/messages/")
    rows = [(row["to"], row["text"], row["may_retry"]) for row in answer.context["rows"]]

    assert rows == [
        ("a…@example.ma", "Salam", True),
        ("…67", "", False),
        ("…67", "Suivre : https://taawon.ma/fr/orders/ABCD2345/?…", False),
        ("…67", "Salam", True),
    ]
    for word in ("123456", "s3cr3t", "61 23 45", "61234567"):
        assert word not in answer.content.decode()
        assert word not in administrator.get("/backoffice/messages/?file=csv").getvalue().decode()
    sent = administrator.get("/backoffice/messages/?state=sent").context["rows"]
    assert [row["text"] for row in sent] == [rows[2][1]]
    assert hidden("") == "—"


def test_a_failed_one_is_sent_again(house, post_box):
    administrator = house.browser("administrator")

    answer = administrator.post(f"/backoffice/messages/{house.message.pk}/retry/")

    assert answer["Location"] == "/backoffice/messages/"
    house.message.refresh_from_db()
    assert house.message.state in ("queued", "sent")
    assert lines() == [("message-retried", "staff", house.people["administrator"].pk)]
    assert administrator.post("/backoffice/messages/987654/retry/").status_code == 404
    assert len(lines()) == 1
