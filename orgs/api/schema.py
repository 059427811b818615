"""The OpenAPI document: of one workspace, with every error in it."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView

from orgs.api.auth import InScope
from orgs.api.problems import MEDIA_TYPE
from orgs.api.views import Door

PREFIX = "/w/{slug}/api/v1"
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence that says what to do."},
        "errors": {
            "type": "array",
            "description": "Where in the body, or which parameter, and why.",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
ALWAYS = {
    400: "Something sent cannot be taken; errors says what.",
    401: "No usable key.",
    403: "The key, or its maker, may not do this.",
    404: "There is nothing at this address.",
    406: "Only JSON is given.",
    429: "Too many requests; Retry-After says how many seconds to wait.",
}
OF_BODIES = {
    409: "The record cannot be changed so as things stand.",
    413: "The body is too large.",
    415: "The body is not plain JSON.",
}
OF_VERSIONS = {
    412: "The same field changed since; current and yours are both in the answer.",
    428: "If-Match is missing.",
}


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "orgs.api.auth.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An API key of this workspace."}


class Schema(Door, SpectacularAPIView):
    """The OpenAPI document; any key reads it."""

    is_for_every_key = True
    permission_classes = [InScope]
    schema = None


def of_one_workspace(result: dict[str, Any], request: Any, **kwargs: Any) -> dict[str, Any]:
    """Let the addresses begin at the workspace's own API, and add the errors to each operation."""
    slug = request._request.workspace.slug if request else "your-workspace"
    result["servers"] = [{"url": PREFIX.format(slug=slug)}]
    result["paths"] = {path.removeprefix(PREFIX): each for path, each in result["paths"].items()}
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for operations in result["paths"].values():
        for method, operation in operations.items():
            operation["parameters"] = [each for each in operation.get("parameters", []) if each["name"] != "slug"]
            _add_errors(method, operation)
            _close_body(operation, result["components"]["schemas"])
    return result


def _close_body(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Say that a body takes no other fields, as orgs/api/asking.py has it."""
    content = operation.get("requestBody", {}).get("content", {})
    for each in content.values():
        schemas[each["schema"]["$ref"].rsplit("/", 1)[1]]["additionalProperties"] = False


def _add_errors(method: str, operation: dict[str, Any]) -> None:
    names = {each["name"] for each in operation["parameters"]}
    errors = dict(ALWAYS)
    errors |= OF_BODIES if method != "get" else {}
    errors |= OF_VERSIONS if "If-Match" in names else {}
    for status, description in errors.items():
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        operation["responses"][str(status)] = {"description": description, "content": content}
    if "If-None-Match" in names:
        operation["responses"]["304"] = {"description": "It is as you know it."}
