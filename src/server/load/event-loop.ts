import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * The interval of checks, and the resolution of the measurement, which is part of every sample; in
 * milliseconds.
 */
const INTERVAL_MS = 1_000
const RESOLUTION_MS = 20
/** A delay (p99 of an interval, in milliseconds) from which the process is overloaded. */
const OVERLOAD_DELAY_MS = 150
const MIN_FACTOR = 0.25
const DECREASE_FACTOR = 0.7
const INCREASE_STEP = 0.1

/**
 * Measures the lag of the event loop and reports, once a second when it changes, the part of their
 * capacity that lanes may use (0.25 to 1): times 0.7 while it lags, plus 0.1 while it does not
 * (additive increase, multiplicative decrease). Returns the function that stops it.
 */
export function watchEventLoop(onFactor: (factor: number) => void): () => void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  let factor = 1
  const timer = setInterval(() => {
    const late = delays.percentile(99) / 1e6 - RESOLUTION_MS
    delays.reset()
    const next =
      late > OVERLOAD_DELAY_MS
        ? Math.max(MIN_FACTOR, factor * DECREASE_FACTOR)
        : Math.min(1, factor + INCREASE_STEP)
    if (next !== factor) onFactor((factor = next))
  }, INTERVAL_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    delays.disable()
  }
}
