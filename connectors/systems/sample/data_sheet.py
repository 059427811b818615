"""What a security review asks about made-up data."""

from django.utils.translation import gettext_lazy as _

from connectors.base import DataSheet

DATA_SHEET = DataSheet(
    purpose=_("CX Hub makes numbers up from a seed, to show what it does before a system is connected."),
    rights=[_("None. There is no other side.")],
    hosts=[_("None. It calls nobody, and nobody calls it.")],
    fields_read=[_("None. The numbers follow from the seed, the series and the day.")],
    personal_data=[_("None. The people it counts do not exist.")],
    stored=[
        _("Counts and figures for each KPI and period, with their runs, in a workspace marked as example data."),
        _("They go with that workspace when it is removed."),
    ],
    secrets=[_("None.")],
    operator=[_("It can be set up only in a workspace that is marked as example data.")],
)
