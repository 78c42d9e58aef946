"""The page's own socket: what it accepts sends at once."""

from __future__ import annotations

import socket

import pytest
from streamlit import config

from renkei.cli.app import configuration
from renkei.page.serving import listening


def test_an_accepted_connection_sends_at_once():
    """Else head and body of a small answer lie 40 ms apart."""
    with (
        listening("127.0.0.1", 0) as sock,
        socket.create_connection(sock.getsockname()),
        sock.accept()[0] as taken,
    ):
        assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_in_use_is_not_to_be_had():
    with listening("127.0.0.1", 0) as sock, pytest.raises(OSError, match="in use"):
        listening("127.0.0.1", sock.getsockname()[1])


def test_every_option_is_one_of_streamlits():
    for key in configuration("127.0.0.1", 8501):
        assert config.get_option(key) is not None or key in config.get_config_options(), key
