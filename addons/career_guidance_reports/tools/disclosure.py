"""What may be published about groups of people, so that nobody can be found in it.

Plain Python over plain rows; `docs/privacy-of-figures.md` says the same in words.

**The attacker** knows who is in each group, in each month, and all that was ever
published; he adds, subtracts and combines as he likes. He must not arrive at the sum of
a figure over fewer than ``k`` people.

**Groups.** A published number is the sum of a figure over a group. The members of a
group are kept: next month's number is about the same people, until a renewal is safe.
So two months never differ by the one person who joined or left.

**The linear guard.** Take the published groups in any order and call two people *alike*
as long as they are together in, or together outside, every group before. A group is
added only if at least ``k`` separate witnesses stand for it: pairs of people who were
alike so far, of whom one is inside and the other outside; a person who was in no group
before is a witness alone. :meth:`Alike.witnesses` counts them: in each class of alike
people, the smaller of "inside" and "outside".

*Claim.* No combination of published groups touches between 1 and ``k - 1`` people.
*Proof.* Let ``v`` be a combination that is not zero, and ``b`` the last of its groups.
For each witness pair ``(p, q)`` of ``b``, all groups before give ``p`` and ``q`` the
same weight, and ``b`` gives it to one only: ``v`` differs between ``p`` and ``q``, so
it is not zero for both. The pairs are separate, there are ``k`` of them: ``v`` touches
``k`` people at least. (For a witness alone, ``v`` is not zero on that person.)

A sum of fewer than ``k`` people would be such a combination. This covers what is left
when the parts are taken from a total, groups that overlap, department levels, and the
comparison of months; nothing has to be guessed beforehand about how one subtracts.

**The content guard.** Figures about confidential content are published more sparingly
(:func:`release` with ``sealed``): each class of alike people that the groups of a month
make has ``k`` members or none, and never all the same value; and at least ``k`` people
count as yes, and ``k`` as no. So not even bounds ("all twelve of them") tell of anybody.
*Proof.* Exchange the values of two people of one class that differ: all that is
published stays the same. So the sum over any fewer than ``k`` people could be another.
"""

from collections import Counter
from collections.abc import Iterable

# The blocks of one of these make up the company: the last block is the rest.
PARTITIONS = ("gender", "level", "age")
COMPANY = ("company", "")


class Alike:
    """Classes of people who are together in, or outside, every group so far."""

    def __init__(self):
        self._label: dict[int, int] = {}
        self._size: Counter = Counter()
        self._next = 0

    def parts(self, members: Iterable[int]) -> Iterable[tuple[int, int]]:
        """How a group cuts the classes.

        :return: pairs (inside, outside) of the classes that it touches; of those who
            were in no group before, nobody counts as outside
        """
        inside = Counter(map(self._label.get, members))
        fresh = inside.pop(None, 0)
        if fresh:
            yield fresh, fresh
        for label, count in inside.items():
            yield count, self._size[label] - count

    def witnesses(self, members: Iterable[int]) -> int:
        return sum(map(min, self.parts(members)))

    def add(self, members: Iterable[int]) -> None:
        moved = {}
        for person in members:
            old = self._label.get(person)
            new = moved.get(old)
            if new is None:
                new = moved[old] = self._next
                self._next += 1
            self._label[person] = new
            self._size[new] += 1
            if old is not None:
                self._size[old] -= 1

    def classes(self) -> dict[int, list[int]]:
        result: dict[int, list[int]] = {}
        for person, label in self._label.items():
            result.setdefault(label, []).append(person)
        return result


def holds(groups: Iterable[Iterable[int]], k: int) -> Alike | None:
    """The classes after all these groups; None where the guard does not hold."""
    alike = Alike()
    for members in groups:
        if alike.witnesses(members) < k:
            return None
        alike.add(members)
    return alike


