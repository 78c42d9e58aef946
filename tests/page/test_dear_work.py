import threading
from contextlib import contextmanager

import pytest

from renkei.page.dear_work import MOST_IN_ALL, MOST_WAITING, BusyError, DearWork


class Visitors:
    """Starts requests in threads, in a known order, and lets the work go on when told."""

    def __init__(self, queue):
        self.queue, self.done, self.go = queue, [], threading.Semaphore(0)
        self.threads = []

    def ask(self, visitor):
        before = self.queue.ahead_of("")

        def work():
            with self.queue.turn(visitor):
                self.go.acquire()
                self.done.append(visitor)

        thread = threading.Thread(target=work)
        thread.start()
        self.threads.append(thread)
        while self.queue.ahead_of("") == before and thread.is_alive() and before < 2:
            pass
        while not self._in_line(len(self.threads)):
            pass

    def _in_line(self, wanted):
        with self.queue._changed:
            waiting = sum(map(len, self.queue._waiting.values()))
            return waiting + (self.queue._working is not None) + len(self.done) >= wanted

    @contextmanager
    def finishing(self):
        yield
        for _ in self.threads:
            self.go.release()
        for each in self.threads:
            each.join()


def test_visitors_take_turns():
    visitors = Visitors(DearWork())
    with visitors.finishing():
        for visitor in ("a", "a", "a", "b", "c"):
            visitors.ask(visitor)
    assert visitors.done == ["a", "a", "b", "c", "a"]


def test_one_visitor_cannot_fill_the_queue():
    visitors = Visitors(DearWork())
    with visitors.finishing():
        for _ in range(MOST_WAITING + 1):
            visitors.ask("a")
        with pytest.raises(BusyError, match="順番"), visitors.queue.turn("a"):
            pass
        visitors.ask("b")
    assert visitors.done.count("b") == 1


def test_a_fault_gives_the_turn_on():
    queue = DearWork()
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), queue.turn("a"):
            raise ZeroDivisionError
    with queue.turn("b"):
        assert queue.ahead_of("c") == 1
    assert MOST_IN_ALL > MOST_WAITING
