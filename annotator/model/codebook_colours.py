"""Colours that are ready to be taken for a tag: each as it is on the light page and on the dark one."""

# Beside the five of the codebook that comes along (the first five). All reach a contrast of 4.5:1 on their page.
PAIRS: tuple[tuple[str, str], ...] = (
    ("#123ea5", "#5b96ef"),
    ("#227a5f", "#8fd9c6"),
    ("#673227", "#e8786a"),
    ("#ae3a91", "#d08fcd"),
    ("#73601f", "#f0d08a"),
    ("#0b6b78", "#5cc3d1"),
    ("#5b3fb8", "#b49bf5"),
    ("#b3261e", "#ff8f86"),
    ("#9a4a00", "#f0a35e"),
    ("#3f6b12", "#a6d46b"),
    ("#7a2f74", "#dba0d6"),
    ("#46505e", "#aab6c6"),
)
