import random

from odoo.tests import BaseCase, tagged

from ..tools import disclosure
from .attacker import Attacker, bounds

_SEEDS = 40
_MONTHS = 4


class Organisation:
    """Some people over some months: they join, leave, move and grow older."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.size = self.random.randint(14, 34)
        departments = self.random.randint(2, 4)
        self.parent = {"a": None, "b": "a", "c": "a", "d": None}
        names = sorted(self.parent)[:departments]
        self.parts = [
            {
                "department": self.random.choice(names),
                "gender": self.random.choice("fm"),
                "level": self.random.choice("0001"),
                "age": self.random.choice(["20", "25", "30", "50"]),
            }
            for __ in range(self.size)
        ]
        self.present = {p for p in range(self.size) if self.random.random() < 0.8}
        self.names = names

    def month_passes(self):
        for person in range(self.size):
            chance = self.random.random()
            if chance < 0.06:
                self.present ^= {person}
            elif chance < 0.1:
                self.parts[person]["department"] = self.random.choice(self.names)
            elif chance < 0.12:
                self.parts[person]["age"] = "55"

    def candidates(self):
        """Groups of the month, in the order of the add-on."""
        blocks = {disclosure.COMPANY: tuple(sorted(self.present))}
        for dimension in ("department", "gender", "level", "age"):
            for person in sorted(self.present):
                name = self.parts[person][dimension]
                while name:
                    key = (dimension, name)
                    blocks[key] = (*blocks.get(key, ()), person)
                    name = self.parent.get(name) if dimension == "department" else None
        return blocks


class Publisher:
    """Months of the add-on's own protection."""

    def __init__(self, k):
        self.k, self.released, self.current = k, [], {}
        self.versions, self.history = {}, []

    def publish(self, candidates, rows, sealed=False):
        self.current = {key: m for key, m in self.current.items() if key in candidates}
        renewed, rest = disclosure.renew(
            self.released, self.current, candidates, self.k
        )
        for key in candidates:
            if key in renewed:
                self.current[key] = renewed[key]
                self.versions.setdefault(key, []).insert(0, renewed[key])
                if key not in rest:
                    is_company = key == disclosure.COMPANY
                    self.released.append((is_company, renewed[key]))
        choices = {key: self.versions.get(key, []) for key in candidates}
        status = disclosure.release(rows, choices, self.k, sealed, self.history)
        published = {}
        for key, (how, number) in status.items():
            if how not in ("shown", "rest"):
                continue
            members = choices[key][number]
            published[key] = tuple(p for p in members if p in rows)
            entry = (key == disclosure.COMPANY, members)
            if how == "shown" and entry not in self.history:
                self.history.append(entry)
        return published


class Naive:
    """Leaves small groups out, as many tools do, and thinks of nothing else."""

    def __init__(self, k):
        self.k = k

    def publish(self, candidates, rows, sealed=False):
        counted = {
            key: tuple(p for p in members if p in rows)
            for key, members in candidates.items()
        }
        return {key: m for key, m in counted.items() if len(m) >= self.k}


