"""The matrix once more, in plain Python: an independent model of rights.

Nothing is imported from the add-on. The property test plays random histories on Odoo
and on this model, and compares after each step what everybody can read and write.
"""

from dataclasses import dataclass, field

ROLES = ("n1", "n2", "hr", "coach")
# channel: role of the guide, hidden from, plan shared with HR
CHANNELS = {
    "line": ("n1", frozenset(), True),
    "staff": ("hr", frozenset({"n1", "n2"}), True),
    "management": ("n2", frozenset({"n1"}), False),
    "coach": ("coach", frozenset({"n1", "n2"}), False),
}


@dataclass
class Person:
    """An employee and his user; ``user`` is None for who has no login."""

    name: int
    company: int = 0
    manager: int | None = None
    user: int | None = None
    active: bool = True
    officer: bool = False
    pool: bool = False


@dataclass
class Doc:
    """A wish, a conversation, a plan or guidance by a coach, of one employee."""

    kind: str
    employee: int
    state: str
    channel: str | None = None
    guide: int | None = None
    guide_user: int | None = None
    shares: set = field(default_factory=set)


class Model:
    """People, documents, and what each step does to them."""

    def __init__(self, people):
        self.people = people
        self.docs = {}

    # ------------------------------------------------------------- who is who
    def line(self, name):
        """N1 and N2, as employees: (n1, n2)."""
        person = self.people[name]
        if not person.active or person.manager is None:
            return None, None
        first = person.manager
        second = self.people[first].manager
        n1 = first if first != name and self.people[first].active else None
        n2 = None
        if second is not None and self.people[second].active:
            n2 = second if second not in (name, first) else None
        return n1, n2

    def line_users(self, name):
        own = self.people[name].user
        n1, n2 = (e if e is None else self.people[e].user for e in self.line(name))
        n1 = n1 if n1 != own else None
        return n1, n2 if n2 not in (own, n1) else None

    def by_user(self, user):
        return next(p for p in self.people.values() if p.user == user)

    def holds(self, user, role, name):
        """Whether the user holds a channel's role for an employee."""
        n1, n2 = self.line_users(name)
        if role in ("n1", "n2"):
            return user is not None and user == {"n1": n1, "n2": n2}[role]
        person = self.by_user(user)
        same = person.company == self.people[name].company
        # who left is no coach any more; an officer is one by his user
        coach = person.pool and person.active
        return same and (person.officer if role == "hr" else coach)

    @staticmethod
    def role(doc):
        """The role that guides such a document; nobody guides a wish."""
        return "coach" if doc.kind == "guidance" else CHANNELS[doc.channel][0]

    @staticmethod
    def hidden(doc):
        """From whom it is hidden, whatever other rights they have."""
        if doc.kind == "guidance":
            return {"n1", "n2"}
        return CHANNELS[doc.channel][1] if doc.channel else ()

    def is_open(self, doc):
        return (
            doc.kind in ("talk", "guidance")
            and doc.state == "requested"
            and doc.guide is None
            and doc.guide_user is None
        )

    # ------------------------------------------------------------------ reading
    def reads(self, user, doc):
        own = self.people[doc.employee].user
        if user in (own, doc.guide_user):
            return True
        n1, n2 = self.line_users(doc.employee)
        hidden = self.hidden(doc)
        for role, holder in (("n1", n1), ("n2", n2)):
            if user == holder and role in hidden and role not in doc.shares:
                return False
        if "n1" in doc.shares and user == n1 or "n2" in doc.shares and user == n2:
            return True
        if "hr" in doc.shares and self.holds(user, "hr", doc.employee):
            return True
        if "coach" in doc.shares and self.coaches(user, doc.employee):
            return True
        return self.is_open(doc) and (
            self.role(doc) in ("hr", "coach")
            and self.holds(user, self.role(doc), doc.employee)
        )

    def coaches(self, user, name):
        """Whether the user is the coach of a running guidance of the employee."""
        return any(
            doc.kind == "guidance"
            and doc.state == "running"
            and (doc.employee, doc.guide_user) == (name, user)
            for doc in self.docs.values()
        )

    def sides(self, user, doc):
        """The caller's part: employee, guide, and alone where nobody guides."""
        own = self.people[doc.employee].user == user
        parts = {"employee"} if own else set()
        if doc.guide_user == user:
            parts.add("guide")
        if own and doc.guide_user is None and doc.guide is not None:
            parts.add("alone")
        return parts

    # -------------------------------------------------------------------- steps
    def make(self, key, kind, user, name, channel, shares):
        """Make a document; returns whether it is permitted."""
        own = self.people[name].user == user
        if kind == "wish":
            if not own:
                return False
            self.docs[key] = Doc("wish", name, "draft", shares=set(shares))
            return True
        if kind == "guidance":
            if own:
                self.docs[key] = Doc("guidance", name, "requested")
            return own
        role, __, plan_hr = CHANNELS[channel]
        if not own and not self.holds(user, role, name):
            return False
        if shares and not own:
            return False
        if kind == "plan" and role == "coach" and not own:
            # a coach makes plans for whom he guides already
            talks = [
                doc
                for doc in self.docs.values()
                if (doc.kind, doc.employee, doc.guide_user, doc.channel)
                == ("talk", name, user, channel)
                and doc.state in ("planned", "held")
            ]
            if not talks and not self.coaches(user, name):
                return False
        state = "requested" if kind == "talk" else "draft"
        doc = Doc(kind, name, state, channel, shares=set(shares))
        n1, n2 = self.line(name)
        if role in ("n1", "n2"):
            doc.guide = {"n1": n1, "n2": n2}[role]
            if doc.guide is None:
                return False
            u1, u2 = self.line_users(name)
            doc.guide_user = {"n1": u1, "n2": u2}[role]
        elif not own:
            doc.guide, doc.guide_user = self.by_user(user).name, user
        if kind == "plan":
            doc.guide = None
            if plan_hr:
                doc.shares.add("hr")
        self.docs[key] = doc
        return True

    def share(self, user, doc, role, on):
        if self.people[doc.employee].user != user or doc.kind == "guidance":
            return False
        if role == "coach" and doc.kind == "talk":
            return None  # the column is there, but no rule reads it
        (doc.shares.add if on else doc.shares.discard)(role)
        return True

    def step(self, user, doc, step):
        """A transition; returns whether it is permitted, where that is certain."""
        if not self.reads(user, doc):
            return False
        if doc.kind == "wish":
            moves = {
                "activate": ({"draft", "withdrawn", "achieved"}, "active"),
                "achieve": ({"active"}, "achieved"),
                "withdraw": ({"draft", "active"}, "withdrawn"),
            }
            if step not in moves or "employee" not in self.sides(user, doc):
                return False
            before, after = moves[step]
            if doc.state in before:
                doc.state = after
            return True
        return getattr(self, f"_{doc.kind}_{step}", lambda u, d: False)(user, doc)

    def _talk_plan(self, user, doc):
        if not {"guide", "alone"} & self.sides(user, doc) or self.is_open(doc):
            return False
        if doc.state in ("requested", "planned"):
            doc.state = "planned"
        return True

    def _talk_hold(self, user, doc):
        if not {"guide", "alone"} & self.sides(user, doc):
            return False
        if doc.state == "planned":
            doc.state = "held"
        return True

    def _talk_cancel(self, user, doc):
        if not {"guide", "employee"} & self.sides(user, doc):
            return False
        if doc.state in ("requested", "planned"):
            doc.state = "cancelled"
        return True

    def _talk_assign(self, user, doc):
        role = CHANNELS[doc.channel][0]
        if role in ("n1", "n2") or not self.is_open(doc):
            return False
        own = self.people[doc.employee].user
        if user == own or not self.holds(user, role, doc.employee):
            return False
        doc.guide, doc.guide_user = self.by_user(user).name, user
        return True

    def _guidance_accept(self, user, doc):
        own = self.people[doc.employee].user
        if not self.is_open(doc) or user in (own, *self.line_users(doc.employee)):
            return False
        if not self.holds(user, "coach", doc.employee):
            return False
        doc.state, doc.guide, doc.guide_user = "running", self.by_user(user).name, user
        return True

    def _guidance_close(self, user, doc):
        if not {"guide", "employee"} & self.sides(user, doc):
            return False
        if doc.state == "running":
            doc.state = "closed"
        return True

    def _plan_cancel(self, user, doc):
        if not {"guide", "employee"} & self.sides(user, doc):
            return False
        if doc.state == "draft":
            doc.state = "cancelled"
        return True

    def note(self, user, doc):
        """The guide's own field of a conversation."""
        return doc.kind == "talk" and "guide" in self.sides(user, doc)

    def delete(self, user, key):
        doc = self.docs[key]
        own = self.people[doc.employee].user == user
        first = {
            "wish": "draft",
            "talk": "requested",
            "guidance": "requested",
            "plan": None,
        }[doc.kind]
        if not own or doc.state != first:
            return False
        del self.docs[key]
        return True

    # ------------------------------------------------------------- line changes
    def change(self, name, **values):
        """A change of manager or of activity, and what follows (rule 2)."""
        before = {n: (self.line(n)[0], *self.line_users(n)) for n in self.people}
        left = values.get("active") is False and self.people[name].active
        for attribute, value in values.items():
            setattr(self.people[name], attribute, value)
        for other in self.people:
            was, now = before[other], (self.line(other)[0], *self.line_users(other))
            if was == now:
                continue
            moved = was[:2] != now[:2]
            for doc in self.docs.values():
                if doc.employee == other:
                    self._follow(doc, moved, now)
        if left:
            for doc in self.docs.values():
                self._leave(doc, name)

    def _leave(self, doc, name):
        """Somebody leaves: what was about him ends, what he guided goes on or back."""
        ended = {
            ("talk", "requested"): "cancelled",
            ("talk", "planned"): "cancelled",
            ("plan", "draft"): "cancelled",
            ("guidance", "requested"): "refused",
            ("guidance", "running"): "closed",
        }.get((doc.kind, doc.state))
        if not ended:
            return
        if doc.employee == name:
            doc.state = ended
            return
        user = self.people[name].user
        mine = doc.guide == name or (user is not None and doc.guide_user == user)
        if not mine or self.role(doc) == "n1":
            return
        if doc.kind == "plan":
            doc.guide_user = None
        elif doc.kind == "talk" and self.role(doc) in ("hr", "coach"):
            doc.state, doc.guide, doc.guide_user = "requested", None, None
        else:
            doc.state = ended

    def _follow(self, doc, moved, now):
        finished = {
            "wish": True,
            "talk": doc.state in ("held", "closed", "cancelled"),
            "plan": doc.state == "cancelled",
            "guidance": False,
        }[doc.kind]
        if finished:
            doc.shares -= {"n1", "n2"} if moved else {"n2"}
        if not moved or doc.channel != "line" or not self.people[doc.employee].active:
            return
        if doc.kind == "talk" and doc.state in ("requested", "planned"):
            doc.guide, doc.guide_user = now[0], now[1]
        if doc.kind == "plan" and doc.state == "draft":
            doc.guide_user = now[1]
