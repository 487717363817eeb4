"""A model that the user has installed: a package that spaCy itself finds proposes names of people and organisations."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

PACKAGE = """
import spacy


def load(**_):
    made = spacy.blank("en")
    rules = made.add_pipe("entity_ruler")
    rules.add_patterns([{"label": "PERSON", "pattern": "Ilka Dornath"}, {"label": "DATE", "pattern": "Monday"}])
    return made
"""


def install(folder):
    (folder / "en_names").mkdir()
    (folder / "en_names" / "__init__.py").write_text(PACKAGE, encoding="utf-8")
    about = folder / "en_names-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: en_names\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[spacy_models]\nen_names = en_names\n", encoding="utf-8")


LOOK = """
import json
from annotator.model.codebook_yaml import default_codebook
from annotator.propose import spacy_models
from annotator.propose.proposal import Article, Known

text = "🙂 On Monday Ilka Dornath spoke."
find = spacy_models.prepare(Known(default_codebook()))
of = lambda language: [[each.tag, *each.spans[0]] for each in find(Article(text, language, []), [])]
print(json.dumps([spacy_models.models(), of("en"), of("de")]))
"""


def test_an_installed_model_proposes_actors_in_articles_of_its_language(tmp_path):
    install(tmp_path)
    # A process of its own: spaCy looks for packages once, when it is imported.
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))}
    told = subprocess.run([sys.executable, "-c", LOOK], env=settings, capture_output=True, text=True, check=True)
    text = "🙂 On Monday Ilka Dornath spoke."
    start = text.index("Ilka")
    assert json.loads(told.stdout) == [["en_names"], [["actor", start, start + len("Ilka Dornath")]], []]
