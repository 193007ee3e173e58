"""A real browser against a real server: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.demo_site import Demo, make_demo, served
from tests.browser.site import start_site
from tests.browser.visitor import PHONE, Visitor

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
]
PATIENCE = 20_000
"""Milliseconds: the machine may be busy with other tests."""
expect.set_options(timeout=PATIENCE)

Visit = Callable[..., Visitor]


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    site = start_site()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the demo: made once, also when several workers run the tests."""
    mine = tmp_path_factory.getbasetemp()
    return make_demo(mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine)


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Iterator[Demo]:
    """The demo as it is, to look at; who wants to change it takes a copy."""
    with served(demo_folder, ZWERM_DEMO="1") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.fail("Chromium is not installed. As root: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_visitor(browser: Browser) -> Iterator[Visit]:
    """Make somebody who visits any address, each in a browser without a past."""
    contexts: list[BrowserContext] = []

    def make(
        address: str,
        size: dict[str, int],
        *,
        theme: str = "light",
        language: str = "en",
        script: bool = True,
    ) -> Visitor:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            color_scheme=theme,  # type: ignore[arg-type]
            locale=language,
            has_touch=size is PHONE,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visitor(context, address)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visit(new_visitor: Visit, live_server: LiveServer) -> Visit:
    """Make a visitor of this site: `visit(PHONE, theme="dark", language="nl")`."""

    def make(size: dict[str, int], **how: object) -> Visitor:
        return new_visitor(live_server.url, size, **how)

    return make
