import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatRate} from "../../utils/career_rate";

import {Component, onMounted, onWillUnmount, useRef, useState} from "@odoo/owl";

const DEFAULT_WIDTH = 640;
const NARROW = 480;
const MARGIN = {top: 26, right: 18, bottom: 40, left: 46};
const LABEL_SPACING = 72;
const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60];

/**
 * @typedef {Object} CurveData
 * @property {string} start date of the plan's start
 * @property {string} end date of the plan's end
 * @property {string} [today]
 * @property {number} [target=80]
 * @property {{ date: string, rate: number }[]} [points] the rate from that date on
 */

/**
 * Realised rate over time (a step line: it only changes when something is done)
 * against the ideal straight line from 0 at the start to the target at the end.
 *
 * The drawing's coordinates are pixels of the actual width, so that text keeps
 * its size on a phone. The same figures are in a table for screen readers.
 */
export class CareerCurve extends Component {
  static template = "career_guidance.CareerCurve";
  static props = {
    /** @type {CurveData} */
    data: {type: [Object, {value: false}, {value: null}], optional: true},
    label: {type: String, optional: true},
  };
  static defaultProps = {label: ""};

  setup() {
    this.root = useRef("root");
    this.state = useState({width: DEFAULT_WIDTH});
    let observer;
    onMounted(() => {
      observer = new ResizeObserver(() => this.measure());
      observer.observe(this.root.el);
      this.measure();
    });
    onWillUnmount(() => observer.disconnect());
  }

  measure() {
    const width = Math.floor(this.root.el.clientWidth);
    // hidden (e.g. in a closed page of a notebook): keep what we have
    if (width) {
      this.state.width = Math.max(width, 240);
    }
  }

  // -------------------------------------------------------------------------
  // Figures
  // -------------------------------------------------------------------------

  /** The figures with real dates, or null when there is nothing to draw. */
  get figures() {
    const data = this.props.data;
    if (!data?.start || !data.end) {
      return null;
    }
    const start = deserializeDate(data.start);
    const end = deserializeDate(data.end);
    const today = data.today ? deserializeDate(data.today) : null;
    if (!start.isValid || !end.isValid) {
      return null;
    }
    const target = data.target ?? 80;
    const span = Math.max(end.diff(start, "days").days, 1);
    const idealAt = (date) => {
      const share = date.diff(start, "days").days / span;
      return Math.min(Math.max(share, 0), 1) * target;
    };
    const points = (data.points || [])
      .map(({date, rate}) => ({date: deserializeDate(date), rate}))
      .filter(({date}) => date.isValid)
      .sort((a, b) => a.date - b.date)
      .map((point) => ({...point, ideal: idealAt(point.date)}));
    return {
      start,
      end,
      today: today?.isValid ? today : null,
      target,
      points,
      last: points.at(-1),
      idealToday: today?.isValid ? idealAt(today) : null,
    };
  }

  formatRate(rate) {
    return formatRate(rate);
  }

  formatDate(date) {
    return formatDate(date);
  }

  get targetText() {
    return _t("Target %(target)s", {target: formatRate(this.figures.target)});
  }

  get idealText() {
    const {idealToday} = this.figures;
    return idealToday === null
      ? _t("Ideal pace")
      : _t("Ideal pace (today %(rate)s)", {rate: formatRate(idealToday)});
  }

  get realisedText() {
    const {last} = this.figures;
    return last
      ? _t("Realised %(rate)s", {rate: formatRate(last.rate)})
      : _t("Realised: nothing yet");
  }

  get ariaLabel() {
    const {start, end, last, target, idealToday} = this.figures;
    const sentences = [
      _t("Realised rate from %(start)s to %(end)s, target %(target)s.", {
        start: formatDate(start),
        end: formatDate(end),
        target: formatRate(target),
      }),
      last
        ? _t("Realised %(rate)s on %(date)s.", {
            rate: formatRate(last.rate),
            date: formatDate(last.date),
          })
        : _t("Nothing is realised yet."),
    ];
    if (idealToday !== null) {
      sentences.push(
        _t("The ideal pace today is %(rate)s.", {rate: formatRate(idealToday)})
      );
    }
    if (this.props.label) {
      sentences.unshift(`${this.props.label}.`);
    }
    return sentences.join(" ");
  }

  // -------------------------------------------------------------------------
  // Drawing
  // -------------------------------------------------------------------------

