import os
from datetime import timedelta
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .access_model import CHANNELS, Model, Person
from .access_oracle import undone

SIZE = 6
# CAREER_PROPERTY_EXAMPLES=2000 looks deeper, and elsewhere each time
EXAMPLES = int(os.environ.get("CAREER_PROPERTY_EXAMPLES", "60"))
FIELDS = {
    "n1": "share_n1",
    "n2": "share_n2",
    "hr": "share_hr",
    "coach": "share_coach",
}
MODELS = {
    "wish": "career.aspiration",
    "talk": "career.conversation",
    "plan": "career.plan",
    "guidance": "career.trajectory",
}
FORGED = [
    lambda c, d: {"state": d.state},
    lambda c, d: {"employee_id": c.employees[0].id},
    lambda c, d: {"employee_user_id": c.users[0].id},
    lambda c, d: {"n1_user_id": c.users[0].id},
    lambda c, d: {"hidden_from_n1": False},
]

person = st.integers(0, SIZE - 1)
# mostly somebody who has to do with it; else anybody
actor = st.one_of(st.sampled_from(["own", "n1", "n2", "hr", "coach", "guide"]), person)
share = st.sampled_from(sorted(FIELDS))
shares = st.sets(share, max_size=2)
organisation = st.fixed_dictionaries(
    {
        "managers": st.lists(
            st.one_of(st.none(), person), min_size=SIZE, max_size=SIZE
        ),
        "chain": st.sampled_from([True, True, False]),
        "companies": st.lists(
            st.sampled_from([0, 0, 0, 1]), min_size=SIZE, max_size=SIZE
        ),
        "officers": st.sets(person, min_size=1, max_size=3),
        "pool": st.sets(person, min_size=1, max_size=2),
        "no_login": st.sets(person, max_size=1),
    }
)
wish = st.tuples(st.just("wish"), actor, person, st.none(), shares)
guidance = st.tuples(st.just("guidance"), actor, person, st.none(), st.just(set()))
document = st.tuples(
    st.sampled_from(["talk", "talk", "plan"]),
    actor,
    person,
    st.sampled_from(sorted(CHANNELS)),
    shares,
)
key = st.integers(0, 9)
# somebody with a document, who guides one, or anybody
whom = st.one_of(st.tuples(st.sampled_from(["own", "own", "guide"]), key), person)
steps = "activate achieve withdraw plan hold cancel assign accept close".split()
step = st.one_of(
    wish,
    document,
    guidance,
    st.tuples(st.just("share"), actor, key, share, st.booleans()),
    st.tuples(st.just("step"), actor, key, st.sampled_from(steps)),
    st.tuples(st.just("step"), actor, key, st.sampled_from(["assign", "accept"])),
    st.tuples(st.just("note"), actor, key),
    st.tuples(st.just("forge"), actor, key, st.integers(0, len(FORGED) - 1)),
    st.tuples(st.just("delete"), actor, key),
    st.tuples(st.just("move"), whom, st.one_of(st.none(), person)),
    st.tuples(st.just("active"), whom, st.sampled_from([False, False, True])),
)
# first there is something, then something happens to it
history = st.tuples(
    st.lists(st.one_of(wish, document, guidance), min_size=2, max_size=4),
    st.lists(step, min_size=4, max_size=10),
).map(lambda parts: [*parts[0], *parts[1]])


