"""The desk: one open workspace and everything people do in it. Built once by `app.py` and handed down."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.clock import wall
from studio.core.finding import Finding
from studio.core.post import Content, Post
from studio.services.accounts import Accounts, MakeTransport
from studio.services.backups import Backups
from studio.services.calendar import Calendar
from studio.services.checks import Checks
from studio.services.connections import Connections
from studio.services.holds import Holds
from studio.services.jobs import Jobs
from studio.services.library import Library
from studio.services.outbox import Outbox
from studio.services.outlook import Outlook
from studio.services.posts import Posts
from studio.services.previews import Previews
from studio.services.publishing import Publishing
from studio.services.session import Session
from studio.services.settings import Settings

if TYPE_CHECKING:
    from studio.services.before import Before
    from studio.services.byhand import ByHandDesk
    from studio.services.covers import Covers
    from studio.services.insights import InsightDesk
    from studio.services.planner import Planner
    from studio.services.reviews import Reviews
    from studio.services.videos.projects import Videos
    from studio.store.owner import Owners
    from studio.store.vault import Vault
    from studio.store.workspace import Workspace


class Desk:
    """read_only, why: True and the finding when nothing can be changed (no rights, or another window has it).

    now, sleep   the clock that the engine goes by: UTC, and seconds
    """

    def __init__(
        self, workspace: Workspace, vault: Vault, owners: Owners, make_transport: MakeTransport | None = None,
        jobs: Jobs | None = None, *, now: Callable[[], datetime] = wall,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self.workspace, self.vault, self._owners = workspace, vault, owners
        self.jobs = jobs or Jobs()
        self.settings = Settings(workspace)
        self.posts = Posts(workspace)
        self.library = Library(workspace)
        self._connections = Connections()
        self.accounts = Accounts(workspace, vault, make_transport or self._connections)
        self.checks = Checks(workspace, self._covered)
        self.previews = Previews(self.checks, self._cover)
        self.calendar = Calendar(workspace, self.accounts, self.settings, now)
        self.publishing = Publishing(
            workspace, self.accounts, self.checks, self.settings, owners, sleep or time.sleep, now)
        self.holds = Holds(workspace, self.publishing, owners, now)
        self.outlook = Outlook(workspace, self.accounts, self.checks, now)
        self.outbox = Outbox(workspace, self.accounts)
        self.backups = Backups(workspace, self.settings)
        self._now = now

    @classmethod
    def open(
        cls, folder: Path, *, window: bool = False, make_transport: MakeTransport | None = None,
        jobs: Jobs | None = None,
    ) -> Desk:
        """Opens or creates the workspace in `folder`. `window`: this is a window, of which only one may write.

        jobs   the lanes to use, where they were made before the workspace (a window that paints first)

        Raises WorkspaceProblem: from a newer version, corrupt, not a folder, full.
        """
        from studio.store.owner import Owners
        from studio.store.vault import Vault
        from studio.store.workspace import Workspace

        workspace = Workspace.open(folder)
        if window:
            workspace.take_window()  # without it the workspace is read-only from here on, and says so
        desk = cls(workspace, Vault(), Owners(workspace.cache / "owners"), make_transport, jobs)
        desk._begin()
        return desk

    def _begin(self) -> None:
        if not self.read_only:
            self.accounts.ensure_embedded()

    @cached_property
    def by_hand(self) -> ByHandDesk:
        """Posting by hand; loaded with the first question, as what follows."""
        from studio.services.byhand import ByHandDesk

        return ByHandDesk(
            self.workspace, self.accounts, self.checks, self.settings, self.publishing, self._now)

    @cached_property
    def reviews(self) -> Reviews:
        """What clients are shown, and what they say."""
        from studio.services.reviews import Reviews

        return Reviews(self.workspace, self.checks, self.previews)

    @cached_property
    def planner(self) -> Planner:
        """The grids of accounts' pages."""
        from studio.services.planner import Planner

        return Planner(self.accounts, self.posts, self.publishing, self.calendar)

    @cached_property
    def videos(self) -> Videos:
        """Video projects."""
        from studio.services.videos.projects import Videos

        return Videos(self.workspace, self.library)

    @cached_property
    def covers(self) -> Covers:
        """What platforms' own buttons and words cover of a post's video."""
        from studio.services.covers import Covers

        return Covers(self)

    @cached_property
    def insights(self) -> InsightDesk:
        """Numbers and comments."""
        from studio.services.insights import InsightDesk

        return InsightDesk(self.workspace, self.accounts, self.publishing, self._owners.me)

    @cached_property
    def before(self) -> Before:
        """What only the network can tell before something is scheduled."""
        from studio.services.before import Before

        return Before(self.workspace, self.accounts, self.checks, self._now)

    def _cover(self, film: str) -> float | None:
        at = self.settings.view(f"video/cover/{film}")
        return float(at) if isinstance(at, int | float) else None

    def _covered(self, content: Content) -> Sequence[Finding]:
        return self.covers.known(content)

    @property
    def folder(self) -> Path:
        return self.workspace.folder

    @property
    def read_only(self) -> bool:
        return self.workspace.read_only

    @property
    def why(self) -> Finding | None:
        """Why it is read-only, or None."""
        return self.workspace.why

    def session(self, post_id: str) -> Session:
        """The post opened for editing; NotFound when there is none."""
        post: Post = self.posts.get(post_id)
        return Session(self.posts, post)

    def close(self) -> None:
        """Stops jobs and lets go of the workspace."""
        self.jobs.close()
        self._owners.release()
        self.workspace.close()
        self._connections.close()
