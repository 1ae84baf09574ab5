import type { Actor } from './policy.ts'

/**
 * Who an operation answers. `about`: a row that the path names, or `secret` for an address that is
 * secret itself; a report about a station is there again each time. `isOff`: the operation is off
 * on the stage, so its answer is 501. Everybody else gets 401, 403 or 404.
 */
export type EndpointPolicy = {
  about?: 'vehicles' | 'stations' | 'report' | 'secret'
  params?: Readonly<Record<string, string>>
  query?: string
  body?: object
  isOff?: true
  answers: readonly Actor[]
}

const EVERYBODY = [
  'anonymous',
  'owner',
  'stranger',
  'garage admin',
  'viewer',
  'manager',
  'admin',
  'deactivated owner',
  'deactivated staff',
] as const satisfies readonly Actor[]

const OWN_VEHICLE: EndpointPolicy = {
  about: 'vehicles',
  answers: ['owner', 'garage admin', 'admin'],
}
/** For a garage admin too, who is an owner and gets what is theirs. */
const ACCOUNTS: EndpointPolicy = { answers: ['owner', 'stranger', 'garage admin'] }
const SIGNED_IN = ['owner', 'stranger', 'garage admin', 'viewer', 'manager', 'admin'] as const
const HONDA = 'year=2021&make=Honda&model=Accord'

const listChoices = (query: string): EndpointPolicy => ({ query, answers: EVERYBODY })

/**
 * The operations that the policy is complete for, by their paths. What brings a vehicle back from
 * the trash is proved with the trash.
 */
export const POLICED =
  /^\/api\/(vehicles\/\{id\}\/(?!restore$)|me\/(due|calendar-feed)|calendar\/|maintenance\/|fuel-types|vin\/|catalog\/|stations\/(nearby|\{id\}\/)|community-stations\/\{id\}\/)/

/**
 * The access table of our own operations, by hand. An operation that is policed and not here fails
 * the proof, and so does a line without an operation. Those that end something come last.
 */
export const ENDPOINTS: Readonly<Record<string, EndpointPolicy>> = {
  'GET /api/vehicles/{id}/stats': OWN_VEHICLE,
  'GET /api/vehicles/{id}/fuel-logs': OWN_VEHICLE,
  'GET /api/vehicles/{id}/due': OWN_VEHICLE,
  'GET /api/me/due': ACCOUNTS,
  'GET /api/fuel-types': { answers: EVERYBODY },
  'GET /api/maintenance/subtypes': { answers: EVERYBODY },
  'GET /api/maintenance/subtypes/{category}': {
    params: { category: 'repair' },
    answers: EVERYBODY,
  },
  'GET /api/vin/decode/{vin}': { params: { vin: '1HGCM82633A004352' }, answers: SIGNED_IN },
  'GET /api/vin/recalls': { query: HONDA, isOff: true, answers: SIGNED_IN },
  'GET /api/catalog/years': listChoices(''),
  'GET /api/catalog/makes': listChoices('year=2021'),
  'GET /api/catalog/models': listChoices('year=2021&make=Honda'),
  'GET /api/catalog/trims': listChoices(HONDA),
  'GET /api/catalog/engines': listChoices(`${HONDA}&trim=LX`),
  'GET /api/catalog/transmissions': listChoices(`${HONDA}&trim=LX`),
  'GET /api/stations/nearby': listChoices('lat=39&lng=-94'),
  'GET /api/stations/{id}/photo': { about: 'stations', answers: EVERYBODY },
  'GET /api/stations/{id}/reports': { about: 'stations', answers: EVERYBODY },
  'POST /api/stations/{id}/reports': {
    about: 'stations',
    body: { has93Octane: true },
    answers: ACCOUNTS.answers,
  },
  'POST /api/community-stations/{id}/remove': {
    about: 'report',
    body: { reason: 'Closed' },
    answers: ['owner', 'garage admin', 'admin'],
  },
  'GET /api/calendar/{token}': { about: 'secret', answers: EVERYBODY },
  'POST /api/me/calendar-feed': ACCOUNTS,
  'GET /api/me/calendar-feed': ACCOUNTS,
  'DELETE /api/me/calendar-feed': ACCOUNTS,
}
