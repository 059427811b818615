"""How the customer feels at each step, from -2 to +2, during it and after: as it is, and as it is to be.

What a cell keeps is "during/after/to be, during/to be, after", without what is empty at its end: "1" says that it is
good during the step, "1//2" that it is to be very good.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from journeys.lanes import curves
from journeys.registry import EXECUTIVE, Score, TextLane

VALUES = (("2", _("Very good")), ("1", _("Good")), ("0", _("Neutral")), ("-1", _("Bad")), ("-2", _("Very bad")))
PARTS = (_("During"), _("After"), _("To be: during"), _("To be: after"))
FACES = {"2": "laugh", "1": "smile", "0": "meh", "-1": "frown", "-2": "angry"}
TOP, STEP = 12, 19  # of a cell 100 high: where +2 lies, and how far one lies below
ALONE, DURING, AFTER = ("mid", 50.0), ("during", 28.0), ("after", 64.0)  # where a point stands in a cell 100 wide


def draw(
    kept: Sequence[str], scores: Sequence[Score | None] = (), moments: Sequence[bool] = ()
) -> list[dict[str, Any] | None]:
    """Return for each step its points in words, its parts of both curves and the measured score; None for nothing.

    The curves never show more than was said (lanes.curves), and break where nothing was.
    """
    said = [_said(each) for each in kept]
    measured = [*scores, *[None] * (len(kept) - len(scores))]
    now = curves.parts([[(x, _height(value)) for _name, x, value in _placed(each[:2])] for each in said])
    to_be = curves.parts([[(x, _height(value)) for _name, x, value in _placed(each[2:])] for each in said])
    flags = [*moments, *[False] * (len(kept) - len(moments))]
    return [_drawn(*each) for each in zip(said, now, to_be, measured, flags, strict=True)]


def by_stage(held: Sequence[tuple[str, dict[str, Any] | None]]) -> dict[str, Any] | None:
    """Return a stage as one cell: the curves through all of its steps, and the lowest point of what is felt."""
    steps = [(at * 100, name, each) for at, (name, each) in enumerate(held) if each and each["words"]]
    if not steps:
        return None
    felt = [(int(point["level"]), name, point) for _x, name, each in steps for point in each["points"]]
    low = min(felt, key=lambda each: each[0], default=None)
    return {
        "width": len(held) * 100,
        "parts": [{"x": x, "path": each["path"], "to_be_path": each["to_be_path"]} for x, _name, each in steps],
        "dots": "".join(_dots(x, each) for x, _name, each in steps if not each["is_moment"]),
        "moments": "".join(_dots(x, each) for x, _name, each in steps if each["is_moment"]),
        "lowest": low and {"step": low[1], "number": low[2]["number"], "icon": low[2]["icon"]},
        "words": [(name, each["words"]) for _x, name, each in steps],
        "to_be": any(each["to_be_path"] for _x, _name, each in steps),
        "measured": None,
        "is_moment": any(each["is_moment"] for _x, _name, each in steps),
    }


def _dots(left: int, drawn: dict[str, Any]) -> str:
    """Lines of no length, which round ends make dots of at any stretch."""
    places = dict((ALONE, DURING, AFTER))
    return "".join(f"M{left + places[each['at']]:g} {_height(each['level'])}h0" for each in drawn["points"])


def legend(drawn: Sequence[dict[str, Any] | None]) -> str:
    """Say what a dashed line, a diamond and a square mean, where there are any."""
    words = []
    if any(each and each["to_be"] for each in drawn):
        words.append(_t("Dashed: to be"))
    if any(each and each["measured"] for each in drawn):
        words.append(_t("◆: measured, scaled to −2 to +2"))
    if any(each and each["is_moment"] for each in drawn):
        words.append(_t("Square: a moment of truth"))
    return " · ".join(words)


def _said(kept: str) -> list[str]:
    parts = [part if part in FACES else "" for part in kept.split("/")]
    return [*parts, "", "", "", ""][:4]


def _placed(pair: Sequence[str]) -> list[tuple[str, float, str]]:
    """Where the points of a pair (during, after) stand: side by side, or one in the middle."""
    during, after = pair
    if during and after:
        return [(*DURING, during), (*AFTER, after)]
    return [(*ALONE, during or after)] if during or after else []


def _drawn(said: list[str], now: str, to_be: str, score: Score | None, is_moment: bool) -> dict[str, Any] | None:
    if not any(said) and score is None:
        return None
    seen = {(name, value) for name, _x, value in _placed(said[:2])}
    wanted = [each for each in _points(said[2:], 2) if (each["at"], each["level"]) not in seen]
    return {
        "points": _points(said[:2], 0),
        "kept": "/".join(said),
        "wanted": wanted,  # one that is to be as it is stands there already
        "path": now,
        "to_be_path": to_be,
        "to_be": any(said[2:]),
        "words": words("/".join(said)),
        "measured": _measured(score) if score else None,
        "is_moment": is_moment and any(said[:2]),
    }


def _points(pair: Sequence[str], first: int) -> list[dict[str, Any]]:
    parts = [first + place for place, value in enumerate(pair) if value]
    told = dict(VALUES)
    return [
        {
            "at": name,
            "level": value,
            "icon": FACES[value],
            "number": _number(float(value), 0),
            "part": part,
            "label": str(PARTS[part]),
            "word": str(told[value]),
        }
        for (name, _x, value), part in zip(_placed(pair), parts, strict=True)
    ]


def _measured(score: Score) -> dict[str, Any]:
    """The score beside what is felt; it stands at the nearest quarter, its number says it to a tenth."""
    return {"level": f"{round(score.value * 4) / 4:g}", "number": _number(score.value, 1), "words": score.words}


def words(kept: str) -> str:
    """Say what a cell keeps: the word alone for what is felt during the step, else each with its label."""
    said = _said(kept)
    names = dict(VALUES)
    if not any(said[1:]):
        return str(names.get(said[0], ""))
    return " · ".join(f"{PARTS[place]}: {names[value]}" for place, value in enumerate(said) if value)


def _number(value: float, decimals: int) -> str:
    text = f"{value:+.{decimals}f}" if round(value, decimals) else f"{0:.{decimals}f}"
    return text.replace("-", "\u2212")


def _height(value: str) -> float:
    return TOP + STEP * (2 - int(value))


LANE = TextLane(
    "emotions",
    _("Emotions"),
    "smile",
    25,
    _("How the customer feels here."),
    choices=VALUES,
    parts=PARTS,
    said=words,
    template="journeys/_map_emotion.html",
    draw=draw,
    legend=legend,
    by_stage=by_stage,
    stage_template="journeys/_map_emotion_stage.html",
    is_curve=True,
    is_of_persona=True,
    audiences=(EXECUTIVE,),
)
