"""What a watch does, without threads: from one moment to the next."""

LOOKS = 150


def look(desk):
    """Looks until nothing more happens at this moment; gives what was taken up."""
    taken, heard = [], []
    ends = [desk.publishing.changed.connect(heard.append), desk.calendar.changed.connect(heard.append)]
    try:
        for _ in range(LOOKS):
            heard.clear()
            desk.calendar.tick()
            taken += desk.publishing.run_due()
            if not heard:
                return taken
    finally:
        for end in ends:
            end()
    raise AssertionError("it never comes to rest")


def look_around(desk, clock, until=None):
    """From moment to moment until nothing is left to be looked at, or until a time; a bounded number of looks."""
    for _ in range(LOOKS):
        look(desk)
        wake = desk.calendar.wake(clock.now())
        if wake is None or (until is not None and wake > until):
            clock.at = max(clock.at, until or clock.at)
            return
        clock.at = max(clock.at, wake)
    raise AssertionError("it never comes to rest")


def code(delivery):
    """Of the first thing that is said about it."""
    return delivery.error[0].code if delivery.error else ""


def moves(desk, delivery):
    """Each move, oldest first."""
    return [line.step for line in desk.publishing.story(delivery.id) if line.phase == "move"]
