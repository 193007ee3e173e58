"""What every picture promises: well formed, spoken, without style or script, always the same."""

import re
import xml.etree.ElementTree as ET

import pytest

from tests.pictures import examples, reading
from zwerm.pictures.palette import TOKENS, for_print

DRAWN = [
    pytest.param(getattr(draw(), side), id=f"{draw.__name__}-{side}")
    for draw in examples.ALL
    for side in ("wide", "narrow")
]
HOSTILE = [
    pytest.param(getattr(draw(examples.HOSTILE), side), id=f"{draw.__name__}-{side}")
    for draw in examples.ALL
    for side in ("wide", "narrow")
]


@pytest.mark.parametrize("svg", DRAWN)
def test_a_picture_is_an_image_with_a_name_and_a_description(svg: str) -> None:
    root = reading.parsed(svg)
    assert root.tag == f"{reading.SVG}svg"
    assert root.attrib["role"] == "img"
    assert [(child.tag, child.text) for child in list(root)[:2]] == [
        (f"{reading.SVG}title", "Een naam"),
        (f"{reading.SVG}desc", "Wat er te zien is"),
    ]


@pytest.mark.parametrize("svg", DRAWN)
def test_a_picture_has_no_style_script_link_or_name_that_could_clash(svg: str) -> None:
    forbidden = {"style", "href", "id", "onload", "onclick", "transform"}
    elements = list(reading.parsed(svg).iter())
    assert {name for element in elements for name in element.attrib} & forbidden == set()
    assert "script" not in {element.tag.removeprefix(reading.SVG) for element in elements}
    assert "style" not in {element.tag.removeprefix(reading.SVG) for element in elements}


@pytest.mark.parametrize("svg", DRAWN)
def test_every_paint_is_a_token_with_its_light_value(svg: str) -> None:
    for element in reading.parsed(svg).iter():
        for name in ("fill", "stroke"):
            paint = element.attrib.get(name, "none")
            if paint != "none":
                found = re.fullmatch(r"var\(--([a-z-]+),(#[0-9A-F]{6})\)", paint)
                assert found is not None, paint
                assert TOKENS[found[1]] == found[2]


@pytest.mark.parametrize("svg", DRAWN)
def test_words_stay_on_the_sheet_and_off_each_other(svg: str) -> None:
    assert reading.outside(svg) == []
    assert reading.collisions(svg) == []


@pytest.mark.parametrize("svg", HOSTILE)
def test_hostile_words_stay_words(svg: str) -> None:
    root = reading.parsed(svg)
    assert "<script" not in svg
    assert {element.tag.removeprefix(reading.SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "g", "text", "rect", "circle", "line", "path", "polyline"),
    }
    assert root[0].text == "Een naam<script>alert(1)</script>&\"'"


@pytest.mark.parametrize("draw", examples.ALL)
def test_the_same_figures_always_give_the_same_drawing(draw) -> None:
    assert draw() == draw()


@pytest.mark.parametrize("draw", examples.ALL)
def test_a_picture_is_drawn_anew_for_a_phone(draw) -> None:
    picture = draw()
    assert reading.sheet(picture.wide)[0] == 920
    assert reading.sheet(picture.narrow)[0] == 356
    assert 'class="fig only-wide"' in picture.wide
    assert 'class="fig only-narrow"' in picture.narrow


@pytest.mark.parametrize("svg", DRAWN)
def test_for_print_leaves_no_variable_and_puts_it_on_white(svg: str) -> None:
    printed = for_print(svg)
    assert "var(" not in printed
    assert "#FAF7F1" not in printed
    ET.fromstring(printed)  # noqa: S314 -- our own drawing


def test_for_print_takes_the_colours_of_a_board() -> None:
    assert for_print('<g fill="var(--teal,#0B6B6B)"/>', {"teal": "#123456"}) == (
        '<g fill="#123456"/>'
    )
