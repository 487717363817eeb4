"""What the commands of the window do. Each module handles a few action ids of `ui.keys.registry`.

ACTS lists those that have something to do when a project is opened, `later.LATER_ACTS` all others: the window is seen
before they are made.
"""

from collections.abc import Callable

from ..desk import Desk
from .act import Act
from .describing import Describing
from .documents import Documents
from .linking import Linking
from .looks import Looks
from .moving import Moving
from .naming import Naming
from .open_points import OpenPoints
from .overviewing import Overviewing
from .pointing import Pointing
from .projects import Projects
from .proposing import Proposing
from .remarks import Remarks
from .standing import Standing
from .tagging import Tagging

ACTS: tuple[Callable[[Desk], Act], ...] = (
    Tagging,
    Moving,
    OpenPoints,
    Proposing,
    Remarks,
    Describing,
    Linking,
    Documents,
    Looks,
    Projects,
    Pointing,
    Naming,
    Standing,
    Overviewing,
)
