"""Qt models over the project: long lists that read only what is seen."""
