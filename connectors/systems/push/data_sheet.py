"""What a security review asks about systems that send."""

from django.utils.translation import gettext_lazy as _

from connectors.base import DataSheet

DATA_SHEET = DataSheet(
    purpose=_("A system sends signed messages to CX Hub, which keeps their rows and adds them up."),
    rights=[
        _("None at the other side: CX Hub asks it for nothing. It needs the address and the signing secret."),
    ],
    hosts=[
        _("CX Hub calls nobody. The sender calls /hooks/ at the address of this installation, by https."),
        _("The address can be known: a message without a right signature is refused and not kept."),
    ],
    fields_read=[
        _("The fields that the paths name: touchpoint, channel, department, date, and score or value with its counts."),
        _("The rest of a message is read over and dropped."),
    ],
    personal_data=[
        _("None is needed. Scores are added up to counts for each touchpoint and day; no person is told apart."),
        _("Rejected rows show up to 200 characters of the value at fault, to administrators and integrators alone."),
    ],
    stored=[
        _("Of a message: its id, a checksum, when it came, and the mapped fields of its usable rows. Never its body."),
        _("Ids are kept for ever, so that a message that is sent again counts once."),
        _("Rejected rows and their reasons, with their run. CX Hub deletes none of this by itself."),
    ],
    secrets=[
        _("Signing secrets, encrypted in the database with ENCRYPTION_KEYS, which lie outside of it."),
        _("A made secret is shown once. While it is changed two count: the older one for 24 hours at most."),
    ],
    operator=[
        _("A message is at most 1 MiB unpacked, with at most 1,000 rows."),
        _("A feed takes 600 messages a minute, or as many as its connection's limit says."),
        _("The proxy in front can allow /hooks/ for the sender's addresses alone."),
    ],
)
