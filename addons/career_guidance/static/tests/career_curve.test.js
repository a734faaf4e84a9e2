import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts, queryFirst, resize, waitUntil} from "@odoo/hoot-dom";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

const FRAME = {start: "2026-01-01", end: "2026-12-31", today: "2026-07-02", target: 80};

class Plan extends models.Model {
  _name = "plan";

  curve = fields.Json({string: "Realisation over time"});
  _records = [{id: 1, curve: false}];
}

defineMailModels();
defineModels([Plan]);

async function mountCurve(curve) {
  Plan._records[0].curve = curve;
  await mountView({
    type: "form",
    resModel: "plan",
    resId: 1,
    arch: `<form><field name="curve" widget="career_curve" readonly="1" nolabel="1"/></form>`,
  });
}

function tableRows() {
  return queryAll(".o_career_curve tbody tr").map((row) =>
    [...row.children].map((cell) => cell.textContent)
  );
}

test("no data: a sentence, no drawing", async () => {
  await mountCurve(false);
  expect(".o_career_curve_svg").toHaveCount(0);
  expect(".o_career_curve").toHaveText(
    "The curve appears when the plan has a start and an end."
  );
});

test("dates that cannot be read count as no data", async () => {
  await mountCurve({start: "soon", end: "2026-12-31", points: []});
  expect(".o_career_curve_svg").toHaveCount(0);
});

test("no points: the frame with target, ideal line and today", async () => {
  await mountCurve({...FRAME, points: []});
  expect(".o_career_curve_svg .o_career_curve_line").toHaveCount(0);
  expect(".o_career_curve_svg .o_career_curve_dot").toHaveCount(0);
  expect(".o_career_curve_svg line.o_career_curve_ideal").toHaveCount(1);
  expect(".o_career_curve_svg line.o_career_curve_target").toHaveCount(1);
  expect(".o_career_curve_svg .o_career_curve_today").toHaveCount(1);
  expect(".o_career_curve_hint").toHaveText(
    "The line starts with the first action that is done."
  );
  expect(queryAllTexts(".o_career_curve_legend li")).toEqual([
    "Realised: nothing yet",
    "Ideal pace (today 40%)",
    "Target 80%",
  ]);
  expect(tableRows()).toEqual([["Today, 07/02/2026", "–", "40%"]]);
});

test("one point: a step from 0 that runs until today", async () => {
  await mountCurve({...FRAME, points: [{date: "2026-04-01", rate: 12.5}]});
  expect(".o_career_curve_dot").toHaveCount(1);
  expect(".o_career_curve_value").toHaveText("12.5%");
  const line = queryFirst(".o_career_curve_svg path.o_career_curve_line").getAttribute(
    "d"
  );
  expect(line).toMatch(/^M [\d.]+ [\d.]+ H [\d.]+ V [\d.]+ H [\d.]+$/);
  // it ends at the marker of today
  expect(line.split(" ").at(-1)).toBe(
    queryFirst("line.o_career_curve_today").getAttribute("x1")
  );
  expect(tableRows()).toEqual([
    ["04/01/2026", "12.5%", "19.7%"],
    ["Today, 07/02/2026", "12.5%", "40%"],
  ]);
});

test("several points: sorted, rounded down, told to screen readers", async () => {
  await mountCurve({
    ...FRAME,
    points: [
      {date: "2026-07-02", rate: 79.96},
      {date: "2026-02-15", rate: 20},
      {date: "2026-05-10", rate: 41.25},
    ],
  });
  expect(".o_career_curve_dot").toHaveCount(3);
  expect(".o_career_curve_value").toHaveText("79.9%");
  expect(tableRows().map(([date, rate]) => [date, rate])).toEqual([
    ["02/15/2026", "20%"],
    ["05/10/2026", "41.2%"],
    ["07/02/2026", "79.9%"],
  ]);
  expect(".o_career_curve_svg").toHaveAttribute("role", "img");
  expect(".o_career_curve_svg").toHaveAttribute(
    "aria-label",
    "Realisation over time. Realised rate from 01/01/2026 to 12/31/2026, target 80%. " +
      "Realised 79.9% on 07/02/2026. The ideal pace today is 40%."
  );
  const heights = queryAll(".o_career_curve_dot").map((dot) =>
    Number(dot.getAttribute("cy"))
  );
  expect(heights).toEqual([...heights].sort((a, b) => b - a));
});

test("the ideal line runs from 0 at the start to the target at the end", async () => {
  await mountCurve({...FRAME, target: 60, points: []});
  const ideal = queryFirst("line.o_career_curve_ideal");
  const target = queryFirst("line.o_career_curve_target");
  expect(ideal.getAttribute("x1")).toBe(target.getAttribute("x1"));
  expect(ideal.getAttribute("x2")).toBe(target.getAttribute("x2"));
  expect(ideal.getAttribute("y2")).toBe(target.getAttribute("y1"));
});

test("without today, and with today outside of the plan, there is no marker", async () => {
  const points = [{date: "2026-04-01", rate: 12.5}];
  await mountCurve({start: FRAME.start, end: FRAME.end, points});
  expect(".o_career_curve_today").toHaveCount(0);
  expect(queryAllTexts(".o_career_curve_legend li")[1]).toBe("Ideal pace");
});

test("after the end the line runs to the end", async () => {
  await mountCurve({
    ...FRAME,
    today: "2027-03-01",
    points: [{date: "2026-04-01", rate: 90}],
  });
  expect(".o_career_curve_today").toHaveCount(0);
  const line = queryFirst(".o_career_curve_svg path.o_career_curve_line").getAttribute(
    "d"
  );
  expect(line.split(" ").at(-1)).toBe(
    queryFirst("line.o_career_curve_ideal").getAttribute("x2")
  );
});

test("start and end on the same day, points outside of the plan", async () => {
  await mountCurve({
    start: "2026-03-01",
    end: "2026-03-01",
    today: "2026-03-01",
    points: [
      {date: "2026-02-20", rate: 5},
      {date: "2026-03-20", rate: 50},
    ],
  });
  expect(".o_career_curve_dot").toHaveCount(2);
  expect(queryFirst(".o_career_curve_svg").outerHTML).not.toMatch(/NaN|Infinity/);
});

test("the drawing follows the width and keeps its text in pixels", async () => {
  await resize({width: 1200});
  await mountCurve({...FRAME, points: [{date: "2026-04-01", rate: 12.5}]});
  const viewBox = () => queryFirst(".o_career_curve_svg").getAttribute("viewBox");
  const width = queryFirst(".o_career_curve").clientWidth;
  await waitUntil(() => viewBox() === `0 0 ${width} 280`);
  const wide = queryAll(".o_career_curve_tick").length;
  queryFirst(".o_career_curve").style.width = "340px";
  await waitUntil(() => viewBox() === "0 0 340 230");
  expect(queryAll(".o_career_curve_tick").length).toBeLessThan(wide);
});
