import { type Actor, GUESTS } from './policy.ts'

/** The collections whose rows can have files. */
export const WITH_FILES = ['documents', 'fuel-logs', 'maintenance-logs'] as const

/**
 * What the path of an operation names: a row of the owner's or their profile, a station, or an
 * address that is secret itself. There again each time are a submission with a photo and its link,
 * a file, an image and a report, and of a new vehicle its share with the guest editor, the
 * invitation or offer to the offered owner, or the vehicle itself, which is offered to nobody, or
 * is offered, or is shared and named with the share; or which is not sent to the dealer, or is. Of
 * the lot, a car, one with a photo and a bulk price change, and a submission or a car with a
 * history.
 */
export type Subject =
  | 'vehicles'
  | 'user-profiles'
  | (typeof WITH_FILES)[number]
  | 'stations'
  | 'new submission'
  | 'secret'
  | 'submission'
  | 'file'
  | 'image'
  | 'report'
  | 'share'
  | 'invitation'
  | 'transfer'
  | 'unoffered'
  | 'offered vehicle'
  | 'shared vehicle'
  | 'unsent'
  | 'sent vehicle'
  | 'car with history'
  | 'shared history'
  | 'car'
  | 'car with photo'
  | 'price batch'
  | 'held delivery'

/**
 * Who an operation answers. `body`: what is sent, the form that is, or a bulk
 * change of the price of the car. `isOff`: the operation is
 * off on the stage, so its answer is 501. Everybody else gets 401, 403 or 404.
 */
export type EndpointPolicy = {
  about?: Subject
  params?: Readonly<Record<string, string>>
  query?: string
  body?: object | 'photo' | 'fills' | 'offer' | 'withdrawal' | 'price batch'
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
  ...GUESTS,
] satisfies readonly Actor[]

const WRITERS = ['owner', 'garage admin', 'admin', 'guest editor'] satisfies readonly Actor[]
const READERS = [...WRITERS, 'guest viewer'] satisfies readonly Actor[]
const ADMINS = ['garage admin', 'admin'] satisfies readonly Actor[]
const MANAGERS = ['manager', 'admin'] satisfies readonly Actor[]
const STAFF = ['viewer', ...MANAGERS] satisfies readonly Actor[]
const OWN_VEHICLE: EndpointPolicy = { about: 'vehicles', answers: READERS }
const OWN_FILES = Object.fromEntries(
  WITH_FILES.flatMap((about) => [
    [`GET /api/${about}/{id}/files`, { about, answers: READERS }],
    [`POST /api/${about}/{id}/files`, { about, answers: WRITERS, body: 'photo' }],
  ]),
) satisfies Record<string, EndpointPolicy>
/** For a garage admin and for guests too, who are owners and get what is theirs. */
const ACCOUNTS: EndpointPolicy = { answers: ['owner', 'stranger', 'garage admin', ...GUESTS] }
const SIGNED_IN = [...ACCOUNTS.answers, 'viewer', 'manager', 'admin'] satisfies readonly Actor[]
/** Whoever has the link of a submission. */
const WITH_LINK: EndpointPolicy = { about: 'submission', answers: EVERYBODY }
const OF_STAFF: EndpointPolicy = { about: 'submission', answers: STAFF }
const FEED = { params: { feed: 'google' } } satisfies Partial<EndpointPolicy>
const NO_ROW = '00000000-0000-4000-8000-000000000000'
const HONDA = 'year=2021&make=Honda&model=Accord'

const listChoices = (query: string): EndpointPolicy => ({ query, answers: EVERYBODY })

/**
 * The operations that the policy is complete for, by their paths. What brings a vehicle back from
 * the trash is proved with the trash.
 */
export const POLICED = new RegExp(
  `^/api/(?:${[
    'vehicles/{id}/(?!restore$)',
    '[\\w-]+/{id}/files$',
    'user-profiles/{id}/',
    'files/',
    'me/(?:due|summary|shares|transfers|calendar-feed)',
    'calendar/',
    'maintenance/',
    'fuel-types',
    'vin/',
    'catalog/',
    'submissions(?:/|$)',
    'pending-submissions/{id}/(?!duplicate$)',
    'stations/(?:nearby|{id}/)',
    'community-stations/{id}/',
    'inventory/(?:stats|price-batches|search|facets|recently-sold|by-slug|photo|banners)',
    'inventory/{id}/(?:history$|price|sell|hold|timeline|feeds|photos)',
    'inventory/{id}/(?:similar|json-ld|payment|enquiries)',
    'sitemap\\.xml',
    'media/sizes',
    'exports/',
    'feed-deliveries/{id}/(?!duplicate$)',
  ]
    .join('|')
    .replaceAll(/[{}]/g, '\\$&')})`,
)

