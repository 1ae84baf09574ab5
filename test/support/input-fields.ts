import type { FlattenedField } from 'payload'
import { POLICY } from '../http/proof/policy.ts'
import { writersOf } from '../http/proof/writable.ts'
import { getColumnSpec } from '../../src/fields/column.ts'
import type { TestForecourt } from './forecourt.ts'
import { forgeValue } from './proof-values.ts'
import { getCollection } from './proof-names.ts'
import type { Kind } from './input-cases.ts'

/** How a field is written: in a new row or in a change, over REST or GraphQL. */
export type WriteMethod = 'POST' | 'PATCH' | 'GraphQL'

/**
 * A field that somebody may write: `ways` are how, and who writes it that way, the admin of the
 * staff or the owner whose row it is.
 */
export type InputField = {
  slug: string
  field: FlattenedField
  kind: Kind
  ways: readonly { way: WriteMethod; writer: 'admin' | 'owner' }[]
  /** A number that a field of numbers takes. */
  validNumber: number
}

/**
 * Every field of every collection that an admin of the staff or an owner may write, from the
 * configuration that the server runs with.
 */
export function findInputFields({ payload }: TestForecourt): InputField[] {
  return Object.keys(POLICY).flatMap((slug) =>
    getCollection(payload, slug).flattenedFields.flatMap((field) => {
      const kind = findKind(field)
      const isVirtual = 'virtual' in field && field.virtual
      return kind && !isVirtual && !SERVER_MOMENTS.has(field.name)
        ? describeField(slug, field, kind)
        : []
    }),
  )
}

/** Any moment stands for the server's own there; one of a vehicle puts it into the trash. */
const SERVER_MOMENTS = new Set(['deletedAt', 'deactivatedAt', 'removedAt', 'revokedAt'])

function describeField(slug: string, field: FlattenedField, kind: Kind): InputField[] {
  const ways = ALL_METHODS.flatMap((method) => {
    const grants = writersOf(slug, field.name, method === 'POST' ? 'create' : 'update')
    const byForm = slug === 'media' && method === 'POST'
    const writer = grants.some((grant) => grant === 'staff admins' || grant === 'managers')
      ? ('admin' as const)
      : ('owner' as const)
    return grants.length > 0 && !byForm ? [{ way: method, writer }] : []
  })
  const validNumber = kind === 'number' ? Number(forgeValue(field, undefined)) : 77_777
  return ways.length > 0 ? [{ slug, field, kind, ways, validNumber }] : []
}

const ALL_METHODS = ['POST', 'PATCH', 'GraphQL'] as const

function findKind(field: FlattenedField): Kind | undefined {
  const column = getColumnSpec(field).type?.kind
  if (field.type === 'text') return column === 'date' ? 'day' : 'line'
  if (field.type === 'json')
    return column === 'text[]' || ['features', 'images'].includes(field.name) ? 'list' : 'json'
  return KINDS[field.type]
}

const KINDS: Readonly<Partial<Record<FlattenedField['type'], Kind>>> = {
  number: 'number',
  date: 'instant',
  checkbox: 'checkbox',
  email: 'line',
  textarea: 'lines',
  relationship: 'reference',
  select: 'choice',
}

/**
 * Fields with a form of their own, which may refuse a text by name; those that depend on other
 * fields; and those without twins. In all collections, or in one.
 */
const PARTICULAR = new Set([
  'vin',
  'licensePlate',
  'email',
  'notificationEmail',
  'customerEmail',
  'website',
  'websiteUrl',
  'inventoryUrl',
  'carfaxUrl',
  'autocheckUrl',
  'images',
  'thumbnail',
  'currencyCode',
  'timeZone',
  'cronExpression',
  'settingValue',
  'platformType',
  'userId',
  'id',
  'issuedDate',
  'expirationDate',
  'stockNumber',
  'googlePlaceId',
  'scraperConfig',
  'leadsEmail',
  'carUrlTemplate',
  'export-feeds.mapping',
  'export-feeds.host',
  'export-feeds.hostKey',
  'export-feeds.certificate',
  'export-feeds.folder',
  'market-trim-names.make',
  'market-trim-names.listedAs',
  'market-trim-names.trim',
  'fuel-logs.fuelType',
  'fuel-logs.fuelGrade',
  'maintenance-logs.category',
  'maintenance-logs.subtypes',
  'maintenance-schedules.category',
  'maintenance-schedules.subtypes',
])

/** Whether a field may refuse a value that its kind takes. */
export function mayRefuse({ slug, field }: InputField, stored: unknown): boolean {
  const isRequired = 'required' in field && field.required === true
  const isTooLong =
    'maxLength' in field &&
    typeof stored === 'string' &&
    stored.length > (field.maxLength ?? Infinity)
  return (
    PARTICULAR.has(field.name) ||
    PARTICULAR.has(`${slug}.${field.name}`) ||
    isTooLong ||
    (isRequired && (stored === null || stored === ''))
  )
}

/**
 * Fields for which the server stores something else when they are emptied, or always: a total is
 * computed, a plate is folded, a setting may be an empty text.
 */
export const COMPUTED = new Set([
  'totalCost',
  'removalReason',
  'stockNumber',
  'licensePlate',
  'vin',
  'email',
  'thumbnail',
  'odometerReading',
  'settingValue',
])
