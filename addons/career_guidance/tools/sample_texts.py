"""What people in the sample data wish, ask, agree and tell. Plain data."""

from typing import NamedTuple


class Need(NamedTuple):
    name: str
    domain: str
    purpose: str
    situation: str = ""
    now: str = ""
    wanted: str = ""
    skill: str = ""


class Action(NamedTuple):
    name: str
    method: str
    responsible: str = "employee"
    weight: float = 1.0
    hours: float = 0.0
    need: int = 0


class Theme(NamedTuple):
    """A development plan that could be anybody's."""

    title: str
    needs: tuple
    actions: tuple


THEMES = {
    "lead": Theme(
        "Growing towards leading a team",
        (
            Need(
                "Give feedback that people can use",
                "leadership",
                "next_step",
                "When a colleague makes the same mistake a second time.",
                "I correct it myself and say nothing.",
                "I say what I saw, what it caused, and ask what would help.",
                "Leading people",
            ),
            Need("Plan the work of a week", "technical", "current_job"),
        ),
        (
            Action("Run the Monday meeting for two months", "on_the_job", weight=2),
            Action("Follow the training on feedback", "formal_training", hours=16),
            Action("Talk with a mentor every month", "mentoring", hours=6),
            Action("Plan the holidays of the team", "enrichment", need=1),
            Action("Stand in for the team leader in summer", "on_the_job", "manager"),
        ),
    ),
    "project": Theme(
        "Learning to run a project",
        (
            Need(
                "Say no to extra wishes",
                "social",
                "current_job",
                "When somebody asks for one more thing late in a project.",
                "I say yes and work in the evening.",
                "I show what it costs, and let the owner choose.",
            ),
            Need("Estimate work", "technical", "next_step", skill="Planning"),
        ),
        (
            Action("Lead the move to the new order screen", "project", weight=3),
            Action("Keep a log of estimates and real hours", "on_the_job", need=1),
            Action("Visit a project at the plant for a day", "rotation", hours=8),
            Action("Read two books and tell the team", "self_study", weight=0.5),
        ),
    ),
    "customer": Theme(
        "Difficult customer talks",
        (
            Need(
                "Stay calm when a customer is angry",
                "attitude",
                "current_job",
                "On the phone, after a late delivery.",
                "I defend the company and the talk gets longer.",
                "I listen first, sum up, and then propose one thing.",
                "Customer talks",
            ),
        ),
        (
            Action("Listen in with an experienced colleague", "on_the_job", hours=4),
            Action("Workshop on difficult talks", "workshop", hours=8),
            Action("Practise with the team, once a month", "coaching", "manager", 2),
            Action("Answer the complaints of one week", "enrichment"),
        ),
    ),
    "shift": Theme(
        "From operating to setting the machines",
        (
            Need(
                "Set the machine for a new batch",
                "technical",
                "next_step",
                "At the start of a shift, with another product.",
                "I wait for the setter.",
                "I set line 2 myself and check the first pieces.",
                "Machine setting",
            ),
        ),
        (
            Action("Set line 2 together with the setter", "on_the_job", hours=24),
            Action("Two weeks in maintenance", "rotation", "manager", 2, 76),
            Action("Safety certificate", "formal_training", "hr", 1, 8),
            Action("Explain the change-over to a new colleague", "enrichment"),
        ),
    ),
    "care": Theme(
        "More depth in the care for people with dementia",
        (
            Need(
                "Read unrest before it grows",
                "technical",
                "current_job",
                "In the evening, when the team is small.",
                "I react when somebody is upset already.",
                "I see the signs and change what happens around the person.",
                "Dementia care",
            ),
            Need(
                "Tell the family what we see",
                "social",
                "next_step",
                "At the monthly talk with the family.",
                "The nurse does the talking.",
                "I lead the talk and write the summary.",
            ),
        ),
        (
            Action("Course on dementia, three days", "formal_training", "hr", 2, 24),
            Action("Follow a colleague of the residence", "rotation", hours=16),
            Action("Lead the talk with two families", "on_the_job", need=1),
            Action("Talk about a case with a coach", "coaching", hours=3),
        ),
    ),
    "digital": Theme(
        "Becoming the team's specialist",
        (
            Need(
                "Explain technical choices simply",
                "social",
                "current_job",
                "In meetings with other departments.",
                "I use words that nobody else knows.",
                "I say what it changes for the people who use it.",
            ),
            Need(
                "Improve a process",
                "technical",
                "next_step",
                "",
                "",
                "",
                "Process improvement",
            ),
        ),
        (
            Action("Give a demonstration every month", "enrichment", weight=2),
            Action(
                "Course on process improvement", "formal_training", hours=24, need=1
            ),
            Action("A day with customer service", "rotation", hours=8),
            Action("Write the guide of the new tool", "project", weight=1.5),
        ),
    ),
    "course": Theme(
        "Courses for this year",
        (Need("Know the new rules", "technical", "current_job"),),
        (
            Action("Training on the new rules", "formal_training", "hr", 1, 16),
            Action("Refresher course", "formal_training", "hr", 1, 8),
        ),
    ),
}

