/** The change of one field in an audit entry: the value before and after. */
export type FieldChange = { from: unknown; to: unknown }

/**
 * One collection whose rows of owners an admin read: the kind of access, the filter, and the keys
 * of the returned rows.
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
  /** The owner (auth0_sub) of the row. */
  owner?: string
  /** The changed fields by their API names. Never contains secrets; personal values are MASK. */
  fields?: Record<string, FieldChange>
  /** For a deletion: the number of rows deleted with it, by collection. */
  taken?: Record<string, number>
  /** For read access: what was read. */
  looks?: ReadAccess[]
  /** For an aggregated entry: the number of events, and the minute that they happened in. */
  count?: number
  minute?: string
  /**
   * For a refused request: the requested action, the account that a sign-in named, and the message
   * of the response.
   */
  asked?: string
  account?: string
  reason?: string
}

/** The replacement for a value that is redacted in the audit log. */
export const MASK = '•••'

/** How a field appears in the audit log: with its values, masked, or not at all. */
export type Redaction = 'value' | 'mask' | 'never'

type Values = Readonly<Record<string, unknown>>

const MAX_TEXT_LENGTH = 300
const MAX_JSON_LENGTH = 1_000
const SECRET = /^(hash|salt|sess|sessions)$|password|secret|token|api_?key|credential/i

/** Whether a field or a JSON key holds a secret, according to its name. */
export const isSecret = (name: string) => SECRET.test(name)

/**
 * The fields that differ, each with both values, redacted as `redactionFor` specifies; secrets are
 * omitted. A field that is absent from `after` is omitted: it was not written, or must not be read.
 * Null and absent are the same in `before`.
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
 * Derives the name of an action from the changed fields: a role change, a move to or from the
 * trash, and a deactivation or revocation and their reversals have their own names; everything else
 * is an update.
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
 * An account name that belongs to no account, as the audit log may contain it: `a•••@example.com`.
 * A text that is not an e-mail address is masked completely, because it may be a password.
 */
export function maskAccount(typed: string): string {
  const [, first, domain] = /^(.)[^@\s]*@([\w.-]{1,200})$/u.exec(typed.trim()) ?? []
  return first && domain ? `${first}${MASK}@${domain.toLowerCase()}` : MASK
}

/**
 * A value as stored in the audit log: without secrets at any depth, long values truncated, absent
 * ones null.
 */
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

/** Formats JSON with sorted keys: PostgreSQL returns the keys of a JSONB value in its own order. */
function formatSorted(value: unknown): string {
  const ordered = (_key: string, inner: unknown): unknown =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner
  return JSON.stringify(value ?? null, ordered)
}
