"""The command `zwerm`: one door to everything an installation can do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments[0] if arguments else "help"
    if name in {"help", "-h", "--help"}:
        print(overview())
        return 0
    command = COMMANDS.get(name)
    if command is None:
        print(f"There is no command {name!r}.\n\n{overview()}", file=sys.stderr)
        return 2
    return command(arguments[1:])


def overview() -> str:
    """Every command with its one line."""
    width = max(map(len, COMMANDS))
    lines = [
        f"  {name:<{width}}  {(run.__doc__ or '').splitlines()[0]}"
        for name, run in COMMANDS.items()
    ]
    return "\n".join(["zwerm COMMAND [OPTIONS]", "", *lines])


def demo(argv: Sequence[str]) -> int:
    """Make an invented board with three schools, and start the site and a worker."""
    os.environ["ZWERM_DEMO"] = "1"
    os.environ.setdefault("ZWERM_DATA", "data/demo")
    from zwerm.home.demo import command  # noqa: PLC0415  # settings must know it is a demo

    return command.run(argv)


def serve(argv: Sequence[str]) -> int:
    """Start the site for real use; refuses to start with unsafe settings."""
    start_django()
    from zwerm.home import serving  # noqa: PLC0415  # Django must be ready first

    return serving.serve(argv)


def worker(argv: Sequence[str]) -> int:
    """Start the worker: mail, closing, reports, and everything that is due."""
    start_with_database()
    from zwerm.home import serving  # noqa: PLC0415  # Django must be ready first

    return serving.work(argv)


def migrate(argv: Sequence[str]) -> int:
    """Bring the database to this version."""
    start_django()
    from zwerm.home import serving  # noqa: PLC0415  # Django must be ready first

    return serving.migrate()


def backup(argv: Sequence[str]) -> int:
    """Keep everything in one file, and the keys of the scans apart; the site may run."""
    start_with_database()
    from zwerm.home import backup  # noqa: PLC0415  # Django must be ready first

    return in_english(backup.run, argv)


def restore(argv: Sequence[str]) -> int:
    """Put a backup back; what was erased since then stays erased."""
    start_django()
    from zwerm.home import restore  # noqa: PLC0415  # Django must be ready first

    return in_english(restore.run, argv)


def purge(argv: Sequence[str]) -> int:
    """Destroy the answers that were kept as long as was agreed; the worker does it by itself."""
    start_with_database()
    from zwerm.home import purging  # noqa: PLC0415  # Django must be ready first

    return in_english(purging.run, argv)


def doctor(argv: Sequence[str]) -> int:
    """Look at everything a running installation needs, and say what is wrong."""
    start_django()
    from zwerm.home import doctor  # noqa: PLC0415  # Django must be ready first

    return in_english(doctor.run, argv)


def privacy_docs(argv: Sequence[str]) -> int:
    """Write drafts of the register of processing, the leaflet and the impact assessment."""
    start_django()
    from zwerm.home import privacy_docs  # noqa: PLC0415  # Django must be ready first

    return in_english(privacy_docs.run, argv)


def analyse(argv: Sequence[str]) -> int:
    """Compute the figures of your own network data; no school or database is needed."""
    from zwerm.analyse import command  # noqa: PLC0415  # Django is not needed and not started

    return command.main(list(argv))


def import_staff(argv: Sequence[str]) -> int:
    """Load a staff list from CSV or Excel; shows first what would change."""
    start_with_database()
    from zwerm.people import command  # noqa: PLC0415  # Django must be ready first

    return in_english(command.import_staff, argv)


def add_school(argv: Sequence[str]) -> int:
    """Add a school to a board."""
    start_with_database()
    from zwerm.people import command  # noqa: PLC0415  # Django must be ready first

    return in_english(command.add_school, argv)


def grant(argv: Sequence[str]) -> int:
    """Give somebody a mandate: facilitator, school leader, staff council, ..."""
    start_with_database()
    from zwerm.people import command  # noqa: PLC0415  # Django must be ready first

    return in_english(command.grant, argv)


def take_step_away(argv: Sequence[str]) -> int:
    """Let somebody in again who lost their telephone and their recovery codes."""
    start_with_database()
    from zwerm.people import command  # noqa: PLC0415  # Django must be ready first

    return in_english(command.take_step_away, argv)


def in_english(run: Callable[[list[str]], int], argv: Sequence[str]) -> int:
    """Commands speak English, as their options do, whatever the language of the site is."""
    from django.utils import translation  # noqa: PLC0415  # Django must be ready first

    with translation.override("en"):
        return run(list(argv))


def start_django() -> None:
    """Read the settings and load every room."""
    os.umask(0o077)  # what is written holds data of people: nobody else on the machine reads it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zwerm.settings")
    import django  # noqa: PLC0415  # `analyse` starts faster without it

    from zwerm.core.environment import Misconfigured  # noqa: PLC0415  # the same

    try:
        django.setup()
    except Misconfigured as fault:
        raise SystemExit(f"Zwerm does not start: {fault}") from None


def start_with_database() -> None:
    """The same, for commands that need the database as this version knows it."""
    start_django()
    from zwerm.home.serving import database_fault  # noqa: PLC0415  # Django must be ready first

    if fault := database_fault():
        raise SystemExit(fault)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "serve": serve,
    "worker": worker,
    "migrate": migrate,
    "backup": backup,
    "restore": restore,
    "purge": purge,
    "doctor": doctor,
    "privacy-docs": privacy_docs,
    "analyse": analyse,
    "import-staff": import_staff,
    "add-school": add_school,
    "grant": grant,
    "take-step-away": take_step_away,
}

if __name__ == "__main__":
    sys.exit(main())
