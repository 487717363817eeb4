"""Searching everything: a list of places beside the article, with the words around each, to be opened and tagged."""
