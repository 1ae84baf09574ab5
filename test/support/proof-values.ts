import { randomUUID } from 'node:crypto'
import type { FlattenedField } from 'payload'
import { getColumnSpec } from '../../src/fields/column.ts'
import { anyVin } from './builders.ts'

/** A moment that nothing but a body of the proof says. */
export const FORGED_AT = '2031-05-06T07:08:09.000Z'

/** Values that their fields accept, where any text or number would be refused. */
const SPECIAL: Readonly<Record<string, () => unknown>> = {
  auth0Sub: () => `auth0|forged-${randomUUID()}`,
  settingKey: () => 'admin_email',
  sizes: () => ({ thumbnail: { url: 'https://forged.example/', filename: 'forged.webp' } }),
  vin: anyVin,
  licensePlate: () => 'FORGED1',
  currencyCode: () => 'CHF',
  timeZone: () => 'Asia/Tokyo',
  cronExpression: () => '5 4 * * *',
  settingValue: () => 'forged@x.example',
  password: () => 'a forged long password',
  totalCost: () => 29,
  fuelType: () => 'diesel',
  fuelGrade: () => 'Premium',
  longitude: () => 12.5,
  latitude: () => 12.5,
  year: () => 2019,
  doors: () => 3,
  owners: () => 3,
  accidents: () => 3,
  intervalMonths: () => 7,
  category: () => 'Repair',
  subtypes: () => ['Engine'],
  dueSoonDays: () => 77,
  retentionCount: () => 9,
  thresholdPercent: () => 77,
  salesTaxPercent: () => 7.7,
  interestPercent: () => 7.7,
  downPaymentPercent: () => 77,
  loanMonths: () => 77,
  port: () => 7_777,
  state: () => 'NY',
  postalCode: () => '10001',
  carUrlTemplate: () => 'https://forged.example/{slug}',
  mapping: () => [{ kind: 'constant', column: 'store_code', value: 'forged' }],
  host: () => 'ftp.forged.example',
  folder: () => 'forged',
  hostKey: () => `SHA256:${'f'.repeat(43)}`,
  certificate: () => Array.from({ length: 32 }, () => 'AB').join(':'),
  thresholdDays: () => 77,
  sendHour: () => 9,
  cooldownHours: () => 77,
  mpgCity: () => 77,
  mpgHighway: () => 77,
  thumbnail: () => 'https://forged.example/small.jpg',
  mimeType: () => 'image/png',
  images: () => ['https://forged.example/car.jpg'],
  variables: () => ['forged'],
  platformType: () => 'Dealersync',
  comparableVehicles: () => [{ forged: true }],
  sessions: () => [{ id: 'forged', createdAt: FORGED_AT, expiresAt: FORGED_AT }],
}

/**
 * A value of the kind of a field that is neither its default nor what stands there. References are
 * the caller's to say.
 */
export function forgeValue(field: FlattenedField, current: unknown): unknown {
  const { name, type } = field
  const kind = getColumnSpec(field).type?.kind
  const special = SPECIAL[name]
  if (special) return special()
  if (kind === 'date') return '2031-05-06'
  if (kind === 'uuid') return randomUUID()
  if (/email$/i.test(name)) return `forged-${randomUUID()}@x.example`
  if (/(url|website)$/i.test(name) && type === 'text')
    return `https://forged.example/${randomUUID().slice(0, 8)}`
  if (type === 'checkbox') return current !== true && field.defaultValue !== true
  if (type === 'number') return 77_777
  if (name === 'id') return `auth0|forged-${randomUUID()}`
  if (type === 'date') return FORGED_AT
  if (type === 'json')
    return kind === 'text[]' || name === 'features' ? ['Forged'] : { forged: true }
  return type === 'select' ? findOtherOption(field, current) : `Forged ${randomUUID().slice(0, 8)}`
}

/**
 * Another option of a choice than the one that stands there, and than the one that it has by
 * default where it can be.
 */
export function findOtherOption(
  { options, defaultValue }: Extract<FlattenedField, { type: 'select' }>,
  current: unknown,
): string | undefined {
  const values = options.map((option) => (typeof option === 'string' ? option : option.value))
  return (
    values.find((value) => value !== current && value !== defaultValue) ??
    values.find((value) => value !== current)
  )
}

/**
 * Whether a column holds a value of a body, in whatever case: words of a car are spelled as
 * the catalog spells them.
 */
export function isSame(stored: unknown, sent: unknown): boolean {
  if (stored === null || stored === undefined || sent === undefined) return false
  if (stored instanceof Date)
    return (
      typeof sent === 'string' &&
      (stored.getTime() === Date.parse(sent) || formatDay(stored) === sent)
    )
  if (typeof sent === 'number') return Number(stored) === sent
  if (typeof stored === 'string' && typeof sent === 'string')
    return stored.toLowerCase() === sent.toLowerCase()
  return typeof stored === 'object' || typeof sent === 'object'
    ? JSON.stringify(stored) === JSON.stringify(sent)
    : stored === sent
}

const formatDay = (date: Date) =>
  [
    date.getFullYear(),
    String(date.getMonth() + 1).padStart(2, '0'),
    String(date.getDate()).padStart(2, '0'),
  ].join('-')

/** Values that no row has. */
export const NEVER = {
  text: 'no such word',
  number: 1_234_567,
  id: '22222222-2222-4222-8222-222222222222',
}

/** A value of the same kind that no row has. */
export function buildOtherValue(value: unknown): unknown {
  if (typeof value === 'number') return NEVER.number
  if (typeof value === 'boolean') return !value
  if (typeof value === 'string' && /^[^@ ]+@[^@ ]+$/.test(value)) return 'nobody-here@x.example'
  if (typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)) return NEVER.id
  if (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)) return NEVER.number
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
    ? '1999-01-01T00:00:00.000Z'
    : NEVER.text
}

export const isMoment = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
/** What is smaller, and what is larger, than any value of the same kind. */
export const buildLowerValue = (value: unknown) =>
  isMoment(value) ? '1990-01-01T00:00:00.000Z' : Number.isFinite(Number(value)) ? -1 : '!'
export const buildHigherValue = (value: unknown) =>
  isMoment(value) ? '2990-01-01T00:00:00.000Z' : Number.isFinite(Number(value)) ? 99_999_999 : '~'
