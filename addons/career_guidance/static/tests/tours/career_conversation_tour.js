import {registry} from "@web/core/registry";

/**
 * The career conversation, step by step, as each of the people who take part.
 *
 * One tour is what one person does; `test_conversation_tours.py` plays them one after
 * the other, as the real users, for each channel.
 */

const tours = registry.category("web_tour.tours");

const inState = (state) => ({
  content: `it is ${state}`,
  trigger: `.o_statusbar_status .o_arrow_button_current[data-value=${state}]`,
});

const press = (name) => ({
  content: `press ${name}`,
  trigger: `.o_form_statusbar button[name=${name}]:enabled`,
  run: "click",
});

const pick = (field, text, scope = "") => [
  {
    content: `look for ${text}`,
    trigger: `${scope} .o_field_widget[name=${field}] input`,
    run: `edit ${text}`,
  },
  {
    content: `choose ${text}`,
    trigger: `.o-autocomplete--dropdown-item a:contains(${text})`,
    run: "click",
  },
];

const save = {
  content: "save",
  trigger: ".o_form_button_save",
  run: "click",
};

const saved = {
  content: "it is saved: the form tells what comes next",
  trigger: ".o_field_widget[name=next_step]",
};

const chooseMoment = [
  press("button_propose_slots"),
  {
    content: "choose the first moment",
    trigger: ".modal .o_data_row:first button[name=action_choose]",
    run: "click",
  },
  inState("planned"),
];

const hold = [
  {
    content: "say what came of it",
    trigger: ".o_field_widget[name=outcome] input[data-value=no_change]",
    run: "click",
  },
  press("action_hold"),
  inState("held"),
];

const writeReport = [
  {
    content: "open the report",
    trigger: ".o_notebook_headers a[name=report]",
    run: "click",
  },
  {
    content: "write it",
    trigger: ".o_field_widget[name=report] .odoo-editor-editable",
    run: "editor All may stay as it is.",
  },
  {
    content: "note a point",
    trigger: ".o_field_widget[name=item_ids] .o_field_x2many_list_row_add a",
    run: "click",
  },
  {
    content: "what will be done",
    trigger: ".o_field_widget[name=item_ids] .o_selected_row [name=name] input",
    run: "edit Look at it again in spring",
  },
];

const confirmReport = (side) => [
  press("action_confirm_report"),
  {
    content: "it is confirmed",
    trigger: `.o_field_widget[name=${side}_confirmed] input:checked:not(:visible), .o_field_widget[name=${side}_confirmed] input:checked`,
  },
];

const openReport = {
  content: "open the report",
  trigger: ".o_notebook_headers a[name=report]",
  run: "click",
};

const close = [press("action_close"), inState("closed")];

// ------------------------------------------------------------------ the employee
const CHANNELS = {
  line: {label: "My manager", text: "Your manager holds"},
  staff: {label: "HR", text: "Will not know of it: your manager"},
  // hoot reads an apostrophe as a quote: only what follows it is looked for
  management: {part: "s manager", text: "Will not know of it: your"},
  coach: {label: "A career coach", text: "Will not know of it"},
  mentor: {label: "A mentor", text: "Will not know of it", guide: "Mentor"},
  external: {label: "Somebody from outside", text: "Only what you write"},
};

for (const [code, {label, part, text, guide}] of Object.entries(CHANNELS)) {
  const item = part ? `:contains(${part})` : `:has(label:text(${label}))`;
  tours.add(`career_request_${code}`, {
    steps: () => [
      {
        content: "choose who holds the conversation",
        trigger: `.o_field_widget[name=channel_id] .o_radio_item${item} input`,
        run: "click",
      },
      {
        content: "read who will know, and who will not",
        trigger: `.o_field_widget[name=channel_explanation]:contains(${text})`,
      },
      ...(code === "coach"
        ? [
            {
              content: "see the pool",
              trigger:
                ".o_field_widget[name=coach_option_ids] .o_data_row:contains(Coach)",
            },
          ]
        : []),
      ...(guide ? pick("conductor_id", guide) : []),
      {
        content: "ask a question of one sentence",
        trigger: ".o_field_widget[name=request] input",
        run: "edit What could be my next step?",
      },
      save,
      saved,
      inState("requested"),
    ],
  });
}

