import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.core import sealing


def test_what_is_sealed_comes_out_again():
    key = sealing.new_key()
    place = sealing.slot(key, "a")

    box = sealing.seal(key, place, {"naam": "Zoë"}, 100)

    assert sealing.unseal(key, place, box) == {"naam": "Zoë"}


@given(st.text(max_size=60))
def test_every_box_has_the_same_size_and_shows_nothing(text):
    key = sealing.new_key()
    place = sealing.slot(key, "a")

    box = sealing.seal(key, place, {"t": text}, 1000)

    assert len(box) == 1000 + 12 + 16
    assert len(text) < 4 or text.encode() not in box


def test_a_box_does_not_open_in_another_slot():
    key = sealing.new_key()
    box = sealing.seal(key, sealing.slot(key, "a"), {}, 10)

    with pytest.raises(sealing.Unsealable):
        sealing.unseal(key, sealing.slot(key, "b"), box)


def test_content_that_is_too_large_is_refused():
    key = sealing.new_key()

    with pytest.raises(ValueError, match="does not fit in a box of 5"):
        sealing.seal(key, sealing.slot(key, "a"), {"long": "text"}, 5)


def test_a_wrapped_key_needs_the_server_key_and_its_owner():
    key = sealing.new_key()
    wrapped = sealing.wrap("server", key, "scan 1")

    assert sealing.unwrap("server", wrapped, "scan 1") == key
    assert key not in wrapped
    for server, owner in [("other", "scan 1"), ("server", "scan 2"), ("", "scan 1")]:
        with pytest.raises(sealing.Unsealable):
            sealing.unwrap(server, wrapped, owner)


def test_slots_and_seeds_say_nothing_without_the_key():
    first, second = sealing.new_key(), sealing.new_key()

    assert sealing.slot(first, "a") != sealing.slot(second, "a")
    assert sealing.seed(first, "rounding") != sealing.seed(first, "shuffle")
    assert sealing.seed(first, "rounding") == sealing.seed(first, "rounding")