  /** Everything the template draws, in pixels. */
  get chart() {
    const {start, end, today, target, points, last} = this.figures;
    const width = this.state.width;
    const height = width < NARROW ? 230 : 280;
    const left = MARGIN.left;
    const right = width - MARGIN.right;
    const top = MARGIN.top;
    const bottom = height - MARGIN.bottom;

    // the plan's period, made longer for what was recorded outside of it
    const from = points.length && points[0].date < start ? points[0].date : start;
    let to = last && last.date > end ? last.date : end;
    if (to <= from) {
      to = from.plus({days: 1});
    }
    const days = to.diff(from, "days").days;
    const x = (date) =>
      round(left + (date.diff(from, "days").days / days) * (right - left));
    const y = (rate) =>
      round(bottom - (Math.min(Math.max(rate, 0), 100) / 100) * (bottom - top));

    const showToday = today && today >= from && today <= to;
    const chart = {
      width,
      height,
      left,
      right,
      top,
      bottom,
      yTicks: [0, 20, 40, 60, 80, 100].map((rate) => ({
        y: y(rate),
        text: formatRate(rate),
      })),
      xTicks: getTicks(from, to, Math.floor((right - left) / LABEL_SPACING)).map(
        (tick) => ({
          ...tick,
          x: x(tick.date),
        })
      ),
      ideal: {x1: x(start), y1: y(0), x2: x(end > start ? end : to), y2: y(target)},
      target: {y: y(target), x: left + 6, anchor: "start"},
      today: showToday && this.getTodayMark(x(today), left, right),
      points: [],
    };
    if (last) {
      const until = today && today > last.date ? (today < to ? today : to) : last.date;
      let line = `M ${x(from)} ${y(0)}`;
      for (const {date, rate} of points) {
        line += ` H ${x(date)} V ${y(rate)}`;
      }
      line += ` H ${x(until)}`;
      chart.line = line;
      chart.area = `${line} V ${y(0)} H ${x(from)} Z`;
      chart.points = points.map(({date, rate}) => ({
        x: x(date),
        y: y(rate),
        title: _t("%(date)s: %(rate)s", {
          date: formatDate(date),
          rate: formatRate(rate),
        }),
      }));
      const endX = x(until);
      const onTheRight = endX > left + 60;
      chart.value = {
        x: endX + (onTheRight ? -8 : 8),
        // below the line where "Today" would be in the way
        y: y(last.rate) + (y(last.rate) < top + 12 ? 20 : -9),
        anchor: onTheRight ? "end" : "start",
        text: formatRate(last.rate),
      };
      // keep the target's label away from the other one, and from an early rise
      const rise = points.find(({rate}) => rate > target - 5);
      if (endX < (left + right) / 2) {
        Object.assign(chart.target, {x: right - 2, anchor: "end"});
      } else if (rise && x(rise.date) < left + 80) {
        chart.target.x = x(rise.date) + 10;
      }
    }
    return chart;
  }

  getTodayMark(x, left, right) {
    if (x < left + 34) {
      return {x, labelX: left, anchor: "start"};
    }
    if (x > right - 34) {
      return {x, labelX: right, anchor: "end"};
    }
    return {x, labelX: x, anchor: "middle"};
  }

  /** Rows of the table: the recorded points, and today's comparison. */
  get rows() {
    const {points, today, last, idealToday} = this.figures;
    const rows = points.map(({date, rate, ideal}) => ({
      date: formatDate(date),
      rate: formatRate(rate),
      ideal: formatRate(ideal),
    }));
    if (today && (!last || !today.hasSame(last.date, "day"))) {
      rows.push({
        date: _t("Today, %(date)s", {date: formatDate(today)}),
        rate: last ? formatRate(last.rate) : "–",
        ideal: formatRate(idealToday),
      });
    }
    return rows;
  }
}

function round(number) {
  return Math.round(number * 100) / 100;
}

/**
 * Dates for the axis: starts of weeks or months, never more than `maximum`.
 * The year is written once, under its first label.
 */
function getTicks(from, to, maximum) {
  const days = to.diff(from, "days").days;
  let dates = [];
  const dayStep = DAY_STEPS.find((step) => days / step <= maximum);
  if (dayStep) {
    for (let date = from; date <= to; date = date.plus({days: dayStep})) {
      dates.push(date);
    }
  } else {
    const step =
      MONTH_STEPS.find((step) => days / (step * 30.4) <= maximum) || MONTH_STEPS.at(-1);
    let date = from.startOf("month");
    if (date < from) {
      date = date.plus({months: 1});
    }
    // a grid of quarters or halves starts with the calendar year
    while (step > 1 && step < 13 && (date.month - 1) % step) {
      date = date.plus({months: 1});
    }
    for (; date <= to; date = date.plus({months: step})) {
      dates.push(date);
    }
  }
  if (dates.length < 2) {
    dates = [from, to];
  }
  const withDay = Boolean(dayStep) || dates[0].day !== 1;
  let year;
  return dates.map((date) => {
    const tick = {
      date,
      text: date.toLocaleString(
        withDay ? {day: "numeric", month: "short"} : {month: "short"}
      ),
      year: date.year === year ? "" : String(date.year),
    };
    year = date.year;
    return tick;
  });
}
