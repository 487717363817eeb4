"""Plain data: spans, codebooks and the records that are exchanged. Knows no database and no window."""
