"""`python -m benchmarks.timing FILE`: what the log of timings says (docs/guide/timing.md tells how one comes by it).

Keys and pointer moves for each span, what the hand needs by the keystroke-level model (Card, Moran & Newell 1980), and,
of a person's log, the seconds from the beginning of a selection until the span is saved.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from ui.keys.registry import ACTIONS

# Seconds: a key or button, pointing, a hand's way between keyboard and mouse, making up one's mind (Card, Moran &
# Newell 1980, with a skilled typist's key).
KEY, POINT, BUTTON, HOME, MIND = 0.28, 1.1, 0.1, 0.4, 1.35
IDLE = 60.0  # seconds without an event after which nobody is at work
_RIGHT = {*"yuiophjklnm.+", "Enter", "Left", "Right", "Up", "Down", "PgUp", "PgDown", "Home", "End", "F6", "F8", "F9"}


@dataclass
class Summary:
    """What a log tells. `homing` counts ways of the hand that has the mouse; the other one lies on the keys."""

    keys: int = 0
    moves: int = 0  # of the pointer, to a press or, with the button down, to where it is let go
    buttons: int = 0  # presses and releases
    homing: int = 0
    spans: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)  # seconds from the beginning of a selection until it is saved
    worked: float = 0.0  # seconds, idle times left out

    @property
    def keys_and_moves(self) -> int:
        """Key presses and pointer moves."""
        return self.keys + self.moves

    def hand_seconds(self, minds: int = 0) -> float:
        """What the hands need by the model, and making up one's mind so many times."""
        hands = self.keys * KEY + self.moves * POINT + self.buttons * BUTTON + self.homing * HOME
        return hands + minds * MIND


def read_log(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The events of a log; a line that a power cut has left half-written is passed over."""
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and isinstance(event.get("what"), str):
            yield event


def summarise(events: Iterable[dict[str, Any]]) -> Summary:
    """Sum up a log, of one session or of many."""
    found = Summary()
    right = {action.id for action in ACTIONS if action.keys and _far(action.keys[0])}
    on_mouse, spans = True, 0
    begun: float | None = None
    before: float | None = None
    for event in events:
        what, now = event["what"], datetime.fromisoformat(event["at"]).timestamp()
        if before is not None and now - before < IDLE:
            found.worked += max(0.0, now - before)
        before = now
        if what in ("press", "release"):
            found.buttons += 1
            found.moves += bool(event.get("moved"))
            found.homing += not on_mouse
            on_mouse = True
        elif what == "key":
            found.keys += 1
            if event.get("typing") and on_mouse:
                found.homing, on_mouse = found.homing + 1, False
        elif what == "act":
            found.acts[str(event.get("id"))] += 1
            if event.get("id") in right and on_mouse:
                found.homing, on_mouse = found.homing + 1, False
        elif what == "saved":
            more = int(event.get("spans", spans)) - spans
            if more > 0:
                found.spans += more
                found.waits += [] if begun is None else [now - begun]
                begun = None
            spans += more
        elif what in ("article", "begin"):
            spans = int(event.get("spans", 0))
        if what == "selected" or (what == "press" and begun is None):
            begun = now
    return found


def _far(key: str) -> bool:
    """Whether a key lies under the right hand."""
    return key.rsplit("+", 1)[-1] in _RIGHT or key in _RIGHT or key.rsplit("+", 1)[-1].lower() in _RIGHT


def page(found: Summary) -> str:
    """The summary as text."""
    each = max(found.spans, 1)
    lines = [
        f"{found.spans:,} spans in {found.worked / 60:.1f} minutes of work (pauses over {IDLE:.0f} s left out)",
        f"{found.keys:,} keys, {found.moves:,} pointer moves: {found.keys_and_moves / each:.2f} for each span",
        f"{found.hand_seconds(found.spans) / each:.2f} s of hand work for each span by the keystroke-level model",
    ]
    if found.waits:
        lines.append(f"{median(found.waits):.2f} s from the beginning of a selection until it is saved (median)")
    if found.worked:
        lines.append(f"{found.spans * 3600 / found.worked:,.0f} spans an hour")
    lines += [f"  {name}: {number:,}" for name, number in found.acts.most_common(12)]
    return "\n".join(lines)


def main() -> int:
    """Print the summary of each log that is named."""
    if len(sys.argv) < 2:
        print("Which file? python -m benchmarks.timing timing.jsonl", file=sys.stderr)
        return 2
    for name in sys.argv[1:]:
        with Path(name).open(encoding="utf-8") as file:
            print(page(summarise(read_log(file))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
