"""Which texts stand in four languages (fr, ar, zgh, en), each in a column of its own."""

from modeltranslation.translator import TranslationOptions, register

from taawon.shipping.models import Zone


@register(Zone)
class ZoneTranslation(TranslationOptions):
    fields = ("name",)
