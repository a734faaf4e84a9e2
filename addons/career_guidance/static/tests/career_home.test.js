import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {
  contains,
  getService,
  mountWithCleanup,
  onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

defineMailModels();

const GAUGE = {rate: 70, is_unmeasured: false, target: 80, is_target_met: false};
const MEMBER = {
  id: 1,
  name: "Emma",
  job: "Adviser",
  conversation: false,
  last_held: false,
  wish_count: 0,
  plan: false,
  attention: [],
  priority: 9,
};
const PERSON = {
  id: 11,
  name: "Emma",
  job: "Adviser",
  participation: 5,
  state: "to_plan",
  state_label: "To plan",
  is_late: false,
  deadline: "2026-12-24",
  date: false,
  wishes: 0,
  told: 0,
  order: 0,
};
const TEAM = {
  id: 3,
  name: "Marc",
  job: "Team leader",
  department: "Service",
  people: [PERSON],
  late: 0,
  told: 0,
  to_plan: 1,
  planned: 0,
  held: 0,
  other: 0,
  gauge: false,
};
const ORGANISATION = {people: 1, late: 0, held: 0, in_cycle: 1, talks: []};
const START = {
  is_officer: true,
  guide: {done: 5, total: 5, next: false},
  cycles: [],
  departments: [],
  requests: [],
  waiting: [],
  stagnates: [],
};

const CAREER = {
  employee: {id: 1, name: "Emma", manager: "Marc"},
  next_step: false,
  aspirations: [],
  aspiration_count: 0,
  conversations: [],
  plan: false,
  told: [],
  told_count: 0,
  readers: [],
  offer: {methods: [], coaches: []},
  vacancies: {count: 0, best: []},
};
const PLAN = {
  id: 7,
  title: "Learning to plan",
  state: "agreed",
  state_label: "Agreed",
  counterpart: "Marc",
  date_end: "2026-12-31",
  rate: 80,
  target: 80,
  is_target_met: true,
  is_unmeasured: false,
  track: "on_track",
  track_label: "On track",
  curve: false,
  action_count: 5,
  actions: [{id: 1, name: "Plan a week", deadline: "2026-11-30", is_overdue: true}],
  follow_up: "2026-12-01",
};
const TALK = {
  id: 8,
  channel: "HR",
  guide: "Hilde",
  date: false,
  state: "requested",
  state_label: "Requested",
  next_step: "HR chooses a date",
  is_open: true,
  hidden: true,
  readers: [],
};
const WISH = {
  id: 9,
  direction: "Another job at the same level",
  target: "Planner",
  horizon: "Within a year",
  is_draft: false,
  is_to_confirm: true,
  readers: [{name: "Marc", role: "n1", reason: "Line manager"}],
};
const TOLD = {
  id: 10,
  author: "Marc",
  recipient: "Nadia",
  text: "We spoke of planning.",
  reply: "",
  date: "2026-10-01 09:00:00",
  waits_for_me: true,
};
const card = (name) => `section[aria-labelledby='career_${name}']`;

/** Open a page with what the server answers, and keep what it opens from there. */
async function openPage(tag, method, data) {
  const opened = [];
  onRpc("career.home", method, () => data);
  await mountWithCleanup(WebClient);
  const action = getService("action");
  await action.doAction(`career_guidance.${tag}`);
  action.doAction = (request, options) => opened.push([request, options]);
  return opened;
}

describe("my career", () => {
  test("says who has no employee record", async () => {
    await openPage("my_career", "my_career", {employee: false});
    expect(".o_career_home_next h2").toHaveText("Your user has no employee record yet");
    expect(".o_career_home_card").toHaveCount(1);
  });

  test("new: the first step, how it works, and what each card is for", async () => {
    const opened = await openPage("my_career", "my_career", {
      ...CAREER,
      next_step: {
        title: "What would you like?",
        text: "Write it down.",
        button: "Note a wish",
        model: "career.aspiration",
        id: false,
      },
    });
    expect("#career_next").toHaveText("What would you like?");
    expect(".btn-primary").toHaveCount(1);
    expect(".o_career_home_steps li").toHaveCount(4);
    expect(card("readers")).toHaveCount(0);
    expect(".o_career_gauge_value").toHaveCount(0);
    for (const name of ["plan", "told", "conversations", "wishes"]) {
      expect(`${card(name)} p`).toHaveCount(1);
    }
    await contains(".o_career_home_primary").click();
    expect(opened[0][0].res_model).toBe("career.aspiration");
    expect(opened[0][0].res_id).toBe(false);
  });

  test("nothing waits: a conversation can be asked for, quietly", async () => {
    const opened = await openPage("my_career", "my_career", CAREER);
    expect("#career_next").toHaveText("Nothing waits for you");
    expect(".o_career_home_next .btn-primary").toHaveCount(0);
    await contains(".o_career_home_next button").click();
    expect(opened[0][0].res_model).toBe("career.conversation");
  });

  test("each card shows its document, and opens it", async () => {
    const opened = await openPage("my_career", "my_career", {
      ...CAREER,
      plan: PLAN,
      conversations: [TALK],
      aspirations: [WISH],
      aspiration_count: 2,
      told: [TOLD],
      told_count: 1,
    });
    expect(".o_career_home_steps").toHaveCount(0);
    expect(`${card("plan")} .o_career_gauge_value`).toHaveText("80%");
    expect(`${card("plan")} .badge`).toHaveText("On track");
    expect(`${card("plan")} li`).toHaveText(/Plan a week/);
    expect(`${card("plan")} li .o_career_home_late`).toHaveCount(1);
    expect(`${card("told")} b`).toHaveCount(2);
    expect(`${card("told")} .badge`).toHaveText("Waits for your agreement");
    expect(`${card("conversations")} li`).toHaveText(/Hilde/);
    expect(`${card("conversations")} li`).toHaveText(/Your manager does not know/);
    expect(`${card("wishes")} .badge`).toHaveText("Still true?");
    expect(`${card("wishes")} li`).toHaveText(/Marc/);
    for (const name of ["plan", "conversations", "wishes"]) {
      await contains(`${card(name)} .o_career_home_title`).click();
    }
    await contains(`${card("told")} li button`).click();
    await contains(`${card("wishes")} > .btn-link`).click();
    expect(opened.map(([request]) => request.res_id || request)).toEqual([
      7,
      8,
      9,
      10,
      "career_guidance.career_aspiration_action",
    ]);
  });

  test("a talk that the manager knows of, and a wish for oneself", async () => {
    await openPage("my_career", "my_career", {
      ...CAREER,
      conversations: [{...TALK, hidden: false}],
      aspirations: [{...WISH, readers: [], is_to_confirm: false, is_draft: true}],
      aspiration_count: 1,
    });
    expect(`${card("conversations")} .fa-lock`).toHaveCount(0);
    expect(`${card("wishes")} li`).toHaveText(/Only you/);
    expect(`${card("wishes")} .badge`).toHaveText("Draft");
  });

  test("says who can read what, or that nobody can", async () => {
    await openPage("my_career", "my_career", {
      ...CAREER,
      conversations: [TALK],
      readers: [
        {name: "Marc", role: "n1", reason: "plans: 1"},
        {name: "Hilde", role: "hr", reason: "conversations: 1"},
      ],
    });
    expect(`${card("readers")} li`).toHaveCount(2);
    expect(queryAllTexts(`${card("readers")} li`)[0]).toMatch(/Marc/);
  });

  test("the offer: ways to develop, and coaches", async () => {
    await openPage("my_career", "my_career", {
      ...CAREER,
      offer: {
        methods: [{id: 1, name: "Job rotation", first_step: "Ask where"}],
        coaches: [{id: 2, name: "Karel", speciality: "", has_room: false}],
      },
    });
    expect(queryAllTexts(`${card("offer")} h3`)).toEqual([
      "Ways to develop",
      "Career coaches",
    ]);
    expect(queryAllTexts(`${card("offer")} dt`)[0]).toBe("Job rotation");
  });
});

describe("my team", () => {
  test("says who has no team", async () => {
    await openPage("my_team", "my_team", {
      members: [],
      gauge: {...GAUGE, plan_count: 0},
      waiting: 0,
      to_plan: 0,
    });
    expect(".o_career_home_card h2").toHaveText("You have no team in Odoo");
    expect(".o_career_home_plan_several").toHaveCount(0);
  });

  test("keeps the order of the server, and names what waits", async () => {
    await openPage("my_team", "my_team", {
      members: [
        {...MEMBER, attention: ["The plan waits for your signature"]},
        {...MEMBER, id: 2, name: "Noor"},
      ],
      gauge: {...GAUGE, plan_count: 1},
      waiting: 1,
      to_plan: 0,
    });
    expect(queryAllTexts(".o_career_home_members h2")).toEqual(["Emma", "Noor"]);
    expect(".o_career_home_attention").toHaveCount(1);
    expect("#career_team").toHaveText("1 of 2 people wait for something from you.");
    expect(".o_career_gauge_value").toHaveText("70%");
  });

  test("plans several in one go", async () => {
    onRpc("career.home", "plan_several", () => {
      expect.step("plan_several");
      return {type: "ir.actions.act_window_close"};
    });
    const opened = await openPage("my_team", "my_team", {
      members: [MEMBER],
      gauge: {...GAUGE, plan_count: 0},
      waiting: 0,
      to_plan: 3,
    });
    expect(".o_career_home_plan_several").toHaveText("Plan several (3)");
    await contains(".o_career_home_plan_several").click();
    expect.verifySteps(["plan_several"]);
    expect(opened[0][0].type).toBe("ir.actions.act_window_close");
    // what was planned shows when the dialog closes
    expect(typeof opened[0][1].onClose).toBe("function");
  });
});

describe("my organisation", () => {
  test("says who has nobody below", async () => {
    await openPage("my_organisation", "my_organisation", {...ORGANISATION, teams: []});
    expect(".o_career_home_card h2").toHaveText("No teams below you");
  });

  test("opens what is late, and folds the rest of many teams", async () => {
    const teams = [1, 2, 3, 4].map((id) => ({...TEAM, id, late: id === 1 ? 1 : 0}));
    await openPage("my_organisation", "my_organisation", {
      ...ORGANISATION,
      teams,
      late: 1,
    });
    expect(".o_career_home_toggle").toHaveCount(4);
    expect(".o_career_home_toggle[aria-expanded='true']").toHaveCount(1);
    expect("#career_organisation").toHaveText("1 people are late in the cycle.");
    await contains(".o_career_home_toggle[aria-expanded='false']").click();
    expect(".o_career_home_toggle[aria-expanded='true']").toHaveCount(2);
    expect("#career_team_2").toBeVisible();
    await contains("[aria-controls='career_team_2']").click();
    expect("#career_team_2").not.toBeVisible();
  });

  test("shows a team's plans as one figure, or says that they are too few", async () => {
    await openPage("my_organisation", "my_organisation", {
      ...ORGANISATION,
      teams: [
        {...TEAM, gauge: {...GAUGE, is_suppressed: false, plan_count: 6}},
        {...TEAM, id: 4, gauge: {...GAUGE, rate: 0, is_suppressed: true}},
        {...TEAM, id: 5},
      ],
    });
    expect(".o_career_gauge_value").toHaveCount(1);
    expect(queryAllTexts(".o_career_home_branch_gauge").slice(1)).toEqual([
      "Plans: too few to show",
      "No running plans",
    ]);
  });

  test("opens the participation, and nothing else about the person", async () => {
    const opened = await openPage("my_organisation", "my_organisation", {
      ...ORGANISATION,
      teams: [TEAM],
    });
    expect(".o_career_home_leaf button").toHaveCount(1);
    await contains(".o_career_home_leaf button").click();
    expect(opened[0][0].res_model).toBe("career.participation");
    expect(opened[0][0].res_id).toBe(5);
  });
});

describe("start of HR", () => {
  test("without anything to do", async () => {
    await openPage("hr_start", "hr_start", START);
    expect(".o_career_home_next").toHaveCount(0);
    expect("section[aria-labelledby='career_waits'] p").toHaveText(
      "Nobody waits for HR."
    );
    expect("section[aria-labelledby='career_slow'] p").toHaveText(
      "Nothing that you can see."
    );
  });

  test("the administrator sees no list of HR", async () => {
    await openPage("hr_start", "hr_start", {...START, is_officer: false});
    expect("section[aria-labelledby='career_waits']").toHaveCount(0);
    expect("section[aria-labelledby='career_round']").toHaveCount(1);
  });

  test("a cycle says in words what the bar shows", async () => {
    await openPage("hr_start", "hr_start", {
      ...START,
      cycles: [
        {
          id: 1,
          name: "Round",
          date_start: "2026-10-01",
          date_end: "2026-12-31",
          is_counted: true,
          total: 4,
          late: 1,
          parts: [
            {state: "held", label: "Held", count: 3},
            {state: "planned", label: "Planned", count: 0},
            {state: "to_plan", label: "To plan", count: 1},
          ],
        },
      ],
    });
    expect(".o_career_home_bar > div").toHaveCount(2);
    expect(queryAllTexts("section[aria-labelledby='career_round'] li")).toEqual([
      "Held: 3",
      "To plan: 1",
      "Late: 1",
    ]);
  });

  test("a line opens exactly what it counts", async () => {
    const domain = [["is_late", "=", true]];
    const opened = await openPage("hr_start", "hr_start", {
      ...START,
      stagnates: [
        {label: "Late in the cycle", count: 2, action: "some.action", domain},
      ],
    });
    getService("action").loadAction = (name) => {
      expect.step(name);
      return {type: "ir.actions.act_window", context: {search_default_running: 1}};
    };
    await contains("section[aria-labelledby='career_slow'] button").click();
    expect.verifySteps(["some.action"]);
    expect(opened[0][0].domain).toEqual(domain);
    expect(opened[0][0].context).toEqual({});
  });
});
