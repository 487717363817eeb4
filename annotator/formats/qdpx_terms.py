"""The words of a REFI-QDA project file that are written and read, and the variables of our own in it."""

from annotator.formats.qdc_xml import derived_guid

NAMESPACE = "urn:QDA-XML:project:1.0"
PROJECT = "project.qde"  # in the archive, beside the folder of sources
SOURCES = "sources"
INTERNAL = "internal://"  # how a path begins that leads into that folder
ORIGIN = "annotator"  # how the origin of our files begins
GOLD = "gold"  # the id of a user that stands for a gold reading
OF_GOLD = " (gold)"  # behind the name of such a user


def variable_guid(fact: str) -> str:
    """The guid of a fact's variable, the same in every file of ours."""
    return derived_guid("variable", fact)
