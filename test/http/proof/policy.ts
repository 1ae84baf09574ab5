/**
 * The callers of the proof. `owner` owns the rows that the others try to reach; whoever is
 * deactivated was an owner, or an admin of the staff.
 */
export type Actor =
  | 'anonymous'
  | 'owner'
  | 'stranger'
  | 'garage admin'
  | 'viewer'
  | 'manager'
  | 'admin'
  | 'deactivated owner'
  | 'deactivated staff'
  | Guest

/**
 * Other owners with whom `owner` shares each vehicle, or did, or whom it was offered to: those who
 * only look, those who also write, and those who have no access any more or not yet.
 */
export type Guest = 'guest viewer' | 'guest editor' | 'former guest' | 'offered owner'
export const GUESTS: readonly Actor[] = [
  'guest viewer',
  'guest editor',
  'former guest',
  'offered owner',
]

export type Operation = 'create' | 'read' | 'update' | 'delete' | 'destroy'

/**
 * Somebody whom the table names: a role, the one whose row it is, or everybody for a row
 * that is on show.
 */
export type Grant =
  | 'everyone'
  | 'on show'
  | 'own'
  | 'guests'
  | 'guest editors'
  | 'owners'
  | 'garage admins'
  | 'staff'
  | 'managers'
  | 'staff admins'

/**
 * What the policy looks at of a row: whose it is, and whether it is on show. `sunk`: its vehicle is
 * in the trash, which hides it.
 */
export type RowFacts = { whose: Actor | 'nobody'; onShow: boolean; sunk: boolean }

type Policy = Record<Exclude<Operation, 'destroy'>, readonly Grant[]> & {
  destroy?: readonly Grant[]
}

const NOBODY: readonly Grant[] = []
const ADMINS: readonly Grant[] = ['staff admins', 'garage admins']
const OWN: readonly Grant[] = ['own', ...ADMINS]

const ofOwners: Policy = { read: OWN, create: ['owners', ...ADMINS], update: OWN, delete: OWN }
const ofVehicles: Policy = {
  ...ofOwners,
  read: ['guests', ...OWN],
  update: ['guest editors', ...OWN],
  delete: ['guest editors', ...OWN],
}
const withTrash: Policy = { ...ofVehicles, delete: OWN, destroy: ADMINS }
const reference: Policy = { read: ['everyone'], create: ADMINS, update: ADMINS, delete: ADMINS }
const written: Policy = { read: ['staff'], create: NOBODY, update: NOBODY, delete: NOBODY }
const derived: Policy = { ...written, delete: ['staff admins'] }
const lot: Policy = {
  read: ['staff'],
  create: ['managers'],
  update: ['managers'],
  delete: ['staff admins'],
}
const shown: Policy = { ...lot, read: ['on show', 'staff'] }
const ofAdmin: readonly Grant[] = ['staff admins']

/**
 * The access table of the issue "Every table of both documents", by hand: who may do what with
 * which rows. Unsaid means refused. A collection that is not here fails the proof, and so does a
 * line without a collection.
 */
export const POLICY: Readonly<Record<string, Policy>> = {
  users: {
    read: ['own', ...ofAdmin],
    create: ofAdmin,
    update: ['own', ...ofAdmin],
    delete: NOBODY,
  },
  vehicles: withTrash,
  'fuel-logs': ofVehicles,
  'maintenance-logs': ofVehicles,
  'maintenance-schedules': ofVehicles,
  'ownership-costs': ofVehicles,
  documents: withTrash,
  'user-preferences': ofOwners,
  'user-profiles': { read: OWN, create: NOBODY, update: OWN, delete: NOBODY },
  'terms-agreements': { read: OWN, create: NOBODY, update: NOBODY, delete: NOBODY },
  'admin-users': { read: ADMINS, create: ADMINS, update: ADMINS, delete: NOBODY },
  stations: reference,
  engines: reference,
  transmissions: reference,
  'vehicle-options': reference,
  'maintenance-subtypes': reference,
  'community-stations': {
    read: ['on show', ...OWN],
    create: ['owners'],
    update: OWN,
    delete: ADMINS,
  },
  'saved-stations': ofOwners,
  inventory: shown,
  media: shown,
  'pending-submissions': lot,
  appraisals: lot,
  enquiries: { ...lot, create: NOBODY },
  dealership: { ...written, update: ['managers'] },
  'price-changes': written,
  'price-batches': written,
  'market-alert-rules': lot,
  'feed-deliveries': written,
  'feed-overrides': { ...lot, delete: ['managers'] },
  'export-feeds': { read: ['staff'], create: NOBODY, update: ['managers'], delete: NOBODY },
  'market-alerts': { ...written, update: ['managers'] },
  'market-research-results': derived,
  'market-price-history': derived,
  'market-digests': { read: ofAdmin, create: NOBODY, update: ofAdmin, delete: ofAdmin },
  'market-trim-names': { read: ['staff'], create: ofAdmin, update: ofAdmin, delete: ofAdmin },
  'vin-evaluation-cache': derived,
  'competitor-inventory': derived,
  'competitor-price-history': derived,
  'competitor-metrics': derived,
  competitors: lot,
  'email-templates': { ...written, update: ['managers'] },
  'notification-logs': { ...written, read: ['own', ...ofAdmin] },
  'export-logs': written,
  'job-history': written,
  'outgoing-mails': { ...written, read: ofAdmin },
  'storage-alerts': { ...written, update: ['managers'] },
  'activity-logs': { ...written, read: ofAdmin },
  'admin-audit-logs': { ...written, read: ADMINS },
  'backup-schedules': { read: ofAdmin, create: ofAdmin, update: ofAdmin, delete: ofAdmin },
  'backup-settings': { read: ofAdmin, create: ofAdmin, update: ofAdmin, delete: ofAdmin },
  'backup-history': { ...written, read: ofAdmin },
  sessions: { ...derived, read: ofAdmin },
}

