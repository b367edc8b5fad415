"""The shapes of open data: rows of the register as the files of the observatory have them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class RegisterRow(BaseModel):
    """Nothing of a person: no phone, no address. Codes come with their French and Arabic names."""

    id: int
    url: str
    name_fr: str
    name_ar: str
    name_zgh: str
    name_en: str
    registration_kind: str
    registration_number: str
    court: str
    registered_on: str | None
    status: Literal["active", "inactive", "dissolved", "struck_off"]
    sector: str
    sector_fr: str
    sector_ar: str
    region: str
    region_fr: str
    region_ar: str
    province: str
    province_fr: str
    province_ar: str
    commune: str | None
    commune_fr: str
    commune_ar: str
    women: int | None
    men: int | None
    capital_centimes: int | None
    is_womens: bool
    is_youth: bool
    sells_online: bool
    source: Annotated[str, Field(description="Who says that the entry exists.")]
    source_date: Annotated[str | None, Field(description="As of which day it says so.")]


class Words(BaseModel):
    publisher: Annotated[str, Field(description="Who is to be named.")]
    source: Annotated[
        str, Field(description="The same as `publisher`.", json_schema_extra={"deprecated": True})
    ]
    licence: str
    as_of: str


class Register(Words):
    next: Annotated[str | None, Field(description="The path of the next page, or null.")]
    results: list[RegisterRow]


class Change(BaseModel):
    id: int
    cooperative: Annotated[
        RegisterRow | None, Field(description="Null where it left the register.")
    ]


class Changes(Words):
    cursor: Annotated[str, Field(description="What to send as `since` next time.")]
    more: Annotated[bool, Field(description="Whether there is more at once.")]
    results: list[Change]
