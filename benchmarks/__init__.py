"""How fast the product is, beside the same work done bare. `python -m benchmarks` runs it; README.md tells the rest."""
