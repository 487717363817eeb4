"""Languages as articles name them: en, de-AT, fr_CA."""


def primary(language: str) -> str:
    """The language by which rules and models are chosen: of de-AT it is de."""
    return language.replace("_", "-").partition("-")[0].lower() or "en"
