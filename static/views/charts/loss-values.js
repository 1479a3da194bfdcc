// The card beside the mouse on the loss curve: the losses at one step, lowest first.

const ROW = 16; // pixels
const AWAY = 10; // pixels from the step's line

/**
 * @param {CanvasRenderingContext2D} c
 * @param {string} title
 * @param {{colour: string, name: string, loss: number}[]} losses
 * @param {Pick<import('./loss-source.js').Source, "written" | "worth">} source
 * @param {number} x pixels, of the step
 * @param {import('../canvas/plane.js').Box} box of the curve
 * @param {import('../canvas/palette.js').Palette} palette
 */
export function paintValues(c, title, losses, source, x, box, palette) {
  const worth = (/** @type {number} */ loss) => (Number.isFinite(loss) ? source.worth(loss) : Infinity);
  const rows = losses.sort((a, b) => worth(a.loss) - worth(b.loss)).slice(0, Math.max(1, Math.floor((box.height - 26) / ROW)));
  c.font = `11px ${palette.font}`;
  const values = rows.map(({ loss }) => (Number.isFinite(loss) ? source.written(loss) : '–'));
  const widest = (/** @type {string[]} */ texts) => Math.max(...texts.map((text) => c.measureText(text).width), 0);
  const width = Math.max(widest(rows.map(({ name }) => name)) + 30 + widest(values), c.measureText(title).width) + 16;
  const left = x + AWAY + width > box.left + box.width + AWAY ? x - AWAY - width : x + AWAY;
  const top = box.top + 4;
  c.beginPath();
  c.roundRect(left, top, width, ROW * rows.length + 24, 7);
  c.fillStyle = palette.card;
  c.globalAlpha = 0.95;
  c.fill();
  c.globalAlpha = 1;
  c.strokeStyle = palette.line;
  c.stroke();
  c.textAlign = 'left';
  c.fillStyle = palette.muted;
  c.fillText(title, left + 8, top + 16);
  rows.forEach(({ colour, name }, i) => {
    const y = top + 33 + ROW * i;
    c.textAlign = 'left';
    c.fillStyle = colour;
    c.fillRect(left + 8, y - 5, 10, 3);
    c.fillStyle = palette.ink;
    c.fillText(name, left + 24, y);
    c.textAlign = 'right';
    c.fillText(values[i], left + width - 8, y);
  });
}
