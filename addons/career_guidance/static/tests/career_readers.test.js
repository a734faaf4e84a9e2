import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAllAttributes, queryAllTexts} from "@odoo/hoot-dom";
import {
  contains,
  defineModels,
  fields,
  models,
  mountView,
} from "@web/../tests/web_test_helpers";

class Plan extends models.Model {
  _name = "plan";

  readers = fields.Json();
  _records = [{id: 1, readers: false}];
}

defineMailModels();
defineModels([Plan]);

async function mountReaders(readers, options = "{}") {
  Plan._records[0].readers = readers;
  await mountView({
    type: "form",
    resModel: "plan",
    resId: 1,
    arch: `<form><field name="readers" widget="career_readers" readonly="1" nolabel="1" options="${options}"/></form>`,
  });
}

for (const readers of [false, []]) {
  test(`nobody else (${JSON.stringify(readers)}): only you`, async () => {
    await mountReaders(readers);
    expect(".o_career_readers_title").toHaveText("Who can read this?");
    expect(".o_career_readers_empty").toHaveText("Only you");
    expect(".o_career_reader").toHaveCount(0);
  });
}

test("each reader has an icon with a title, a name and a reason", async () => {
  await mountReaders([
    {
      name: "Jan Peeters",
      reason: "Your line manager, because you shared it",
      role: "n1",
    },
    {name: "Amina", reason: "Your coach", role: "coach"},
    {name: "Someone", role: "unknown"},
  ]);
  expect(".o_career_readers_empty").toHaveCount(0);
  expect(queryAllTexts(".o_career_reader_name")).toEqual([
    "Jan Peeters",
    "Amina",
    "Someone",
  ]);
  expect(queryAllTexts(".o_career_reader_reason")).toEqual([
    "Your line manager, because you shared it",
    "Your coach",
  ]);
  expect(queryAllAttributes(".o_career_reader_icon", "title")).toEqual([
    "Line manager",
    "Career coach",
    "Reader",
  ]);
  expect(".o_career_readers_toggle").toHaveCount(0);
});

test("many readers: the others on demand", async () => {
  const readers = [...Array(9).keys()].map((i) => ({name: `Reader ${i}`, role: "hr"}));
  await mountReaders(readers);
  expect(".o_career_reader").toHaveCount(6);
  expect(".o_career_readers_toggle").toHaveText("Show all 9");
  expect(".o_career_readers_toggle").toHaveAttribute("aria-expanded", "false");
  await contains(".o_career_readers_toggle").click();
  expect(".o_career_reader").toHaveCount(9);
  expect(".o_career_readers_toggle").toHaveText("Show fewer");
  expect(".o_career_readers_toggle").toHaveAttribute("aria-expanded", "true");
});

test("a button never hides one line only", async () => {
  const readers = [...Array(7).keys()].map((i) => ({name: `Reader ${i}`, role: "hr"}));
  await mountReaders(readers);
  expect(".o_career_reader").toHaveCount(7);
  expect(".o_career_readers_toggle").toHaveCount(0);
});

test("options: title, words and limit", async () => {
  await mountReaders([], "{'title': 'Shared with', 'empty_text': 'Nobody'}");
  expect(".o_career_readers_title").toHaveText("Shared with");
  expect(".o_career_readers_empty").toHaveText("Nobody");
});

test("the title can be left to the view", async () => {
  const readers = [...Array(9).keys()].map((i) => ({name: `Reader ${i}`, role: "hr"}));
  await mountReaders(readers, "{'hide_title': 1, 'limit': 0}");
  expect(".o_career_readers_title").toHaveCount(0);
  expect(".o_career_reader").toHaveCount(9);
  expect(".o_career_readers").toHaveAttribute("aria-label", "Who can read this?");
});
