"""To which page of this site somebody goes after they proved who they are."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def of_this_site(address: str) -> str:
    """The address of a page of this site; nothing for any other.

    Example:
        >>> of_this_site("/people/"), of_this_site("https://elsewhere.example/")
        ('/people/', '')
    """
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def wanted_page(request: HttpRequest) -> str:
    """The page on this site for which somebody had to sign in first; else the start page."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    return of_this_site(wanted) or reverse("home:start")