def renew(released, current, candidates, k):
    """Which groups may take their present members.

    :param released: members of all groups that were published within the horizon, as
        (is company, members), in the order of their release; without those that are
        only the rest of others
    :param current: {key: members} of the groups that are in use
    :param candidates: {key: members} as of today, ordered: the company, then the most
        important breakdowns; a key is (dimension, name), members are sorted
    :return: ({key: members} to renew, keys of those that are only the rest of others)
    """
    company = [members for is_company, members in released if is_company]
    others = [members for is_company, members in released if not is_company]
    renewed, rest = {}, set()
    alike = holds([*company, *others], k)
    if alike is None:
        # the threshold was raised: what was published cannot be taken back, and
        # nothing new is added to it
        return renewed, rest
    whole = candidates.get(COMPANY, ())
    if whole and whole != current.get(COMPANY):
        # the company stands before the breakdowns of earlier months, so that these
        # do not keep it from being renewed; they must hold behind it
        after = holds([*company, whole, *others], k)
        if after is not None:
            alike = after
            renewed[COMPANY] = whole
    for key, members in candidates.items():
        if key == COMPANY or members == current.get(key):
            continue
        if alike.witnesses(members) >= k:
            alike.add(members)
            renewed[key] = members
    final = {**current, **renewed}
    for dimension in PARTITIONS:
        key = _rest_of(dimension, candidates, final)
        if key and len(candidates[key]) >= k:
            renewed[key] = candidates[key]
            rest.add(key)
    return renewed, rest


def _rest_of(dimension, candidates, final):
    """The one block that is not published, where the others give it away anyway."""
    blocks = {key: m for key, m in candidates.items() if key[0] == dimension}
    missing = [key for key, members in blocks.items() if final.get(key) != members]
    if len(missing) != 1 or len(blocks) < 2:
        return None
    union = sorted(person for members in blocks.values() for person in members)
    return missing[0] if union == list(final.get(COMPANY, ())) else None


def release(rows, groups, k, sealed=False):
    """Which groups of a month show a figure.

    :param rows: {person: (numerator, denominator)} of those who count in the figure
    :param groups: {key: members}, ordered: the company first
    :param sealed: guard the content as well (see above)
    :return: {key: "shown" | "few" | "content"}
    """
    alike = Alike()
    result = {}
    counted = {
        key: [person for person in members if person in rows]
        for key, members in groups.items()
    }
    for key, members in counted.items():
        if alike.witnesses(members) < k:
            result[key] = "few"
        elif sealed and not _content_holds(alike, members, rows, k):
            result[key] = "content"
        else:
            alike.add(members)
            result[key] = "shown"
    if not sealed and result.get(COMPANY) == "shown":
        for dimension in PARTITIONS:
            _show_rest(dimension, counted, result, k)
    return result


def _show_rest(dimension, counted, result, k):
    """Show a block that is the total minus the blocks shown: it is known anyway."""
    blocks = [key for key in counted if key[0] == dimension]
    hidden = [key for key in blocks if result[key] != "shown" and counted[key]]
    if len(hidden) != 1 or len(counted[hidden[0]]) < k:
        return
    union = sorted(person for key in blocks for person in counted[key])
    if union == sorted(counted[COMPANY]):
        result[hidden[0]] = "shown"


def _content_holds(alike, members, rows, k):
    """The content guard for one more group."""
    yes = sum(1 for person in members if rows[person][0] > 0)
    no = sum(1 for person in members if rows[person][0] < rows[person][1])
    if min(yes, no) < k:
        return False
    inside = set(members)
    for people in [*alike.classes().values(), members]:
        for part in (
            [person for person in people if person in inside],
            [person for person in people if person not in inside],
        ):
            if part and (len(part) < k or len({rows[p] for p in part}) < 2):
                return False
    return True


def complement(counts, total, k):
    """Which parts of a total may be shown beside it.

    A part with fewer than ``k`` people is left out; where those left out are together
    fewer than ``k``, the smallest of the others goes with them.

    :param counts: {name: people}
    :param total: people in the total
    :return: set of names
    """
    shown = {name for name, count in counts.items() if count >= k}
    while shown:
        left = total - sum(counts[name] for name in shown)
        if left == 0 or left >= k:
            break
        shown.discard(min(shown, key=lambda name: (counts[name], name)))
    return shown
