from odoo.tests import TransactionCase, tagged

from .world import World

# what a list of the web client asks for; computed columns and buttons included
MODELS = (
    "career.aspiration",
    "career.conversation",
    "career.feedback",
    "career.plan",
    "career.plan.action",
)


@tagged("post_install", "-at_install")
class TestAccessQueries(TransactionCase):
    """A list costs the same number of queries, however long it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env, documents=False)
        cls.people = [
            cls.env["hr.employee"].create(
                {
                    "name": f"Report {n}",
                    "company_id": cls.world.companies["a"].id,
                    "user_id": cls.env["res.users"]
                    .create(
                        {
                            "name": f"Report {n}",
                            "login": f"report_{n}",
                            "company_id": cls.world.companies["a"].id,
                            "company_ids": [(6, 0, cls.world.companies["a"].ids)],
                        }
                    )
                    .id,
                    "parent_id": cls.world.people["N1"].id,
                }
            )
            for n in range(8)
        ]
        cls._make(80)

    @classmethod
    def _make(cls, count):
        """Documents of all kinds that N2 and HR read, with full rights."""
        env = cls.env
        line, shares = cls.world.channel("line"), {"share_n2": True, "share_hr": True}
        employees = [cls.people[n % 8].id for n in range(count)]
        env["career.aspiration"].create(
            [{"employee_id": e, "direction": "stay", **shares} for e in employees]
        )
        talks = env["career.conversation"].create(
            [{"employee_id": e, "channel_id": line.id, **shares} for e in employees]
        )
        for recipient in ("n2", "hr"):
            route = line.route_ids.filtered(
                lambda r, to=recipient: (
                    r.author_role == "conductor" and r.recipient_role == to
                )
            )
            told = env["career.feedback"].create(
                [
                    {
                        "conversation_id": talk.id,
                        "route_id": route.id,
                        "body": "<p>x</p>",
                    }
                    for talk in talks
                ]
            )
            told._career_deliver()
        talks.write({"state": "held", "outcome": "no_change"})
        plans = env["career.plan"].create(
            [{"employee_id": e, "channel_id": line.id, **shares} for e in employees]
        )
        env["career.plan.action"].create(
            [{"plan_id": plan.id, "name": "x"} for plan in plans for __ in range(2)]
        )
        env.flush_all()

    def _spec(self, model):
        """The columns of the list view, as the client asks for them."""
        columns = self.env[model].get_views([(False, "list")])["models"][model][
            "fields"
        ]
        spec = {}
        for name in columns:
            field = self.env[model]._fields[name]
            if field.type == "many2one":
                spec[name] = {"fields": {"display_name": {}}}
            elif field.type not in ("one2many", "many2many"):
                spec[name] = {}
        return spec

    def _queries(self, model, persona, limit, spec):
        mine = self.world.model(model, persona)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        answer = mine.web_search_read([], spec, limit=limit)
        self.assertEqual(len(answer["records"]), limit)
        return self.env.cr.sql_log_count - before

    def test_lists(self):
        for model in MODELS:
            spec = self._spec(model)
            for persona in ("N2", "HR"):
                with self.subTest(model=model, persona=persona):
                    self._queries(model, persona, 10, spec)  # caches of the registry
                    short = self._queries(model, persona, 10, spec)
                    long = self._queries(model, persona, 80, spec)
                    self.assertEqual(long, short)
