"""The touchpoints, by the department that answers: what is met and promised, and how it matters."""

from cxhub.demo.people import BILLING, CONTACT, DIGITAL, FIELD, MARKETING, SALES
from cxhub.demo.touchpoints import billing, contact_centre, digital, field_installation, marketing, sales

BY_DEPARTMENT = {
    MARKETING: marketing.SPOTS,
    SALES: sales.SPOTS,
    FIELD: field_installation.SPOTS,
    BILLING: billing.SPOTS,
    CONTACT: contact_centre.SPOTS,
    DIGITAL: digital.SPOTS,
}
PARTNER = "Nordkraft Installations"
SPOTS = tuple(each._replace(department=name) for name, spots in BY_DEPARTMENT.items() for each in spots)
BY_KEY = {one.key: one for one in SPOTS}
# By touchpoint: the budget line it is paid from, and whether the money is there.
PAID = {
    "hotline": ("CC-2100 Service", "funded"),
    "chat": ("CC-4400 Digital", "asked"),
    "visit": ("CC-3200 Installation", "funded"),
    "bill_call": ("CC-2100 Service", "cut"),
}
