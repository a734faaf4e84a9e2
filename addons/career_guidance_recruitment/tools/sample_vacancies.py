"""Internal mobility in the sample data: vacancies, who applies, who moves. Plain data.

Days are counted from today: ``opens`` and what people did ago, the rest ahead.
"""

from typing import NamedTuple


class Vacancy(NamedTuple):
    """A job of the company that is open to colleagues, was, or will be."""

    company: str
    job: str
    department: str
    contact: str
    text: str
    opens: int
    closes: int
    kind: str = "job"
    window: str = "beside"
    hours: int = 0
    lasts: int = 0
    openings: int = 1
    planned: int = 0
    # (skill, level) that the job asks beside what it asks already
    skills: tuple = ()


class Applied(NamedTuple):
    """An application: when it was made, and how far it came."""

    who: str
    job: str
    why: str
    days: int
    until: str
    released: int = 0


VACANCIES = (
    Vacancy(
        "office",
        "Order planner",
        "service",
        "fatima",
        "<p>You plan the orders of three regions with two colleagues. Whoever "
        "knows our customers learns the planning in a few months.</p>",
        12,
        18,
        planned=1,
    ),
    Vacancy(
        "office",
        "Analyst",
        "digital",
        "anke",
        "<p>You find out what colleagues need before something is built. Asking well "
        "matters more than knowing how to program.</p>",
        27,
        3,
        window="before",
        skills=(("Process improvement", 1), ("Planning", 1)),
    ),
    Vacancy(
        "office",
        "Welcome of new colleagues",
        "hr",
        "hilde",
        "<p>One day a week, beside your own work: with four others you make the first "
        "month of a new colleague better.</p>",
        14,
        16,
        kind="project",
        hours=8,
        lasts=150,
        openings=4,
        skills=(("Customer talks", 1),),
    ),
    Vacancy(
        "office",
        "Accountant",
        "finance",
        "griet",
        "<p>You keep the books of the care company. We pay the course.</p>",
        118,
        -80,
        openings=0,
    ),
    Vacancy(
        "office",
        "Payroll officer",
        "finance",
        "mieke",
        "<p>You pay 60 colleagues on time, and answer what they ask about it.</p>",
        -6,
        36,
        window="before",
        skills=(("Planning", 1),),
    ),
    Vacancy(
        "plant",
        "Shift leader",
        "plant",
        "wim",
        "<p>A third shift starts. You lead seven operators and two setters, and learn "
        "the planning from Rachid and Wim.</p>",
        20,
        15,
        planned=1,
    ),
    Vacancy(
        "plant",
        "Maintenance technician",
        "quality",
        "luc",
        "<p>Three months in maintenance: you come along with Luc and Bram, and go back "
        "to your line knowing how the machine works inside.</p>",
        40,
        10,
        kind="assignment",
        lasts=87,
        openings=2,
        skills=(("Machine setting", 1),),
    ),
    Vacancy(
        "care",
        "Reference person for dementia",
        "residence",
        "thomas",
        "<p>Colleagues of the whole house come to you with questions about dementia. "
        "Two half days a week are free for it.</p>",
        32,
        20,
        openings=2,
        planned=1,
        skills=(("Dementia care", 2),),
    ),
    Vacancy(
        "care",
        "Nurse",
        "home",
        "maaike",
        "<p>Home care grows. You drive a fixed round in your own neighbourhood.</p>",
        45,
        30,
        openings=2,
    ),
)
# openings that are expected, of jobs for which nobody is sought now
PLANNED = {("office", "Team leader"): 1, ("plant", "Machine setter"): 2}

APPLICATIONS = (
    # only the recruiter reads it
    Applied(
        "yannick",
        "Order planner",
        "I have heard every question that a late order gives. I want to prevent them.",
        3,
        "applied",
    ),
    Applied("luc", "Shift leader", "I know each machine, and nearly everybody.", 2, ""),
    Applied(
        "aminata",
        "Reference person for dementia",
        "I followed the course, and I am asked already.",
        6,
        "applied",
    ),
    # the manager knows, and has not answered yet
    Applied(
        "fatima",
        "Welcome of new colleagues",
        "My own first month was hard. I know what was missing.",
        12,
        "released",
        released=10,
    ),
    Applied(
        "olga",
        "Shift leader",
        "I see both shifts every day, and would like to lead one.",
        9,
        "released",
        released=5,
    ),
    # the manager said no, or nothing: the question went further
    Applied(
        "bram",
        "Shift leader",
        "I would like to work with people more than with spare parts.",
        18,
        "refused",
        released=15,
    ),
    Applied(
        "griet",
        "Order planner",
        "After years of figures I want to see what they are about.",
        11,
        "decided",
        released=9,
    ),
    # later; chosen
    Applied(
        "julien",
        "Reference person for dementia",
        "I miss the time to do this well.",
        25,
        "delayed",
        released=20,
    ),
    # the move is planned
    Applied(
        "lotte",
        "Analyst",
        "I write down what customers really ask. That is half of the job.",
        24,
        "planned",
        released=20,
    ),
    # moved
    Applied(
        "mieke",
        "Accountant",
        "I finished the course in spring.",
        105,
        "moved",
        released=100,
    ),
    # what came to nothing
    Applied("milan", "Order planner", "To try whether it is for me.", 10, "withdrawn"),
    Applied(
        "samira",
        "Reference person for dementia",
        "Els says that I am good at it.",
        28,
        "withdrawn",
        released=24,
    ),
    Applied(
        "joris",
        "Reference person for dementia",
        "A step aside that keeps me in care.",
        26,
        "rejected",
        released=22,
    ),
    Applied(
        "kobe", "Nurse", "I begin the bridging course in February.", 15, "rejected"
    ),
)
ANSWER_REJECTED = {
    "joris": "We chose somebody who has worked in the residence. Follow Thomas along "
    "for a day: the next place comes in spring.",
    "kobe": "The diploma is needed on the first day. Apply again when the course is "
    "over, we would be glad.",
}
MESSAGE = "Come and look for half a day, Annelies arranges it."

