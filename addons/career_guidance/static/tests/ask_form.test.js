import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
  contains,
  defineModels,
  fields,
  getService,
  models,
  mountWithCleanup,
  onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

class Talk extends models.Model {
  _name = "talk";

  request = fields.Char();

  _views = {
    form: `<form js_class="career_ask_form">
        <header><button special="save" string="Ask" class="ask" invisible="id"/></header>
        <field name="request"/>
      </form>`,
    list: `<list><field name="request"/></list>`,
  };
}

defineMailModels();
defineModels([Talk]);
describe.current.tags("desktop");

const action = (view) => ({
  type: "ir.actions.act_window",
  res_model: "talk",
  views: [[false, view]],
});

async function openForm() {
  onRpc("talk", "web_save", () => expect.step("asked"));
  await mountWithCleanup(WebClient);
  await getService("action").doAction(action("form"));
  await contains("[name='request'] input").edit("What is next?");
}

test("the button asks", async () => {
  await openForm();
  await contains("button.ask").click();
  expect.verifySteps(["asked"]);
  expect("button.ask").toHaveCount(0);
});

test("to go elsewhere does not ask", async () => {
  await openForm();
  getService("action").doAction(action("list"));
  await animationFrame();
  await contains(".modal button:contains('Leave without asking')").click();
  await animationFrame();
  expect(".o_list_view").toHaveCount(1);
  expect.verifySteps([]);
});

test("one can stay and go on writing", async () => {
  await openForm();
  getService("action").doAction(action("list"));
  await animationFrame();
  await contains(".modal button:contains('Stay')").click();
  expect("[name='request'] input").toHaveValue("What is next?");
  expect.verifySteps([]);
});
