"""Whatever a codebook says is there again after writing and reading it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.codebook import (
    ASKS,
    BARS,
    FORMS,
    PIECES,
    TAG_KEYS,
    Attribute,
    Codebook,
    Example,
    RelationType,
    Rule,
    Tag,
    Trim,
    TrimWords,
    canonical_json,
)
from annotator.model.codebook_json import codebook_from_json
from annotator.model.codebook_yaml import dump_codebook, load_codebook

WORDS = [
    "NO",
    "yes",
    "null",
    "~",
    "1.0",
    "1e3",
    "1:30",
    "2022-01-10",
    "<<",
    "=",
    "# x",
    "- x",
    "a: b",
    "'",
    '"',
    "&a",
    "*a",
]
ids = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,8}", fullmatch=True)
texts = st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    str.strip
)
maybe = st.just("") | texts
colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
extras = st.dictionaries(texts.map("x-{}".format), json_values, max_size=2)


def unique(strategy, most=3):
    return st.lists(strategy, max_size=most, unique=True).map(tuple)


def unique_ids(strategy, most=3):
    return st.lists(strategy, max_size=most, unique_by=lambda thing: thing.id).map(tuple)


examples = st.builds(Example, texts, maybe, maybe, maybe, extras)
words_of = st.none() | unique(texts)
trims = st.builds(
    Trim,
    lead=unique(texts),
    tail=unique(texts),
    punctuation=st.booleans(),
    unpaired_quotes=st.booleans(),
    keep=unique(texts),
    languages=st.lists(
        st.builds(TrimWords, st.sampled_from(["de", "fr", "uk"]), words_of, words_of, extras),
        max_size=2,
        unique_by=lambda own: own.language,
    ).map(lambda listed: tuple(sorted(listed, key=lambda own: own.language))),
    extra=extras,
)
attributes = st.one_of(
    st.builds(
        Attribute,
        id=ids,
        type=st.sampled_from(["category", "entity", "text"]),
        label=maybe,
        propose=maybe,
        ask=st.sampled_from(ASKS),
        default=maybe,
        advice=maybe,
        extra=extras,
    ),
    st.builds(Attribute, id=ids, type=st.just("enum"), values=unique(texts).filter(len), extra=extras),
    st.builds(Attribute, id=ids, type=st.just("list"), of=st.sampled_from(["text", "country", "number"])),
    st.builds(Attribute, id=ids, type=st.just("boolean"), default=st.sampled_from(["", "true", "false"])),
)


@st.composite
def codebooks(draw):
    rule_ids = draw(st.lists(ids, max_size=6, unique=True))
    rules = [Rule(rule_id, draw(texts), draw(maybe), draw(maybe), draw(extras)) for rule_id in rule_ids]
    keys = draw(st.permutations(TAG_KEYS))
    tag_ids = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    tags = tuple(
        Tag(
            id=tag_id,
            label=draw(texts),
            light=draw(colours),
            dark=draw(colours),
            keys=tuple(keys[2 * at : 2 * at + draw(st.integers(0, 2))]),
            form=draw(st.sampled_from(FORMS)),
            bar=draw(st.sampled_from(BARS)),
            pieces=draw(st.sampled_from(PIECES)),
            across_paragraphs=draw(st.booleans()),
            trim=draw(trims),
            definition=draw(maybe),
            span=draw(maybe),
            rules=tuple(rules[4 + at : 5 + at]),
            positive=tuple(draw(st.lists(examples, max_size=2))),
            negative=tuple(draw(st.lists(examples, max_size=1))),
            borderline=tuple(draw(st.lists(examples, max_size=1))),
            attributes=draw(unique_ids(attributes)),
            retired=draw(st.booleans()),
            extra=draw(extras),
        )
        for at, tag_id in enumerate(tag_ids)
    )
    ends = st.lists(st.sampled_from(tag_ids), min_size=1, unique=True).map(tuple)
    relations = st.builds(
        RelationType,
        id=ids,
        label=texts,
        from_tags=ends,
        to_tags=ends,
        max_per_from=st.none() | st.integers(1, 9),
        same_tag=st.booleans(),
        propose=maybe,
        note=maybe,
        attributes=unique_ids(attributes, 1),
        extra=extras,
    )
    return Codebook(
        id=draw(ids),
        version=draw(texts),
        title=draw(texts),
        tags=tags,
        language=draw(maybe),
        relations=draw(unique_ids(relations, 2)),
        general_rules=tuple(rules[:2]),
        boundary_rules=tuple(rules[2:4]),
        extra=draw(extras),
    )


@settings(max_examples=60, deadline=None)
@given(codebooks())
def test_a_codebook_written_and_read_again_is_the_same(book):
    assert load_codebook(dump_codebook(book)) == book
    assert codebook_from_json(canonical_json(book)) == book
