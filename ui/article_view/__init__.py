"""The article as coders see it: real text, with its annotations drawn around it."""

from .marks import Mark, TagLook
from .view import ArticleView

__all__ = ["ArticleView", "Mark", "TagLook"]
