import type { RunAnswer } from '../../../jobs/api-types.ts'

/** A horizontal time scale: the instants `from` and `to` at the pixels `left` and `right`. */
export type Scale = {
  from: number
  to: number
  left: number
  right: number
}

/** The runs of one job, ordered by start. */
export type Lane = { job: string; runs: readonly RunAnswer[] }

/** The position of a run. */
export type Bar = {
  run: RunAnswer
  lane: number
  x: number
  width: number
}

/** Minimum width, so that very short runs are visible and clickable. */
const MIN_WIDTH = 3
const HOUR = 3_600_000

/** The position of an instant; instants out of range are at the edge. */
export const computeX = ({ from, to, left, right }: Scale, instant: number): number =>
  left + ((Math.min(Math.max(instant, from), to) - from) / (to - from)) * (right - left)

/**
 * One lane for each job that ran since `from`, by name. An active run is included however long ago
 * it started.
 */
export function buildLanes(runs: readonly RunAnswer[], from: number): Lane[] {
  const seen = runs.filter(
    ({ startedAt, completedAt, status }) =>
      status === null || Date.parse(completedAt ?? startedAt) >= from,
  )
  const names = [...new Set(seen.map(({ job }) => job))].sort()
  return names.map((job) => ({
    job,
    runs: seen.filter((run) => run.job === job).sort(compareStarts),
  }))
}

const compareStarts = (one: RunAnswer, other: RunAnswer) =>
  Date.parse(one.startedAt) - Date.parse(other.startedAt)

export function buildBars(lanes: readonly Lane[], scale: Scale): Bar[] {
  return lanes.flatMap(({ runs }, lane) =>
    runs.map((run) => ({ run, lane, ...computePosition(run, scale) })),
  )
}

function computePosition(
  { startedAt, completedAt }: RunAnswer,
  scale: Scale,
): { x: number; width: number } {
  const begun = computeX(scale, Date.parse(startedAt))
  const ended = completedAt ? computeX(scale, Date.parse(completedAt)) : scale.right
  const width = Math.max(MIN_WIDTH, ended - begun)
  return { x: Math.min(begun, scale.right - width), width }
}

/** A grid line: on the hour, or at midnight for whole days, in the reader's time zone. */
export type Tick = {
  at: number
  label: string
  isMidnight: boolean
}

export function buildTicks({ from, to, left, right }: Scale): Tick[] {
  const hours = (to - from) / HOUR
  const room = Math.max(1, Math.floor((right - left) / 56))
  const step = [1, 2, 3, 6, 12, 24, 48].find((each) => hours / each <= room) ?? 72
  const at = new Date(from)
  at.setHours(0, 0, 0, 0)
  const ticks: Tick[] = []
  for (let index = 0; index < 400 && at.getTime() < to; index++) {
    if (at.getTime() > from) ticks.push(buildTick(at))
    at.setHours(at.getHours() + step)
  }
  return ticks
}

function buildTick(at: Date): Tick {
  const isMidnight = at.getHours() === 0
  const shape: Intl.DateTimeFormatOptions = isMidnight
    ? { month: 'short', day: 'numeric' }
    : { hour: 'numeric' }
  const label = new Intl.DateTimeFormat('en-US', shape).format(at).replaceAll('\u202f', ' ')
  return { at: at.getTime(), label, isMidnight }
}

/**
 * The run that an arrow key moves to from `at`: the previous or next in its lane, or the nearest in
 * time in the lane above or below.
 */
export function findNeighbor(bars: readonly Bar[], at: Bar, key: string): Bar | null {
  const lane = bars.filter((bar) => bar.lane === at.lane)
  const index = lane.indexOf(at)
  if (key === 'ArrowLeft') return lane[index - 1] ?? null
  if (key === 'ArrowRight') return lane[index + 1] ?? null
  if (key === 'Home') return lane[0] ?? null
  if (key === 'End') return lane.at(-1) ?? null
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null
  const other = bars.filter((bar) => bar.lane === at.lane + (key === 'ArrowUp' ? -1 : 1))
  return other.toSorted((one, two) => Math.abs(one.x - at.x) - Math.abs(two.x - at.x))[0] ?? null
}
