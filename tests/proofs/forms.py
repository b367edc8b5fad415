"""What a browser would send for a form of a page."""

from __future__ import annotations

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = {name: text or "" for name, text in pairs}
        name = attributes.get("name", "")
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in attributes:
            self.forms[-1][self._select] = attributes.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = ""
        elif tag == "input" and name and attributes.get("type") not in ("file", "submit"):
            ticked = attributes.get("type") not in ("radio", "checkbox") or "checked" in attributes
            if ticked:
                self.forms[-1][name] = attributes.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] += data


def form_with(page: str, field: str) -> dict[str, str]:
    """The values of the first form that has this field."""
    parser = _Forms()
    parser.feed(page)
    return next(form for form in parser.forms if field in form)
