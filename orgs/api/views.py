"""The view that every door of the API is built on."""

from typing import Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from rest_framework.generics import GenericAPIView

from orgs.permissions import KeyScope


class ApiView(GenericAPIView):
    """Names the scope a key needs per method in `scopes`; a method without one is closed to keys."""

    scopes: ClassVar[dict[str, KeyScope]] = {}

    @login_not_required  # A program has no session: whoever shows no usable key gets 401 from the view itself.
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer
