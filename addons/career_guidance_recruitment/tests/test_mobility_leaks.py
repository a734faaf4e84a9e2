import json
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.career_guidance.tests import access_oracle, leak_probes
from odoo.addons.career_guidance.tests.world import PERSONAS, SECRET

from .mobility_world import IN_RECRUITMENT, MORE_PERSONAS, ROWS, MobilityWorld

# of E's applications and moves these learn nothing at all
OUTSIDERS = [*leak_probes.OUTSIDERS, "RECRUITER2", "COACH", "MENTOR"]
INSIDERS = "N1 N2 FORMER HR HR2 RECRUITER NEXT".split()
RECRUITERS = {"RECRUITER", "RECRUITER2"}


@contextmanager
def mobility():
    """The probes of the core, over the rows of this add-on."""
    with (
        patch.object(leak_probes, "ROWS", ROWS),
        patch.object(leak_probes, "OUTSIDERS", OUTSIDERS),
    ):
        yield


def probe_applicants(world, persona):
    """Recruitment knows of a colleague from the release on, and only recruiters do."""
    applicants = world.model("hr.applicant", persona).with_context(active_test=False)
    found = leak_probes.attempt(
        applicants.search, [("employee_id", "=", world.people["E"].id)]
    )
    found = world.env["hr.applicant"].browse(found.ids if found is not None else [])
    known = {world.jobs[name] for name in IN_RECRUITMENT}
    if persona not in RECRUITERS:
        known = set()
    if set(found.job_id) - known:
        yield f"hr.applicant of {found.job_id.mapped('name')}"
    for domain in (
        [("career_application_ids", "!=", False)],
        [("career_application_ids.motivation", "ilike", SECRET)],
        [("career_application_ids.state", "=", "applied")],
    ):
        seen = leak_probes.attempt(applicants.search, domain)
        mine = leak_probes.attempt(
            world.model("career.application", persona).search, []
        )
        if seen and not mine:
            yield f"hr.applicant {domain}"
    for applicant in found:
        row = applicant.with_user(world.users[persona]).read()[0]
        if SECRET in repr(row):
            yield "hr.applicant: text"


def probe_followers(world, persona):
    """Nobody but the recruiter follows, and nothing was sent to who follows the job."""
    followers = leak_probes.attempt(
        world.model("mail.followers", persona).search_read,
        [("res_model", "=", "hr.applicant")],
        ["partner_id", "res_id"],
    )
    own = world.env["hr.applicant"].search([("employee_id", "=", world.people["E"].id)])
    for row in followers or []:
        if row["res_id"] in own.ids and row["partner_id"][0] != (
            world.users["RECRUITER"].partner_id.id
        ):
            yield f"follows: {row['partner_id'][1]}"
    about = [("model", "=", "hr.applicant"), ("res_id", "in", own.ids)]
    for message in world.env["mail.message"].search(about):
        if message.notified_partner_ids - world.users["RECRUITER"].partner_id:
            yield "notified"
        if SECRET in (message.body or "") or SECRET in (message.subject or ""):
            yield "mail.message: text"


def probe_vacancies(world, persona):
    """A vacancy tells the viewer of the own application only."""
    jobs = world.model("hr.job", persona)
    mine = leak_probes.attempt(
        lambda: jobs.search([]).filtered("career_my_application_id")
    )
    if persona != "E" and mine:
        yield "hr.job.career_my_application_id"
    groups = leak_probes.attempt(
        world.model("career.application", persona).formatted_read_group,
        [],
        ["job_id"],
        ["__count"],
    )
    known = leak_probes.visible(world, persona).get("career.application", set())
    if sum(group["__count"] for group in groups or []) != len(known):
        yield "career.application by job"


MORE_PROBES = [probe_applicants, probe_followers, probe_vacancies]


