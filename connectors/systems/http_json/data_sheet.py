"""What a security review asks about JSON over HTTP."""

from django.utils.translation import gettext_lazy as _

from connectors.base import DataSheet

DATA_SHEET = DataSheet(
    purpose=_("CX Hub asks an API for rows on a timetable and adds them up."),
    rights=[
        _("Read access to the one resource that holds the rows. CX Hub never needs to write or delete."),
        _("A key of its own, so that it can be taken back without harm to others, and with an end date."),
    ],
    hosts=[
        _("The host of the address, by http or https. Use https: only then is the key hidden on its way."),
        _("Further pages where the answer says so. The key goes only to the scheme, host and port it was given for."),
        _("Up to 3 redirects are followed, each checked anew; none for a POST."),
    ],
    fields_read=[
        _("The fields that the paths name: touchpoint, channel, department, date, and score or value with its counts."),
        _("The rest of an answer is read over and dropped. Ask for fewer fields where the API allows it."),
    ],
    personal_data=[
        _("None is needed. Scores are added up to counts for each touchpoint and day; no person is told apart."),
        _("Rejected rows show up to 200 characters of the value at fault, to administrators and integrators alone."),
    ],
    stored=[
        _("Answers of the API are not stored. Counts and figures for each KPI and period are."),
        _("The settings without the key, how far the system was read, and a checksum of what each run brought."),
        _("Rejected rows and their reasons, with their run. CX Hub deletes none of this by itself."),
    ],
    secrets=[
        _("One token, password or key, encrypted in the database with ENCRYPTION_KEYS, which lie outside of it."),
        _("It is never shown again, and stands in no log, address, audit entry or job."),
        _("It is deleted when the scheme, host or port changes. rotate_secrets encrypts it with a new key."),
        _("With an end date, its owner gets a mail 14 and 3 days before."),
    ],
    operator=[
        _("Addresses inside the network are refused unless OUTBOUND_ALLOW names their host or network."),
        _("OUTBOUND_PROXY sends calls through a proxy. OUTBOUND_CA_BUNDLE trusts a certificate authority of yours."),
        _("One call takes at most 15 seconds and brings at most 10 MiB; a run asks for at most 1,000 pages."),
        _("Each connection can be limited to so many runs at once and requests a minute."),
    ],
)
