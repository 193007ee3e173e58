"""How wide words will be, so that they can be placed and broken without a browser."""

from collections.abc import Iterable

# Advance widths in hundredths of the size, measured once from the two faces we ship: the text
# face at weight 600, the head face at weight 450. Lighter text is narrower, so this errs wide.
_TEXT_FACE: dict[int, str] = {
    20: "'",
    26: "j,.:;‘’|",
    28: "i`íî·",
    30: "l! ï",
    34: "f[]()",
    36: 'rt"-{}',
    42: "I/\\Ï_",
    46: "1“”",
    50: "csvyzç–*",
    54: "akJL~àáâä7x?",
    58: "2ehnouF<>èéêëñóôöúûü9bdgpE^ÈÉÊË",
    62: "35qST$+468PVYZ=",
    66: "0ACKXÀÁÂÄÇBR",
    72: "DUÜ€HwGN#&",
    78: "OQÖ…@",
    88: "M—mW",
    96: "%",
}
_HEAD_FACE: dict[int, str] = {
    20: "'‘’",
    24: " ,.:;`|·",
    32: 'ijíîïl!"[]',
    36: "()ft",
    42: "I-{}Ï“”",
    46: "1r^szJ/\\_",
    52: "7ce<>?çèéêë–avxàáâä",
    58: "3gy+=5oóôö268bdkqFS$",
    64: "49hnpuL~ñúûüZ*0EÈÉÊË#",
    70: "PTYBCVÇ€ARXÀÁÂÄ",
    78: "U%ÜGDKNwOQÖ",
    88: "—H…@M",
    102: "mW&",
}


def _advances(face: dict[int, str]) -> dict[str, float]:
    return {letter: width / 100 for width, letters in face.items() for letter in letters}


_ADVANCES = {False: _advances(_TEXT_FACE), True: _advances(_HEAD_FACE)}
# A letter we have not measured is taken as wide: a gap looks better than an overlap.
_UNKNOWN = 0.9


def width(words: str, size: float, head: bool = False) -> float:
    """Width of one line of text, never too small for the faces we ship.

    >>> width("ii", 10) < width("mm", 10)
    True
    """
    advances = _ADVANCES[head]
    return size * sum(advances.get(letter, _UNKNOWN) for letter in words)


def wrap(words: str, size: float, room: float, head: bool = False) -> list[str]:
    """Lines of at most `room` wide; a word that is wider than a line is broken with a hyphen.

    >>> wrap("Mens en maatschappij", 15, 120)
    ['Mens en', 'maatschappij']
    >>> wrap("", 15, 120)
    []
    """
    lines: list[str] = []
    for word in _short_enough(words.split(), size, room, head):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, head) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def widest(lines: Iterable[str], size: float, head: bool = False) -> float:
    """Width of the widest line; nothing is 0 wide."""
    return max((width(line, size, head) for line in lines), default=0.0)


def _short_enough(words: list[str], size: float, room: float, head: bool) -> list[str]:
    return [part for word in words for part in _broken(word, size, room, head)]


def _broken(word: str, size: float, room: float, head: bool) -> list[str]:
    parts: list[str] = []
    while width(word, size, head) > room and len(word) > 1:
        keep = _fitting(word, size, room, head)
        parts.append(word[:keep] + "-")
        word = word[keep:]
    return [*parts, word]


def _fitting(word: str, size: float, room: float, head: bool) -> int:
    keep = len(word) - 1
    while keep > 1 and width(word[:keep] + "-", size, head) > room:
        keep -= 1
    return keep
