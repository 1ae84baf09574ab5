/** The change of one field in an audit entry: the value before and after. */
export type FieldChange = { from: unknown; to: unknown }

/**
 * One collection that an admin read rows of owners from: how, by which filter, and the keys of the
 * rows that were given out.
 */
export type ReadAccess = {
  collection: string
  operation: string
  filter?: unknown
  ids: (string | number)[]
  total?: number
}

/**
 * The JSON of an audit entry: `changes` in activity_logs, `context` in admin_audit_logs. Empty
 * parts are omitted.
 */
export type AuditChange = {
  /** The owner (auth0_sub) whose row it is about. */
  owner?: string
  /**
   * What changed, field by field, by the API's names. Secrets are never here; personal values are
   * MASK.
   */
  fields?: Record<string, FieldChange>
  /** Of a deletion: how many rows of which collections went along. */
  taken?: Record<string, number>
  /** Of a look: what was read. */
  looks?: ReadAccess[]
  /** Of a line that stands for many: how many, and the minute they fell in. */
  count?: number
  minute?: string
  /**
   * Of a refusal: what was asked for, the account that somebody tried to sign in to, and the words
   * of the answer.
   */
  asked?: string
  account?: string
  reason?: string
}

/** The replacement for a value that is redacted in the audit log. */
export const MASK = '•••'

/** How the audit log treats a field: with its values, masked, or omitted. */
export type Redaction = 'value' | 'mask' | 'never'

type Values = Readonly<Record<string, unknown>>

const MAX_TEXT_LENGTH = 300
const MAX_JSON_LENGTH = 1_000
const SECRET = /^(hash|salt|sess|sessions)$|password|secret|token|api_?key|credential/i

/** Whether a field or a key within JSON holds a secret by its name. */
export const isSecret = (name: string) => SECRET.test(name)

/**
 * The fields that differ, each with both values as `telling` has them. A field that `after` does
 * not have is not spoken of: it was neither written nor may it be read. Null and absent before are
 * the same.
 */
export function diffFields(
  before: Values,
  after: Values,
  redactionFor: (name: string) => Redaction,
): Record<string, FieldChange> {
  const changed: Record<string, FieldChange> = {}
  for (const name of Object.keys(after)) {
    const redaction = isSecret(name) ? 'never' : redactionFor(name)
    if (redaction === 'never' || formatSorted(before[name]) === formatSorted(after[name])) continue
    changed[name] = {
      from: applyRedaction(before[name], redaction),
      to: applyRedaction(after[name], redaction),
    }
  }
  return changed
}

/**
 * What somebody did, from what it changed: a role, the trash and a deactivation are named;
 * everything else is an update.
 */
export function getChangeAction(
  collection: string,
  fields: Readonly<Record<string, FieldChange>>,
): string {
  const { role, deletedAt, deactivatedAt, revokedAt, isActive } = fields
  if (role) return 'role_change'
  if (deletedAt) return deletedAt.to === null ? 'restore' : 'trash'
  if (deactivatedAt) return deactivatedAt.to === null ? 'reactivate' : 'deactivate'
  if (revokedAt) return revokedAt.to === null ? 'reinstate' : 'revoke'
  if (isActive && collection === 'users') return isActive.to === false ? 'deactivate' : 'reactivate'
  return 'update'
}

/**
 * An account that nobody has, as the trail may name it: `a•••@example.com`. What is no e-mail
 * address may be a password.
 */
export function maskAccount(typed: string): string {
  const [, first, domain] = /^(.)[^@\s]*@([\w.-]{1,200})$/u.exec(typed.trim()) ?? []
  return first && domain ? `${first}${MASK}@${domain.toLowerCase()}` : MASK
}

/** A value as the trail keeps it: without secrets at any depth, long ones cut, absent ones null. */
export function redactValue(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return truncateText(value, MAX_TEXT_LENGTH)
  if (typeof value !== 'object') return value
  const clean = omitSecrets(value)
  const text = JSON.stringify(clean)
  return text.length > MAX_JSON_LENGTH ? truncateText(text, MAX_JSON_LENGTH) : clean
}

function applyRedaction(value: unknown, redaction: Redaction): unknown {
  const redacted = redactValue(value)
  return redaction === 'mask' && redacted !== null ? MASK : redacted
}

const truncateText = (text: string, maxLength: number) =>
  text.length > maxLength ? `${text.slice(0, maxLength)}…` : text

function omitSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(omitSecrets)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const open = Object.entries(value).filter(([name]) => !isSecret(name))
  return Object.fromEntries(open.map(([name, inner]) => [name, omitSecrets(inner)]))
}

/**
 * JSON with its keys in one order: PostgreSQL gives those of a JSONB back in an order of its own.
 */
function formatSorted(value: unknown): string {
  const ordered = (_key: string, inner: unknown): unknown =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner
  return JSON.stringify(value ?? null, ordered)
}
