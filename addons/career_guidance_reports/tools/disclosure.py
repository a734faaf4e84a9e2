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
(:func:`release` with ``sealed``): in each class of alike people that the groups of a
month make, at least ``k`` people count as yes and at least ``k`` as no. So not even
bounds ("all twelve of them") tell of anybody. *Proof.* Exchange the values of two
people of one class that differ: all that is published stays the same. So the sum over
any fewer than ``k`` people could be another.
"""

from collections import Counter
from collections.abc import Iterable

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
    final = {**current, **renewed}
    for key, members in candidates.items():
        if key == COMPANY or members == current.get(key):
            continue
        if alike.witnesses(members) >= k:
            alike.add(members)
        elif len(members) >= k and is_rest(key, members, final):
            rest.add(key)
        else:
            continue
        final[key] = renewed[key] = members
    return renewed, rest


def is_rest(key, members, published):
    """Whether a group is what is left of a published one beside published parts.

    Such a group is known anyway: it is better shown than left to be worked out.

    :param published: {key: members}
    """
    mine = set(members)
    groups = [
        set(group)
        for other, group in published.items()
        if other != key and (other == COMPANY or other[0] == key[0])
    ]
    groups.sort(key=len)
    for whole in groups:
        if not mine < whole:
            continue
        left = whole - mine
        for part in reversed(groups):
            if part and part <= left:
                left -= part
        if not left:
            return True
    return False


def release(rows, choices, k, sealed=False, history=()):
    """Which groups of a month show a figure, and with the members of which day.

    The guard is kept for each figure over the people who count in it: five people left,
    but perhaps only one of them had a plan. Then the figure about plans goes on with
    the members of before.

    :param rows: {person: (numerator, denominator)} of those who count in the figure
    :param choices: {key: [members, older members, ...]}, ordered: the company first
    :param sealed: guard the content as well (see above)
    :param history: groups that the figure was published for before, as (is company,
        members), in their order, without those that were only the rest of others
    :return: {key: ("shown" | "rest" | "few" | "content", number of the choice)}
    """
    company = [_counted(members, rows) for first, members in history if first]
    others = [_counted(members, rows) for first, members in history if not first]
    known = {tuple(members) for members in [*company, *others]}
    alike, failed = _walk([*company, *others], k)
    month, shown, result = Alike(), {}, {}
    for key, versions in choices.items():
        result[key] = ("few", 0)
        for number, version in enumerate(versions):
            members = _counted(version, rows)
            if len(members) < k:
                continue
            after, how = alike, "shown"
            if tuple(members) in known:
                # the threshold may have been raised since
                if month.witnesses(members) < k:
                    if not is_rest(key, members, shown):
                        continue
            else:
                if key == COMPANY:
                    # before the breakdowns of earlier months, as in `renew`
                    after, more = _walk([*company, members, *others], k)
                    if more > failed:
                        continue
                elif alike.witnesses(members) < k:
                    if alike.witnesses(members) or not is_rest(key, members, shown):
                        continue
                    how = "rest"
            if sealed and not _content_holds(month, members, rows, k):
                result[key] = ("content", number)
                continue
            if key != COMPANY and how == "shown":
                after.add(members)
            alike = after
            month.add(members)
            shown[key] = members
            result[key] = (how, number)
            break
    return result


def _counted(members, rows):
    return [person for person in members if person in rows]


def _walk(groups, k):
    """The classes after all these groups, and how many of them have no witnesses.

    What was published stays published when later fewer of its people count; a group
    that fails today is about a state of before.
    """
    alike, failed = Alike(), 0
    for members in groups:
        failed += alike.witnesses(members) < k
        alike.add(members)
    return alike, failed


def _content_holds(alike, members, rows, k):
    """The content guard for one more group."""
    inside = set(members)
    for people in [*alike.classes().values(), members]:
        for part in (
            [rows[person] for person in people if person in inside],
            [rows[person] for person in people if person not in inside],
        ):
            yes = sum(1 for num, __ in part if num > 0)
            no = sum(1 for num, den in part if num < den)
            if part and (min(yes, no) < k or len(set(part)) < 2):
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
