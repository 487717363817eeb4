"""What a person should know about a codebook that can be used all the same."""

from collections.abc import Iterable, Iterator

from annotator.model.codebook import Attribute, Codebook, Extra, Tag

LETTERS = "letters"  # of an attribute, kept among what is extra: value → key in the describe form
LIGHT_PAGE, DARK_PAGE = "#ffffff", "#1b1c1f"
_NO_SLIPS = ("color", "guid", "group")  # further colours; what a tag of a REFI-QDA codebook brings along
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text of ordinary size


def contrast(one: str, other: str) -> float:
    """Contrast of two colours #rrggbb, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def codebook_warnings(codebook: Codebook) -> list[str]:
    """One sentence for each thing that is allowed but will trouble coders or looks like a slip."""
    return [
        *_hard_to_see(codebook.active_tags),
        *_alike(codebook.active_tags),
        *(
            f"The tag “{tag.id}” has no key: it can be set with the mouse only."
            for tag in codebook.active_tags
            if not tag.keys
        ),
        *_unknown_rules(codebook),
        *_unknown_keys(codebook),
    ]


def _hard_to_see(tags: Iterable[Tag]) -> Iterator[str]:
    for tag in tags:
        for name, colour, page in (("light", tag.light, LIGHT_PAGE), ("dark", tag.dark, DARK_PAGE)):
            ratio = contrast(colour, page)
            if ratio < LEAST_CONTRAST:
                yield (
                    f"The {name} colour {colour} of the tag “{tag.id}” is hard to see on the {name} page: "
                    f"its contrast is {ratio:.1f}:1, and {LEAST_CONTRAST}:1 is the least."
                )


def _alike(tags: tuple[Tag, ...]) -> Iterator[str]:
    for at, tag in enumerate(tags):
        for other in tags[:at]:
            if tag.bar == other.bar:
                yield f"The tags “{other.id}” and “{tag.id}” have the same bar: only their colour tells them apart."
            if (tag.light, tag.dark) == (other.light, other.dark):
                yield f"The tags “{other.id}” and “{tag.id}” have the same colours."


def _unknown_rules(codebook: Codebook) -> Iterator[str]:
    known = {rule.id for rule in codebook.rules()}
    for tag in codebook.tags:
        for example in (*tag.positive, *tag.negative, *tag.borderline):
            if example.rule and example.rule not in known:
                yield f"An example of the tag “{tag.id}” names the rule “{example.rule}”, which is not there."


def _unknown_keys(codebook: Codebook) -> Iterator[str]:
    for tag in codebook.tags:
        yield from _slips(f"tag “{tag.id}”", {key: value for key, value in tag.extra.items() if key not in _NO_SLIPS})
        yield from _slips(f"trim rule of the tag “{tag.id}”", tag.trim.extra)
        yield from _slips_of_attributes(f"tag “{tag.id}”", tag.attributes)
    for relation in codebook.relations:
        yield from _slips(f"relation “{relation.id}”", relation.extra)
        yield from _slips_of_attributes(f"relation “{relation.id}”", relation.attributes)


def _slips_of_attributes(owner: str, attributes: Iterable[Attribute]) -> Iterator[str]:
    for attribute in attributes:
        more = {key: value for key, value in attribute.extra.items() if key != LETTERS}
        yield from _slips(f"attribute “{attribute.id}” of the {owner}", more)


def _slips(owner: str, extra: Extra) -> Iterator[str]:
    for key in extra:
        yield f"The {owner} has the key “{key}”, which this program does not know; it is kept."
