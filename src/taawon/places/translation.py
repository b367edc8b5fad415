"""Which texts stand in four languages (fr, ar, zgh, en), each in a column of its own."""

from modeltranslation.translator import TranslationOptions, register

from taawon.places.models import Commune, Province, Region


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name", "seat")


@register(Province)
class ProvinceTranslation(TranslationOptions):
    fields = ("name",)


@register(Commune)
class CommuneTranslation(TranslationOptions):
    fields = ("name",)