THEME_OF_JOB = {
    "Team leader": "lead",
    "Shift leader": "lead",
    "Care coordinator": "lead",
    "Customer adviser": "customer",
    "Order planner": "project",
    "Operator": "shift",
    "Machine setter": "lead",
    "Maintenance technician": "digital",
    "Quality inspector": "project",
    "Nurse": "care",
    "Care assistant": "care",
    "Developer": "digital",
    "Analyst": "project",
    "Process engineer": "digital",
    "Accountant": "course",
    "Payroll officer": "course",
    "Training and recruitment officer": "project",
    "HR systems officer": "digital",
}

# (direction, wish to manage, horizon, why)
WISHES = (
    ("vertical", "yes", "1y", "I like to see others grow, and I organise easily."),
    ("lateral", "no", "1y", "I would like to know the customers from nearby."),
    ("specialise", "no", "3y", "People ask me already; I want to know it well."),
    ("enrich", "later", "now", "My days look the same. I can carry more."),
    ("project", "later", "1y", "A project from beginning to end, once."),
    ("rotation", "no", "1y", "Two months elsewhere would teach me a lot."),
    ("stay", "no", "5y", "I am in the right place and want to stay good at it."),
    ("step_back", "no", "now", "Four days a week, with less travelling."),
    ("external", "no", "3y", "I wonder whether my work is worth more elsewhere."),
)
REQUESTS = (
    "What could be my next step here?",
    "I would like to learn more about another team.",
    "How do I get more variety in my work?",
    "Can I grow towards leading people?",
    "",
)
ANSWERS = (
    "When a customer thanks me by name. That happens more than I thought.",
    "Explaining things; people come to me for it.",
    "Less waiting for others, and a part that is really mine.",
    "I would miss the team. I would not miss the paper.",
    "A first step: follow somebody for a day.",
)
REPORTS = (
    "<p>We looked back on the year. What gives energy: solving things together. "
    "What takes it: waiting for information.</p><p>Agreed: a plan with a few steps, "
    "and a look at it after three months.</p>",
    "<p>The present job fits. We keep it, and talk again in a year.</p>",
    "<p>There is a wish for another team. We look for a way to try it first.</p>",
)
LINE_FEEDBACK = (
    "<p>A good conversation. The wish is realistic within a year; a project would "
    "help to prepare it.</p>",
    "<p>We agreed on a plan. What it asks of the team: one day a month.</p>",
    "<p>No change wished at present. Worth asking again next year.</p>",
)
TOLD_HR = "<p>I would like HR to know that I look for a chance to try another team.</p>"
AGREE_BODY = (
    "<p>We talked about working hours. I would like to tell that four days a week "
    "would help; nothing else.</p>"
)
NOT_DISCUSSED = "The hour went to the change of shifts; a new date is needed."
CANCELLED = "Both are on other work this month; asked again in the next round."

# ---------------------------------------------------------- what the organisation says
LETTER = (
    "<p>Once a year everybody talks about work and career, with the own manager or "
    "with somebody else. You choose. Prepare it with the questions; nobody reads your "
    "answers unless you share them.</p>"
)
EXCUSE = "Began here a short while ago; the talk follows in the next round."
DEAL_NEW_LINE = "Everybody can follow one day of training a year of the own choice."
CONCLUSIONS = (
    "<p>Strong in working with people and in keeping calm. To develop: saying what is "
    "needed, earlier.</p>",
    "<p>Colleagues value the reliability. They ask for more initiative in "
    "meetings.</p>",
    "<p>Sees connections quickly. A first project of limited size is a good next "
    "step.</p>",
)
QUESTIONS = (
    ("rachid", "How do I begin a talk with somebody who never wishes anything?", ""),
    (
        "marc",
        "Somebody wants to step back. What can I promise?",
        "Nothing yet: listen, note what would help, and look at it together with HR.",
    ),
    (
        "els",
        "May I ask about health when somebody wants less night work?",
        "No. Ask what would help in the work; the reason is not yours to note.",
    ),
)
# (key, name, company, steps: (from, to, kind, months, story))
PATHS = (
    (
        "service",
        "Around the customer",
        "office",
        (
            (
                "Customer adviser",
                "Order planner",
                "lateral",
                6,
                "I followed a planner for a week, and then it was my turn.",
            ),
            (
                "Customer adviser",
                "Team leader",
                "vertical",
                24,
                "I stood in for my team leader twice before I applied.",
            ),
            ("Order planner", "Process engineer", "lateral", 18, ""),
            ("Order planner", "Team leader", "vertical", 18, ""),
        ),
    ),
    (
        "plant",
        "From operating to leading",
        "plant",
        (
            ("Operator", "Machine setter", "vertical", 12, ""),
            (
                "Operator",
                "Quality inspector",
                "lateral",
                9,
                "I still know what happens at the machine; that helps.",
            ),
            ("Operator", "Maintenance technician", "temporary", 3, ""),
            ("Machine setter", "Shift leader", "vertical", 24, ""),
        ),
    ),
    (
        "care",
        "In care",
        "care",
        (
            ("Care assistant", "Nurse", "vertical", 36, ""),
            ("Nurse", "Care coordinator", "vertical", 24, ""),
        ),
    ),
)