tours.add("career_prepare", {
  steps: () => [
    {
      content: "open my preparation",
      trigger: ".o-form-buttonbox button[name=button_open_preparation]",
      run: "click",
    },
    {
      content: "answer the first question",
      trigger: ".o_field_widget[name=answer_ids] .o_data_row:first td[name=answer]",
      run: "click",
    },
    {
      content: "write",
      trigger:
        ".o_field_widget[name=answer_ids] .o_selected_row [name=answer] textarea",
      run: "edit Working with people",
    },
    press("action_ready"),
    {
      content: "ready, and still private",
      trigger: ".o_statusbar_status .o_arrow_button_current[data-value=private]",
    },
    press("action_share"),
    {
      content: "shared",
      trigger: ".o_statusbar_status .o_arrow_button_current[data-value=shared]",
    },
  ],
});

tours.add("career_employee_confirm", {
  steps: () => [inState("held"), openReport, ...confirmReport("employee")],
});

tours.add("career_employee_alone", {
  steps: () => [
    inState("requested"),
    ...chooseMoment,
    ...hold,
    ...writeReport,
    ...confirmReport("employee"),
    ...close,
  ],
});

// --------------------------------------------------------------------- the guide
tours.add("career_guide_take", {
  steps: () => [
    inState("requested"),
    press("action_assign"),
    {
      content: "mine now",
      trigger: ".o_form_statusbar:not(:has(button[name=action_assign]))",
    },
  ],
});

tours.add("career_guide_plan", {
  steps: () => [inState("requested"), ...chooseMoment],
});

tours.add("career_guide_hold", {
  steps: () => [
    inState("planned"),
    ...hold,
    ...writeReport,
    ...confirmReport("conductor"),
  ],
});

tours.add("career_guide_feedback", {
  steps: () => [
    {
      content: "tell somebody",
      trigger: ".o_form_statusbar button:contains(Tell somebody)",
      run: "click",
    },
    {
      content: "choose whom",
      trigger:
        ".modal .o_field_widget[name=route_id] .o_radio_item:contains(N+2) input",
      run: "click",
    },
    {
      content: "confirm",
      trigger: ".modal button[name=action_confirm]:visible",
      run: "click",
    },
    {
      content: "write what is told",
      trigger: ".o_field_widget[name=body] .odoo-editor-editable",
      run: "editor It was a good conversation.",
    },
    press("action_send"),
    inState("sent"),
  ],
});

tours.add("career_guide_close", {
  steps: () => [inState("held"), ...close],
});

tours.add("career_guide_placeholder", {
  steps: () => [
    inState("planned"),
    press("action_add_placeholder"),
    {
      content: "my time is kept free",
      trigger: ".o_form_statusbar button[name=action_remove_placeholder]",
    },
  ],
});

tours.add("career_guide_without_login", {
  steps: () => [
    ...pick("employee_id", "Worker"),
    {
      content: "I am the manager",
      trigger: ".o_field_widget[name=channel_id] input:checked",
    },
    save,
    saved,
    inState("requested"),
    {
      content: "record what was said on paper",
      trigger: ".o_form_statusbar button:contains(answers)",
      run: "click",
    },
    {
      content: "first answer",
      trigger:
        ".modal .o_field_widget[name=line_ids] .o_data_row:first td[name=answer]",
      run: "click",
    },
    {
      content: "write",
      trigger: ".modal .o_selected_row [name=answer] textarea",
      run: "edit The garden",
    },
    {
      content: "the employee agreed",
      trigger: ".modal .o_field_widget[name=is_agreed] input",
      run: "click",
    },
    {
      content: "record",
      trigger: ".modal button[name=action_record]",
      run: "click",
    },
    {
      content: "it is noted",
      trigger: ".o_field_widget[name=preparation_status]:contains(employee is ready)",
    },
    ...chooseMoment,
    ...hold,
    ...writeReport,
    ...confirmReport("conductor"),
    press("action_record_confirmation"),
    {
      content: "the employee agreed with the report",
      trigger: ".modal .modal-footer .btn-primary",
      run: "click",
    },
    {
      content: "who noted it",
      trigger: ".o_field_widget[name=confirmation_recorded_by]:contains(Manager)",
    },
  ],
});

// ------------------------------------------------------------------- the others
tours.add("career_receiver_reads", {
  steps: () => [
    {
      content: "read what was told",
      trigger: ".o_field_widget[name=body]:contains(good conversation)",
    },
  ],
});

tours.add("career_uninvolved_sees_nothing", {
  steps: () => [
    {
      content: "no conversation, not even a counter",
      trigger: ".o_view_nocontent",
    },
    {
      content: "look at the list as well",
      trigger: ".o_cp_switch_buttons .o_list",
      run: "click",
    },
    {
      content: "empty",
      trigger: ".o_list_view .o_view_nocontent",
    },
  ],
});
