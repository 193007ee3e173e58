"""What the page with the details of a fault shows: never a secret, also while one develops."""

from __future__ import annotations

import re
from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

SECRET = re.compile(
    "key|secret|token|password|nonce|seal|digest|code|cookie|session|environ|database_url",
    re.IGNORECASE,
)
"""How a setting or a variable is called that may hold one."""


class WithoutSecrets(SafeExceptionReporterFilter):
    """Hides them among the settings, and among the variables of every function on the way."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|{SECRET.pattern}", re.IGNORECASE
    )

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        found = dict(super().get_traceback_frame_variables(request, tb_frame))
        hidden = {name: self.cleansed_substitute for name in found if SECRET.search(name)}
        return {**found, **hidden}.items()
