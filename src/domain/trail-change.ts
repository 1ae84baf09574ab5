/** What a line of the trail says of one field: what it was and what it became. */
export type FieldChange = { from: unknown; to: unknown }

/** One collection that an admin read rows of owners from: how, by which filter, and the keys of the rows that were given out. */
export type Look = { collection: string; operation: string; filter?: unknown; ids: (string | number)[]; total?: number }

/**
 * The JSON of a line of the trail: `changes` in activity_logs, `context` in admin_audit_logs. A part that says nothing is left out.
 */
export type TrailChange = {
  /** The owner (auth0_sub) whose row it is about. */
  owner?: string
  /** What changed, field by field, by the API's names. Secrets are never here; personal values are MASK. */
  fields?: Record<string, FieldChange>
  /** Of a deletion: how many rows of which collections went along. */
  taken?: Record<string, number>
  /** Of a look: what was read. */
  looks?: Look[]
  /** Of a line that stands for many: how many, and the minute they fell in. */
  count?: number
  minute?: string
  /** Of a refusal: what was asked for, the account that somebody tried to sign in to, and the words of the answer. */
  asked?: string
  account?: string
  reason?: string
}

/** What stands for a value that nobody reads in the trail. */
export const MASK = '•••'

/** What the trail tells of a field: its values, that they changed, or nothing. */
export type Telling = 'value' | 'mask' | 'never'

type Values = Readonly<Record<string, unknown>>

const LONGEST_TEXT = 300
const LONGEST_JSON = 1_000
const SECRET = /^(hash|salt|sess|sessions)$|password|secret|token|api_?key|credential/i

/** Whether a field or a key within JSON holds a secret by its name. */
export const isSecret = (name: string) => SECRET.test(name)

/**
 * The fields that differ, each with both values as `telling` has them. A field that `after` does not have is not spoken of: it was
 * neither written nor may it be read. Null and absent before are the same.
 */
export function changedFields(before: Values, after: Values, telling: (name: string) => Telling): Record<string, FieldChange> {
  const changed: Record<string, FieldChange> = {}
  for (const name of Object.keys(after)) {
    const told = isSecret(name) ? 'never' : telling(name)
    if (told === 'never' || canonical(before[name]) === canonical(after[name])) continue
    changed[name] = { from: said(before[name], told), to: said(after[name], told) }
  }
  return changed
}

/** What somebody did, from what it changed: a role, the trash and a deactivation are named; everything else is an update. */
export function actionOf(collection: string, fields: Readonly<Record<string, FieldChange>>): string {
  const { role, deletedAt, deactivatedAt, revokedAt, isActive } = fields
  if (role) return 'role_change'
  if (deletedAt) return deletedAt.to === null ? 'restore' : 'trash'
  if (deactivatedAt) return deactivatedAt.to === null ? 'reactivate' : 'deactivate'
  if (revokedAt) return revokedAt.to === null ? 'reinstate' : 'revoke'
  if (isActive && collection === 'users') return isActive.to === false ? 'deactivate' : 'reactivate'
  return 'update'
}

/** An account that nobody has, as the trail may name it: `a•••@example.com`. What is no e-mail address may be a password. */
export function maskedAccount(typed: string): string {
  const [, first, domain] = /^(.)[^@\s]*@([\w.-]{1,200})$/u.exec(typed.trim()) ?? []
  return first && domain ? `${first}${MASK}@${domain.toLowerCase()}` : MASK
}

/** A value as the trail keeps it: without secrets at any depth, long ones cut, absent ones null. */
export function toldValue(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return cut(value, LONGEST_TEXT)
  if (typeof value !== 'object') return value
  const clean = withoutSecrets(value)
  const text = JSON.stringify(clean)
  return text.length > LONGEST_JSON ? cut(text, LONGEST_JSON) : clean
}

function said(value: unknown, told: Telling): unknown {
  const kept = toldValue(value)
  return told === 'mask' && kept !== null ? MASK : kept
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text)

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const open = Object.entries(value).filter(([name]) => !isSecret(name))
  return Object.fromEntries(open.map(([name, inner]) => [name, withoutSecrets(inner)]))
}

/** JSON with its keys in one order: PostgreSQL gives those of a JSONB back in an order of its own. */
function canonical(value: unknown): string {
  const ordered = (_key: string, inner: unknown): unknown =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner
  return JSON.stringify(value ?? null, ordered)
}
