"""What a text means, in French, Arabic, Darija, Tamazight or English: words alone, no database."""

from taawon.sms.language.parse import understand
from taawon.sms.language.understanding import Option, Understanding

__all__ = ["Option", "Understanding", "understand"]
