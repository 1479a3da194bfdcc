// How sure a network is of what it says.

import { fill, number } from '../../format.js';

/**
 * A share of one; of what was trained by the mean squared error the output itself, which is no probability.
 *
 * @param {DOMStringMap} words data-share and data-raw
 * @param {string} loss of the setup
 * @param {number} output that stands for the class
 */
export const certainty = (words, loss, output) =>
  loss === 'mse' ? fill(words.raw, { output: number(output, 3) }) : fill(words.share, { share: number(100 * output, 3) });
