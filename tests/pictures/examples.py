"""One of every picture, as a report would ask for it, and the same with hostile words."""

from zwerm.pictures.bars import Part, Shares
from zwerm.pictures.change import Slope, draw_change
from zwerm.pictures.dials import Dial, draw_dials
from zwerm.pictures.figures import Level, Step, Withheld
from zwerm.pictures.flock import draw_flock
from zwerm.pictures.groups import Group, Key, Tie, draw_groups
from zwerm.pictures.layout import Strength
from zwerm.pictures.participation import Agreement, Participation, draw_participation
from zwerm.pictures.position import Coupling, Share, draw_position
from zwerm.pictures.scales import Family, Fit, Scale, draw_conditions, draw_drives, draw_lines
from zwerm.pictures.svg import Picture, Words
from zwerm.pictures.synthetic import Published

LONG = "Levensbeschouwing en burgerschap"
HOSTILE = "<script>alert(1)</script>&\"'\x00"


def words(extra: str = "") -> Words:
    return Words(f"Een naam{extra}", f"Wat er te zien is{extra}")


def dials(extra: str = "") -> Picture:
    return draw_dials(
        [
            Dial(
                f"Samen{extra}",
                f"Hoeveel collega’s vraag je om raad?{extra}",
                0,
                10,
                f"niemand{extra}",
                f"10 collega’s{extra}",
                Step(5.5, 0.5, low=5, high=6),
                f"5,5 collega’s{extra}",
                Step(4.5, 0.5),
                f"4,5 vorig jaar{extra}",
                "risen",
                f"gestegen{extra}",
                (6.1, 9.3, 5.1),
                f"14 teams{extra}",
            ),
            Dial("Over en weer", "?", 0, 1, "nooit", "altijd", Level("middle"), f"half{extra}"),
            Dial("Steeds anderen", "?", 0.6, 0, "a", "b", Withheld(f"Niet te zien{extra}")),
        ],
        words(extra),
    )


def position(extra: str = "") -> Picture:
    return draw_position(
        Coupling(
            Step(0.7, 0.1, low=0.6, high=0.8),
            f"7 van de 10 keer{extra}",
            f"andersom{extra}",
            f"rol zegt niets{extra}",
            f"alleen de rol telt{extra}",
            (0.43, 0.57),
            f"zo ver kan toeval gaan{extra}",
        ),
        (
            Share(f"Mensen met een rol{extra}", Step(0.2, 0.1), f"2 van de 10{extra}", True),
            Share("Vragen die naar hen gaan", Withheld(f"Niet te zien{extra}")),
        ),
        words(extra),
    )


def change(extra: str = "") -> Picture:
    slopes = (
        Slope(
            f"Het aantal collega’s dat iemand vraagt{extra}",
            0,
            10,
            (2, 5),
            Step(3.4, 0.2, low=3, high=3.8),
            f"3 à 4 collega’s{extra}",
            Step(5.4, 0.2, low=5, high=5.8),
            f"5 à 6 collega’s{extra}",
            "risen",
            f"toegenomen{extra}",
        ),
        Slope(
            f"De toeloop naar een paar mensen{extra}",
            0,
            0.6,
            (0.2, 0.4),
            Level("high"),
            f"een paar mensen{extra}",
            Level("middle"),
            f"sommigen meer dan anderen{extra}",
            "fallen",
            f"afgenomen{extra}",
        ),
        Slope(
            f"Het terugvragen{extra}",
            0,
            1,
            (0.2, 0.5),
            Step(0.3, 0.05),
            f"3 van de 10 keer{extra}",
            Step(0.35, 0.05),
            f"3 à 4 van de 10 keer{extra}",
            "no clear change",
            f"geen duidelijke verandering{extra}",
        ),
        Slope(
            f"De band tussen functie en vragen{extra}",
            0,
            1,
            (0.55, 0.7),
            Step(0.9, 0.1, end="high"),
            f"minstens 9 van de 10 keer{extra}",
            Step(0.7, 0.1),
            f"ongeveer 7 van de 10 keer{extra}",
            "cannot say",
            f"niet te zeggen{extra}",
        ),
    )
    return draw_change(slopes, f"november 2025{extra}", f"november 2026{extra}", words(extra))


def a_map(count: int, name: str = LONG) -> tuple[list[Group], list[Tie]]:
    groups = [Group(f"{name} {number}", 10 + 3 * number) for number in range(count)]
    kinds: tuple[Strength, ...] = ("strong", "few", "some", "few", "hidden", "some", "few")
    ties = [
        Tie(a, b, kinds[(2 * a + 3 * b) % len(kinds)])
        for a in range(count)
        for b in range(a + 1, count)
    ]
    return groups, ties


def group_map(extra: str = "") -> Picture:
    groups, ties = a_map(5, f"Talen{extra}")
    groups[2] = Group(f"Kunst{extra}", 11, False, f"niet te zien{extra}")
    key = Key(f"veel{extra}", f"soms{extra}", f"weinig{extra}", f"niet te zien{extra}")
    return draw_groups(groups, ties, key, words(extra))


def part(share: float, extra: str = "") -> Part:
    return Part(Step(share, 0.1), f"{share * 10:.0f} van de 10{extra}", f"{share * 10:.0f}")


def shares(disagree: float, between: float, agree: float, extra: str = "") -> Shares:
    return Shares(part(disagree, extra), part(between, extra), part(agree, extra))


def conditions(extra: str = "") -> Picture:
    family = Family(
        f"Om ons heen{extra}",
        [
            Scale("culture", f"Cultuur{extra}", shares(0.1, 0.2, 0.7, extra)),
            Scale("vision", "Visie", Withheld(f"Niet te zien{extra}")),
            Scale("structure", f"Rooster{extra}", shares(0.5, 0.4, 0.1, extra), f"Vraag{extra}"),
        ],
        Fit("culture", "structure", f"groot verschil{extra}"),
    )
    ends = (f"oneens{extra}", f"ertussenin{extra}", f"eens{extra}")
    return draw_conditions([family], ends, words(extra))


def drives(extra: str = "") -> Picture:
    scales = [Scale("variety", f"Variatie{extra}", Level("high"), f"?{extra}", f"veel{extra}")]
    return draw_drives(scales, ("oneens", "ertussenin", "eens"), words(extra))


def lines(extra: str = "") -> Picture:
    ends = (f"informeel{extra}", "", f"formeel{extra}")
    scale = Scale("formality", f"Vorm{extra}", shares(0.4, 0.4, 0.2), ends=ends)
    return draw_lines([scale], words(extra))


def participation(extra: str = "") -> Picture:
    agreed = [Agreement(0.65, f"hoe jullie{extra}"), Agreement(0.8, f"rol en invloed{extra}")]
    return draw_participation(
        Participation(0.7, 0.8, f"7 à 8 van de 10 antwoordden{extra}", agreed), words(extra)
    )


def published(between: str = "some", sizes: tuple[int, ...] = (17, 14, 13, 12)) -> Published:
    ties = tuple(
        Tie(a, b, "strong" if (a, b) == (0, 1) and between == "strong" else "few")
        for a in range(len(sizes))
        for b in range(a + 1, len(sizes))
    )
    return Published(sizes, ties, Step(0.35, 0.1), Step(0.175, 0.15), Step(5.5, 0.5))


def flock(extra: str = "") -> Picture:
    return draw_flock(published(), words(extra), 3)


ALL = (dials, change, position, group_map, conditions, drives, lines, participation, flock)
