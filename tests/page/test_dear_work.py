import pytest

from renkei.page.dear_work import MOST_IN_ALL, MOST_WAITING, BusyError, DearWork, GoneError
from tests.page.asgi_client import run_apart


async def there():
    return False


def test_one_visitors_three_do_not_stand_before_anothers_one():
    queue = DearWork()
    own = [queue.ask("a") for _ in range(3)]
    other = queue.ask("b")
    assert queue.takes(own[0])
    queue.leave(own[0])
    assert not queue.takes(own[1])
    assert queue.takes(other)
    assert [queue.place("b"), queue.place("a")] == [0, 1]
    queue.leave(other)
    assert queue.takes(own[1])


def test_one_visitor_cannot_fill_the_queue():
    queue = DearWork()
    for _ in range(MOST_WAITING):
        queue.ask("a")
    with pytest.raises(BusyError, match="順番"):
        queue.ask("a")
    assert queue.takes(queue.ask("b")) is False
    for number in range(MOST_IN_ALL - MOST_WAITING - 1):
        queue.ask(f"c{number}")
    with pytest.raises(BusyError):
        queue.ask("d")


def test_the_place_in_the_line_is_told():
    queue = DearWork()
    first, second, third = (queue.ask(visitor) for visitor in "abc")
    assert [queue.place(visitor) for visitor in "abcd"] == [0, 1, 2, None]
    assert queue.takes(first)
    assert [queue.place(visitor) for visitor in "abcd"] == [0, 1, 2, None]
    queue.leave(second)
    assert [queue.place(visitor) for visitor in "abcd"] == [0, None, 1, None]
    queue.leave(first)
    assert queue.takes(third)


def test_who_goes_gives_up_the_place():
    queue = DearWork()
    working = queue.ask("a")
    assert queue.takes(working)

    async def gone():
        return True

    async def waiting():
        async with queue.turn("b", gone):
            pytest.fail("nobody waits for it")

    with pytest.raises(GoneError):
        run_apart(waiting())
    assert queue.place("b") is None


def test_a_fault_gives_the_turn_on():
    queue = DearWork()

    async def failing():
        async with queue.turn("a", there):
            raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            run_apart(failing())
    assert queue.takes(queue.ask("b"))
