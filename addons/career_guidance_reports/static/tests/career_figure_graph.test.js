import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {
  defineModels,
  fields,
  models,
  mountView,
  patchWithCleanup,
} from "@web/../tests/web_test_helpers";

class Figure extends models.Model {
  _name = "figure";

  period = fields.Date();
  code = fields.Char();
  value = fields.Float({aggregator: "avg"});

  _records = [
    {id: 1, period: "2026-01-01", code: "K1", value: 80},
    {id: 2, period: "2026-02-01", code: "K1", value: 0},
    {id: 3, period: "2026-02-01", code: "K7", value: 60},
    {id: 4, period: "2026-04-01", code: "K1", value: 90},
    {id: 5, period: "2026-04-01", code: "K7", value: 70},
  ];
}

defineMailModels();
defineModels([Figure]);
describe.current.tags("desktop");

async function drawn(attributes) {
  const charts = [];
  patchWithCleanup(GraphRenderer.prototype, {
    getChartConfig() {
      const config = super.getChartConfig();
      charts.push(config.data);
      return config;
    },
  });
  await mountView({
    type: "graph",
    resModel: "figure",
    arch: `<graph ${attributes} type="line" stacked="0">
        <field name="period" interval="month"/>
        <field name="code"/>
        <field name="value" type="measure"/>
      </graph>`,
  });
  return Object.fromEntries(charts.at(-1).datasets.map((d) => [d.label, d.data]));
}

test("a month without a value is a gap, a value of 0 is a 0", async () => {
  const lines = await drawn('js_class="career_figure_graph"');
  expect(lines.K1.filter((value) => value !== null)).toEqual([80, 0, 90]);
  expect(lines.K7.filter((value) => value !== null)).toEqual([60, 70]);
  expect(lines.K7[0]).toBe(null);
});

test("Odoo's own graph draws a 0 there", async () => {
  const lines = await drawn("");
  expect(lines.K7[0]).toBe(0);
});
