"""A cooperative of the south with all that the national team looks after, and who may look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

from taawon.accounts.models import ApiKey, Person, StaffRole
from taawon.campaigns.models import Campaign
from taawon.catalogue.models import Category, Hold, Label, Product, Selection
from taawon.conversations.models import Dialogue, TaughtWord, Ticket, Unclear
from taawon.cooperatives import merging
from taawon.cooperatives.models import (
    Claim,
    ClaimPaper,
    Cooperative,
    ImportBatch,
    ImportRow,
    Invitation,
    Membership,
    Merge,
    Pair,
    Report,
    Revision,
)
from taawon.journal.models import Entry
from taawon.messaging.models import Message
from taawon.orders.models import Order
from taawon.reviews.models import Question, Review
from taawon.shipping.models import Rate, Zone
from tests.factories import (
    ClaimFactory,
    CooperativeFactory,
    InvitationFactory,
    LabelFactory,
    MembershipFactory,
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ProductFactory,
    QuestionFactory,
    RegionFactory,
    ReviewFactory,
    ShopFactory,
)

VISITORS = ("anonymous", "customer", "seller", "elsewhere", "agent", "editor", "administrator")

SELLER = "+212655443322"


@dataclass(frozen=True)
class World:
    coop: Cooperative
    claim: Claim
    paper: ClaimPaper
    invitation: Invitation
    product: Product
    category: Category
    label: Label
    selection: Selection
    order: Order
    review: Review
    question: Question
    person: Person
    key: ApiKey
    message: Message
    zone: Zone
    ticket: Ticket
    dialogue: Dialogue
    unclear: Unclear
    word: TaughtWord
    campaign: Campaign
    batch: ImportBatch
    row: ImportRow
    twin: Cooperative
    pair: Pair
    merge: Merge
    report: Report
    correction: Revision
    newcomer: Membership
    people: dict[str, Person]

    def browser(self, visitor: str) -> Client:
        client = Client()
        if visitor in self.people:
            client.force_login(self.people[visitor])
        return client


def world() -> World:
    coop = CooperativeFactory(phone="+212528123456")
    ShopFactory(cooperative=coop)
    product = ProductFactory(cooperative=coop, rating_sum=5, rating_count=1)
    order = OrderFactory(cooperative=coop, address="12, rue des Oliviers")
    line = OrderLineFactory(order=order, product=product)
    claim = ClaimFactory(cooperative=CooperativeFactory())
    zone = Zone.objects.create(code="everywhere", name_fr="Partout", days_from=2, days_to=4)
    Rate.objects.create(zone=zone, up_to_grams=1000, fee_centimes=3500)
    batch = ImportBatch.objects.create(
        file="registers/none",
        filename="registre.csv",
        sha256="0" * 64,
        source="Registre central",
        as_of=date(2026, 3, 1),
        state="checked",
        headings=["N°"],
    )
    row = ImportRow.objects.create(
        batch=batch,
        number=2,
        outcome="doubtful",
        candidates=[{"id": 0, "score": 80, "reasons": []}],
    )
    selection = Selection.objects.create(title_fr="De saison", title_ar="الموسم")
    return World(
        coop=coop,
        claim=claim,
        paper=paper_of(claim),
        invitation=InvitationFactory(
            cooperative=coop, told_at=coop.created_at - timedelta(hours=2)
        ),
        product=product,
        category=product.category,
        label=LabelFactory(),
        selection=selection,
        order=order,
        review=ReviewFactory(line=line, person=None, state="reported"),
        question=QuestionFactory(product=product, state="reported"),
        person=PersonFactory(phone="+212661234567", name="Amina Alaoui"),
        key=ApiKey.objects.create(name="Partenaire", prefix="abcdef01", digest="0" * 64),
        message=message("failed"),
        zone=zone,
        ticket=Ticket.objects.create(phone=SELLER, cooperative=coop, words="Mon colis"),
        dialogue=Dialogue.objects.create(phone=SELLER, voice="ary"),
        unclear=Unclear.objects.create(inbound_id=1, text="kbaltha 47", voice="ary"),
        word=TaughtWord.objects.create(word="sifto", intent="SHIP", voice="ary"),
        campaign=Campaign.objects.create(title="Foire", text_fr="Bonjour {name}."),
        batch=batch,
        row=row,
        **twins(coop, claim),
        people=_people(coop),
    )


def twins(coop: Cooperative, claim: Claim) -> dict[str, Any]:
    """An entry that is likely the same, one that went already, and who came by a code alone."""
    Cooperative.objects.filter(pk=coop.pk).update(women=12)
    twin, gone = CooperativeFactory(), CooperativeFactory(merged_into=coop)
    facts = {name: mover.move(gone.pk, coop.pk) for name, mover in merging.in_turn()}
    facts |= {"chain": [], "pair": None, "shop": {}}
    facts["entry"] = {"old": {}, "new": {}, "revision": None}
    return {
        "twin": twin,
        "pair": Pair.objects.create(first=coop, second=twin, score=90, reasons=["name"]),
        "merge": Merge.objects.create(kept=coop, gone=gone, moved=facts),
        "report": Report.objects.create(cooperative=coop, kind="name", text="Le nom est faux."),
        "correction": Revision.objects.create(
            cooperative=coop,
            source="team",
            title="Statuts",
            as_of=date(2026, 3, 1),
            at=coop.created_at - timedelta(days=1),
            changes={"women": [coop.women, 12]},
        ),
        "newcomer": MembershipFactory(cooperative=claim.cooperative, confirmed=False),
    }


def paper_of(claim: Claim, content: bytes = b"%PDF-1.7 paper", kind: str = "") -> ClaimPaper:
    file = storages["private"].save("claims/paper.bin", ContentFile(content))
    return ClaimPaper.objects.create(
        claim=claim,
        file=file,
        title="Procès-verbal",
        content_type=kind or "application/pdf",
        size=len(content),
    )


def message(state: str, **more: Any) -> Message:
    facts = {"to": "+212661234567", "text": "Salam", "key": f"k{Message.objects.count()}"}
    return Message.objects.create(state=state, **{**facts, **more})


def _people(coop: Cooperative) -> dict[str, Person]:
    north = RegionFactory(code="MA-01", name_fr="Tanger-Tétouan-Al Hoceïma")
    return {
        "customer": PersonFactory(),
        "seller": MembershipFactory(cooperative=coop, person__phone=SELLER).person,
        "elsewhere": PersonFactory(staff_role=StaffRole.AGENT, staff_region=north),
        "agent": PersonFactory(staff_role=StaffRole.AGENT, staff_region=coop.region),
        "editor": PersonFactory(staff_role=StaffRole.EDITOR),
        "administrator": PersonFactory(staff_role=StaffRole.ADMINISTRATOR, name="Nadia Idrissi"),
    }


def held(product: Product, **more: Any) -> Hold:
    Product.objects.filter(pk=product.pk).update(held=True)
    return Hold.objects.create(product=product, reason="Photo floue", **more)


def lines() -> list[tuple[str, str, int | None]]:
    """What is on record since: [("claim-approved", "staff", person id), …]"""
    rows = Entry.objects.order_by("pk").values_list("name", "channel", "person_id")
    return list(rows)


def levels(answer: Any) -> list[str]:
    """How the person was told: ["success"], ["warning"], …"""
    queued = answer.wsgi_request._messages._queued_messages
    return [message.level_tag for message in queued]
