"""Which texts stand in four languages (fr, ar, zgh, en), each in a column of its own."""

from modeltranslation.translator import TranslationOptions, register

from taawon.campaigns.models import Campaign


@register(Campaign)
class CampaignTranslation(TranslationOptions):
    fields = ("text",)
