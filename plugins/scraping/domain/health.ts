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
    'The next run tries again. If this continues, they block scraping: check their page yourself.',
  robots:
    'Their robots.txt disallows scraping, and Forecourt complies. Ask them for permission, ' +
    'or stop watching them.',
  timeout:
    'The next run tries again. Check whether their inventory page opens in your browser, ' +
    'and how fast.',
  network:
    'Check the address of the inventory page in the setup, and whether it opens in your browser.',
  parse:
    'Their pages have an unexpected structure. Run a test scrape, then try another ' +
    'platform or special settings in the setup.',
  no_vehicles:
    'Open their inventory page. If it shows cars, check the address and the platform in the setup.',
  incomplete:
    'The cars that were read are saved. No car is marked as sold until a run finds all of ' +
    'them. A test scrape shows what could not be read.',
  quarantined: 'Compare the result with their page, then accept or discard it here.',
  unknown:
    'Run a test scrape. If it also fails, show this message to your Forecourt administrator.',
}

const getWayOut = (errorType: string): string =>
  Object.hasOwn(WAY_OUT_BY_ERROR, errorType)
    ? WAY_OUT_BY_ERROR[errorType as ErrorType]
    : WAY_OUT_BY_ERROR.unknown
