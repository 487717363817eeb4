"""The acts that have nothing to do before somebody presses a key or a button: made once the window is seen."""

from collections.abc import Callable

from ..desk import Desk
from .act import Act
from .actors import Actors
from .agreeing import Agreeing
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
from .leading_proposals import LeadingProposals
from .linking import Linking
from .moving import Moving
from .open_points import OpenPoints
from .pointing import Pointing
from .proposing import Proposing
from .remarks import Remarks
from .review_edges import ReviewEdges
from .review_notes import ReviewNotes
from .reviewing import Reviewing
from .same_elsewhere import SameElsewhere
from .searching import Searching
from .sharing import Sharing
from .tagging import Tagging
from .talking import Talking
from .timing import Timing
from .training import Training
from .undoing import Undoing

LATER_ACTS: tuple[Callable[[Desk], Act], ...] = (
    Tagging,
    Moving,
    OpenPoints,
    Proposing,
    LeadingProposals,
    Remarks,
    Talking,
    Describing,
    Linking,
    Documents,
    Pointing,
    Edges,
    SameElsewhere,
    Cueing,
    Actors,
    CodebookEditing,
    ArticleDetails,
    Undoing,
    Finding,
    Searching,
    Copying,
    Help,
    Sharing,
    Reviewing,
    Deciding,
    Agreeing,
    ReviewNotes,
    ReviewEdges,
    Training,
    Timing,
)
