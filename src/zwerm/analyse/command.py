"""`zwerm analyse`: read somebody's files, compute, and write what was asked for."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from zwerm.analyse.exports.graphml import graphml_of
from zwerm.analyse.exports.sheets import sheets_of
from zwerm.analyse.inference.asked import asked_of
from zwerm.analyse.networks import Network, read_networks
from zwerm.analyse.options import Options, check_options, read_options
from zwerm.analyse.results import Results, results_of
from zwerm.analyse.summary import summary_of
from zwerm.analyse.words import Fault, Words
from zwerm.analyse.writing import json_of, write_all

WRONG, STOPPED = 2, 130
A_TERM = re.compile(r"[a-z]+\(")


def main(argv: Sequence[str]) -> int:
    """Run the command; 0 when all is well, 2 with a sentence when not, 130 when stopped."""
    options = read_options(argv)
    words = Words(options.language)
    try:
        run(options, words)
    except Fault as fault:
        print(words.say(fault.sentence), words("nothing_written"), sep="\n", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print(f"\n{words('stopped')} {words('nothing_written')}", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # Whoever read along, such as `head`, has seen enough. Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def run(options: Options, words: Words) -> None:
    """Everything is made before anything is written."""
    check_options(options)
    asked = asked_of(options)
    if options.pdf:
        # Heavy, and absent on machines without its libraries: say so before the work.
        from zwerm.analyse.pdf import check_printer  # noqa: PLC0415

        check_printer()
    networks, warnings = read_networks(options, asked.relations)
    results = results_of(networks, asked, options, words)
    said = [
        *(words.say(one) for one in warnings),
        *(about_network(words.say(one), networks) for one in results.noted),
    ]
    for warning in said:
        print(words("warning", text=warning), file=sys.stderr)
    if not options.outputs:
        # What it shares with the report: whoever writes files does not need it.
        from zwerm.analyse.chance_summary import chance_summary  # noqa: PLC0415

        print(summary_of(results, words, chance_summary(results, words)), flush=True)
        return
    write_all(contents_of(results, options, words, said))
    for path in options.outputs:
        print(words("written", file=path))


def about_network(said: str, networks: Sequence[Network]) -> str:
    """What is noted of a network; of the only one there is no need to say which."""
    if len(networks) > 1:
        return said
    bare = said.removeprefix(f"{networks[0].name}: ").removeprefix(f"{networks[0].name}, ")
    # A term is written as it was asked for: `receiver(age)`.
    return bare if A_TERM.match(bare) else bare[:1].upper() + bare[1:]


def contents_of(
    results: Results, options: Options, words: Words, warnings: list[str]
) -> dict[Path, bytes]:
    """What goes into each file."""
    contents: dict[Path, bytes] = {}
    networks, found = results.networks, results.figures
    if options.json:
        contents[options.json] = json_of(results, options, warnings)
    if options.csv:
        sheets = sheets_of(results, options)
        contents |= {options.csv / name: content for name, content in sheets.items()}
    if options.graphml:
        contents[options.graphml] = graphml_of(networks, found, options)
    if options.html or options.pdf:
        # Pictures and page: only who asks for a report waits for them.
        from zwerm.analyse.page import report_of  # noqa: PLC0415

        report = report_of(results, options, words, warnings)
        if options.html:
            contents[options.html] = report.encode()
        if options.pdf:
            from zwerm.analyse.pdf import pdf_of  # noqa: PLC0415  # as above

            contents[options.pdf] = pdf_of(report)
    return contents
