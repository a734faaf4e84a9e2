from datetime import date, datetime

from odoo.addons.career_guidance.tests.common import CareerCommon

TODAY = date(2026, 6, 15)
NOON = "2026-06-15 12:00:00"


class FigureCommon(CareerCommon):
    """The small company of the core, a board member, and 20 people of a plant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls._person(
            "board", groups="base.group_user,career_guidance.group_career_board"
        )
        cls.plant_company = cls.env["res.company"].create({"name": "Plant"})
        cls.plant_officer = cls._person(
            "plant_officer",
            groups="base.group_user,career_guidance.group_career_officer",
            company=cls.plant_company,
        )
        cls.plant_board = cls._person(
            "plant_board",
            groups="base.group_user,career_guidance.group_career_board",
            company=cls.plant_company,
        )
        cls.halls = cls.env["hr.department"].create(
            [{"name": n, "company_id": cls.plant_company.id} for n in ("East", "West")]
        )
        cls.workers = cls.env["hr.employee"].create(
            [
                {
                    "name": f"Worker {number}",
                    "company_id": cls.plant_company.id,
                    "department_id": cls.halls[number % 2].id,
                    "sex": "male" if number % 3 else "female",
                    "date_version": "2020-01-01",
                }
                for number in range(20)
            ]
        )
        # the officer and the board are no part of what is counted below
        outsiders = cls.plant_officer + cls.plant_board
        outsiders.write({"employee_type": "freelance"})

    @classmethod
    def _held(cls, employee, code="line", day=TODAY, **values):
        """A formal conversation that was held, whoever held it."""
        channel = cls.env.ref(f"career_guidance.channel_{code}")
        external = cls.env.ref("career_guidance.channel_external")
        talk = cls.env["career.conversation"].create(
            {"employee_id": employee.id, "channel_id": external.id, "kind": "formal"}
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            """
            UPDATE career_conversation
               SET state = 'held', date_held = %s, outcome = 'develop',
                   channel_id = %s, conductor_role = %s, hidden_from_n1 = %s,
                   hidden_from_n2 = %s, hidden_from_hr = %s
             WHERE id = %s
            """,
            [
                datetime.combine(day, datetime.min.time()),
                channel.id,
                channel.conductor_role,
                channel.hidden_from_n1,
                channel.hidden_from_n2,
                channel.hidden_from_hr,
                talk.id,
            ],
        )
        talk.invalidate_recordset()
        if values:
            talk.write(values)
        return talk

    @classmethod
    def _snapshot(cls, company=None):
        snapshots = cls.env["career.figure.snapshot"]
        snapshot = snapshots._career_next(company or cls.plant_company)
        while snapshot.state == "computing":
            snapshot._career_step()
        return snapshot

    @classmethod
    def _cell(cls, snapshot, code, dimension="company", name="", item=""):
        return snapshot.cell_ids.filtered(
            lambda cell: (
                (cell.code, cell.dimension, cell.name, cell.item)
                == (code, dimension, str(name), item)
            )
        )