# (who, from, days ago): they came to their present job by a move
MOVED_BEFORE = (
    ("luc", "Operator", 610),
    ("thomas", "Care assistant", 540),
    ("olga", "Operator", 430),
    ("joris", "Care assistant", 330),
    ("fatima", "Customer adviser", 290),
    ("ilse", "Operator", 200),
)
ASSIGNED = "dawit"
CALLED_OFF = ("tine", "Nurse", "The school starts a year later.")

# (who, skill, level) beside what their present job asks
SKILLS = (
    ("lotte", "Planning", 1),
    ("lotte", "Process improvement", 1),
    ("olga", "Leading people", 1),
    ("olga", "Planning", 2),
    ("luc", "Planning", 1),
)

# (company, job that is wished, direction, horizon, why, who)
WISHES = (
    (
        "office",
        "Analyst",
        "lateral",
        "1y",
        "I like to find out why something goes as it goes.",
        ("lotte", "younes", "yannick", "sarah", "griet", "fatima"),
    ),
    (
        "plant",
        "Machine setter",
        "vertical",
        "1y",
        "I know the machine; I want to set it myself.",
        ("kelly", "danny", "hassan", "stijn", "aleksandra", "mehmet"),
    ),
    (
        "care",
        "Reference person for dementia",
        "lateral",
        "1y",
        "This is where I want to be good.",
        ("aminata", "bea", "julien", "kobe", "lieve", "joris"),
    ),
    (
        "office",
        "Team leader",
        "vertical",
        "3y",
        "I like to see others grow, and I organise easily.",
        ("karel", "milan"),
    ),
    (
        "care",
        "Nurse",
        "vertical",
        "3y",
        "I would like to do more of what I see the nurses do.",
        ("samira", "tine", "grace"),
    ),
    (
        "office",
        "Operations director",
        "vertical",
        "5y",
        "I like to see others grow, and I organise easily.",
        ("marc",),
    ),
)
# (key, name, company, from, to, kind, months, story)
PATHS = (
    (
        "digital",
        "Towards digital",
        "office",
        (
            (
                "Customer adviser",
                "Analyst",
                "lateral",
                12,
                "I missed the phone for a week. Now I hear the same questions, and can "
                "change the cause.",
            ),
            ("Developer", "Analyst", "lateral", 9, ""),
            ("Analyst", "Process engineer", "lateral", 18, ""),
        ),
    ),
    (
        "dementia",
        "Knowing dementia",
        "care",
        (
            ("Care assistant", "Reference person for dementia", "lateral", 12, ""),
            ("Nurse", "Reference person for dementia", "lateral", 6, ""),
        ),
    ),
)

