"""A person's own page: name, language, time zone, theme."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from orgs.forms.fields import zones
from orgs.forms.people import ProfileForm
from orgs.services import people


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show what the person said about the own account, and keep what is changed."""
    user = request.user
    first = {name: getattr(user, name) for name in ("name", "language", "zone", "theme", "has_shortcuts")}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        theme = values.pop("theme")
        with transaction.atomic():
            people.describe(user=user, **values)  # type: ignore[arg-type]
            people.choose_theme(user=user, theme=theme)  # type: ignore[arg-type]
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    context = {
        "form": form,
        "zones": zones(),
        "address": user.email,  # type: ignore[union-attr]
        "crumbs": [{"label": _("Home"), "url": reverse("home")}],
    }
    return render(request, "orgs/profile.html", context, status=422 if form.errors else 200)
