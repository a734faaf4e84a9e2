from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models import career_security_event
from .common import CareerCommon

ROLES = ("officer", "manager", "board", "coach")


@tagged("post_install", "-at_install")
class TestSecurityEvents(CareerCommon):
    """Who gives himself a role, or changes a rule, is seen by the officers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(
            cls.env,
            login="career_settings",
            groups="base.group_user,base.group_system",
            name="Settings",
            company_id=cls.company.id,
            company_ids=[Command.set((cls.company | cls.other_company).ids)],
        )
        cls.groups = {
            role: cls.env.ref(f"career_guidance.group_career_{role}") for role in ROLES
        }
        cls.rule = cls.env["ir.rule"].search(
            [("model_id.model", "=", "career.plan")], limit=1
        )

    def setUp(self):
        super().setUp()
        self.Event = self.env["career.security.event"]
        self._start()

    def _start(self):
        """Forget what happened so far."""
        self.env.flush_all()
        self.last = self.Event.search([], order="id desc", limit=1).id
        self._todos().unlink()

    def _todos(self):
        return self.env["mail.activity"].search(
            [("career_key", "=", "career.security.event")]
        )

    def _new(self):
        return self.Event.search([("id", ">", self.last)], order="id")

    def _assert_told(self, kind, subject=None, person=None, officers=None):
        """One event of this kind by the settings administrator, and the to-dos."""
        events = self._new().filtered(lambda e: e.kind == kind)
        self.assertEqual(len(events), 1, self._new().mapped("subject"))
        self.assertEqual(events.author, "Settings (career_settings)")
        if subject:
            self.assertIn(subject, events.subject)
        if person:
            self.assertIn(person.login, events.person)
        told = self._todos().user_id
        for officer in officers or self.officer.user_id:
            self.assertIn(officer, told)
        return events

    def _as_admin(self, record, **context):
        return record.with_user(self.admin).with_context(**context)

    # -------------------------------------------------------------------- members
    def test_from_the_user(self):
        peer = self.peer.user_id
        for role, group in self.groups.items():
            for kind, command in (
                ("member_added", Command.link(group.id)),
                ("member_removed", Command.unlink(group.id)),
            ):
                with self.subTest(role, kind=kind):
                    self._start()
                    self._as_admin(peer).write({"group_ids": [command]})
                    event = self._assert_told(kind, group.name, peer)
                    self.assertEqual(event.company_ids, self.company)
                    self.assertNotIn(self.other_officer.user_id, self._todos().user_id)

    def test_from_the_group(self):
        peer = self.peer.user_id
        for role, group in self.groups.items():
            for kind, command in (
                ("member_added", Command.link(peer.id)),
                ("member_removed", Command.unlink(peer.id)),
            ):
                with self.subTest(role, kind=kind):
                    self._start()
                    self._as_admin(group).write({"user_ids": [command]})
                    self._assert_told(kind, group.name, peer)

    def test_by_an_implied_group(self):
        group = self.groups["officer"]
        other = self.env["res.groups"].create(
            {"name": "Harmless", "user_ids": [Command.link(self.peer.user_id.id)]}
        )
        for kind, command in (
            ("member_added", Command.link(group.id)),
            ("member_removed", Command.unlink(group.id)),
        ):
            with self.subTest("implied_ids", kind=kind):
                self._start()
                self._as_admin(other).write({"implied_ids": [command]})
                self._assert_told(kind, group.name, self.peer.user_id)
        for kind, command in (
            ("member_added", Command.link(other.id)),
            ("member_removed", Command.unlink(other.id)),
        ):
            with self.subTest("implied_by_ids", kind=kind):
                self._start()
                self._as_admin(group).write({"implied_by_ids": [command]})
                self._assert_told(kind, group.name, self.peer.user_id)

    def test_by_a_new_group(self):
        self._as_admin(self.env["res.groups"]).create(
            {
                "name": "Harmless",
                "implied_ids": [Command.link(self.groups["officer"].id)],
                "user_ids": [Command.link(self.peer.user_id.id)],
            }
        )
        self._assert_told("member_added", person=self.peer.user_id)

    def test_by_a_group_that_goes(self):
        other = self.env["res.groups"].create(
            {
                "name": "Harmless",
                "implied_ids": [Command.link(self.groups["officer"].id)],
                "user_ids": [Command.link(self.peer.user_id.id)],
            }
        )
        self._start()
        self._as_admin(other).unlink()
        self._assert_told("member_removed", person=self.peer.user_id)

    def test_new_user_and_user_that_goes(self):
        user = self._as_admin(self.env["res.users"]).create(
            {
                "name": "Fresh",
                "login": "career_fresh",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [
                    Command.set(
                        [self.env.ref("base.group_user").id, self.groups["officer"].id]
                    )
                ],
            }
        )
        self._assert_told("member_added", person=user)
        for active, kind in ((False, "member_removed"), (True, "member_added")):
            self._start()
            self._as_admin(user).write({"active": active})
            with self.subTest(active=active):
                self._assert_told(kind, person=user)
        self._start()
        self._as_admin(user).unlink()
        events = self._new()
        self.assertEqual(events.kind, "member_removed")
        self.assertIn("career_fresh", events.person)

    def test_returned_records_are_watched(self):
        """What a watched change returns is not a way around the next watch."""
        user = self._as_admin(self.env["res.users"]).create(
            {"name": "Fresh", "login": "career_fresh"}
        )
        self._start()
        user.write({"group_ids": [Command.link(self.groups["officer"].id)]})
        self._assert_told("member_added", person=user)

    def test_officer_of_another_company(self):
        """The role counts for one's companies: another company is another right."""
        user = self.other_officer.user_id
        self._as_admin(user).write({"company_ids": [Command.link(self.company.id)]})
        event = self._assert_told("member_added", person=user)
        self.assertEqual(event.company_ids, self.company)
        self._start()
        self._as_admin(self.company).write({"user_ids": [Command.unlink(user.id)]})
        self._assert_told("member_removed", person=user)

    def test_removed_officers_are_told(self):
        """Nobody silences the officers by taking their role first."""
        officer = self.officer.user_id
        self._as_admin(officer).write(
            {"group_ids": [Command.unlink(self.groups["officer"].id)]}
        )
        self._assert_told("member_removed", person=officer)

    def test_coach_pool(self):
        """The derived group as well: by the pool, and the change has an author."""
        self.env["career.coach"].with_user(self.officer.user_id).create(
            {"employee_id": self.peer.id}
        )
        event = self._new()
        self.assertEqual(event.kind, "member_added")
        self.assertIn("career_officer", event.author)

    def test_other_groups_are_nobody_s_business(self):
        user = self.peer.user_id
        self._as_admin(user).write(
            {"group_ids": [Command.link(self.env.ref("base.group_partner_manager").id)]}
        )
        self._as_admin(user).write({"name": "Peter"})
        self._as_admin(self.env["res.groups"]).create({"name": "Harmless"})
        self.assertFalse(self._new())
        self.assertFalse(self._todos())

    # ---------------------------------------------------------------------- rules
    def test_rules(self):
        everybody = self.officer.user_id | self.other_officer.user_id
        rules = self._as_admin(self.env["ir.rule"])
        rule = rules.create(
            {
                "name": "All plans",
                "model_id": self.env["ir.model"]._get_id("career.plan"),
                "domain_force": "[(1, '=', 1)]",
            }
        )
        event = self._assert_told("rule_created", "All plans", officers=everybody)
        self.assertFalse(event.company_ids)
        self.assertIn("(1, '=', 1)", event.detail)
        for vals in (
            {"domain_force": "[('id', '=', 0)]"},
            {"active": False},
            {"active": True},
            {"perm_write": False},
            {"groups": [Command.link(self.groups["board"].id)]},
            {"name": "Some plans"},
        ):
            with self.subTest(vals=vals):
                self._start()
                rule.write(vals)
                self._assert_told("rule_changed", officers=everybody)
        self._start()
        self._as_admin(self.groups["board"]).write(
            {"rule_groups": [Command.unlink(rule.id)]}
        )
        self._assert_told("rule_changed", "Some plans")
        self._start()
        rule.unlink()
        self._assert_told("rule_deleted", "Some plans", officers=everybody)

    def test_rule_of_ours_moves_to_another_model(self):
        self._as_admin(self.rule).write(
            {
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[]",
            }
        )
        self._assert_told("rule_deleted", self.rule.name)

    def test_access_rights(self):
        access = self._as_admin(self.env["ir.model.access"]).create(
            {
                "name": "history for portal",
                "model_id": self.env["ir.model"]._get_id("career.history"),
                "group_id": self.env.ref("base.group_portal").id,
                "perm_read": True,
            }
        )
        self._assert_told("rule_created", "history for portal")
        self._start()
        access.write({"perm_write": True})
        self._assert_told("rule_changed", "history for portal")
        self._start()
        # commands run as the user of the request, which a test has to name
        transaction = self.env.transaction
        self.addCleanup(setattr, transaction, "default_env", transaction.default_env)
        transaction.default_env = self.env(user=self.admin)
        self._as_admin(self.env.ref("base.group_portal")).write(
            {"model_access": [Command.delete(access.id)]}
        )
        self._assert_told("rule_deleted", "history for portal")

    def test_rules_of_other_models(self):
        rule = self._as_admin(self.env["ir.rule"]).create(
            {
                "name": "Partners",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[]",
            }
        )
        rule.unlink()
        self.assertFalse(self._new())

    # -------------------------------------------------------------------- silence
    def test_no_context_silences(self):
        peer, group = self.peer.user_id, self.groups["officer"]
        for context in (
            {"install_mode": True},
            {"module": "career_guidance", "install_module": "career_guidance"},
            {"_force_unlink": True},
            {"tracking_disable": True, "mail_notrack": True},
            {"mail_activity_quick_update": True, "mail_activity_automation_skip": True},
            {"career_rights_watched": True, "career_uninstalling": True},
            {"career_rights_watched": 1, "career_line_watched": True},
            {"career_rights_watched": str(career_security_event._WATCHED)},
            {"default_active": False, "default_user_id": SUPERUSER_ID},
            {"default_date": "2000-01-01", "default_author": "Somebody else"},
            {"default_company_ids": [], "active_test": False},
            {"allowed_company_ids": self.other_company.ids},
            {"import_file": True, "lang": "en_US"},
        ):
            with self.subTest(context=context):
                peer.write({"group_ids": [Command.unlink(group.id)]})
                self._start()
                self._as_admin(peer, **context).write(
                    {"group_ids": [Command.link(group.id)]}
                )
                event = self._assert_told("member_added", group.name, peer)
                self.assertEqual(event.company_ids, self.company)
                self.assertGreater(event.date.year, 2000)
                self._start()
                rule = self._as_admin(self.rule, **context)
                rule.write({"perm_unlink": not rule.perm_unlink})
                self._assert_told("rule_changed", self.rule.name)

    def test_through_import(self):
        """A file that is imported is a change like another."""
        group = self.groups["officer"]
        self.env["ir.model.data"].create(
            {
                "module": "__test__",
                "name": "career_peer",
                "model": "res.users",
                "res_id": self.peer.user_id.id,
            }
        )
        users = self._as_admin(self.env["res.users"])
        result = users.load(
            ["id", "group_ids/.id"],
            [["__test__.career_peer", f"{group.id}"]],
        )
        self.assertFalse(result["messages"])
        self._assert_told("member_added", group.name, self.peer.user_id)

    def test_sudo_keeps_the_author(self):
        """A server action runs with sudo(): who started it is still known."""
        self.peer.user_id.with_user(self.admin).sudo().write(
            {"group_ids": [Command.link(self.groups["officer"].id)]}
        )
        self._assert_told("member_added", person=self.peer.user_id)

    def test_loading_modules_is_silent(self):
        self.patch(self.env.registry, "ready", False)
        self.peer.user_id.write({"group_ids": [Command.link(self.groups["board"].id)]})
        self.assertFalse(self._new())

    # -------------------------------------------------------------------- reading
    def test_who_reads_events(self):
        self._as_admin(self.peer.user_id).write(
            {"group_ids": [Command.link(self.groups["board"].id)]}
        )
        event = self._new()
        self.assertEqual(event.company_ids, self.company)
        self.assertTrue(self._readable(event, self.officer))
        mine = self._as(event, self.other_officer)
        self.assertFalse(mine.search([("id", "=", event.id)]))
        manager = self.mentor
        manager.user_id.write({"group_ids": [Command.link(self.groups["manager"].id)]})
        self.assertTrue(self._readable(event, manager))
        for nobody in (self.employee, self.director, self.coach, self.peer):
            with self.subTest(nobody.name), self.assertRaises(AccessError):
                self._as(event, nobody).read(["subject"])
        for operation in ("write", "create", "unlink"):
            for reader in (self.officer, manager):
                with self.subTest(reader.name, operation=operation):
                    self.assertFalse(self._as(event, reader).has_access(operation))
        self.assertFalse(self._as_admin(event).has_access("unlink"))

    def test_to_do_names_nobody_and_comes_once(self):
        for role in ("board", "manager"):
            self._as_admin(self.peer.user_id).write(
                {"group_ids": [Command.link(self.groups[role].id)]}
            )
        todo = self._todos().filtered(lambda a: a.user_id == self.officer.user_id)
        self.assertEqual(len(todo), 1)
        self.assertEqual(todo.summary, "Career guidance: there is something for you")
        self.assertNotIn("Peer", todo.note)
        self.assertNotIn("Settings", todo.note)
        self.assertFalse(todo.res_model)

    def test_text_outlives_the_user(self):
        user = new_test_user(self.env, login="career_gone", groups="base.group_user")
        self._start()
        self._as_admin(user).write(
            {"group_ids": [Command.link(self.groups["board"].id)]}
        )
        event = self._new()
        user.sudo().unlink()
        event.invalidate_recordset()
        self.assertIn("career_gone", event.person)