@tagged("post_install", "-at_install")
class TestMobilityLeaks(TransactionCase):
    """What may not be read of applications and moves cannot be learned otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = MobilityWorld(cls.env)

    def test_rows_and_documents(self):
        self.assertEqual(
            {(row.model, row.situation) for row in ROWS}, set(self.world.records)
        )

    def test_who_reads_what(self):
        """Every row, for everybody there is; the list of readers says the same."""
        everybody = [*PERSONAS, *MORE_PERSONAS]
        for row in ROWS:
            record, cond = self.world.records[row.model, row.situation]
            with self.subTest(row=f"{row.model} {row.situation}"):
                reads = {
                    persona
                    for persona in everybody
                    if access_oracle.reads(self.world, record, persona) is True
                }
                expected = {
                    persona
                    for persona in everybody
                    if "R" in access_oracle.expected_letters(row, persona, cond)
                }
                self.assertEqual(reads, expected)
                readers = record.reader_ids
                self.assertEqual(
                    {p for p in everybody if self.world.users[p] in readers}, expected
                )

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_probes(self):
        with mobility():
            for persona in (*OUTSIDERS, *INSIDERS):
                found = leak_probes.leaks(self.world, persona)
                for probe in MORE_PROBES:
                    found += [
                        f"{persona}: {leak}" for leak in probe(self.world, persona)
                    ]
                with self.subTest(persona=persona):
                    self.assertFalse(found, "\n".join(found[:40]))

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_the_probes_can_fail(self):
        """With a rule switched off, a follower and an early applicant: they speak."""
        application = self.world.records["career.application", "applied"][0]
        with mobility():
            self.assertFalse(list(probe_applicants(self.world, "RECRUITER2")))
            application.applicant_id = application._career_make_applicant()
            self.assertTrue(list(probe_applicants(self.world, "RECRUITER2")))
            self.assertFalse(list(probe_followers(self.world, "PEER")))
            application.applicant_id.message_subscribe(
                self.world.users["PEER"].partner_id.ids
            )
            self.assertTrue(list(probe_followers(self.world, "PEER")))
            name = "career_guidance_recruitment.career_application_rule"
            self.env.ref(f"{name}_n1").domain_force = "[('n1_user_id', '=', user.id)]"
            self.env.ref(f"{name}_hidden").active = False
            found = leak_probes.leaks(self.world, "N1", records=False)
            self.assertTrue([leak for leak in found if "application: search" in leak])


@tagged("post_install", "-at_install")
class TestMobilityLeaksHttp(HttpCase):
    """The same through the web: files, exports and the RPC of the client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = MobilityWorld(cls.env)
        cls.people = ("N1", "FORMER", "RECRUITER2", "HROFFICER", "SYS", "PORTAL")
        allow = cls.env.ref("base.group_allow_export")
        for persona in cls.people:
            user = cls.world.users[persona]
            user.password = f"{user.login}-password"
            if persona != "PORTAL":
                user.group_ids = [(4, allow.id)]
        cls.env.flush_all()

    def _post(self, url, **params):
        answer = self.url_open(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return answer.text

    @mute_logger(
        "odoo.http",
        "odoo.addons.base.models.ir_rule",
        "odoo.addons.base.models.ir_model",
        "odoo.addons.base.models.ir_access",
        "werkzeug",
    )
    def test_web(self):
        texts = {"career.application": "motivation", "career.move": "note"}
        for persona in self.people:
            user = self.world.users[persona]
            with mobility():
                known = leak_probes.visible(self.world, persona)
            self.authenticate(user.login, f"{user.login}-password")
            for (model, situation), (record, __) in self.world.records.items():
                if record.id in known.get(model, set()):
                    continue
                field = texts[model]
                with self.subTest(persona=persona, document=f"{model} {situation}"):
                    for url in (
                        f"/web/content/{model}/{record.id}/{field}",
                        f"/web/content?model={model}&id={record.id}&field={field}",
                    ):
                        self.assertNotIn(SECRET, self.url_open(url).text, url)
                    text = self._post(
                        f"/web/dataset/call_kw/{model}/web_read",
                        model=model,
                        method="web_read",
                        args=[record.id, {field: {}}],
                        kwargs={},
                    )
                    self.assertIn("error", json.loads(text))
                    self.assertNotIn(SECRET, text)
            if persona != "PORTAL":
                self._check_exports(persona, known, texts)

    def _check_exports(self, persona, known, texts):
        for model, field in texts.items():
            hidden = {
                record.id
                for (name, __), (record, __) in self.world.records.items()
                if name == model
            } - known.get(model, set())
            for ids in (False, sorted(hidden)):
                answer = self.url_open(
                    "/web/export/csv",
                    data={
                        "data": json.dumps(
                            {
                                "model": model,
                                "fields": [
                                    {"name": ".id", "label": "ID", "type": "integer"},
                                    {"name": field, "label": "Text", "type": "char"},
                                ],
                                "ids": ids,
                                "domain": [],
                                "import_compat": False,
                                "context": {},
                                "groupby": [],
                            }
                        )
                    },
                )
                rows = [line.split(",")[0].strip('"') for line in answer.text.split()]
                found = {int(value) for value in rows if value.isdigit()}
                with self.subTest(persona=persona, export=model):
                    self.assertFalse(found & hidden)
                    if ids:
                        self.assertNotIn(SECRET, answer.text)
