"""`main.py post list` beside the time that importing SQLAlchemy's ORM takes."""

from __future__ import annotations

from benchmarks import workspace
from benchmarks.measure import Result, in_turn, python, seconds

GROUP = "post list, 10,000 posts"


def measure(runs: int = 15) -> list[Result]:
    """At most 1.5 times the yardstick was promised."""
    folder = workspace.with_posts()
    found = in_turn(
        runs,
        orm=lambda: seconds(python("-c", "import sqlalchemy.orm")),
        post_list=lambda: seconds(python("main.py", "--workspace", folder, "post", "list")),
    )
    return [
        Result(GROUP, "import sqlalchemy.orm", found["orm"]),
        Result(GROUP, "main.py post list", found["post_list"], against="import sqlalchemy.orm", most=1.5),
    ]