@tagged("post_install", "-at_install")
class TestFigureDisclosure(BaseCase):
    """Somebody with all figures of all months finds nobody."""

    def _attack(self, publisher_class, seed, k=3):
        """Publish some months; return what the attacker found, and what was shown."""
        organisation = Organisation(seed)
        publisher = publisher_class(k)
        attacker = Attacker(organisation.size)
        # who never counts in the figure is known, which helps him
        rows = {
            p: (organisation.random.randint(0, 1), 1)
            for p in range(organisation.size)
            if organisation.random.random() < 0.85
        }
        shown = 0
        for __ in range(_MONTHS):
            published = publisher.publish(organisation.candidates(), rows)
            for members in published.values():
                attacker.learn(members)
            shown += len(published)
            organisation.month_passes()
        return attacker.small_groups_found(k), shown, attacker, organisation, rows

    def test_nobody_is_found(self):
        total = 0
        for seed in range(_SEEDS):
            with self.subTest(seed=seed):
                found, shown, *__ = self._attack(Publisher, seed)
                self.assertEqual(found, [])
                total += shown
        self.assertGreater(total, _SEEDS * _MONTHS * 3, "something must be shown")

    def test_nobody_is_found_with_a_higher_threshold(self):
        for seed in range(100, 104):
            with self.subTest(seed=seed):
                found, *__ = self._attack(Publisher, seed, k=4)
                self.assertEqual(found, [])

    def test_a_suppressed_part_is_not_recovered(self):
        """What is left out this month does not follow from anything."""
        for seed in range(_SEEDS):
            organisation, publisher = Organisation(seed), Publisher(3)
            attacker = Attacker(organisation.size)
            rows = {p: (1, 1) for p in range(organisation.size)}
            for month in range(_MONTHS):
                candidates = organisation.candidates()
                published = publisher.publish(candidates, rows)
                for members in published.values():
                    attacker.learn(members)
                for key, members in candidates.items():
                    if key not in published and len(members) < 3:
                        with self.subTest(seed=seed, month=month, part=key):
                            self.assertFalse(attacker.knows(members))
                organisation.month_passes()

    def test_the_naive_scheme_is_caught(self):
        """The attack works: leaving small groups out is not enough."""
        caught = [seed for seed in range(10) if self._attack(Naive, seed)[0]]
        self.assertGreater(len(caught), 5)

    def test_content_cannot_be_bounded(self):
        """Of a sealed figure not even bounds say what anybody's value is."""
        shown = 0
        for seed in range(40):
            organisation, publisher = Organisation(seed + 500), Publisher(3)
            rows = {
                p: (organisation.random.randint(0, 1), 1)
                for p in range(organisation.size)
            }
            published = publisher.publish(organisation.candidates(), rows, sealed=True)
            shown += len(published)
            equations = [
                (members, sum(rows[p][0] for p in members))
                for members in published.values()
            ]
            highest = dict.fromkeys(rows, 1)
            with self.subTest(seed=seed):
                for low, high in bounds(equations, highest).values():
                    self.assertEqual((low, high), (0, 1))
        self.assertGreater(shown, 20)

    def test_bounds_are_found_without_the_content_guard(self):
        """The same attack works where a group is all the same."""
        everybody = tuple(range(12))
        rows = {p: (1, 1) for p in everybody}
        groups = {disclosure.COMPANY: [everybody]}
        self.assertEqual(
            disclosure.release(rows, groups, 3), {disclosure.COMPANY: ("shown", 0)}
        )
        found = bounds([(everybody, 12)], dict.fromkeys(everybody, 1))
        self.assertEqual(set(found.values()), {(1, 1)})
        self.assertEqual(
            disclosure.release(rows, groups, 3, sealed=True),
            {disclosure.COMPANY: ("content", 0)},
        )

    def test_one_joiner_waits(self):
        """The people counted stay the same until k people joined or left."""
        publisher = Publisher(5)
        rows = {p: (p % 2, 1) for p in range(40)}
        shown = publisher.publish({disclosure.COMPANY: tuple(range(20))}, rows)
        self.assertEqual(len(shown[disclosure.COMPANY]), 20)
        shown = publisher.publish({disclosure.COMPANY: tuple(range(24))}, rows)
        self.assertEqual(len(shown[disclosure.COMPANY]), 20, "four joined: they wait")
        shown = publisher.publish({disclosure.COMPANY: tuple(range(25))}, rows)
        self.assertEqual(len(shown[disclosure.COMPANY]), 25, "five joined")
        shown = publisher.publish({disclosure.COMPANY: tuple(range(4, 25))}, rows)
        self.assertEqual(len(shown[disclosure.COMPANY]), 25, "four left: they count")
        shown = publisher.publish({disclosure.COMPANY: tuple(range(5, 25))}, rows)
        self.assertEqual(len(shown[disclosure.COMPANY]), 20, "five left")

    def test_overlapping_groups(self):
        """A department inside an age band would give away the one beside it."""
        rows = {p: (1, 1) for p in range(30)}
        groups = {
            disclosure.COMPANY: [tuple(range(30))],
            ("department", "a"): [tuple(range(10))],
            ("age", "20"): [tuple(range(11))],
        }
        self.assertEqual(
            disclosure.release(rows, groups, 5),
            {
                disclosure.COMPANY: ("shown", 0),
                ("department", "a"): ("shown", 0),
                ("age", "20"): ("few", 0),
            },
        )

    def test_complement(self):
        """A part is not left alone beside the total."""
        self.assertEqual(disclosure.complement({"a": 9, "b": 6, "c": 2}, 17, 5), {"a"})
        self.assertEqual(disclosure.complement({"a": 9, "b": 6}, 15, 5), {"a", "b"})
        self.assertEqual(disclosure.complement({"a": 9, "b": 3, "c": 3}, 15, 5), {"a"})
        self.assertEqual(disclosure.complement({"a": 2}, 2, 5), set())
        self.assertEqual(disclosure.complement({}, 0, 5), set())
