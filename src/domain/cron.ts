/**
 * One of the five fields of a cron expression: its unit, its range, and the names that it accepts
 * for numbers.
 */
type CronField = {
  counts: string
  min: number
  max: number
  names: readonly string[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const FIELDS: readonly CronField[] = [
  { counts: 'minute', min: 0, max: 59, names: [] },
  { counts: 'hour', min: 0, max: 23, names: [] },
  { counts: 'day of the month', min: 1, max: 31, names: [] },
  { counts: 'month', min: 1, max: 12, names: MONTHS },
  { counts: 'day of the week', min: 0, max: 7, names: DAYS },
]

const EXAMPLE = 'Every night at 3:00 is "0 3 * * *".'

/**
 * Explains why a text is not a valid cron expression of five fields; null if it is. A field is a
 * number, a name (`jan`, `mon`), a range (`1-5`), a step (`0-45/15`, `8-18/2`), a comma-separated
 * list of these, or `*`. Sunday is 0 or 7. An expression that never matches, such as June 31, is
 * invalid.
 */
export function findCronProblem(expression: string): string | null {
  const parts = expression.trim().split(/\s+/)
  if (parts.length !== FIELDS.length || parts[0] === '')
    return (
      'must have five parts (minute, hour, day of month, month and day of week), not ' +
      `${quoteText(expression)}. ${EXAMPLE}`
    )
  const read = FIELDS.map((part, index) => parseNumbers(parts[index] ?? '', part))
  const invalidIndex = read.findIndex((numbers) => numbers === null)
  const part = FIELDS[invalidIndex]
  if (part)
    return (
      `has ${quoteText(parts[invalidIndex] ?? '')} for the ${part.counts}: ` +
      `${describeAllowed(part)}. ${EXAMPLE}`
    )
  const [, , days, months] = read
  if (parts[4] === '*' && !canOccur(days ?? [], months ?? []))
    return `has a date that never occurs: month ${parts[3]} never has a day ${parts[2]}. ${EXAMPLE}`
  return null
}

/** The numbers that one field stands for; null if it is invalid. */
function parseNumbers(text: string, part: CronField): number[] | null {
  const items = text.split(',').map((item) => parseItem(item, part))
  return items.every((item) => item !== null) ? items.flat() : null
}

function parseItem(item: string, part: CronField): number[] | null {
  const [range = '', step, more] = item.split('/')
  const [from, to] = range === '*' ? [part.min, part.max] : parseBounds(range, part)
  const pace = step === undefined ? 1 : Number(/^\d{1,2}$/.test(step) ? step : 0)
  const stepsOverNothing = step !== undefined && range !== '*' && !range.includes('-')
  if (more !== undefined || from === null || to === null || from > to || stepsOverNothing)
    return null
  if (pace < 1 || pace > part.max) return null
  return Array.from(
    { length: Math.floor((to - from) / pace) + 1 },
    (_, index) => from + index * pace,
  )
}

function parseBounds(range: string, part: CronField): [number | null, number | null] {
  const ends = range.split('-').map((end) => parseNumber(end, part))
  const [from = null, to = from] = ends
  return ends.length > 2 ? [null, null] : [from, to]
}

function parseNumber(text: string, { min, max, names }: CronField): number | null {
  const named = names.indexOf(text.toLowerCase())
  if (named >= 0) return named + min
  const number = /^\d{1,2}$/.test(text) ? Number(text) : NaN
  return number >= min && number <= max ? number : null
}

const canOccur = (days: number[], months: number[]) =>
  months.some((month) => days.some((day) => day <= (DAYS_IN_MONTH[month - 1] ?? 0)))

function describeAllowed({ min, max, names }: CronField): string {
  const named = names.length > 0 ? ` or ${names[0]} to ${names.at(-1)}` : ''
  return (
    `use ${min} to ${max}${named}, a range such as ${min}-${min + 3}, a step such as */2, ` +
    'several of these separated by commas, or *'
  )
}

const quoteText = (text: string) => JSON.stringify(text).slice(0, 60)
