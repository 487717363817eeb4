"""Describing an annotation: its attributes as a form that keys fill in."""
