"""Files that take seconds are made one at a time, each visitor in turn; what is quick waits for none of them."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geo.errors import RenkeiError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_WAITING = 3
"""Files that one visitor may have asked for at once."""
MOST_IN_ALL = 20
"""Waiting requests in all: each holds a thread of the server."""
LONGEST_WAIT = 300.0
"""Seconds after which a request that waits is given up."""


class BusyError(RenkeiError):
    """So many files are asked for that one more would not come in useful time."""


class DearWork:
    """A queue in which the visitors take turns.

    Examples
    --------
    >>> queue = DearWork()
    >>> with queue.turn("127.0.0.1"):
    ...     queue.ahead_of("127.0.0.1")
    1
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, deque[object]] = OrderedDict()
        self._working: object | None = None

    def ahead_of(self, visitor: str) -> int:
        """Return how many files are made before the next one of a visitor: one of each other, and the visitor's own."""
        with self._changed:
            own = len(self._waiting.get(visitor, ()))
            others = sum(min(len(asked), own + 1) for name, asked in self._waiting.items() if name != visitor)
            return own + others + (self._working is not None)

    @contextmanager
    def turn(self, visitor: str) -> Iterator[None]:
        """Wait for the visitor's turn.

        Raises
        ------
        BusyError
            When the visitor, or all together, have asked for too many; or when the turn does not come.
        """
        ticket = object()
        with self._changed:
            self._ask(visitor, ticket)
            came = self._changed.wait_for(lambda: self._working is None and self._next() is ticket, LONGEST_WAIT)
            self._leave(visitor, ticket)
            if not came:
                msg = "込み合っていて作れませんでした。しばらくしてからもう一度お試しください。"
                raise BusyError(msg)
            self._working = ticket
        try:
            yield
        finally:
            with self._changed:
                self._working = None
                self._changed.notify_all()

    def _ask(self, visitor: str, ticket: object) -> None:
        own = self._waiting.get(visitor, ())
        in_all = sum(map(len, self._waiting.values()))
        if len(own) >= MOST_WAITING or in_all >= MOST_IN_ALL:
            msg = f"いま{in_all + 1}件の出力を順番に作っています。できてから、もう一度お試しください。"
            raise BusyError(msg)
        self._waiting.setdefault(visitor, deque()).append(ticket)

    def _next(self) -> object | None:
        return next(iter(self._waiting.values()))[0] if self._waiting else None

    def _leave(self, visitor: str, ticket: object) -> None:
        """Take a ticket out, and let the visitor's further ones stand behind those of the others."""
        own = self._waiting[visitor]
        own.remove(ticket)
        del self._waiting[visitor]
        if own:
            self._waiting[visitor] = own
        self._changed.notify_all()
