"""Discourse Network Analyzer (https://github.com/leifeld/dna): a SQLite file of documents and coded statements."""

from annotator.formats.dna_reading import ACTORS, detect, read
from annotator.formats.format import Format, Setting

DNA = Format(
    name="dna",
    label="Discourse Network Analyzer",
    patterns=("*.dna",),
    description="A database of documents with statements: who said what, for or against it, by each coder.",
    detect=detect,
    reads=read,
    read_settings=(
        Setting(
            ACTORS,
            "Variables that name actors",
            "person, organization, organisation",
            advice="Names of variables, with commas between; their values go into the list of actors.",
        ),
    ),
)
