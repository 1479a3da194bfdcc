// One step of one weight: what the optimizer sees, what it remembers, and where its rule takes the weight, in numbers.

import { ruleLines } from '../../controls/widgets/rule-lines.js';
import { fill, number } from '../../format.js';
import { onChange, painter } from '../canvas/frame-loop.js';

/** @typedef {import('../../net/socket.js').Answer<"explain_weight">} Answer */

/**
 * @param {HTMLElement} element
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {{answer: import('../../state/types.js').Readable<Answer | null>, stepBy: (steps: number) => void}} question
 * @returns {() => void} undo
 */
export function stepView(element, state, { answer, stepBy }) {
  const words = element.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const say = (/** @type {string} */ name, /** @type {string} */ text) => void (part(name).textContent !== text && (part(name).textContent = text));
  const write = ruleLines(element);

  /** Why this is no step like the others. @param {any} event */
  function note({ step, entrant, frozen }) {
    const outcome = state.run.get().outcomes[entrant];
    const died = outcome?.kind === 'diverged' && (outcome.step ?? 0) <= step;
    if (frozen) return died ? fill(words.diverged, { step: outcome.step ?? '' }) : (words.stopped ?? '');
    return step >= state.setup.get().steps ? (words.over ?? '') : '';
  }

  function paint() {
    const event = /** @type {any} */ (answer.get()?.event);
    if (!event || element.hidden) return;
    const { step, was, now, gradient, loss, samples, sentence, convention, lines } = event;
    say('step', fill(words.step, { step }));
    say('next', fill(words.next, { was: number(was, 4), now: number(now, 4) }));
    say('slope', gradient === null && !event.frozen ? (words.blind ?? '') : number(gradient, 4));
    say('loss', fill(words.loss, { loss: number(loss, 4), count: samples.toLocaleString('en') }));
    say('note', note(event));
    say('sentence', sentence);
    say('convention', convention);
    write(lines);
  }

  const frame = painter(paint);
  const controller = new AbortController();
  part('back').addEventListener('click', () => stepBy(-1), { signal: controller.signal });
  part('on').addEventListener('click', () => stepBy(1), { signal: controller.signal });
  const undo = onChange([answer, state.inside, state.run, state.setup], frame.dirty);
  return () => {
    undo();
    controller.abort();
    frame.stop();
  };
}
