import type { FlattenedField, SanitizedCollectionConfig, SanitizedConfig } from 'payload'
import { isSecret, MASK, type Telling, toldValue } from '../domain/trail-change.ts'
import { columnOf } from '../fields/column.ts'

/** What the trail looks at of a collection. */
type Table = { slug: string; flattenedFields: SanitizedCollectionConfig['flattenedFields'] }

/** Texts of owners' rows that say nothing about the person. Every other text of theirs is masked, those of new fields too. */
const NOT_PERSONAL = new Set(
  `userId auth0Sub make model trim engine transmission fuelType fuelGrade category subtypes contentType templateKey referenceType
  referenceId currencyCode termsVersion termsUrl termsContentHash removalReason`.split(/\s+/),
)

/** Fields of other tables that hold what is personal, or may hold what opens something. */
const PERSONAL = new Set('customerName customerEmail customerPhone additionalNotes scraperConfig oauthId'.split(' '))

const TEXTS = new Set(['text', 'textarea', 'email', 'json', 'code', 'richText'])

/** The field that says whose a row is; null for tables that are not owners'. */
export function ownerField({ slug, flattenedFields }: Table): 'userId' | 'auth0Sub' | null {
  if (slug === 'user-profiles') return 'auth0Sub'
  return flattenedFields.some(({ name }) => name === 'userId') ? 'userId' : null
}

/** The owner whose row it is, or who is an admin by it; null where it is nobody's. */
export function ownerOf(table: Table, row: Readonly<Record<string, unknown>>): string | null {
  const owner = row[table.slug === 'admin-users' ? 'id' : (ownerField(table) ?? '')]
  return typeof owner === 'string' ? owner : null
}

/** What the trail tells of a field of this table. A field that the table does not have is masked. */
export function tellingOf(table: Table, name: string): Telling {
  if (isSecret(name)) return 'never'
  const field = table.flattenedFields.find((one) => one.name === name)
  if (!field) return name === 'id' ? 'value' : 'mask'
  if (PERSONAL.has(name) || (table.slug === 'admin-users' && name === 'email')) return 'mask'
  const open = !ownerField(table) || !TEXTS.has(field.type) || NOT_PERSONAL.has(name) || columnOf(field).type?.kind === 'date'
  return open ? 'value' : 'mask'
}

/** The stored values of a row by field, another row in the place of a reference being its key. */
export function storedValues(table: Table, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = table.flattenedFields.filter((field) => isStored(field) && field.name in row)
  return Object.fromEntries(kept.map(({ name, type }) => [name, isReference(type) ? keyOf(row[name]) : row[name]]))
}

const isReference = (type: string) => type === 'relationship' || type === 'upload'
const isStored = (field: FlattenedField) =>
  field.type !== 'join' && !('virtual' in field && field.virtual) && !['id', 'createdAt', 'updatedAt'].includes(field.name)

/** The key of a row that may have been filled in for it. */
function keyOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : value
}

/** A filter as the trail keeps it, undefined for none: what is compared with a personal field is masked, through relations too. */
export function toldFilter(config: SanitizedConfig, table: Table, where: unknown): unknown {
  if (typeof where !== 'object' || where === null) return undefined
  if (Array.isArray(where)) return where.map((part) => toldFilter(config, table, part))
  const parts = Object.entries(where).map(([path, said]): [string, unknown] => {
    if (/^(and|or)$/i.test(path)) return [path, toldFilter(config, table, said)]
    return [path, tellingAt(config, table, path.split('.')) === 'value' ? toldValue(said) : masked(said)]
  })
  return parts.length > 0 ? Object.fromEntries(parts) : undefined
}

function tellingAt(config: SanitizedConfig, table: Table, [name = '', ...rest]: readonly string[]): Telling {
  const field = table.flattenedFields.find((one) => one.name === name)
  const reached = field?.type === 'relationship' ? field.relationTo : field?.type === 'join' ? field.collection : null
  const other = rest.length > 0 ? config.collections.find(({ slug }) => slug === reached) : undefined
  return other ? tellingAt(config, other, rest) : tellingOf(table, name)
}

const masked = (said: unknown) =>
  typeof said === 'object' && said !== null ? Object.fromEntries(Object.keys(said).map((operator) => [operator, MASK])) : MASK
