import type { ErrorType } from './scrape-failure.ts'

/** What a competitor's row says about how its last reading went. Instants are ISO 8601. */
export type CompetitorStatus = {
  active: boolean
  lastScrapedAt: string | null
  /** One of ErrorType, or whatever a row of old says. */
  errorType: string | null
  error: string | null
}

/** A reading, as far as health goes; the latest one first where there are several. */
export type RunSummary = { state: string; startedAt: string; errorType: string | null }

export type HealthState =
  'unwatched' | 'never' | 'healthy' | 'failing' | 'quarantined' | 'discarded'

/**
 * How a competitor is. `since`: when the first of the readings began that failed in a row.
 * `wayOut`: what a person can do about it.
 */
export type Health = {
  state: HealthState
  since: string | null
  error: string | null
  wayOut: string | null
}

/** How a competitor is, from its row and its latest readings. */
export function computeHealth(
  { active, lastScrapedAt, errorType, error }: CompetitorStatus,
  runs: readonly RunSummary[],
): Health {
  const noProblem = { since: null, error: null, wayOut: null }
  if (!active) return { ...noProblem, state: 'unwatched' }
  if (errorType === null)
    return { ...noProblem, state: lastScrapedAt === null ? 'never' : 'healthy' }
  const isInQuarantine = runs.some(({ state }) => state === 'quarantined')
  if (errorType === 'quarantined' && !isInQuarantine) return { ...noProblem, state: 'discarded' }
  const state = isInQuarantine && errorType === 'quarantined' ? 'quarantined' : 'failing'
  return { state, since: findFailingSince(runs), error, wayOut: getWayOut(errorType) }
}

/**
 * When the first of the latest readings began that failed one after the other, none of them a
 * success; null when the last one was.
 */
function findFailingSince(runs: readonly RunSummary[]): string | null {
  const ended = runs.filter(({ state }) => state !== 'fetching')
  const success = ended.findIndex(
    ({ state, errorType }) => state === 'applied' && errorType === null,
  )
  const failed = success === -1 ? ended : ended.slice(0, success)
  return failed.at(-1)?.startedAt ?? null
}

const WAY_OUT_BY_ERROR: Readonly<Record<ErrorType, string>> = {
  blocked:
    'It is asked again at the next reading. If that goes on, they do not want to be read: ' +
    'look at their page yourself.',
  robots:
    'Their robots.txt asks not to be read, and that is respected. Ask them for leave, or do ' +
    'not watch them.',
  timeout:
    'It is asked again at the next reading. Look whether their inventory page opens in your ' +
    'own browser, and how fast.',
  network:
    'Look at the address of the inventory page in the set-up, and whether it opens in your ' +
    'own browser.',
  parse:
    'Their pages are other than expected. Try a test scrape, then another platform or ' +
    'settings of its own in the set-up.',
  no_vehicles:
    'Open their inventory page. If it shows cars, see in the set-up whether the address and ' +
    'the platform are right.',
  incomplete:
    'What was read is kept. No car is taken for sold until a reading sees all of them. A test ' +
    'scrape shows what could not be read.',
  quarantined: 'Compare it with their page, then accept or discard it here.',
  unknown: 'Try a test scrape. If it fails too, show this to whoever looks after Forecourt.',
}

const getWayOut = (errorType: string): string =>
  Object.hasOwn(WAY_OUT_BY_ERROR, errorType)
    ? WAY_OUT_BY_ERROR[errorType as ErrorType]
    : WAY_OUT_BY_ERROR.unknown
