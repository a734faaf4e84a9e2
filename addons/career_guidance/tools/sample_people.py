"""The invented company of the sample data: who works where, and who logs in.

Nobody here exists. Plain data; ``sample_data`` makes records of it.
"""

from typing import NamedTuple


class Login(NamedTuple):
    """Somebody to log in as; ``demo/logins.json`` says what to try."""

    lang: str
    groups: tuple = ()


class Team(NamedTuple):
    """A team: its lead comes first in ``people``."""

    key: str
    company: str
    name: str
    boss: str
    people: tuple


OFFICER = "career_guidance.group_career_officer"
BOARD = "career_guidance.group_career_board"
MANAGER = "career_guidance.group_career_manager"

# the login is the first name in lower case, and so is the password
LOGINS = {
    "emma": Login("en_US"),
    "marc": Login("en_US"),
    "nadia": Login("en_US"),
    "noor": Login("en_US"),
    "sofie": Login("en_US"),
    "karel": Login("en_US"),
    "hilde": Login("nl_BE", (OFFICER,)),
    "tom": Login("nl_BE", (MANAGER,)),
    "annelies": Login("nl_BE"),
    "bert": Login("nl_BE", (BOARD,)),
    "rachid": Login("nl_BE"),
    "claire": Login("fr_BE"),
    "chloe": Login("fr_BE"),
}

COMPANIES = {
    "office": "Lindervoort",
    "plant": "Lindervoort Productie",
    "care": "Lindervoort Zorg",
}

# (name, job); employees of the plant below the leads have no user
TEAMS = (
    Team(
        "management",
        "office",
        "Management",
        "",
        (("Veerle Lindervoort", "Managing director"),),
    ),
    Team(
        "finance",
        "office",
        "Finance",
        "veerle",
        (
            ("Bert Callewier", "Finance director"),
            ("Griet Vanhole", "Accountant"),
            ("Younes Haddadi", "Accountant"),
            ("Mieke Storms", "Payroll officer"),
            ("Wannes Delrue", "Accountant"),
        ),
    ),
    Team(
        "hr",
        "office",
        "Human resources",
        "veerle",
        (
            ("Hilde Janssens", "HR business partner"),
            ("Tom Verlaecke", "HR systems officer"),
            ("Annelies Roose", "Training and recruitment officer"),
        ),
    ),
    Team(
        "operations",
        "office",
        "Customers and operations",
        "veerle",
        (("Nadia Benaissa", "Operations director"),),
    ),
    Team(
        "service",
        "office",
        "Customer service",
        "nadia",
        (
            ("Marc Peetermans", "Team leader"),
            ("Emma De Smedt", "Customer adviser"),
            ("Lotte Aerens", "Customer adviser"),
            ("Yannick Mbala", "Customer adviser"),
            ("Fatima Oulad", "Order planner"),
            ("Pieter Wellens", "Order planner"),
            ("Noor Stappers", "Customer adviser"),
        ),
    ),
    Team(
        "digital",
        "office",
        "Digital",
        "nadia",
        (
            ("Sofie Willemyns", "Team leader"),
            ("Karel Dewulfs", "Process engineer"),
            ("Anke Brijs", "Analyst"),
            ("Milan Kovar", "Developer"),
            ("Sarah Teugels", "Developer"),
        ),
    ),
    Team(
        "plant",
        "plant",
        "Plant management",
        "veerle",
        (("Dirk Maesen", "Plant manager"),),
    ),
    Team(
        "early",
        "plant",
        "Early shift",
        "dirk",
        (
            ("Rachid El Amri", "Shift leader"),
            ("Jozef Claesen", "Operator"),
            ("Mehmet Aydinli", "Operator"),
            ("Kelly Vrancx", "Operator"),
            ("Danny Goor", "Operator"),
            ("Ilse Thijssens", "Machine setter"),
            ("Gert Ruelens", "Operator"),
        ),
    ),
    Team(
        "late",
        "plant",
        "Late shift",
        "dirk",
        (
            ("Wim Hendrikx", "Shift leader"),
            ("Aleksandra Nowicz", "Operator"),
            ("Stijn Boeckx", "Operator"),
            ("Hassan Bouzidi", "Operator"),
            ("Peggy Lambers", "Operator"),
            ("Rik Sneyers", "Machine setter"),
            ("Dawit Tesfai", "Operator"),
        ),
    ),
    Team(
        "quality",
        "plant",
        "Quality and maintenance",
        "dirk",
        (
            ("Ann Cuypens", "Team leader"),
            ("Bram Nelis", "Maintenance technician"),
            ("Olga Petrenka", "Quality inspector"),
            ("Luc Verhaegh", "Maintenance technician"),
            ("Nele Criel", "Quality inspector"),
        ),
    ),
    Team(
        "care",
        "care",
        "Care management",
        "veerle",
        (("Ingrid Pauwelyn", "Care director"),),
    ),
    Team(
        "home",
        "care",
        "Home care",
        "ingrid",
        (
            ("Els Govaers", "Care coordinator"),
            ("Maaike Dhont", "Nurse"),
            ("Tine Baetens", "Care assistant"),
            ("Grace Okoro", "Care assistant"),
            ("Joris Pelgrims", "Nurse"),
            ("Rita Vandamme-Loos", "Care assistant"),
            ("Samira Zahidi", "Care assistant"),
            ("Bea Schoofs", "Nurse"),
            ("Kobe Martels", "Care assistant"),
        ),
    ),
    Team(
        "residence",
        "care",
        "Residence",
        "ingrid",
        (
            ("Claire Dubosc", "Care coordinator"),
            ("Chloé Renardy", "Care assistant"),
            ("Thomas Lemairie", "Nurse"),
            ("Aminata Diallou", "Care assistant"),
            ("Sven Ooms-Pardon", "Nurse"),
            ("Valérie Hainaux", "Care assistant"),
            ("Julien Marchand-Leroi", "Nurse"),
            ("Lieve Coenen", "Care assistant"),
        ),
    ),
)

