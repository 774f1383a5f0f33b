import { english as charts } from '../charts/words';

/**
 * Every word that the kit shows on any page, in English; those of networks and runs stand in networks.en.ts,
 * which pages without a figure do not load. A language is two files of these shapes.
 */
export const en = {
  locale: 'en',

  list: (items: readonly string[]): string =>
    items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`,
  listAll: (items: readonly string[]): string =>
    items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`,

  parameters: {
    wholeNumber: (name: string, min: string, max: string) =>
      `${name} is a whole number from ${min} to ${max}`,
    realNumber: (name: string, min: string, max: string) =>
      `${name} is a number from ${min} to ${max}`,
    oneOf: (name: string, options: string) => `${name} is one of ${options}`,
    onOff: (name: string) => `${name} is true or false`,
    wrong: (name: string, given: string, allowed: string) =>
      `${name}=${given} is not allowed: ${allowed}`,
    using: (fallback: string) => `using ${fallback}`,
    unknown: (name: string, known: string) =>
      `${name} is not a setting of this widget, so it is ignored; it has ${known}.`,
    unknownStrict: (name: string, known: string) =>
      `${name} is not a parameter of this widget; it has ${known}`,
    unknownPreset: (given: string, known: string) =>
      `preset=${given} is not allowed: preset is one of ${known}`,
    unknownTheme: (given: string, known: string) =>
      `theme=${given} is not allowed: theme is one of ${known}; the colours follow the reader’s system`,
    unknownFigure: (given: string, known: string) =>
      `figures=${given} is not allowed: there is no such figure, so all are shown; figures are ${known}.`,
    unknownControls: (given: string, known: string) =>
      `controls=${given} is not allowed: controls is one of ${known}; using all.`,
    unknownBackend: (given: string, known: string) =>
      `backend=${given} is not allowed: backend is one of ${known}; the widget chooses by itself.`,
  },

  run: {
    run: 'Run',
    pause: 'Pause',
    step: 'Step',
    reset: 'Reset',
    speed: 'Speed',
    speeds: { slow: 'Slow', normal: 'Normal', full: 'Full speed' },
    buttons: 'Training',
    progress: (step: string, total: string) => `Step ${step} of ${total}`,
    waiting: 'Waits while it is out of sight.',
    loading: 'Loading the engine …',
    recorded: 'A recorded run. Press Run to watch it train here.',
    notYet: 'Not run yet with these settings. Press Run.',
    training: 'Training with the new setting …',
    onRelease: 'This setting takes longer: it trains when you let go.',
    /** Before a long run: how much it is, and how long it takes here where that is known. */
    ahead: (cost: string, seconds: string | null) =>
      `${seconds === null ? 'A long run' : `About ${seconds} s on this device`}: ${cost} multiplications. Reset ends it.`,
    left: (seconds: string) => `about ${seconds} s left`,
    frame: 'Step shown',
    /** Beside the line at the step that other figures show. */
    cursor: (step: string) => `step ${step}`,
    /** Above a figure that shows one step. */
    shown: (step: string) => `Step ${step}`,
  },

  picture: {
    pause: 'Stop the motion',
    play: 'Let it move',
    /** In the place of the button, where there is no canvas to move on. */
    noCanvas: 'This browser has no canvas to draw on, so the picture stands still.',
    /** Over what a picture folds away: charts of the same run, and further settings. */
    more: 'More of this run, and more settings',
  },

  survey: {
    buttons: 'Computation',
    progress: (done: string, total: string) => `${done} of ${total} done.`,
    recorded: 'A recorded run. Press Run to compute it here.',
    notYet: 'Not run yet with these settings. Press Run.',
    stale: 'These are the numbers of the setting before. Press Run to compute the new one.',
  },

  states: {
    idle: 'Ready.',
    loading: 'Loading the training engine.',
    running: 'Training.',
    paused: (step: string) => `Paused at step ${step}.`,
    done: (sentence: string) => `Training finished. ${sentence}`,
    diverged: (sentence: string) => `Training stopped. ${sentence}`,
    error: (sentence: string) => `Training could not go on. ${sentence}`,
    surveying: 'Computing.',
    surveyPaused: 'Paused.',
    surveyError: (sentence: string) => `The computation could not go on. ${sentence}`,
  },

  settings: {
    title: 'Settings',
    presets: 'Try',
    more: 'More settings',
    custom: 'Own settings',
    /** What was typed is not allowed; it may have been nothing. */
    notTaken: (allowed: string, typed: string, kept: string) =>
      `${allowed}${typed && `, not ${typed}`}; it stays ${kept}.`,
    on: 'on',
    off: 'off',
  },

  lanes: {
    title: 'Compared networks',
    find: 'Point at a name, or press it, to bring its curves out.',
    differs: 'Differs in',
    same: 'The networks are the same.',
    change: (what: string, to: string, from: string) => `${what} ${to} instead of ${from}`,
    setting: (what: string, value: string) => `${what} ${value}`,
  },

  badge: {
    label: 'Computed by',
    before: 'not run yet',
    recordedOn: (backend: string) => `${backend}, recorded`,
    names: { webgl: 'WebGL', captured: 'captured step', wasm: 'WebAssembly', cpu: 'JavaScript' },
    about: {
      webgl: 'tfjs on the graphics processor',
      captured: 'the training step of tfjs, recorded once and replayed in WebAssembly',
      wasm: 'tfjs in WebAssembly',
      cpu: 'tfjs in plain JavaScript',
    },
    trainedBy: (what: string) => `Trained by ${what}.`,
    runOn: (backend: string) => `Run on ${backend}`,
    stepsPerSecond: (n: string) => `${n} steps/s`,
    flushes: 'Numbers below 1.2 × 10⁻³⁸ become 0 on this backend.',
    missing: (reason: string) => `Not here: ${reason}`,
    explained: 'How the page computes',
  },

  share: {
    copyLink: 'Copy link',
    copied: 'Link copied.',
    copyByHand: 'Copy this',
    embed: 'Embed this',
    save: 'Save',
    figure: 'Figure',
    everything: 'All numbers and settings',
    saveAs: { csv: 'CSV', json: 'JSON', svg: 'SVG', png: 'PNG' },
    saveFailed: (kind: string, reason: string) => `The ${kind} could not be saved: ${reason}`,
    trainItYourself: 'Train it yourself:',
  },

  seeds: {
    run: (count: string) => `Train ${count} seeds`,
    many: 'Over many seeds, each another draw of weights and batches.',
    cancel: 'Stop',
    progress: (done: string, total: string) => `${done} of ${total} seeds`,
    stopped: (done: string, total: string) => `Stopped after ${done} of ${total} seeds.`,
    finished: (total: string) => `Trained ${total} seeds.`,
    summary: (lane: string, learned: string, total: string, diverged: string) =>
      `${lane}: ${learned} of ${total} learned, ${diverged} of ${total} diverged.`,
    medians: (loss: string, accuracy: string | null, others: string | null) => {
      const test = accuracy === null ? '' : `, median test accuracy ${accuracy}`;
      return others === null
        ? `Median training loss ${loss}${test}.`
        : `Of the other ${others}: median training loss ${loss}${test}.`;
    },
    legend: 'Line: median over the seeds. Band: smallest to largest.',
    close: 'Back to one seed',
  },

  postMortem: {
    title: 'What broke',
    phases: {
      forward: 'in the forward pass',
      loss: 'in the loss',
      gradient: 'in the gradient',
      update: 'in the update',
    },
    /** The loss has no tensor but itself. */
    sentence: (lane: string, step: string, value: string, where: string, tensor: string | null) =>
      `${lane}: at step ${step} the first ${value} appeared ${where}${tensor === null ? '' : `, in ${tensor}`}.`,
    lastFinite: (step: string) => `Last finite frame: step ${step}`,
    back: 'The frames before it are kept: the slider above the figure steps back through them.',
  },

  prediction: {
    title: 'Predict first',
    guess: 'Your guess',
    noted: 'Noted. Now run it.',
  },

  challenges: {
    title: 'Challenges',
    solved: 'Solved',
    open: 'Open',
    count: (solved: string, total: string) => `${solved} of ${total} solved`,
    hint: 'Hint',
  },

  notes: {
    title: 'Notes',
    noScript: 'This figure is a recorded run. Training it here needs JavaScript.',
    widgetFailed: 'The experiment could not be loaded.',
    reload: 'Load the page again',
    unknownFailure: 'it gave no reason',
    partMissing: 'A part of the page could not be loaded. Is there a connection?',
    repeated: (sentence: string, times: string) => `${sentence} (${times} times)`,
  },

  charts,
};

export type Words = typeof en;
