/** Why a car or a whole feed may not be listed, with the way out. */
export type FeedProblem = {
  code: ProblemCode
  /** `refused`: the car is left out, or the receiver refuses the file. */
  severity: 'refused' | 'warning'
  reason: string
  fix: string
}

/** The kinds of problems, with a short name of each. */
export const PROBLEMS = {
  excluded: 'Switched off',
  status: 'Not for sale',
  condition: 'Left out by a rule',
  branded_title: 'Branded title',
  no_price: 'No price',
  implausible_price: 'Implausible price',
  no_photo: 'No photo',
  few_photos: 'Too few photos',
  few_miles: 'Too few miles',
  implausible_miles: 'Implausible mileage',
  no_vin: 'No VIN',
  wrong_vin: 'Wrong VIN',
  vin_year: 'VIN of another year',
  duplicate_vin: 'VIN used twice',
  missing_value: 'Missing value',
  no_dealer_id: 'No dealer ID',
  dealership: 'Missing fact of the dealership',
} as const

export type ProblemCode = keyof typeof PROBLEMS

/** A traffic light: red if something is left out, yellow if something should be checked. */
export type Light = 'green' | 'yellow' | 'red'

/** The light of a list of problems. */
export function findLight(problems: readonly Pick<FeedProblem, 'severity'>[]): Light {
  if (problems.some(({ severity }) => severity === 'refused')) return 'red'
  return problems.length > 0 ? 'yellow' : 'green'
}

/** Whether a feed takes a car with these problems. */
export const isListed = (problems: readonly Pick<FeedProblem, 'severity'>[]): boolean =>
  findLight(problems) !== 'red'

/** Problems that are decisions: nobody has to do anything about them. */
const DECISIONS: readonly ProblemCode[] = ['excluded', 'status', 'condition']

/** How a car stands in the feeds that are in use. */
export type CarLight = {
  light: Light
  /** The feeds that list it, of those that should. */
  listed: number
  wanted: number
  /** The labels of the feeds that leave it out. */
  leftOut: readonly string[]
}

type InFeed = {
  label: string
  enabled: boolean
  problems: readonly FeedProblem[]
}

/**
 * The light of a car over all feeds in use, except those that left it out by a decision; null if
 * there is no such feed.
 */
export function findCarLight(feeds: readonly InFeed[]): CarLight | null {
  const wanted = feeds.filter(
    ({ enabled, problems }) => enabled && !problems.some(({ code }) => DECISIONS.includes(code)),
  )
  if (wanted.length === 0) return null
  const leftOut = wanted.filter(({ problems }) => !isListed(problems)).map(({ label }) => label)
  return {
    light: findLight(wanted.flatMap(({ problems }) => problems)),
    listed: wanted.length - leftOut.length,
    wanted: wanted.length,
    leftOut,
  }
}
