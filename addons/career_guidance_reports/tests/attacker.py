"""Somebody who reads all figures of all months, and works out what he can.

He knows who is in which group. He believes that nobody's value changes, which helps
him more than the truth would. Written without a look at the protection.
"""

from fractions import Fraction
from itertools import combinations


class Attacker:
    """Exact elimination over everything that was published.

    :param people: number of people; they are 0, 1, 2...
    """

    def __init__(self, people):
        self.people = people
        self._rows = []  # reduced: [pivot, vector]

    def learn(self, members):
        """A sum over these people was published."""
        vector = [Fraction(0)] * self.people
        for person in members:
            vector[person] = Fraction(1)
        vector = self._reduce(vector)
        pivot = next((i for i, weight in enumerate(vector) if weight), None)
        if pivot is None:
            return
        head = vector[pivot]
        vector = [weight / head for weight in vector]
        for row in self._rows:
            factor = row[1][pivot]
            if factor:
                row[1] = [a - factor * b for a, b in zip(row[1], vector, strict=True)]
        self._rows.append([pivot, vector])

    def _reduce(self, vector):
        for pivot, row in self._rows:
            factor = vector[pivot]
            if factor:
                vector = [a - factor * b for a, b in zip(vector, row, strict=True)]
        return vector

    def knows(self, members):
        """Whether the sum over these people follows from what was published."""
        vector = [Fraction(0)] * self.people
        for person in members:
            vector[person] = Fraction(1)
        return not any(self._reduce(vector))

    def small_groups_found(self, k):
        """Groups of fewer than k people whose sum he knows."""
        return [
            group
            for size in range(1, k)
            for group in combinations(range(self.people), size)
            if self.knows(group)
        ]


def bounds(equations, highest):
    """What each person's value can be, by bounds that are narrowed until they stay.

    Also from the difference of each two sums of which one lies in the other.

    :param equations: list of (members, sum)
    :param highest: {person: highest value}; the lowest is 0
    :return: {person: (lowest, highest)}
    """
    known = {frozenset(members): total for members, total in equations}
    for one, total in list(known.items()):
        for other, more in list(known.items()):
            if one < other:
                known.setdefault(other - one, more - total)
    low, high = dict.fromkeys(highest, 0), dict(highest)
    changed = True
    while changed:
        changed = False
        for members, total in known.items():
            lows, highs = sum(low[p] for p in members), sum(high[p] for p in members)
            for p in members:
                new = (
                    max(low[p], total - (highs - high[p])),
                    min(high[p], total - (lows - low[p])),
                )
                if new != (low[p], high[p]):
                    low[p], high[p] = new
                    changed = True
                    lows, highs = (
                        sum(low[p] for p in members),
                        sum(high[p] for p in members),
                    )
    return {p: (low[p], high[p]) for p in highest}
