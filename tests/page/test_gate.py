"""Real attempts at the door: foreign names, foreign pages, swollen uploads; none of them reaches Streamlit."""

import pytest

from renkei.page.gate import ALLOWED, LARGEST_UPLOAD, MOST_UPLOADED, Gate, is_known

from .asgi_client import run_apart


def knock(kind="http", method="GET", path="/", body=(), gate=None, **headers):
    reached, sent = [], []

    async def app(scope, receive, send):
        reached.append(scope["path"])
        if scope["type"] == "http":
            taken = 0
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    reached.append("cut")
                    break
                taken += len(message.get("body", b""))
                if not message.get("more_body"):
                    break
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    parts = list(body) or [b""]
    messages = [
        {"type": "http.request", "body": part, "more_body": at < len(parts) - 1} for at, part in enumerate(parts)
    ]

    async def receive():
        return messages.pop(0)

    async def send(message):
        sent.append(message)

    listed = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    scope = {"type": kind, "method": method, "path": path, "headers": listed}
    run_apart((gate or Gate(app))(scope, receive, send))
    return reached, sent


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "", "localhost.evil"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_foreign_name_is_not_answered(kind, host):
    reached, sent = knock(kind, host=host)
    assert reached == []
    assert sent[0].get("status", 421) == 421


@pytest.mark.parametrize("path", ["/_stcore/stream", "/server"])
@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:9999", "null", "http://localhost"])
def test_a_foreign_page_opens_no_web_socket(path, origin):
    reached, sent = knock("websocket", path=path, host="127.0.0.1:8501", origin=origin)
    assert reached == []
    assert sent == [{"type": "websocket.close", "code": 1008, "reason": "foreign origin"}]


def test_the_own_page_is_let_in():
    own = {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"}
    assert knock("websocket", path="/_stcore/stream", **own)[0] == ["/_stcore/stream"]
    assert knock(method="PUT", path="/x", **own)[0] == ["/x"]


def test_pages_may_ask_nobody_else_and_be_framed_by_nobody():
    _, sent = knock(host="127.0.0.1")
    policy = dict(sent[0]["headers"])[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy


def test_an_office_can_allow_its_name(monkeypatch):
    assert not is_known("map.town.example")
    monkeypatch.setenv(ALLOWED, "map.town.example, other")
    assert is_known("map.town.example:8501")


UPLOAD = {"method": "PUT", "path": "/_stcore/upload_file/session/1", "host": "127.0.0.1"}


def test_an_upload_that_says_it_is_too_large_is_not_read():
    reached, sent = knock(**UPLOAD, content_length=str(LARGEST_UPLOAD + 1))
    assert (reached, sent[0]["status"]) == ([], 413)


def test_an_upload_that_lies_about_its_size_is_cut():
    chunk = b"x" * 2_000_000
    reached, _ = knock(**UPLOAD, content_length="10", body=[chunk] * 10)
    assert reached[-1] == "cut"


def test_a_session_cannot_send_without_end():
    async def app(_scope, receive, _send):
        while (await receive()).get("more_body"):
            pass

    gate = Gate(app)
    chunk = b"x" * 10_000_000
    statuses = []
    for _ in range(MOST_UPLOADED // len(chunk) + 2):
        _, sent = knock(**UPLOAD, gate=gate, content_length=str(len(chunk)), body=[chunk])
        statuses.append(sent[0]["status"] if sent else 200)
    assert statuses == [200] * (MOST_UPLOADED // len(chunk)) + [413, 413]
