/** Converts a local time, as milliseconds of the same time in UTC, to the instant in its zone. */
export type LocalClock = (local: number) => Date

/**
 * Creates the clock of a time zone (IANA). A time that a change of the clocks skips is the one that
 * is as much later; of a time that occurs twice, it is the first.
 */
export function createLocalClock(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const findOffset = (at: number): number => readLocalTime(format, at) - at
  return (local) => {
    const [before, after] = [findOffset(local - DAY_MS), findOffset(local + DAY_MS)]
    const fits = [before, after].filter((offset) => findOffset(local - offset) === offset)
    return new Date(local - (fits[0] ?? before))
  }
}

const DAY_MS = 86_400_000

/** The local time of an instant, as milliseconds of the same time in UTC. */
function readLocalTime(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(
    format.formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]),
  )
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const [year, month, day] = [read('year'), read('month'), read('day')]
  return Date.UTC(year, month - 1, day, read('hour'), read('minute'), read('second'))
}
