"""The views that every door of the API is built on."""

from typing import Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from orgs.api.paging import NAMES
from orgs.permissions import KeyScope


class Door:
    """Names the scope a key needs per method in `scopes`; a method without one is closed to keys."""

    scopes: ClassVar[dict[str, KeyScope]] = {}
    is_for_every_key = False
    http_method_names: ClassVar[list[str]] = ["get", "head", "post", "patch"]

    @login_not_required  # A program has no session: whoever shows no usable key gets 401 from the view itself.
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class ApiView(Door, GenericAPIView):
    """A door to records."""

    def asked(self, query: type[serializers.Serializer]) -> dict[str, Any]:
        """Return the filters of the address, checked. Raises ValidationError."""
        sent = {name: text for name, text in self.request.query_params.items() if name not in NAMES}
        checked = query(data=sent)
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)

    def sent(self, body: type[serializers.Serializer], **options: Any) -> dict[str, Any]:
        """Return the fields of the body, checked. Raises ValidationError."""
        checked = body(data=self.request.data, **options)
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)


class Nothing(ApiView):
    """Whatever stands at no address of the API: said as a problem, and to nobody without a key."""

    schema = None
    is_for_every_key = True

    def get(self, request: Request, rest: str) -> HttpResponse:
        raise Http404

    post = patch = get


def origin_of(request: Request) -> str:
    """Say in the audit what acted in the person's name: "" for the person's own session."""
    return f"API key “{request.auth.name}”" if request.auth else ""
