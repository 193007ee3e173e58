"""An invented school: people with teams and posts, who name each other, some of them silent."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.analyse.files import put


def put_school(
    folder: Path, people: int = 40, silent: int = 0, seed: int = 1, extra: str = ""
) -> tuple[str | Path, ...]:
    """ties.csv with the relations advice and likes, people.csv and dyads.csv; as options."""
    rng = np.random.default_rng(seed)
    team, leads = np.arange(people) % 4, np.arange(people) < people // 8
    near = rng.random((people, people)) < 0.2
    near = np.triu(near, 1) | np.triu(near, 1).T
    odds = 0.05 + 0.12 * (team[:, None] == team) + 0.2 * leads[None, :] + 0.1 * near
    rows = []
    for relation in ("advice", "likes"):
        tied = (rng.random((people, people)) < odds) & ~np.eye(people, dtype=bool)
        tied[people - silent :] = False
        rows += [
            f"{relation},p{i},p{j},{1 + (i + j) % 3}" for i, j in zip(*tied.nonzero(), strict=True)
        ]
    members = [
        f"p{i},team {team[i]},{int(leads[i])},{20 + i % 30},{int(i < people - silent)}"
        for i in range(people)
    ]
    pairs = [f"p{i},p{j},1" for i, j in zip(*np.triu(near).nonzero(), strict=True)]
    ties = put(folder, "ties.csv", "relation,source,target,value", *rows)
    who = put(
        folder, "people.csv", "id,team,leads,age,answered", *members, *([extra] if extra else [])
    )
    dyads = put(folder, "dyads.csv", "i,j,near", *pairs)
    return ("--ties", ties, "--people", who, "--dyads", dyads)
