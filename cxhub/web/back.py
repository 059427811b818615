"""Where a form goes when it is done: back to the page that led to it, where its address says which."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, usual: str) -> str:
    """Return the path that `?next=` names, `usual` where it names none or leads out of the product."""
    wanted = request.GET.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else usual
