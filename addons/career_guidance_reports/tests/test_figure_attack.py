import random
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.tests import tagged

from ..tools import figures, queries
from .attacker import Attacker
from .common import FigureCommon

_CODES = ("K1", "K5")
_MONTHS = 5
_K = 3


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestFigureAttack(FigureCommon):
    """The attacker again, over what the job really wrote in some months."""

    def _plan(self, worker):
        """An agreed plan with the line, whoever it was made with."""
        external = self.env.ref("career_guidance.channel_external")
        plan = self.env["career.plan"].create(
            {
                "employee_id": worker.id,
                "channel_id": external.id,
                "date_start": "2026-06-01",
                "date_end": "2027-06-01",
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE career_plan
               SET state = 'agreed', conductor_role = 'n1', hidden_from_n1 = FALSE,
                   hidden_from_n2 = FALSE, hidden_from_hr = FALSE
             WHERE id = %s
            """,
            [plan.id],
        )
        plan.invalidate_recordset()

    def _people_change(self, rnd, day):
        """Some join, some leave, some move; nobody does or has anything new."""
        people = self.env["hr.employee"].search(
            [("company_id", "=", self.plant_company.id), ("name", "like", "Worker")]
        )
        for person in people:
            chance = rnd.random()
            if chance < 0.06:
                person.active = False
            elif chance < 0.14:
                person.department_id = rnd.choice(self.halls)
        for number in range(rnd.choice((0, 1, 2, 4))):
            self.env["hr.employee"].create(
                {
                    "name": f"Worker new {day} {number}",
                    "company_id": self.plant_company.id,
                    "department_id": rnd.choice(self.halls).id,
                    "sex": rnd.choice(("male", "female")),
                    "date_version": day,
                }
            )

    def _learn(self, snapshot, attackers, place):
        """All numbers of a month about line documents, and who counts in them."""
        groups = self.env["career.figure.group"].search(
            [("company_id", "=", self.plant_company.id)]
        )
        groups.invalidate_recordset(["member_ids"])
        members = {
            (g.dimension, g.name or "", g.date_drawn): g.with_context(
                active_test=False
            ).member_ids.ids
            for g in groups
        }
        params = snapshot._career_params()
        shown = 0
        for code in _CODES:
            rows = snapshot._career_rows(queries.ROWS[code](params))
            counted = figures.basis([figures.Row(*row) for row in rows], False)
            for cell in snapshot.cell_ids:
                if cell.code != code or cell.status != "shown" or cell.item:
                    continue
                self.assertEqual(cell.basis, "line")
                group = members[cell.dimension, cell.name, cell.date_drawn]
                people = [person for person in group if person in counted]
                self.assertEqual(cell.denominator, figures.total(counted, people)[1])
                attackers[code].learn(
                    place.setdefault(person, len(place)) for person in people
                )
                shown += 1
        return shown

    def test_nobody_is_found_in_what_was_written(self):
        self.plant_company.career_privacy_threshold = _K
        rnd = random.Random(8)
        for worker in self.workers:
            if rnd.random() < 0.5:
                self._held(worker)
            if rnd.random() < 0.6:
                self._plan(worker)
        attackers = {code: Attacker(60) for code in _CODES}
        place, shown = {}, 0
        day = date(2026, 6, 15)
        for __ in range(_MONTHS):
            with freeze_time(day + timedelta(hours=9)):
                # the month that is over, and the running one: readers see both
                snapshots = self.env["career.figure.snapshot"]
                while snapshot := snapshots._career_next(self.plant_company):
                    while snapshot.state == "computing":
                        snapshot._career_step()
                    shown += self._learn(snapshot, attackers, place)
                self._people_change(rnd, day)
            day += relativedelta(months=1)
        self.assertGreater(shown, 30)
        self.assertLess(len(place), 60)
        for code, attacker in attackers.items():
            self.assertEqual(attacker.small_groups_found(_K), [], code)
