import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";

/** Download the file about a person: a POST, so that no address of it is kept. */
async function downloadExport(env, {params}) {
  await download({url: params.url, data: {}});
  return {type: "ir.actions.act_window_close"};
}

registry.category("actions").add("career_guidance.export", downloadExport);
