"""Several people, several files: who codes what, packages out and home, colleagues' files in."""