/**
 * Fields that not everybody reads who reads their row: with the issue, costs are for managers; who
 * reported, and why it was taken back, for that owner and admins; origins and authors of a car for
 * staff; what is kept about an account for nobody.
 */
export const HIDDEN: Readonly<Record<string, Readonly<Record<string, readonly Grant[]>>>> = {
  inventory: {
    cost: ['managers'],
    sourceSubmission: ['staff'],
    createdBy: ['staff'],
    updatedBy: ['staff'],
    priceHistory: ['staff'],
    alertsMutedUntilAt: ['staff'],
    priceChanges: ['staff'],
    enquiries: ['staff'],
    soldPrice: ['staff'],
    heldUntilDate: ['staff'],
    buyerNote: ['staff'],
    daysOnLot: ['staff'],
    marketPrice: ['staff'],
    priceToMarket: ['staff'],
    margin: ['managers'],
  },
  appraisals: { reconditioning: ['managers'], payoff: ['managers'], offer: ['managers'] },
  'community-stations': { userId: OWN, removalReason: OWN },
  'outgoing-mails': { text: NOBODY, html: NOBODY },
  'pending-submissions': { vehicle: NOBODY, ownerId: NOBODY },
  users: {
    oauthId: ofAdmin,
    oauthIssuer: ofAdmin,
    salt: NOBODY,
    hash: NOBODY,
    sessions: NOBODY,
    resetPasswordToken: NOBODY,
    resetPasswordExpiration: NOBODY,
    resetPasswordRequestedAt: NOBODY,
    loginAttempts: NOBODY,
    lockUntil: NOBODY,
  },
  sessions: { sess: NOBODY },
  'user-profiles': { notificationEmailNonce: NOBODY },
}

const ROLES: Readonly<Record<Actor, readonly Grant[]>> = {
  anonymous: [],
  owner: ['owners'],
  stranger: ['owners'],
  'garage admin': ['owners', 'garage admins'],
  viewer: ['staff'],
  manager: ['staff', 'managers'],
  admin: ['staff', 'managers', 'staff admins'],
  'deactivated owner': [],
  'deactivated staff': [],
  'guest viewer': ['owners'],
  'guest editor': ['owners'],
  'former guest': ['owners'],
  'offered owner': ['owners'],
}

/**
 * Whether one of these grants holds for an actor and a row. Whoever is deactivated has no row of
 * their own any more.
 */
export function holds(grants: readonly Grant[], actor: Actor, row: RowFacts): boolean {
  const roles = ROLES[actor]
  const own = row.whose === actor && roles.length > 0
  const isShared = row.whose === 'owner' && row.onShow
  const isEditor = isShared && actor === 'guest editor'
  const isGuest = isEditor || (isShared && actor === 'guest viewer')
  return grants.some(
    (grant) =>
      grant === 'everyone' ||
      roles.includes(grant) ||
      (grant === 'on show' && row.onShow) ||
      (grant === 'guests' && isGuest) ||
      (grant === 'guest editors' && isEditor) ||
      (grant === 'own' && own),
  )
}

/**
 * Whether the policy lets an actor do this with this row. A row whose vehicle is in the trash is
 * there for nobody.
 */
export function may(actor: Actor, operation: Operation, slug: string, row: RowFacts): boolean {
  const policy = POLICY[slug]
  const grants =
    (operation === 'destroy' ? (policy?.destroy ?? policy?.delete) : policy?.[operation]) ?? []
  return !row.sunk && holds(grants, actor, row)
}

/**
 * Whether the policy lets an actor copy this row. The copy of a vehicle is one’s own; that of
 * another row is of the same vehicle, which a guest has to be an editor of.
 */
export const mayCopy = (actor: Actor, slug: string, row: RowFacts): boolean =>
  may(actor, 'read', slug, row) &&
  may(actor, 'create', slug, row) &&
  (slug === 'vehicles' || actor !== 'guest viewer' || row.whose === actor)
