"""An application behind a real server on loopback, and a browser that is let in as somebody."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import BrowserContext
from waitress import wasyncore
from waitress.server import create_server
from werkzeug.test import Client

LOOPBACK = "127.0.0.1"
Application = Callable[..., Any]


@contextmanager
def served(app: Application) -> Iterator[str]:
    """The address at which it answers, such as http://127.0.0.1:41234, until the end of the block."""
    server = create_server(app, host=LOOPBACK, port=0, threads=4, ident="")
    serving = threading.Thread(target=server.run)
    serving.start()
    try:
        yield f"http://{LOOPBACK}:{server.effective_port}"
    finally:
        # In the server's own thread, which then has nothing left to wait for.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        serving.join()
        server.task_dispatcher.shutdown()


def let_in(browser: BrowserContext, client: Client, address: str) -> None:
    """The browser goes on where Flask's client is logged in: with its cookies, at this address."""
    cookies = [{"name": cookie.key, "value": cookie.value, "url": address} for cookie in client._cookies.values()]
    assert cookies, "the client is not logged in"
    browser.add_cookies(cookies)
