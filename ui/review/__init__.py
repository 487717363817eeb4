"""What Review is made of: the places and the one at hand, the compared article, list, details, corrections."""
