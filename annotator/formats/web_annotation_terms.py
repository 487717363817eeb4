"""The words of W3C Web Annotation that are written and read, and those of our own for which it has none."""

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OWN = {
    "annotator": "urn:annotator:",
    "title": "dcterms:title",
    "outlet": "dcterms:publisher",
    "date": "dcterms:date",
    "url": "schema:url",
    "terms": "dcterms:accessRights",
    "attribute": "annotator:attribute",
    "gold": "annotator:gold",
}
"""Terms beside the recommendation's: JSON-LD readers expand them, others pass over them."""

FACTS = {"title": "title", "outlet": "outlet", "date": "date", "url": "url", "language": "language", "rights": "terms"}
"""Field of a document → key of its text."""

TAG, VALUE, NOTE, QUESTION, FLAG, LINK = "tagging", "describing", "commenting", "questioning", "assessing", "linking"
URN = "urn:uuid:"
CONTEXT_LENGTH = 32  # code points of prefix and suffix
