"""Comparing readings of one article: what agrees, what differs, what was decided. Pure: knows no project."""