@tagged("post_install", "-at_install")
class TestAccessProperty(TransactionCase):
    """Random organisations, random histories: Odoo equals the model in plain Python."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.companies = [
            cls.env["res.company"].create({"name": f"Property {n}"}) for n in range(2)
        ]
        cls.users, cls.employees = [], []
        base = cls.env.ref("base.group_user")
        for n in range(SIZE):
            user = cls.env["res.users"].create(
                {
                    "name": f"Property {n}",
                    "login": f"property_{n}",
                    "company_id": cls.companies[0].id,
                    "company_ids": [Command.set(cls.companies[0].ids)],
                    "group_ids": [Command.set(base.ids)],
                }
            )
            cls.users.append(user)
            cls.employees.append(
                cls.env["hr.employee"].create(
                    {
                        "name": user.name,
                        "user_id": user.id,
                        "company_id": cls.companies[0].id,
                    }
                )
            )

    @mute_logger("odoo.models", "odoo.models.unlink", "odoo.addons.base.models.ir_rule")
    def test_random_histories(self):
        self._histories()

    @mute_logger("odoo.models", "odoo.models.unlink", "odoo.addons.base.models.ir_rule")
    def test_what_is_broken_is_found(self):
        """The histories are varied enough to find each of these; what follows a change
        of line is rarer, and the mutants in tests/mutation look at it."""
        rule = "career_guidance.career_%s_rule_%s"
        everything = {"domain_force": "[(1, '=', 1)]"}
        for kind, name, values in (
            ("aspiration", "n1", everything),
            ("trajectory", "pool_request", everything),
        ):
            with self.subTest(rule=name), undone(self.env):
                self.env.ref(rule % (kind, name)).write(values)
                self._expect_found()
        employee = self.env.registry["hr.employee"]
        with (
            self.subTest(switched_off="_career_leave"),
            undone(self.env),
            patch.object(employee, "_career_leave", lambda *args, **kwargs: None),
        ):
            self._expect_found()

    def _expect_found(self):
        self.env.registry.clear_cache()
        try:
            with self.assertRaises(AssertionError):
                self._histories(phases=[Phase.generate])
        finally:
            self.env.registry.clear_cache()

    def _histories(self, phases=tuple(Phase)):
        @settings(
            phases=phases,
            max_examples=EXAMPLES,
            derandomize="CAREER_PROPERTY_EXAMPLES" not in os.environ,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(organisation, history)
        def play(org, steps):
            with undone(self.env):
                self._organise(org)
                for number, one in enumerate(steps):
                    self._play(number, one)
                    self._compare(one)

        play()

    # ------------------------------------------------------------------- the world
    def _organise(self, org):
        """Set up the organisation in Odoo, and in the model."""
        people = {}
        officer = self.env.ref("career_guidance.group_career_officer")
        for n in range(SIZE):
            manager = n - 1 if org["chain"] and n else org["managers"][n]
            people[n] = Person(
                n,
                company=org["companies"][n],
                manager=manager,
                user=None if n in org["no_login"] else n,
                officer=n in org["officers"],
                pool=n in org["pool"] and n not in org["no_login"],
            )
            company = self.companies[org["companies"][n]]
            self.users[n].write(
                {"company_ids": [Command.link(company.id)], "company_id": company.id}
            )
            self.users[n].company_ids = company
            self.employees[n].write(
                {
                    "company_id": company.id,
                    "user_id": self.users[n].id
                    if people[n].user is not None
                    else False,
                }
            )
            if people[n].officer:
                officer.user_ids = [Command.link(self.users[n].id)]
        for n in range(SIZE):
            manager = people[n].manager
            self.employees[n].parent_id = (
                self.employees[manager] if manager is not None else False
            )
            if people[n].pool:
                self.env["career.coach"].create({"employee_id": self.employees[n].id})
        self.model, self.records = Model(people), {}
        self.actors = [n for n in range(SIZE) if people[n].user is not None]

    def _as(self, record, n):
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_user(self.users[n]).with_context(
            allowed_company_ids=self.users[n].company_ids.ids
        )

    def _try(self, call):
        """Whether it is permitted; what was refused is undone."""
        try:
            with self.env.cr.savepoint():
                call()
            return True
        except (AccessError, UserError, ValidationError):
            return False

    # ------------------------------------------------------------------------ play
    def _play(self, number, one):
        kind, who, *rest = one
        if kind in ("move", "active"):
            who = self._whom(who)
            return who is not None and self._change(kind, who, *rest)
        if kind in MODELS:
            who = self._who(who, rest[0])
            return who in self.actors and self._create(number, kind, who, *rest)
        keys = sorted(self.model.docs)
        if not keys:
            return None
        key = keys[rest[0] % len(keys)]
        doc = self.model.docs[key]
        who = self._who(who, doc.employee, doc.guide_user)
        if who not in self.actors:
            return None
        mine = self._as(self.records[key], who)
        if kind == "share":
            name, on = rest[1:]
            permitted = self._try(lambda: mine.write({FIELDS[name]: on}))
            expected = self.model.share(who, doc, name, on)
            if expected is None:
                return None
        elif kind == "note":
            permitted = (
                self._try(lambda: mine.write({"talking_points_conductor": "x"}))
                if doc.kind == "talk"
                else False
            )
            expected = self.model.note(who, doc)
        elif kind == "forge":
            values = FORGED[rest[1]](self, self.records[key])
            permitted = self._try(lambda: mine.write(values))
            expected = False
        elif kind == "delete":
            permitted = self._try(mine.unlink)
            expected = self.model.delete(who, key)
        else:
            # whether a step that changes nothing says so is not compared
            self._try(lambda: self._step(mine, rest[1]))
            self.model.step(who, doc, rest[1])
            return None
        self.assertEqual(permitted, expected, (one, doc))
        return None

    def _who(self, who, name, guide=None):
        """The user that a role means for an employee now."""
        if isinstance(who, int):
            return who
        if who in ("hr", "coach"):
            return next(
                (n for n in self.actors if self.model.holds(n, who, name)), None
            )
        n1, n2 = self.model.line_users(name)
        own = self.model.people[name].user
        return {"own": own, "n1": n1, "n2": n2, "guide": guide}[who]

    def _whom(self, who):
        """Of whom the line, or the activity, changes."""
        if isinstance(who, int) or not self.model.docs:
            return who if isinstance(who, int) else None
        keys = sorted(self.model.docs)
        doc = self.model.docs[keys[who[1] % len(keys)]]
        return doc.employee if who[0] == "own" else doc.guide

    def _step(self, mine, name):
        arguments = {
            "plan": [fields.Datetime.now() + timedelta(days=3)],
            "hold": ["no_change"],
            "cancel": ["Not now"],
        }.get(name, [])
        action = getattr(mine, f"action_{name}", None)
        if action:
            action(*arguments)

    def _create(self, number, kind, who, name, channel, given_shares):
        values = {"employee_id": self.employees[name].id}
        values |= {FIELDS[share]: True for share in given_shares}
        if kind == "wish":
            values["direction"] = "stay"
        elif kind != "guidance":
            values["channel_id"] = self.env.ref(f"career_guidance.channel_{channel}").id
        model = self._as(self.env[MODELS[kind]], who)
        made = []
        permitted = self._try(lambda: made.append(model.create(values)))
        expected = self.model.make(number, kind, who, name, channel, given_shares)
        self.assertEqual(permitted, expected, (kind, who, name, channel, given_shares))
        if permitted:
            self.records[number] = made[0].with_env(self.env)

    def _change(self, kind, who, value):
        if kind == "move":
            if value == who:
                return
            self.employees[who].parent_id = (
                self.employees[value] if value is not None else False
            )
            self.model.change(who, manager=value)
        else:
            self.employees[who].with_context(active_test=False).active = value
            self.model.change(who, active=value)

    # --------------------------------------------------------------------- compare
    def _compare(self, one):
        self.env.flush_all()
        self.env.invalidate_all()
        for key, doc in self.model.docs.items():
            record = self.records[key]
            self.assertEqual(record.state, doc.state, (one, doc))
            guide = record.conductor_user_id
            expected = (
                self.users[doc.guide_user] if doc.guide_user is not None else None
            )
            self.assertEqual(guide, expected or guide.browse(), (one, doc))
            self.assertEqual(
                {
                    name
                    for name, column in FIELDS.items()
                    if record[column] and (doc.kind, name) != ("talk", "coach")
                },
                doc.shares - ({"coach"} if doc.kind == "talk" else set()),
                (one, doc),
            )
        for n in self.actors:
            for kind, name in MODELS.items():
                ids = {
                    self.records[key].id: doc
                    for key, doc in self.model.docs.items()
                    if doc.kind == kind
                }
                if not ids:
                    continue
                found = self._as(self.env[name], n).search([("id", "in", list(ids))])
                self.assertEqual(
                    set(found.ids),
                    {rid for rid, doc in ids.items() if self.model.reads(n, doc)},
                    (one, n, kind, ids),
                )
