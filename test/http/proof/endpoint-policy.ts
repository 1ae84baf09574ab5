import type { Actor } from './policy.ts'

/**
 * Who an operation answers. `about`: a row of the owner's that the path names, or `secret` for an
 * address that is secret itself. Everybody else gets 401, 403 or 404.
 */
export type EndpointPolicy = {
  about?: 'vehicles' | 'secret'
  params?: Readonly<Record<string, string>>
  /** Builds what is sent with each question. */
  buildBody?: () => FormData
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

/** A form with a file of one fill, which is added once and known from then on. */
function buildImport(): FormData {
  const form = new FormData()
  const file = 'Date,Odometer,Gallons,Cost\n2026-01-05 10:00,100,5,15\n'
  form.set('file', new Blob([file], { type: 'text/csv' }), 'fills.csv')
  return form
}

/**
 * The operations that the policy is complete for, by their paths. What brings a vehicle back from
 * the trash is proved with the trash.
 */
export const POLICED =
  /^\/api\/(vehicles\/\{id\}\/(?!restore$)|me\/(due|calendar-feed)|calendar\/|maintenance\/|fuel-types)/

/**
 * The access table of our own operations, by hand. An operation that is policed and not here fails
 * the proof, and so does a line without an operation. Those that end something come last.
 */
export const ENDPOINTS: Readonly<Record<string, EndpointPolicy>> = {
  'GET /api/vehicles/{id}/stats': OWN_VEHICLE,
  'GET /api/vehicles/{id}/fuel-logs': OWN_VEHICLE,
  'GET /api/vehicles/{id}/due': OWN_VEHICLE,
  'GET /api/vehicles/{id}/export': OWN_VEHICLE,
  'POST /api/vehicles/{id}/import': { ...OWN_VEHICLE, buildBody: buildImport },
  'GET /api/me/due': ACCOUNTS,
  'GET /api/fuel-types': { answers: EVERYBODY },
  'GET /api/maintenance/subtypes': { answers: EVERYBODY },
  'GET /api/maintenance/subtypes/{category}': {
    params: { category: 'repair' },
    answers: EVERYBODY,
  },
  'GET /api/calendar/{token}': { about: 'secret', answers: EVERYBODY },
  'POST /api/me/calendar-feed': ACCOUNTS,
  'GET /api/me/calendar-feed': ACCOUNTS,
  'DELETE /api/me/calendar-feed': ACCOUNTS,
}
