"""Shares of ten: rounds that fill up, with a soft band behind them for the doubt."""

from zwerm.pictures.axis import round_wide
from zwerm.pictures.figures import Step
from zwerm.pictures.palette import colour
from zwerm.pictures.svg import Sheet

TEN = 10


def draw_ten(sheet: Sheet, share: Step, left: float, right: float, y: float, fill: str) -> None:
    """Ten rounds between left and right, filled up to the share; half a round is drawn as half.

    "At most" fills softly, since the share may lie anywhere below; "at least" fills softly after.
    """
    pitch = (right - left) / TEN
    radius = min(15.0, pitch * 0.36)
    _draw_doubt(sheet, share, left, pitch, radius, y)
    solid, soft = _fills(share)
    for place in range(TEN):
        x = left + (place + 0.5) * pitch
        sheet.circle(x, y, radius - 0.75, "paper", stroke=colour("edge"), stroke_width=1.5)
        if _part(soft, place) > _part(solid, place):
            _fill(sheet, x, y, radius, _part(soft, place), "band", "band-edge")
        _fill(sheet, x, y, radius, _part(solid, place), fill, fill)


def _fills(share: Step) -> tuple[float, float]:
    """How many of the ten rounds are solid, and up to where they are soft."""
    tens = min(max(share.value, 0.0), 1.0) * TEN
    if share.end == "low":
        return 0.0, tens
    return tens, float(TEN) if share.end == "high" else tens


def _part(filled: float, place: int) -> float:
    return min(max(filled - place, 0.0), 1.0)


def _draw_doubt(
    sheet: Sheet, share: Step, left: float, pitch: float, radius: float, y: float
) -> None:
    if share.low is None or share.high is None:
        return
    ends = (left + max(share.low, 0) * TEN * pitch, left + min(share.high, 1) * TEN * pitch)
    thick = 2 * radius + 12
    sheet.bar(*round_wide(ends, thick), y, thick, "teal-wash")


def _fill(
    sheet: Sheet, x: float, y: float, radius: float, part: float, fill: str, edge: str
) -> None:
    """A round filled from the left for the given part of its width."""
    if part <= 0.04:
        return
    if part >= 0.96:
        sheet.circle(x, y, radius - 0.75, fill, stroke=colour(edge), stroke_width=1.5)
        return
    across = x - radius + 2 * radius * part
    half = (radius**2 - (across - x) ** 2) ** 0.5
    large = 1 if part > 0.5 else 0
    path = (
        f"M{across:.1f} {y - half:.1f}A{radius:.1f} {radius:.1f} 0 {large} 0 "
        f"{across:.1f} {y + half:.1f}Z"
    )
    sheet.add("path", d=path, fill=colour(fill), stroke=colour(edge), stroke_width=1.0)
