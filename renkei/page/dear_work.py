"""Files that take seconds are made one at a time, each visitor in turn; what is quick waits for none of them.

Who waits holds no thread, sees how many are before, and gives up the place when the connection goes.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict, deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from geo.errors import RenkeiError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

MOST_WAITING = 3
"""Files that one visitor may have asked for at once."""
MOST_IN_ALL = 20
"""Waiting requests in all: more would not come in useful time."""
LONGEST_WAIT = 300.0
"""Seconds after which a request that waits is given up."""
_LOOK = 0.1
"""Seconds between two looks at whose turn it is."""


class BusyError(RenkeiError):
    """So many files are asked for that one more would not come in useful time."""


class GoneError(RenkeiError):
    """Nobody waits for the file any longer."""


class Ticket:
    """A place in the line; each is one request."""

    def __init__(self, visitor: str) -> None:
        self.visitor = visitor


class DearWork:
    """A queue in which the visitors take turns.

    Examples
    --------
    >>> queue = DearWork()
    >>> first, second = queue.ask("a"), queue.ask("b")
    >>> queue.takes(second), queue.takes(first), queue.place("a"), queue.place("b")
    (False, True, 0, 1)
    >>> queue.leave(first)
    >>> queue.takes(second)
    True
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: OrderedDict[str, deque[Ticket]] = OrderedDict()
        self._working: Ticket | None = None

    def ask(self, visitor: str) -> Ticket:
        """Take a place in the line.

        Raises
        ------
        BusyError
            When the visitor, or all together, have asked for too many.
        """
        with self._lock:
            in_all = sum(map(len, self._waiting.values()))
            if len(self._waiting.get(visitor, ())) >= MOST_WAITING or in_all >= MOST_IN_ALL:
                msg = f"いま{in_all + 1}件の出力を順番に作っています。できてから、もう一度お試しください。"
                raise BusyError(msg)
            ticket = Ticket(visitor)
            self._waiting.setdefault(visitor, deque()).append(ticket)
            return ticket

    def takes(self, ticket: Ticket) -> bool:
        """Take the turn when it has come; tell whether it has."""
        with self._lock:
            if self._working is None and self._waiting and next(iter(self._waiting.values()))[0] is ticket:
                self._working = ticket
                self._take_out(ticket)
            return self._working is ticket

    def leave(self, ticket: Ticket) -> None:
        """Give the turn on, or the place in the line."""
        with self._lock:
            if self._working is ticket:
                self._working = None
            elif ticket in self._waiting.get(ticket.visitor, ()):
                self._take_out(ticket, behind=False)

    def place(self, visitor: str) -> int | None:
        """Return how many files are made before the visitor's next; 0 while it is made, None when none is asked for."""
        with self._lock:
            if self._working is not None and self._working.visitor == visitor:
                return 0
            if visitor not in self._waiting:
                return None
            return list(self._waiting).index(visitor) + (self._working is not None)

    @asynccontextmanager
    async def turn(self, visitor: str, gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
        """Wait for the visitor's turn.

        Parameters
        ----------
        visitor
            Who asks.
        gone
            Tells whether nobody waits any longer.

        Raises
        ------
        BusyError
            When too many are asked for, or when the turn does not come.
        GoneError
            When nobody waits any longer.
        """
        ticket = self.ask(visitor)
        end = time.monotonic() + LONGEST_WAIT
        try:
            while not self.takes(ticket):
                if await gone():
                    raise GoneError
                if time.monotonic() > end:
                    msg = "込み合っていて作れませんでした。しばらくしてからもう一度お試しください。"
                    raise BusyError(msg)
                await asyncio.sleep(_LOOK)
            yield
        finally:
            self.leave(ticket)

    def _take_out(self, ticket: Ticket, *, behind: bool = True) -> None:
        """Take a ticket out; the visitor's further ones then stand behind those of the others."""
        own = self._waiting[ticket.visitor]
        own.remove(ticket)
        if not own:
            del self._waiting[ticket.visitor]
        elif behind:
            self._waiting.move_to_end(ticket.visitor)
