"""What a security review asks about uploaded files."""

from django.utils.translation import gettext_lazy as _

from connectors.base import DataSheet

DATA_SHEET = DataSheet(
    purpose=_("People upload tables of survey answers or ready figures; CX Hub adds them up."),
    rights=[
        _("No account in any other system. Whoever uploads needs the role integrator or administrator here."),
    ],
    hosts=[
        _("None. The file comes from the person's browser; CX Hub calls nobody to read it."),
    ],
    fields_read=[
        _("The columns that a person chose: touchpoint, date, and channel, department and stage where there are any."),
        _("For answers: score and weight. For ready figures: the value, and how many answered and were asked."),
        _("Control totals, where they are given. No other column is used, but the file is kept as it is."),
    ],
    personal_data=[
        _("None is needed. Scores are added up to counts for each touchpoint and day; no person is told apart."),
        _("The stored file holds whatever its maker put into it. Leave out names, addresses and free text."),
        _("Rejected rows show up to 200 characters of the cell at fault, to administrators and integrators alone."),
    ],
    stored=[
        _("The whole file, in PostgreSQL, so that a run can begin again. It goes with the workspace."),
        _("Its column names, and the settings it was read with, so that the next file is recognised."),
        _("Counts and figures for each KPI and period. Rejected rows and their reasons, with their run."),
        _("CX Hub deletes none of it by itself; the audit entry of an upload holds name, size and checksum."),
    ],
    secrets=[
        _("There are none. The process that reads a file is given no key and no address of the database."),
    ],
    operator=[
        _("MAX_UPLOAD_MB sets the largest file. It is 64 MB unless it is changed."),
        _("Each file is read in a process of its own with 1 GB of memory, 15 minutes of processor time and no files."),
    ],
)
