// @ts-check
/**
 * The clock of the page. It plays only steps that are there, and says how many more it has use for.
 *
 * @import { Playhead, Readable, Run, Setup, Writable } from './types.js'
 *
 * @typedef {ReturnType<typeof player>} Player
 */

export const SPEEDS = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64];
const STEPS_PER_SECOND = 30; // steps a second at speed 1: a race of 240 steps takes eight seconds
const REST = 1; // seconds at the end before a loop begins again
const AHEAD = 4000; // steps asked for ahead of the playhead
const STRIDE = 2000; // the horizon moves on in strides, not with every step

/** @type {() => Playhead} */
export const atStart = () => ({ step: 0, playing: false, speed: 1, loop: false });

/**
 * How far the run should be computed, given where the playhead is (or is on its way to).
 *
 * @param {number} step
 */
export const horizon = (step) => STRIDE * Math.ceil((step + AHEAD) / STRIDE);

/**
 * @param {{setup: Readable<Setup>, run: Readable<Run>, playhead: Writable<Playhead>, wanted: Writable<number>}} state
 * @param {{now?: () => number, frame?: (tick: () => void) => number, cancel?: (handle: number) => void,
 *   stepsPerSecond?: () => number}} [clock] `stepsPerSecond`: steps a second at speed 1
 */
export function player({ setup, run, playhead, wanted }, clock = {}) {
  const { now = () => performance.now() / 1000, stepsPerSecond = () => STEPS_PER_SECOND } = clock;
  const { frame = (tick) => requestAnimationFrame(tick), cancel = cancelAnimationFrame } = clock;
  let place = 0; // where the playhead is, fractions of a step included
  let target = -1; // where it was sent, when those steps have not come yet; -1 for nowhere
  let before = 0; // time of the tick before
  let rested = 0; // seconds spent at the end
  let handle = 0;
  let still = 0; // how many hold it

  const steps = () => setup.get().steps;
  const atEnd = () => place >= steps();

  /** @param {Partial<Playhead>} change */
  function show(change) {
    const old = playhead.get();
    const next = { ...old, ...change, step: Math.floor(place) };
    const same = old.step === next.step && old.playing === next.playing && old.speed === next.speed && old.loop === next.loop;
    if (!same) playhead.set(next);
    wanted.set(horizon(Math.max(next.step, target)));
  }

  function tick() {
    handle = 0;
    if (!playhead.get().playing) return;
    const time = now();
    const passed = Math.min(time - before, 0.25); // a page that was asleep does not leap
    before = time;
    if (atEnd()) rest(passed);
    else {
      place = Math.min(place + passed * stepsPerSecond() * playhead.get().speed, Math.max(run.get().have, place), steps());
      show(atEnd() && !playhead.get().loop ? { playing: false } : {});
    }
    if (playhead.get().playing) handle = frame(tick);
  }

  /** Time passes from now on. */
  function begin() {
    before = now();
    if (!handle && still === 0) handle = frame(tick);
  }

  /** @param {number} passed */
  function rest(passed) {
    if (!playhead.get().loop) return pause(); // sent to the end while playing
    rested += passed;
    if (rested < REST) return;
    rested = place = 0;
    show({});
  }

  function play() {
    if (atEnd()) place = 0;
    rested = 0;
    target = -1;
    show({ playing: true });
    begin();
  }

  const pause = () => show({ playing: false });

  /** @param {number} step may lie ahead of what has been received: the playhead then follows the run there */
  function seek(step) {
    const wish = Math.max(0, Math.min(Math.round(step), steps()));
    place = Math.max(0, Math.min(wish, run.get().have));
    target = place < wish ? wish : -1;
    rested = 0;
    show({});
  }

  /** The run or its length has changed: stay inside it, and move on to where the playhead was sent. */
  function follow() {
    const wish = target >= 0 ? target : place;
    const most = Math.min(steps(), Math.max(0, run.get().have));
    if (wish > most && wish <= steps()) target = wish;
    else target = -1;
    place = Math.min(wish, most);
    show({});
  }

  const undo = [setup.subscribe(() => place > steps() && follow()), run.subscribe(follow)];

  return {
    play,
    pause,
    seek,
    toggle: () => (playhead.get().playing ? pause() : play()),
    /** @param {number} count of steps, back when negative; pauses */
    stepBy(count) {
      pause();
      seek(Math.floor(place) + count);
    },
    /** @param {number} speed */
    setSpeed: (speed) => show({ speed: Math.max(SPEEDS[0], Math.min(speed, SPEEDS[SPEEDS.length - 1])) }),
    toggleLoop: () => show({ loop: !playhead.get().loop }),
    /** From the first step, playing. */
    restart() {
      place = 0;
      play();
    },
    /** Time stands still until this has ended: what is on show is about to be replaced. @param {Promise<unknown>} end */
    async hold(end) {
      still += 1;
      cancel(handle);
      handle = 0;
      await end;
      still -= 1;
      if (playhead.get().playing) begin();
    },
    close() {
      cancel(handle);
      for (const end of undo) end();
    },
  };
}
