import type { ErrorType } from './scrape-failure.ts'

/** The outcome of the last run, from the row of a competitor. Instants are ISO 8601. */
export type CompetitorStatus = {
  active: boolean
  lastScrapedAt: string | null
  /** An ErrorType, or any value in an old row. */
  errorType: string | null
  error: string | null
}

/** The parts of a run that determine health. Lists of runs are sorted newest first. */
export type RunSummary = {
  state: string
  startedAt: string
  errorType: string | null
}

export type HealthState =
  'unwatched' | 'never' | 'healthy' | 'failing' | 'quarantined' | 'discarded'

/**
 * The health of a competitor. `since` is the start of the first of the consecutive failed runs.
 * `wayOut` is what the user can do about the error.
 */
export type Health = {
  state: HealthState
  since: string | null
  error: string | null
  wayOut: string | null
}

/** Computes the health of a competitor from its row and its latest runs. */
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
 * Returns the start of the first failed run since the last success; null if the last run succeeded.
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
    'The next run will try again. If this continues, their site is blocking scraping: check ' +
    'their page yourself.',
  robots:
    'Their robots.txt disallows scraping, and Forecourt complies. Ask them for permission, ' +
    'or stop watching them.',
  timeout:
    'The next run will try again. Check whether their inventory page opens in your ' +
    'browser, and how fast.',
  network:
    'Check the address of the inventory page in the setup, and whether it opens in your browser.',
  parse:
    'Their pages have an unexpected structure. Run a test scrape, then try another ' +
    'platform or other platform settings in the setup.',
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
