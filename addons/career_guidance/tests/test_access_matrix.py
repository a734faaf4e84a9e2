from odoo.tests import TransactionCase, tagged

from . import access_oracle as oracle
from .access_matrix import CATALOGUE, CREATE, NEVER_SHARED, ROWS, SHARED_READERS
from .world import PERSONAS, World


@tagged("post_install", "-at_install")
class TestAccessMatrix(TransactionCase):
    """Every cell of the matrix, as a real user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env)

    def test_every_model_has_rows(self):
        self.assertFalse(
            oracle.missing_rows(self.env),
            "Add rows for these to tests/access_matrix.py",
        )

    def test_every_document_has_a_row(self):
        rows = {(row.model, row.situation) for row in ROWS}
        self.assertEqual(rows, set(self.world.records))

    def _check(self, prefix):
        rows = [row for row in ROWS if row.model.startswith(prefix)]
        self.assertTrue(rows)
        for row in rows:
            with self.subTest(row=f"{row.model} {row.situation}"):
                self.assertFalse(oracle.check_row(self.world, row))

    def test_aspirations(self):
        self._check("career.aspiration")

    def test_conversations(self):
        self._check("career.conversation")

    def test_preparations(self):
        self._check("career.preparation")

    def test_feedback(self):
        self._check("career.feedback")

    def test_plans(self):
        self._check("career.plan")

    def test_trajectories(self):
        self._check("career.trajectory")

    def test_referrals_and_history(self):
        self._check("career.referral")
        self._check("career.history")

    def test_other_topics(self):
        """Rows that later work has added."""
        known = ("aspiration", "conversation", "preparation", "feedback", "plan")
        known += ("trajectory", "referral", "history")
        for row in ROWS:
            if row.model.split(".")[1] not in known:
                with self.subTest(row=f"{row.model} {row.situation}"):
                    self.assertFalse(oracle.check_row(self.world, row))

    def test_sharing_lets_read_and_nothing_else(self):
        """Each document once more, shared with all whom E can choose."""
        models = {row.model for row in ROWS}
        with_shares = {
            name
            for name in models
            if "share_n1" in self.env[name]._fields and name != "career.referral"
        }
        self.assertEqual(with_shares - set(SHARED_READERS), NEVER_SHARED)
        for row in ROWS:
            with self.subTest(row=f"{row.model} {row.situation}"):
                self.assertFalse(oracle.check_shared_row(self.world, row))

    def test_rules_are_as_declared(self):
        for model in CREATE:
            if model != "career.history":
                with self.subTest(model=model):
                    self.assertFalse(oracle.undeclared_rules(self.env, model))

    def test_create(self):
        for model in CREATE:
            with self.subTest(model=model):
                self.assertFalse(oracle.check_create(self.world, model))

    def test_catalogues(self):
        for model in CATALOGUE:
            with self.subTest(model=model):
                self.assertFalse(oracle.check_catalogue(self.world, model))

    def test_readers_equal_the_rules(self):
        """``reader_ids``, the Python twin, for every document and person (rule 7)."""
        by_rules = {
            (model, persona): oracle.readable(self.world, model, persona)
            for model in {model for model, __ in self.world.records}
            for persona in PERSONAS
        }
        for (model, situation), (record, __) in self.world.records.items():
            if "reader_ids" not in record._fields:
                continue
            readers = record.reader_ids
            with self.subTest(document=f"{model} {situation}"):
                self.assertEqual(
                    {p for p in PERSONAS if self.world.users[p] in readers},
                    {p for p in PERSONAS if record.id in by_rules[model, p]},
                )

    def test_only_the_employee_sees_all_readers(self):
        record = self.world.records["career.aspiration", "active_hr"][0]
        own = self.world.view(record, "E")
        self.assertIn(self.world.users["HR2"], own.reader_ids)
        other = self.world.view(record, "HR")
        self.assertNotIn(self.world.users["HR2"], other.reader_ids)
        self.assertIn(self.world.users["HR"], other.reader_ids)