# names and the texts of vacancies: shown to everybody in the own language
NAMES = {
    "Welcome of new colleagues": "Onthaal van nieuwe collega's",
    "Reference person for dementia": "Referentiepersoon dementie",
    "Towards digital": "Naar digitaal",
    "Knowing dementia": "Dementie kennen",
}
NAMES_FRENCH = {
    "Welcome of new colleagues": "Accueil des nouveaux collègues",
    "Reference person for dementia": "Personne de référence démence",
    "Towards digital": "Vers le numérique",
    "Knowing dementia": "Connaître la démence",
}
VACANCY_TEXTS = {
    "Order planner": (
        "<p>Je plant de orders van drie regio's, samen met twee collega's. Wie onze "
        "klanten kent, leert het plannen in enkele maanden.</p>",
        "<p>Vous planifiez les commandes de trois régions, avec deux collègues. Qui "
        "connaît nos clients apprend à planifier en quelques mois.</p>",
    ),
    "Analyst": (
        "<p>Je zoekt uit wat collega's nodig hebben voor er iets gebouwd wordt. Goed "
        "vragen stellen telt meer dan kunnen programmeren.</p>",
        "<p>Vous cherchez ce dont les collègues ont besoin avant que l'on construise. "
        "Bien questionner compte plus que savoir programmer.</p>",
    ),
    "Welcome of new colleagues": (
        "<p>Eén dag per week, naast je eigen werk: met vier anderen maak je de eerste "
        "maand van een nieuwe collega beter.</p>",
        "<p>Un jour par semaine, à côté de votre travail : à cinq, vous améliorez le "
        "premier mois d'un nouveau collègue.</p>",
    ),
    "Accountant": (
        "<p>Je houdt de boeken van het zorgbedrijf bij. Wij betalen de opleiding.</p>",
        "<p>Vous tenez les comptes de la société de soins. Nous payons la formation."
        "</p>",
    ),
    "Payroll officer": (
        "<p>Je betaalt 60 collega's op tijd, en antwoordt op wat ze erover vragen.</p>",
        "<p>Vous payez 60 collègues à temps, et répondez à leurs questions.</p>",
    ),
    "Shift leader": (
        "<p>Er komt een derde ploeg. Je leidt zeven bedieners en twee instellers, en "
        "leert het plannen van Rachid en Wim.</p>",
        "<p>Une troisième équipe commence. Vous dirigez sept opérateurs et deux "
        "régleurs, et apprenez à planifier avec Rachid et Wim.</p>",
    ),
    "Maintenance technician": (
        "<p>Drie maanden in het onderhoud: je gaat mee met Luc en Bram, en keert terug "
        "naar je lijn met kennis van de machine vanbinnen.</p>",
        "<p>Trois mois à la maintenance : vous accompagnez Luc et Bram, puis retournez "
        "à votre ligne en connaissant la machine de l'intérieur.</p>",
    ),
    "Reference person for dementia": (
        "<p>Collega's van het hele huis komen bij jou met vragen over dementie. Je "
        "krijgt er twee halve dagen per week voor.</p>",
        "<p>Les collègues de toute la maison vous posent leurs questions sur la "
        "démence. Deux demi-jours par semaine y sont réservés.</p>",
    ),
    "Nurse": (
        "<p>De thuiszorg groeit. Je rijdt een vaste ronde in je eigen buurt.</p>",
        "<p>Les soins à domicile grandissent. Vous faites une tournée fixe dans votre "
        "quartier.</p>",
    ),
}
# what people wrote, in Dutch for who installs in Dutch
TEXTS = {
    "I have heard every question that a late order gives. I want to prevent them.": (
        "Ik hoorde elke vraag die een late order geeft. Ik wil ze voorkomen."
    ),
    "I know each machine, and nearly everybody.": (
        "Ik ken elke machine, en bijna iedereen."
    ),
    "I followed the course, and I am asked already.": (
        "Ik volgde de cursus, en nu al vragen ze het mij."
    ),
    "My own first month was hard. I know what was missing.": (
        "Mijn eigen eerste maand was lastig. Ik weet wat er ontbrak."
    ),
    "I see both shifts every day, and would like to lead one.": (
        "Ik zie elke dag beide ploegen, en zou er graag een leiden."
    ),
    "I would like to work with people more than with spare parts.": (
        "Ik werk liever met mensen dan met wisselstukken."
    ),
    "After years of figures I want to see what they are about.": (
        "Na jaren cijfers wil ik zien waarover ze gaan."
    ),
    "I miss the time to do this well.": "Ik mis de tijd om dit goed te doen.",
    "I write down what customers really ask. That is half of the job.": (
        "Ik noteer wat klanten echt vragen. Dat is de helft van het werk."
    ),
    "I finished the course in spring.": "Ik rondde de opleiding af in het voorjaar.",
    "To try whether it is for me.": "Om te proberen of het iets voor mij is.",
    "Els says that I am good at it.": "Els zegt dat ik er goed in ben.",
    "A step aside that keeps me in care.": "Een stap opzij die me in de zorg houdt.",
    "I begin the bridging course in February.": (
        "Ik begin in februari met de brugopleiding."
    ),
    ANSWER_REJECTED["joris"]: (
        "We kozen iemand die in de woonzorg werkte. Loop een dag mee met Thomas: de "
        "volgende plaats komt in het voorjaar."
    ),
    ANSWER_REJECTED["kobe"]: (
        "Het diploma is nodig vanaf de eerste dag. Stel je opnieuw kandidaat na de "
        "opleiding, graag zelfs."
    ),
    MESSAGE: "Kom een halve dag kijken, Annelies regelt het.",
    "The school starts a year later.": "De school begint een jaar later.",
    "I like to find out why something goes as it goes.": (
        "Ik zoek graag uit waarom iets loopt zoals het loopt."
    ),
    "I know the machine; I want to set it myself.": (
        "Ik ken de machine; ik wil ze zelf instellen."
    ),
    "This is where I want to be good.": "Hierin wil ik goed zijn.",
    "I would like to do more of what I see the nurses do.": (
        "Ik zou meer willen doen van wat ik de verpleegkundigen zie doen."
    ),
    "I missed the phone for a week. Now I hear the same questions, and can change the "
    "cause.": (
        "Een week miste ik de telefoon. Nu hoor ik dezelfde vragen, en kan ik er iets "
        "aan doen."
    ),
}