WITHOUT_USER = {"Operator", "Machine setter"}
# passive on purpose: a round over everybody shows who falls through the net (R3.1)
NOTHING_YET = {"noor", "rik", "peggy", "rita", "wannes"}
# still to be planned by their manager in the round of now
TO_PLAN = {"fatima", "pieter"}
COACHES = (
    ("karel", "Change of field, technical careers", "en_US", 3),
    ("anke", "Beginning a career, first steps in leading", "nl_BE", 2),
    ("thomas", "Work and energy, care professions", "fr_BE", 2),
)

SKILLS = {
    "Leading people": ("Discovers", "Practises", "Masters", "Teaches"),
    "Customer talks": ("Discovers", "Practises", "Masters", "Teaches"),
    "Planning": ("Discovers", "Practises", "Masters", "Teaches"),
    "Process improvement": ("Discovers", "Practises", "Masters", "Teaches"),
    "Machine setting": ("Discovers", "Practises", "Masters", "Teaches"),
    "Dementia care": ("Discovers", "Practises", "Masters", "Teaches"),
}
# job -> skills with the expected level (0-3)
JOB_SKILLS = {
    "Team leader": {"Leading people": 2, "Planning": 1},
    "Shift leader": {"Leading people": 2, "Planning": 2, "Process improvement": 1},
    "Care coordinator": {"Leading people": 2, "Planning": 2, "Dementia care": 1},
    "Customer adviser": {"Customer talks": 2},
    "Order planner": {"Planning": 2, "Customer talks": 1},
    "Process engineer": {"Process improvement": 3},
    "Machine setter": {"Machine setting": 2},
    "Operator": {"Machine setting": 1},
    "Nurse": {"Dementia care": 2},
    "Care assistant": {"Dementia care": 1},
}
