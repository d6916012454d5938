"""A wording in Chinese and English, as model and form files carry it."""

from msgspec import Struct


class Text(Struct, frozen=True, kw_only=True):
    """Hold one wording in both languages; an empty language falls back to the other."""

    zh: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """Return the wording in `language` ("zh…" or "en…"), or the other one where it is missing."""
        return (self.zh or self.en) if language.startswith("zh") else (self.en or self.zh)
