"""Overview: what stands in its pages, beside them, and how it is counted."""
