"""What the program proposes in the article at hand, and the sheets about it."""
