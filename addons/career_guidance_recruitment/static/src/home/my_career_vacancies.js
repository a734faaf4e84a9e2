import {MyCareer} from "@career_guidance/home/my_career/my_career";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

/** Vacancies that fit, on the page of the own career. */
patch(MyCareer.prototype, {
  fitText(score) {
    return _t("Fits %(score)s%", {score});
  },

  allVacanciesText(count) {
    return _t("All vacancies for colleagues (%(count)s)", {count});
  },

  openVacancies() {
    return this.action.doAction("career_guidance_recruitment.career_vacancy_action");
  },

  openVacancy(id) {
    return this.action.doAction("career_guidance_recruitment.career_vacancy_action", {
      viewType: "form",
      props: {resId: id},
    });
  },
});
