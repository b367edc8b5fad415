"""All open data described as DCAT 3 (and DCAT-AP) says, in JSON-LD."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taawon.observatory import files, licence, queries, series
from taawon.observatory.series import Series
from taawon.observatory.states import Form

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGES = ("fr", "ar", "en")
_EU = "http://publications.europa.eu/resource/authority/"
_REGISTER = _("Register of Morocco’s cooperatives")
_ABOUT_REGISTER = _(
    "Every cooperative with its names, registration, field of activity, place and status. No phone,"
    " no address, nothing of a person."
)
_ALL = _("Open data on Morocco’s cooperatives")
_ABOUT_ALL = _(
    "The register of cooperatives and its figures as files and over an API, with licence, date and"
    " source."
)
_SNAPSHOTS = _("Monthly snapshots")
_ABOUT_SNAPSHOTS = _(
    "All figures of a month in one file that never changes. The checksum (SHA-256) proves it."
)
Node = dict[str, Any]


def catalog() -> Node:
    """The catalogue with its data sets; its addresses stay."""
    now = timezone.localtime().isoformat(timespec="seconds")
    return {
        "@context": _CONTEXT,
        "@id": f"{settings.SITE_URL}/api/v1/open/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _said(_ALL),
        "dct:description": _said(_ABOUT_ALL),
        "dct:publisher": _publisher(),
        "dct:license": {"@id": licence.ADDRESS},
        "dct:language": [{"@id": f"{_EU}language/{code}"} for code in ("FRA", "ARA", "ENG")],
        "dct:modified": _moment(now),
        "foaf:homepage": {"@id": f"{settings.SITE_URL}/fr/observatory/data/"},
        "dcat:dataset": [_register(now), _snapshots(), *map(_series, series.ALL.values())],
        "dcat:service": _service(),
    }


def _register(now: str) -> Node:
    base = f"{settings.SITE_URL}/fr/observatory/data/register"
    return {
        **_dataset("register", _REGISTER, _ABOUT_REGISTER),
        "dct:license": {"@id": licence.ADDRESS},
        "dct:modified": _moment(now),
        "dct:accrualPeriodicity": {"@id": f"{_EU}frequency/CONT"},
        "dcat:distribution": [
            _distribution(f"{base}.{form}", files.TYPES[form], str(form.label)) for form in Form
        ],
    }


def _snapshots() -> Node:
    base = f"{settings.SITE_URL}/api/v1/open/snapshots"
    return {
        **_dataset("snapshots", _SNAPSHOTS, _ABOUT_SNAPSHOTS),
        "dct:license": {"@id": licence.ADDRESS},
        "dct:accrualPeriodicity": {"@id": f"{_EU}frequency/MONTHLY"},
        "dcat:distribution": [
            {
                **_distribution(f"{base}/{one.month}.json", "application/json", one.month),
                "dct:issued": _moment(
                    timezone.localtime(one.taken_at).isoformat(timespec="seconds")
                ),
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                    "spdx:checksumValue": one.sha256,
                },
            }
            for one in queries.snapshots()
        ],
    }


def _series(one: Series) -> Node:
    page = f"{settings.SITE_URL}/fr/observatory/{one.code}/"
    forms = (Form.CSV, Form.XLSX, Form.JSON)
    tables = [_distribution(f"{page}data.{form}", files.TYPES[form], form.label) for form in forms]
    found = {
        **_dataset(one.code, one.title, one.definition),
        "dcat:landingPage": {"@id": page},
        "dct:provenance": {
            "@type": "dct:ProvenanceStatement",
            "dct:description": _said(one.method),
        },
    }
    if not one.official:
        return {**found, "dct:license": {"@id": licence.ADDRESS}, "dcat:distribution": tables}
    # Others' figures: they are named, and no licence is given in their place.
    for table in tables:
        del table["dct:license"]
    issued = {"@type": "xsd:date", "@value": one.as_of.isoformat() if one.as_of else ""}
    creator = {"@type": "foaf:Agent", "foaf:name": _said(one.source)}
    return {
        **found,
        "dct:creator": creator,
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:endDate": issued},
        "dcat:distribution": tables,
    }


def _dataset(code: str, title: str | Promise, description: str | Promise) -> Node:
    return {
        "@id": f"{settings.SITE_URL}/api/v1/open/catalog.jsonld#{code}",
        "@type": "dcat:Dataset",
        "dct:identifier": code,
        "dct:title": _said(title),
        "dct:description": _said(description),
        "dct:publisher": _publisher(),
        "dct:spatial": {"@id": f"{_EU}country/MAR"},
    }


def _distribution(address: str, kind: str, title: str) -> Node:
    media = kind.partition(";")[0]
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": title,
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        "dct:license": {"@id": licence.ADDRESS},
    }


def _service() -> Node:
    return {
        "@id": f"{settings.SITE_URL}/api/v1/open/cooperatives",
        "@type": "dcat:DataService",
        "dct:title": _said(_REGISTER),
        "dcat:endpointURL": {"@id": f"{settings.SITE_URL}/api/v1/open/cooperatives"},
        "dcat:endpointDescription": {"@id": f"{settings.SITE_URL}/api/v1/openapi.json"},
        "dcat:servesDataset": {"@id": f"{settings.SITE_URL}/api/v1/open/catalog.jsonld#register"},
        "dct:license": {"@id": licence.ADDRESS},
    }


def _publisher() -> Node:
    return {"@id": settings.SITE_URL, "@type": "foaf:Agent", "foaf:name": settings.SITE_NAME}


def _moment(text: str) -> Node:
    return {"@type": "xsd:dateTime", "@value": text}


def _said(text: str | Promise) -> list[Node]:
    """The text in each language of the description."""
    return [{"@language": language, "@value": _in(language, text)} for language in _LANGUAGES]


def _in(language: str, text: str | Promise) -> str:
    with translation.override(language):
        return str(text)
