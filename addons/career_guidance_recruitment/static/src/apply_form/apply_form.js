import {AskFormController} from "@career_guidance/ask_form/ask_form";
import {_t} from "@web/core/l10n/translation";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

/**
 * Applying is a button as well: looking at another tab, or leaving, sends nothing.
 */
export class ApplyFormController extends AskFormController {
  get leaveWords() {
    return {
      title: _t("You have not applied yet"),
      body: _t("Nobody was told of it. What you filled in is not kept."),
      confirmLabel: _t("Leave without applying"),
    };
  }
}

registry.category("views").add("career_apply_form", {
  ...formView,
  Controller: ApplyFormController,
});
