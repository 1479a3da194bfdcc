// @ts-check
/**
 * One gradient two ways, against the clock.
 *
 * @import { Answer } from '../../net/socket.js'
 */
import { fill, number } from "../../format.js";
import { on, part, say, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element
 * @param {() => Promise<Answer<"stopwatch"> | null>} ask
 * @returns {() => void} undo
 */
export function finiteDifferences(element, ask) {
  const words = element.dataset;
  const run = part(element, "run");

  /** @param {number} seconds */
  function time(seconds) {
    if (seconds < 1e-3) return fill(words.us, { value: number(1e6 * seconds, 3) });
    return seconds < 1 ? fill(words.ms, { value: number(1e3 * seconds, 3) }) : fill(words.s, { value: number(seconds, 3) });
  }

  async function measure() {
    if (run.ariaDisabled) return; // it keeps the focus
    run.ariaDisabled = "true";
    const answer = await ask();
    run.ariaDisabled = null;
    if (!answer) return;
    const { seconds, forward, weights, samples, measured, difference, relative, kinks, left_out: out } = answer.event;
    const most = Math.max(seconds.backpropagation, seconds.differences);
    for (const way of /** @type {const} */ (["backpropagation", "differences"])) {
      say(part(element, `time-${way}`), time(seconds[way]));
      part(element, `bar-${way}`).style.width = `${Math.max(0.4, (100 * seconds[way]) / most)}%`;
    }
    const spelt = (/** @type {number} */ count) => count.toLocaleString("en");
    say(part(element, "passes-backpropagation"), words.passes ?? "");
    say(part(element, "passes-differences"), fill(words.differences, { count: spelt(forward.differences) }));
    const times = number(seconds.differences / seconds.backpropagation, 3);
    const facts = { times, weights: spelt(weights), passes: spelt(forward.differences), samples: spelt(samples), measured: spelt(measured) };
    say(part(element, "said"), [fill(words.times, facts), measured < weights ? fill(words.partMeasured, facts) : ""].filter(Boolean).join(" "));
    const agrees = difference === null ? words.nothing : fill(words.agrees, { difference: number(difference, 2), relative: number(relative, 2) });
    const jumps = kinks > 0 ? fill(words.kinks, { neurons: spelt(kinks), weights: spelt(out) }) : "";
    say(part(element, "agrees"), [agrees, jumps].filter(Boolean).join(" "));
    part(element, "watches").hidden = false;
  }

  return together([on(run, "click", () => void measure())]);
}
