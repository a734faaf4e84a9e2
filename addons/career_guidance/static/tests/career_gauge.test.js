import {
  floorRate,
  formatRate,
  isTargetReached,
} from "@career_guidance/utils/career_rate";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryFirst} from "@odoo/hoot-dom";
import {
  defineModels,
  fields,
  makeMockEnv,
  models,
  mountView,
  onRpc,
  patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {localization} from "@web/core/l10n/localization";

class Plan extends models.Model {
  _name = "plan";

  rate = fields.Float({string: "Realisation rate"});
  whole = fields.Integer({string: "Whole rate"});
  target = fields.Float();
  counted = fields.Integer();
  nothing = fields.Boolean();
  reached = fields.Boolean();

  _records = [
    {id: 1, rate: 0, whole: 0, target: 80, counted: 3},
    {id: 2, rate: 79.96, whole: 79, target: 80, counted: 4},
    {id: 3, rate: 80, whole: 80, target: 80, counted: 5, reached: true},
    {id: 4, rate: 100, whole: 100, target: 80, counted: 1, reached: true},
    {id: 5, rate: 0, whole: 0, target: 80, counted: 0, nothing: true},
    {id: 6, rate: 55, whole: 55, target: 50, counted: 2},
  ];
}

defineMailModels();
defineModels([Plan]);

async function mountForm(resId, {field = "rate", attrs = "", options = "{}"} = {}) {
  await mountView({
    type: "form",
    resModel: "plan",
    resId,
    arch: `<form><field name="${field}" widget="career_gauge" readonly="1" ${attrs} options="${options}"/></form>`,
  });
}

describe("rates", () => {
  test("are rounded down to one decimal", () => {
    expect(floorRate(79.96)).toBe(79.9);
    expect(floorRate(79.9999)).toBe(79.9);
    expect(floorRate(80)).toBe(80);
    expect(floorRate(0)).toBe(0);
    // every tenth survives the noise of binary floating point
    for (let tenths = 0; tenths <= 1000; tenths++) {
      const noisy = tenths * 0.1;
      expect(Math.round(floorRate(noisy) * 10)).toBe(tenths, {silent: true});
      expect(Math.round(floorRate(tenths / 10) * 10)).toBe(tenths, {silent: true});
    }
  });

  test("reach the target by their own value, not by what is shown", () => {
    expect(isTargetReached(79.96, 80)).toBe(false);
    expect(isTargetReached(79.999, 80)).toBe(false);
    expect(isTargetReached(80, 80)).toBe(true);
    // (0.1 + 0.7) * 100 is 79.99999999999999
    expect(isTargetReached((0.1 + 0.7) * 100, 80)).toBe(true);
  });

  test("are shown in the number format of the language", async () => {
    await makeMockEnv();
    expect(formatRate(79.96)).toBe("79.9%");
    expect(formatRate(80)).toBe("80%");
    patchWithCleanup(localization, {decimalPoint: ","});
    expect(formatRate(79.96)).toBe("79,9%");
  });
});

describe("form", () => {
  test("0 is under the target", async () => {
    await mountForm(1, {
      options: "{'target_field': 'target', 'empty_field': 'counted'}",
    });
    expect(".o_career_gauge").toHaveClass([
      "o_career_gauge_large",
      "o_career_gauge_under",
    ]);
    expect(".o_career_gauge_value").toHaveText("0%");
    expect(".o_career_gauge_caption").toHaveText("Below target");
    expect(".o_career_gauge_icon").toHaveClass("fa-arrow-circle-down");
    expect(".o_career_gauge_arc").toHaveCount(0);
    expect(".o_career_gauge").toHaveAttribute(
      "aria-label",
      "Realisation rate: 0%, target 80%: Below target"
    );
  });

  test("79.96 shows 79.9 and is under the target", async () => {
    await mountForm(2, {
      options: "{'target_field': 'target', 'empty_field': 'counted'}",
    });
    expect(".o_career_gauge").toHaveClass("o_career_gauge_under");
    expect(".o_career_gauge_value").toHaveText("79.9%");
    expect(".o_career_gauge_caption").toHaveText("Below target");
    expect(".o_career_gauge_arc").toHaveAttribute("stroke-dasharray", "79.96 200");
  });

  test("80 reaches the target", async () => {
    await mountForm(3, {options: "{'target_field': 'target'}"});
    expect(".o_career_gauge").toHaveClass("o_career_gauge_reached");
    expect(".o_career_gauge").toHaveAttribute("role", "img");
    expect(".o_career_gauge").toHaveAttribute(
      "aria-label",
      "Realisation rate: 80%, target 80%: Target reached"
    );
    expect(".o_career_gauge_value").toHaveText("80%");
    expect(".o_career_gauge_caption").toHaveText("Target reached");
    expect(".o_career_gauge_icon").toHaveClass("fa-check-circle");
    expect(queryAllTexts(".o_career_gauge_target_label")).toEqual(["Target", "80%"]);
  });

  test("100 fills the gauge", async () => {
    await mountForm(4);
    expect(".o_career_gauge").toHaveClass("o_career_gauge_reached");
    expect(".o_career_gauge_value").toHaveText("100%");
    expect(".o_career_gauge_arc").toHaveAttribute("stroke-dasharray", "100 200");
  });

  test("nothing counted: a dash and words, but the target stays visible", async () => {
    await mountForm(5, {
      options: "{'target_field': 'target', 'empty_field': 'counted'}",
    });
    expect(".o_career_gauge").toHaveClass("o_career_gauge_empty");
    expect(".o_career_gauge_value").toHaveText("–");
    expect(".o_career_gauge_caption").toHaveText("Nothing to measure yet");
    expect(".o_career_gauge_target").toHaveCount(1);
    expect(".o_career_gauge").toHaveAttribute(
      "aria-label",
      "Realisation rate: Nothing to measure yet (target 80%)"
    );
  });

  test("a boolean may say that there is nothing, in own words", async () => {
    await mountForm(5, {
      options: "{'empty_field': 'nothing', 'empty_text': 'No action is due'}",
    });
    expect(".o_career_gauge_caption").toHaveText("No action is due");
  });

  test("an unset boolean does not hide the value", async () => {
    await mountForm(3, {options: "{'empty_field': 'nothing'}"});
    expect(".o_career_gauge_value").toHaveText("80%");
  });

  test("the target is 80 without a field", async () => {
    await mountForm(6);
    expect(".o_career_gauge").toHaveClass("o_career_gauge_under");
    expect(".o_career_gauge_target_figure").toHaveText("80%");
  });

  test("another target moves the line", async () => {
    await mountForm(6, {options: "{'target_field': 'target'}"});
    expect(".o_career_gauge").toHaveClass("o_career_gauge_reached");
    expect(".o_career_gauge_target_figure").toHaveText("50%");
    const line = queryFirst(".o_career_gauge_target");
    expect(line.getAttribute("x1")).toBe("160");
    expect(line.getAttribute("x2")).toBe("160");
  });

  test("the server's judgement goes before the comparison", async () => {
    Plan._records[1].reached = true;
    await mountForm(2, {options: "{'reached_field': 'reached'}"});
    expect(".o_career_gauge").toHaveClass("o_career_gauge_reached");
  });

  test("the server's judgement may also be no", async () => {
    Plan._records[2].reached = false;
    await mountForm(3, {options: "{'reached_field': 'reached'}"});
    expect(".o_career_gauge").toHaveClass("o_career_gauge_under");
  });

  test("integer field, own label, small size", async () => {
    await mountForm(2, {
      field: "whole",
      attrs: `string="Due rate"`,
      options: "{'size': 'small'}",
    });
    expect(".o_career_gauge").toHaveClass("o_career_gauge_small");
    expect(".o_career_gauge_value").toHaveText("79%");
    expect(".o_career_gauge_caption").toHaveText("Target 80%");
    expect(".o_career_gauge").toHaveAttribute(
      "title",
      "Due rate: 79%, target 80%: Below target"
    );
  });

  test("fields named in options are read without being in the view", async () => {
    onRpc("web_read", ({kwargs}) => {
      expect.step(Object.keys(kwargs.specification).sort());
    });
    await mountForm(3, {
      options: "{'target_field': 'target', 'empty_field': 'counted'}",
    });
    expect.verifySteps([["counted", "display_name", "rate", "target"]]);
  });
});

test("kanban: one small gauge a card", async () => {
  await mountView({
    type: "kanban",
    resModel: "plan",
    arch: `
            <kanban>
                <templates>
                    <t t-name="card">
                        <field name="rate" widget="career_gauge" options="{'target_field': 'target', 'empty_field': 'counted'}"/>
                    </t>
                </templates>
            </kanban>`,
  });
  expect(".o_kanban_record .o_career_gauge_small").toHaveCount(6);
  expect(queryAllTexts(".o_career_gauge_value")).toEqual([
    "0%",
    "79.9%",
    "80%",
    "100%",
    "–",
    "55%",
  ]);
  expect(queryAllTexts(".o_career_gauge_caption")).toEqual([
    "Target 80%",
    "Target 80%",
    "Target 80%",
    "Target 80%",
    "Nothing to measure yet",
    "Target 50%",
  ]);
  expect(".o_career_gauge_reached").toHaveCount(3);
  expect(".o_career_gauge_empty .o_career_gauge_target").toHaveCount(0);
});

test.tags("desktop");
test("list: the caption stands beside the gauge", async () => {
  await mountView({
    type: "list",
    resModel: "plan",
    arch: `
            <list>
                <field name="rate" widget="career_gauge" options="{'target_field': 'target', 'empty_field': 'counted'}"/>
            </list>`,
  });
  expect(".o_data_row .o_career_gauge_small.o_career_gauge_inline").toHaveCount(6);
  expect(".o_data_row:eq(1) .o_career_gauge_value").toHaveText("79.9%");
  expect(".o_data_row:eq(1) .o_career_gauge").toHaveAttribute(
    "title",
    "Realisation rate: 79.9%, target 80%: Below target"
  );
});
