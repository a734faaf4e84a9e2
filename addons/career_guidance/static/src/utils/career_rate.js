import {formatFloat} from "@web/views/fields/formatters";

/**
 * Rates (0-100) come from sums that are compared exactly on the server. What is
 * shown is rounded DOWN to one decimal: 79.96 shows as 79.9 and is under 80.
 * The tolerance only absorbs the noise of binary floating point (64.1 stored as
 * 64.09999999999999), it is far smaller than any step that weights can make.
 */
const NOISE = 1e-7;

/**
 * @param {number} rate
 * @returns {number} the rate rounded down to one decimal
 */
export function floorRate(rate) {
  return Math.floor((rate + NOISE) * 10) / 10;
}

/**
 * @param {number} rate
 * @param {number} target
 * @returns {boolean} whether the (unrounded) rate is at or over the target
 */
export function isTargetReached(rate, target) {
  return rate + NOISE >= target;
}

/**
 * @param {number} rate
 * @returns {string} e.g. "79.9%", in the number format of the user's language
 */
export function formatRate(rate) {
  return `${formatFloat(floorRate(rate), {digits: [16, 1], trailingZeros: false})}%`;
}
