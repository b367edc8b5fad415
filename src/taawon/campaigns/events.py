"""What the journal keeps of campaigns. Ids and counts; never a number or a text."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignEvent(Event):
    campaign_id: int

    @property
    def subject(self) -> str:
        return f"campaigns.campaign:{self.campaign_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignWritten(CampaignEvent):
    name = "campaign-written"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignTried(CampaignEvent):
    """Its texts went to the phone of whoever tried it."""

    name = "campaign-tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSubmitted(CampaignEvent):
    """It waits for a second person. `people`: how many may be written to at that moment."""

    name = "campaign-submitted"
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSentBack(CampaignEvent):
    name = "campaign-sent-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignStarted(CampaignEvent):
    name = "campaign-started"
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPaused(CampaignEvent):
    name = "campaign-paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResumed(CampaignEvent):
    name = "campaign-resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignStopped(CampaignEvent):
    name = "campaign-stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFinished(CampaignEvent):
    name = "campaign-finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRemoved(CampaignEvent):
    """A draft was thrown away."""

    name = "campaign-removed"
