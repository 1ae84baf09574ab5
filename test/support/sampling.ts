/**
 * The seed of this run, the same for every spec: global-setup.ts chooses and prints it,
 * FORECOURT_TEST_SEED repeats one.
 */
export const SEED = Number(process.env['FORECOURT_TEST_SEED'] ?? 0)

/** Whether this run tries every case of the generated tests: `npm test -- --exhaustive`. */
export const isExhaustive = () => process.env['FORECOURT_TEST_EXHAUSTIVE'] === 'yes'

/**
 * Whether this run tries the case at a place of its list, when it tries one case in `share`; an
 * exhaustive run tries all of them.
 */
export const isTried = (index: number, share: number) =>
  isExhaustive() || (index + SEED) % share === 0

/** The part of all cases that a run tries when it tries one in `share`: from 0 to 1. */
export const computeShareTried = (share: number) => (isExhaustive() ? 1 : 1 / share)
