"""Saying content that ships in the language of the page."""

from __future__ import annotations

from django import template

from zwerm.scans.library import Text

register = template.Library()


@register.filter
def said(text: Text, language: str) -> str:
    """The words of a text in one language."""
    return text.in_(language)
