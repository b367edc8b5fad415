"""Which texts stand in four languages (fr, ar, zgh, en), each in a column of its own."""

from modeltranslation.translator import TranslationOptions, register

from taawon.catalogue.models import Category, Label, Product, Selection


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name",)


@register(Label)
class LabelTranslation(TranslationOptions):
    fields = ("name", "short")


@register(Product)
class ProductTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Selection)
class SelectionTranslation(TranslationOptions):
    fields = ("title",)
