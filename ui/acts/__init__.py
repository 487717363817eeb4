"""What the commands of the window do. Each module handles a few action ids of `ui.keys.registry`; ACTS lists them."""

from collections.abc import Callable

from ..desk import Desk
from .act import Act
from .actors import Actors
from .article_details import ArticleDetails
from .codebook import CodebookEditing
from .copying import Copying
from .cueing import Cueing
from .deciding import Deciding
from .describing import Describing
from .documents import Documents
from .edges import Edges
from .finding import Finding
from .help import Help
from .linking import Linking
from .looks import Looks
from .moving import Moving
from .naming import Naming
from .open_points import OpenPoints
from .overviewing import Overviewing
from .pointing import Pointing
from .projects import Projects
from .remarks import Remarks
from .review_edges import ReviewEdges
from .review_notes import ReviewNotes
from .reviewing import Reviewing
from .same_elsewhere import SameElsewhere
from .sharing import Sharing
from .standing import Standing
from .tagging import Tagging
from .training import Training
from .undoing import Undoing

ACTS: tuple[Callable[[Desk], Act], ...] = (
    Tagging,
    Edges,
    SameElsewhere,
    Cueing,
    Moving,
    OpenPoints,
    Remarks,
    Describing,
    Linking,
    Actors,
    CodebookEditing,
    Documents,
    ArticleDetails,
    Undoing,
    Finding,
    Looks,
    Projects,
    Copying,
    Pointing,
    Naming,
    Help,
    Sharing,
    Standing,
    Reviewing,
    Deciding,
    ReviewNotes,
    ReviewEdges,
    Overviewing,
    Training,
)
