"""The codebook as a project file holds it."""

import json

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook
from annotator.model.codebook_build import build_codebook
from annotator.model.nodes import Node, NodeError, plain_nodes


def codebook_from_json(text: str, name: str = "codebook") -> Codebook:
    """Read what `canonical_json` wrote. Raises AnnotatorError as `load_codebook`, without lines."""
    try:
        tree: Node = plain_nodes(json.loads(text))
        return build_codebook(tree)
    except NodeError as fault:
        raise AnnotatorError(f"{name}: {fault}.") from None
    except (ValueError, RecursionError):
        raise AnnotatorError(f"{name}: it is not valid JSON.") from None
