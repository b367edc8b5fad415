"""Which texts stand in four languages (fr, ar, zgh, en), each in a column of its own."""

from modeltranslation.translator import TranslationOptions, register

from taawon.cooperatives.models import Cooperative, Sector


@register(Sector)
class SectorTranslation(TranslationOptions):
    fields = ("name",)


@register(Cooperative)
class CooperativeTranslation(TranslationOptions):
    fields = ("name", "about", "purpose")
