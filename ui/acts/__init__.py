"""What the commands of the window do. Each module handles a few action ids of `ui.keys.registry`.

ACTS lists those that have something to do when a project is opened, `later.LATER_ACTS` all others: the window is seen
before they are made.
"""

from collections.abc import Callable

from ..desk import Desk
from .act import Act
from .looks import Looks
from .naming import Naming
from .overviewing import Overviewing
from .projects import Projects
from .standing import Standing

ACTS: tuple[Callable[[Desk], Act], ...] = (
    Looks,
    Projects,
    Naming,
    Standing,
    Overviewing,
)
