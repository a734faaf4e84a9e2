import {registry} from "@web/core/registry";

const signInDialog = [
  {
    content: "Sign",
    trigger: ".o_statusbar_buttons button:contains(Sign)",
    run: "click",
  },
  {
    content: "The dialog asks for a signature; it is not needed when logged in",
    trigger: ".modal footer button.btn-primary:contains(Sign)",
    run: "click",
  },
];

registry.category("web_tour.tours").add("career_plan_employee_makes", {
  steps: () => [
    {
      content: "From the conversation to the plan",
      trigger: "button[name=button_create_plan]",
      run: "click",
    },
    {
      content: "Say what it is for",
      trigger: ".o_field_widget[name=title] input",
      run: "edit On the way to planner",
    },
    {
      content: "Add an action",
      trigger: ".o_field_widget[name=action_ids] .o_field_x2many_list_row_add a",
      run: "click",
    },
    {
      content: "What",
      trigger: ".o_field_widget[name=action_ids] .o_selected_row [name=name] input",
      run: "edit Plan a week beside a colleague",
    },
    {
      content: "Save",
      trigger: ".o_form_button_save",
      run: "click",
    },
    {
      trigger: ".o_form_saved",
    },
    {
      content: "Put it to both sides",
      trigger: "button[name=action_propose]",
      run: "click",
    },
    ...signInDialog,
    {
      content: "The other side signs next",
      trigger: "[name=next_step]:contains(other side signs next)",
    },
  ],
});

registry.category("web_tour.tours").add("career_plan_manager_signs", {
  steps: () => [
    ...signInDialog,
    {
      content: "Both have signed",
      trigger: ".o_statusbar_status button.o_arrow_button_current:contains(Agreed)",
    },
  ],
});

registry.category("web_tour.tours").add("career_plan_employee_does", {
  steps: () => [
    {
      content: "Done",
      trigger: ".o_field_widget[name=action_ids] button[name=action_done]",
      run: "click",
    },
    {
      content: "The gauge shows it",
      trigger: ".o_field_widget[name=realisation_rate]:contains(100)",
    },
  ],
});

registry.category("web_tour.tours").add("career_plan_manager_evaluates", {
  steps: () => [
    {
      content: "Look back",
      trigger: "button[name=action_evaluate].btn-primary",
      run: "click",
    },
    {
      content: "Together",
      trigger: ".modal footer button.btn-primary",
      run: "click",
    },
    {
      content: "Closed",
      trigger: ".o_statusbar_status button.o_arrow_button_current:contains(Evaluated)",
    },
  ],
});
