from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .test_line_changes import LineCase


@tagged("post_install", "-at_install")
class TestLineSettle(LineCase):
    """What was made at the moment of a change of line, and did not see it."""

    def missed(self, record, **columns):
        """The record as a transaction leaves it that did not see the change."""
        self.env.flush_all()
        former = self.users["N1"].id
        for column, value in {"n1_user_id": former, **columns}.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    SQL.identifier(record._table),
                    SQL.identifier(column),
                    value,
                    record.id,
                )
            )
        self.env.invalidate_all()

    def settle(self):
        with self.enter_registry_test_mode():
            self.env.ref("career_guidance.ir_cron_settle_line").method_direct_trigger()
        self.env.invalidate_all()

    def test_rights_follow(self):
        self.people["E"].parent_id = self.people["MANAGER"]
        wish = self.wish(share_n1=True)
        self.missed(wish)
        self.assertReaders(wish, "E", "N1")
        self.settle()
        self.assertReaders(wish, "E", "MANAGER")

    def test_open_work_passes(self):
        self.people["E"].parent_id = self.people["MANAGER"]
        planned = self.world.planned(self.talk(), "MANAGER")
        right = self.world.planned(self.talk(), "MANAGER")
        note = self.world.view(right, "MANAGER").my_preparation_id
        note.note = "<p>Mine</p>"
        self.missed(
            planned,
            conductor_id=self.people["N1"].id,
            conductor_user_id=self.users["N1"].id,
        )
        self.assertReaders(planned, "E", "N1")
        self.settle()
        self.assertReaders(planned, "E", "MANAGER")
        self.assertEqual(planned.conductor_id, self.people["MANAGER"])
        # what was right already is left alone
        self.assertTrue(note.with_env(self.env).exists())

    def test_only_what_is_recent_is_looked_at(self):
        wish = self.wish(share_n1=True)
        self.people["E"].parent_id = self.people["MANAGER"]
        self.assertFalse(wish.n1_user_id == self.users["N1"])
        self.env["career.history"].search([("event", "=", "line")]).date = (
            fields.Datetime.now() - timedelta(days=3)
        )
        self.missed(wish)
        self.settle()
        self.assertEqual(wish.n1_user_id, self.users["N1"])

    def test_a_change_asks_for_it_once(self):
        cron = self.env.ref("career_guidance.ir_cron_settle_line")
        asked = [("cron_id", "=", cron.id)]
        triggers = self.env["ir.cron.trigger"]
        triggers.search(asked).unlink()
        self.env.cr.precommit.data.pop("career_settle_line", None)
        (self.people["E"] | self.people["PEER"]).parent_id = self.people["MANAGER"]
        self.assertEqual(triggers.search_count(asked), 1)
