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