/**
 * The access table of our own operations, by hand. An operation that is policed and not here fails
 * the proof, and so does a line without an operation. Those that end something come last.
 */
export const ENDPOINTS: Readonly<Record<string, EndpointPolicy>> = {
  'GET /api/vehicles/{id}/stats': OWN_VEHICLE,
  'GET /api/vehicles/{id}/fuel-logs': OWN_VEHICLE,
  'GET /api/vehicles/{id}/due': OWN_VEHICLE,
  'GET /api/vehicles/{id}/documents-status': OWN_VEHICLE,
  'GET /api/vehicles/{id}/export': OWN_VEHICLE,
  'POST /api/vehicles/{id}/import': { about: 'vehicles', body: 'fills', answers: WRITERS },
  'GET /api/vehicles/{id}/sharing': { about: 'vehicles', answers: ADMINS },
  'GET /api/vehicles/{id}/image': { about: 'image', answers: READERS },
  'PUT /api/vehicles/{id}/image': { about: 'image', body: 'photo', answers: WRITERS },
  ...OWN_FILES,
  'GET /api/files/{id}': { about: 'file', answers: READERS },
  'GET /api/files/{id}/preview': { about: 'file', answers: READERS },
  'PUT /api/files/{id}': { about: 'file', body: 'photo', answers: WRITERS },
  'GET /api/me/due': ACCOUNTS,
  'GET /api/me/summary': ACCOUNTS,
  'GET /api/user-profiles/{id}/summary': {
    about: 'user-profiles',
    answers: ['garage admin', 'admin'],
  },
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
  'DELETE /api/vehicles/{id}/shares/{share}': { about: 'shared vehicle', answers: ADMINS },
  'DELETE /api/vehicles/{id}/transfer': { about: 'offered vehicle', answers: ADMINS },
  'POST /api/vehicles/{id}/submit-to-dealer': {
    about: 'unsent',
    body: { askingPrice: 1, share: { maintenance: true, fuel: true, documents: true } },
    answers: ['owner'],
  },
  'GET /api/vehicles/{id}/submit-to-dealer': { about: 'sent vehicle', answers: ['owner'] },
  'DELETE /api/vehicles/{id}/submit-to-dealer': { about: 'sent vehicle', answers: ['owner'] },
  'GET /api/inventory/{id}/history': { about: 'car with history', answers: EVERYBODY },
  'GET /api/pending-submissions/{id}/history': {
    about: 'shared history',
    answers: ['viewer', 'manager', 'admin'],
  },
  'GET /api/pending-submissions/{id}/review': { about: 'new submission', answers: STAFF },
  'GET /api/pending-submissions/{id}/market': { about: 'new submission', answers: STAFF },
  'POST /api/pending-submissions/{id}/start-review': { about: 'new submission', answers: MANAGERS },
  'POST /api/pending-submissions/{id}/ask': {
    about: 'new submission',
    body: { question: 'How many keys are there?' },
    answers: MANAGERS,
  },
  'POST /api/pending-submissions/{id}/assign': {
    about: 'new submission',
    body: { assignee: null },
    answers: MANAGERS,
  },
  'POST /api/pending-submissions/{id}/approve': {
    about: 'new submission',
    body: { price: 18_900, mileage: 48_200 },
    answers: MANAGERS,
  },
  'POST /api/pending-submissions/{id}/reject': {
    about: 'new submission',
    body: { reason: 'The title is branded.' },
    answers: MANAGERS,
  },
  'GET /api/inventory/search': { query: 'make=Honda', answers: EVERYBODY },
  'GET /api/inventory/facets': { query: 'make=Honda', answers: EVERYBODY },
  'GET /api/inventory/recently-sold': { answers: EVERYBODY },
  'GET /api/inventory/by-slug/{slug}': {
    params: { slug: '2021-honda-fit-proof' },
    answers: EVERYBODY,
  },
  'GET /api/inventory/{id}/similar': { about: 'car', answers: EVERYBODY },
  'GET /api/inventory/{id}/json-ld': { about: 'car', answers: EVERYBODY },
  'GET /api/inventory/{id}/payment': { about: 'car', answers: EVERYBODY },
  'POST /api/inventory/{id}/enquiries': {
    about: 'car',
    body: { name: 'Ann', email: 'ann@x.example', message: 'Is it there?' },
    answers: EVERYBODY,
  },
  'GET /api/sitemap.xml': { answers: EVERYBODY },
  'GET /api/pending-submissions/{id}/adf': { about: 'new submission', answers: MANAGERS },
  'GET /api/inventory/stats': { answers: STAFF },
  'GET /api/inventory/{id}/timeline': { about: 'car', answers: STAFF },
  'GET /api/inventory/{id}/feeds': { about: 'car', answers: STAFF },
  'PUT /api/inventory/{id}/feeds/{feed}': {
    about: 'car',
    params: { feed: 'google' },
    body: { excluded: true, title: null, price: null },
    answers: MANAGERS,
  },
  'GET /api/exports/{feed}/check': { params: { feed: 'google' }, answers: STAFF },
  'GET /api/exports/{feed}/file': { params: { feed: 'google' }, answers: MANAGERS },
  'POST /api/inventory/{id}/price': { about: 'car', body: { price: 24_000 }, answers: MANAGERS },
  'POST /api/inventory/{id}/sell': { about: 'car', body: { price: 24_000 }, answers: MANAGERS },
  'POST /api/inventory/{id}/hold': { about: 'car', body: {}, answers: MANAGERS },
  'POST /api/inventory/price-batches/preview': {
    body: { where: {}, change: { percent: -5 } },
    answers: MANAGERS,
  },
  'POST /api/inventory/price-batches': {
    about: 'car',
    body: 'price batch',
    answers: MANAGERS,
  },
  'POST /api/inventory/price-batches/{id}/undo': { about: 'price batch', answers: MANAGERS },
  'GET /api/inventory/photos': { query: `ids=${NO_ROW}`, answers: EVERYBODY },
  'GET /api/inventory/photo-problems': { answers: STAFF },
  'GET /api/inventory/banners/{filename}': { about: 'car with photo', answers: EVERYBODY },
  'GET /api/inventory/{id}/photos': { about: 'car with photo', answers: EVERYBODY },
  'GET /api/inventory/{id}/photos.zip': { about: 'car with photo', answers: STAFF },
  'GET /api/media/sizes/{filename}': { about: 'car with photo', answers: EVERYBODY },
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
  'POST /api/submissions': { body: 'offer', answers: EVERYBODY },
  'GET /api/submissions/{reference}': WITH_LINK,
  'POST /api/submissions/{reference}/answer': { ...WITH_LINK, body: { text: 'None' } },
  'POST /api/submissions/{reference}/withdraw': WITH_LINK,
  'POST /api/submissions/{reference}/photos': { ...WITH_LINK, body: 'photo' },
  'GET /api/submissions/{reference}/photos/{id}': WITH_LINK,
  'DELETE /api/submissions/{reference}/photos/{id}': WITH_LINK,
  'GET /api/submissions/{reference}/page': WITH_LINK,
  'POST /api/submissions/{reference}/page': { ...WITH_LINK, body: 'withdrawal' },
  'POST /api/submissions/{reference}/page/photos': { ...WITH_LINK, body: 'photo' },
  'GET /api/pending-submissions/{id}/flags': OF_STAFF,
  'GET /api/pending-submissions/{id}/photos': OF_STAFF,
  'GET /api/pending-submissions/{id}/photos/{photo}': OF_STAFF,
  'POST /api/pending-submissions/{id}/new-link': { ...OF_STAFF, answers: ['manager', 'admin'] },
  'GET /api/exports/{feed}/delivery': { ...FEED, answers: STAFF },
  'POST /api/exports/{feed}/deliver': { ...FEED, answers: MANAGERS },
  'POST /api/exports/{feed}/test': { ...FEED, answers: MANAGERS },
  'PUT /api/exports/{feed}/credentials': { ...FEED, body: {}, answers: MANAGERS },
  'POST /api/exports/{feed}/pull-key': { ...FEED, answers: MANAGERS },
  'GET /api/exports/{feed}/pull': { ...FEED, answers: [] },
  'GET /api/feed-deliveries/{id}/file': { about: 'held delivery', answers: STAFF },
  'POST /api/feed-deliveries/{id}/release': { about: 'held delivery', answers: MANAGERS },
  'POST /api/feed-deliveries/{id}/reject': { about: 'held delivery', answers: MANAGERS },
  'DELETE /api/files/{id}': { about: 'file', answers: WRITERS },
  'DELETE /api/vehicles/{id}/image': { about: 'image', answers: WRITERS },
}
