"""The page's server: what it leans on in uvicorn and Streamlit, and what it puts into the first document."""

from types import SimpleNamespace

import pytest
from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

from renkei.page import page_server


@pytest.fixture(autouse=True)
def _uvicorn_as_it_was(monkeypatch):
    monkeypatch.setattr(websockets_sansio_impl, "ServerPerMessageDeflateFactory", ServerPerMessageDeflateFactory)


def test_web_sockets_look_back_32_kb():
    assert page_server.remember_more(), "uvicorn no longer takes ServerPerMessageDeflateFactory by this name"
    factory = websockets_sansio_impl.ServerPerMessageDeflateFactory(server_max_window_bits=12)
    _, extension = factory.process_request_params([("client_max_window_bits", None)], [])
    assert (extension.local_max_window_bits, extension.local_no_context_takeover) == (15, False)


def test_another_uvicorn_is_left_as_it_is(monkeypatch):
    other = SimpleNamespace(remembers=4)
    monkeypatch.setattr(websockets_sansio_impl, "ServerPerMessageDeflateFactory", other)
    assert not page_server.remember_more()
    assert websockets_sansio_impl.ServerPerMessageDeflateFactory is other


def test_the_first_document_holds_streamlit_back_until_the_map_is_painted():
    document = page_server.first_document()
    held = document.partition('<template id="renkei-page">')[2].partition("</template>")[0]
    assert '<script type="module"' in held, "Streamlit's index.html is of another form: the map comes later"
    assert '<script type="module"' not in document.replace(held, "")
    assert '<html lang="ja">' in document
