"""How gunicorn runs the site: what `zwerm serve` hands over with `--config`.

Its first process reads no setting of ours. So each process that it starts anew, also after a reload
(SIGHUP), reads them afresh, with the secrets that stand in files by then.
"""

from __future__ import annotations

import logging
import os
import shutil
from typing import Any

from gunicorn.glogging import Logger

from zwerm.core import logs

worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
"""Seconds in which requests in hand are finished before a process stops."""

forwarded_allow_ips = ""
"""Which proxy is believed is decided in one place: `zwerm.core.middleware.ProxyMiddleware`."""

control_socket_disable = True
"""It would stand in a home that a service has not."""


class OurLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """What the web server says about itself goes where ours goes, in the form of ours."""

    form: type[logging.Formatter] = logs.Plain

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        handler = logging.StreamHandler()
        handler.setFormatter(self.form())
        handler.addFilter(logs.WithoutPeople())
        self.error_log.handlers = [handler]
        self.error_log.propagate = False


class JsonLogger(OurLogger):
    """The same, each line an object."""

    form = logs.Json


def on_exit(server: Any) -> None:
    """Called when the site stopped: what its processes counted goes with them."""
    shutil.rmtree(os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""), ignore_errors=True)
