import type { Actor } from './policy.ts'

/** The collections whose rows can have files. */
export const WITH_FILES = ['documents', 'fuel-logs', 'maintenance-logs'] as const

/**
 * Who an operation answers. `about`: a row of the owner's that the path names (`file` and `image`
 * are there again each time), or `secret` for an address that is secret itself. Everybody else gets
 * 401, 403 or 404. `sends`: the body is a file.
 */
export type EndpointPolicy = {
  about?: 'vehicles' | (typeof WITH_FILES)[number] | 'file' | 'image' | 'secret'
  sends?: true
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

const OWN = ['owner', 'garage admin', 'admin'] as const
const OWN_VEHICLE: EndpointPolicy = { about: 'vehicles', answers: OWN }
const OWN_FILE: EndpointPolicy = { about: 'file', answers: OWN }
const OWN_IMAGE: EndpointPolicy = { about: 'image', answers: OWN }
const OWN_FILES = Object.fromEntries(
  WITH_FILES.flatMap((about) => [
    [`GET /api/${about}/{id}/files`, { about, answers: OWN }],
    [`POST /api/${about}/{id}/files`, { about, answers: OWN, sends: true }],
  ]),
) satisfies Record<string, EndpointPolicy>
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
  /^\/api\/(vehicles\/\{id\}\/(?!restore$)|[\w-]+\/\{id\}\/files$|files\/|me\/(due|calendar-feed)|calendar\/|maintenance\/|fuel-types)/

/**
 * The access table of our own operations, by hand. An operation that is policed and not here fails
 * the proof, and so does a line without an operation. Those that end something come last.
 */
export const ENDPOINTS: Readonly<Record<string, EndpointPolicy>> = {
  'GET /api/vehicles/{id}/stats': OWN_VEHICLE,
  'GET /api/vehicles/{id}/fuel-logs': OWN_VEHICLE,
  'GET /api/vehicles/{id}/due': OWN_VEHICLE,
  'GET /api/vehicles/{id}/documents-status': OWN_VEHICLE,
  'GET /api/vehicles/{id}/image': OWN_IMAGE,
  'PUT /api/vehicles/{id}/image': { ...OWN_IMAGE, sends: true },
  ...OWN_FILES,
  'GET /api/files/{id}': OWN_FILE,
  'GET /api/files/{id}/preview': OWN_FILE,
  'PUT /api/files/{id}': { ...OWN_FILE, sends: true },
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
  'DELETE /api/files/{id}': OWN_FILE,
  'DELETE /api/vehicles/{id}/image': OWN_IMAGE,
}
