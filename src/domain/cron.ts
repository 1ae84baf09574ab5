/** One of the five parts of a cron expression: what it counts, from where to where, and the names that stand for numbers. */
type Part = { counts: string; least: number; most: number; names: readonly string[] }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const PARTS: readonly Part[] = [
  { counts: 'minute', least: 0, most: 59, names: [] },
  { counts: 'hour', least: 0, most: 23, names: [] },
  { counts: 'day of the month', least: 1, most: 31, names: [] },
  { counts: 'month', least: 1, most: 12, names: MONTHS },
  { counts: 'day of the week', least: 0, most: 7, names: DAYS },
]

const EXAMPLE = 'Every night at 3:00 is "0 3 * * *".'

/**
 * Why a text is no cron expression of five parts; null when it is one. A part is a number, a name (`jan`, `mon`), a range (`1-5`), a
 * step (`0-45/15`, `8-18/2`), several of them with commas, or `*`; Sunday is 0 or 7. A date that never comes, the 31st of June, is refused.
 */
export function cronProblem(expression: string): string | null {
  const said = expression.trim().split(/\s+/)
  if (said.length !== PARTS.length || said[0] === '')
    return `must have five parts: minute, hour, day of month, month, day of week, not ${quoted(expression)}. ${EXAMPLE}`
  const read = PARTS.map((part, index) => numbersOf(said[index] ?? '', part))
  const wrong = read.findIndex((numbers) => numbers === null)
  const part = PARTS[wrong]
  if (part) return `has ${quoted(said[wrong] ?? '')} for the ${part.counts}: ${allowed(part)}. ${EXAMPLE}`
  const [, , days, months] = read
  if (said[4] === '*' && !comes(days ?? [], months ?? []))
    return `has a day that never comes: no month ${said[3]} has a day ${said[2]}. ${EXAMPLE}`
  return null
}

/** The numbers that one part stands for; null when it is none. */
function numbersOf(said: string, part: Part): number[] | null {
  const items = said.split(',').map((item) => itemNumbers(item, part))
  return items.every((item) => item !== null) ? items.flat() : null
}

function itemNumbers(item: string, part: Part): number[] | null {
  const [range = '', step, more] = item.split('/')
  const [from, to] = range === '*' ? [part.least, part.most] : bounds(range, part)
  const pace = step === undefined ? 1 : Number(/^\d{1,2}$/.test(step) ? step : 0)
  const stepsOverNothing = step !== undefined && range !== '*' && !range.includes('-')
  if (more !== undefined || from === null || to === null || from > to || stepsOverNothing) return null
  if (pace < 1 || pace > part.most) return null
  return Array.from({ length: Math.floor((to - from) / pace) + 1 }, (_, index) => from + index * pace)
}

function bounds(range: string, part: Part): [number | null, number | null] {
  const ends = range.split('-').map((end) => numberOf(end, part))
  const [from = null, to = from] = ends
  return ends.length > 2 ? [null, null] : [from, to]
}

function numberOf(said: string, { least, most, names }: Part): number | null {
  const named = names.indexOf(said.toLowerCase())
  if (named >= 0) return named + least
  const number = /^\d{1,2}$/.test(said) ? Number(said) : NaN
  return number >= least && number <= most ? number : null
}

const comes = (days: number[], months: number[]) => months.some((month) => days.some((day) => day <= (LONGEST[month - 1] ?? 0)))

function allowed({ least, most, names }: Part): string {
  const named = names.length > 0 ? ` or ${names[0]} to ${names.at(-1)}` : ''
  return `use ${least} to ${most}${named}, a range such as ${least}-${least + 3}, a step such as */2, several with commas, or *`
}

const quoted = (said: string) => JSON.stringify(said).slice(0, 60)
