import { type Actor, GUESTS } from './policy.ts'

/**
 * What the path of an operation names: the owner's vehicle, an address that is secret itself, or of
 * a new vehicle its share with the guest editor, the invitation or offer to the offered owner, or
 * the vehicle itself, which is offered to nobody.
 */
export type Subject = 'vehicles' | 'secret' | 'share' | 'invitation' | 'transfer' | 'unoffered'

/** Who an operation answers. Everybody else gets 401, 403 or 404. */
export type EndpointPolicy = {
  about?: Subject
  body?: object
  params?: Readonly<Record<string, string>>
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
  ...GUESTS,
] satisfies readonly Actor[]

const OWN_VEHICLE: EndpointPolicy = {
  about: 'vehicles',
  answers: ['owner', 'garage admin', 'admin', 'guest viewer', 'guest editor'],
}
/** For a garage admin and for guests too, who are owners and get what is theirs. */
const ACCOUNTS: EndpointPolicy = { answers: ['owner', 'stranger', 'garage admin', ...GUESTS] }

/**
 * The operations that the policy is complete for, by their paths. What brings a vehicle back from
 * the trash is proved with the trash.
 */
export const POLICED =
  /^\/api\/(vehicles\/\{id\}\/(?!restore$)|me\/(due|summary|shares|transfers|calendar-feed)|calendar\/|maintenance\/|fuel-types)/

/**
 * The access table of our own operations, by hand. An operation that is policed and not here fails
 * the proof, and so does a line without an operation. Those that end something come last.
 */
export const ENDPOINTS: Readonly<Record<string, EndpointPolicy>> = {
  'GET /api/vehicles/{id}/stats': OWN_VEHICLE,
  'GET /api/vehicles/{id}/fuel-logs': OWN_VEHICLE,
  'GET /api/vehicles/{id}/due': OWN_VEHICLE,
  'GET /api/me/due': ACCOUNTS,
  'GET /api/me/summary': ACCOUNTS,
  'GET /api/me/shares': ACCOUNTS,
  'GET /api/me/transfers': ACCOUNTS,
  'POST /api/vehicles/{id}/shares': {
    about: 'vehicles',
    body: { email: 'somebody@x.example', role: 'viewer' },
    answers: ['owner'],
  },
  'POST /api/me/shares/{id}/accept': { about: 'invitation', answers: ['offered owner'] },
  'DELETE /api/me/shares/{id}': { about: 'share', answers: ['owner', 'guest editor'] },
  'POST /api/vehicles/{id}/transfer': {
    about: 'unoffered',
    body: { email: 'somebody@x.example', withCosts: true, withDocuments: true },
    answers: ['owner'],
  },
  'POST /api/me/transfers/{id}/accept': { about: 'transfer', answers: ['offered owner'] },
  'DELETE /api/me/transfers/{id}': { about: 'transfer', answers: ['owner', 'offered owner'] },
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
