"""The tables of the directory, by what they are about."""

from taawon.cooperatives.models.imports import ImportBatch, ImportRow, Proposal
from taawon.cooperatives.models.pairs import Merge, Pair
from taawon.cooperatives.models.people import Claim, ClaimPaper, Invitation, Membership
from taawon.cooperatives.models.register import Cooperative, Revision, Sector
from taawon.cooperatives.models.reports import Report
from taawon.cooperatives.models.shops import Shop

__all__ = [
    "Claim",
    "ClaimPaper",
    "Cooperative",
    "ImportBatch",
    "ImportRow",
    "Invitation",
    "Membership",
    "Merge",
    "Pair",
    "Proposal",
    "Report",
    "Revision",
    "Sector",
    "Shop",
]
