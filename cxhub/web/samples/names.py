"""Names as awkward as they get in real companies."""

LONG = ("Waiting at the carousel for bags that were checked in twice and labelled once " * 3)[:200]
ARABIC = "تسليم الأمتعة"
EMOJI = "Lounge 🛋️ & 👩‍👩‍👧 family room"
HOSTILE = "<b>Bold</b> & \"quoted\" 'name'"
