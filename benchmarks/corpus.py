"""What is measured on: seeded articles with spans, made by `benchmarks/make_corpus.py` of the outside data."""

import json
import os
import random
import runpy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "corpus"  # git-ignored; what takes long to make stays here
CODER = "Coder A"
Triple = tuple[int, int, str]  # start, end, tag


class NoCorpus(Exception):
    """The folder of outside data was not found."""


@dataclass(frozen=True)
class Article:
    """A text with the spans of one coder."""

    text: str
    spans: list[Triple]

    def as_line(self, coder: str = CODER) -> str:
        """The article as a line of the product's own format."""
        annotations = [{"coder": coder, "tag": tag, "spans": [[start, end]]} for start, end, tag in self.spans]
        return json.dumps({"text": self.text, "annotations": annotations}, ensure_ascii=False) + "\n"


class Corpus:
    """Made anew in each process, which takes a second; the same seed gives the same articles."""

    @cached_property
    def _maker(self) -> dict[str, Any]:
        shared = Path(os.environ.get("ANNOTATOR_SHARED", ROOT.parent / "shared"))
        script = shared / "benchmarks" / "make_corpus.py"
        if not script.is_file():
            raise NoCorpus(f"Set ANNOTATOR_SHARED: there is no {script.name} in {shared.name}/benchmarks.")
        return runpy.run_path(str(script))

    def texts(self, count: int) -> list[str]:
        """The first articles, of about 3.7 kB each."""
        return list(self._maker["articles"](count, random.Random(self._maker["SEED"])))

    def articles(self, count: int, spans: int) -> list[Article]:
        """The first articles with so many spans each."""
        rng = random.Random(self._maker["SEED"] + spans)
        return [Article(text, self._maker["spans"](text, spans, rng)) for text in self.texts(count)]

    def large(self, annotations: int) -> Article:
        """One document with so many annotations, 50 to 3.7 kB: 10,000 make 740 kB."""
        rng = random.Random(self._maker["SEED"] + annotations)
        return Article(*self._maker["big"](annotations, rng))

    def one_paragraph(self, characters: int) -> Article:
        """One paragraph of so many characters, as densely annotated as the others."""
        text = " ".join(" ".join(self.texts(1 + characters // 3000)).split())[:characters]
        rng = random.Random(self._maker["SEED"])
        return Article(text, self._maker["spans"](text, characters // 74, rng))

    def text_files(self, count: int) -> Path:
        """A folder with the first articles as text files, one each; kept for the next time."""
        folder = FOLDER / f"texts-{count}"
        if not folder.is_dir():
            draft = FOLDER / f"draft-{count}-{os.getpid()}"
            draft.mkdir(parents=True)
            for number, text in enumerate(self.texts(count)):
                (draft / f"article{number:05d}.txt").write_text(text, encoding="utf-8")
            draft.rename(folder)
        return folder
