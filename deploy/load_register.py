"""Load a register of cooperatives into the directory, each entry once:

    REGISTER=register.csv BY=0612345678 taawon shell -v 0 < deploy/load_register.py

REGISTER is a table in UTF-8 with the columns name_fr, name_ar, registration_number,
registration_kind (register or agrement), sector, province, registered_on (2019-04-02), phone,
women, men; BY is the phone of an administrator. What is refused is printed with its line.
"""

import csv
import os
from datetime import date

from taawon.accounts.models import Person
from taawon.cooperatives.services import registry
from taawon.core.actor import Actor, Channel
from taawon.core.errors import Refused
from taawon.core.phone import normalise

administrator = Person.objects.get(phone=normalise(os.environ["BY"]))
by = Actor(person_id=administrator.pk, channel=Channel.STAFF)
with open(os.environ["REGISTER"], encoding="utf-8-sig") as file:
    for number, row in enumerate(csv.DictReader(file), start=2):
        try:
            registry.add(
                names={"fr": row["name_fr"], "ar": row["name_ar"]},
                registration_number=row["registration_number"],
                registration_kind=row["registration_kind"],
                sector_code=row["sector"],
                province_code=row["province"],
                registered_on=date.fromisoformat(row["registered_on"]),
                phone=row["phone"],
                women=int(row["women"] or 0),
                men=int(row["men"] or 0),
                is_womens=bool(int(row["women"] or 0)) and not int(row["men"] or 0),
                by=by,
            )
        except Refused as refusal:
            print(f"line {number}: {refusal}")
