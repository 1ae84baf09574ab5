import { foldHeader } from './header-name.ts'
import type { RowKind, SourceField } from './source-record.ts'

/** The columns of a table, from 0, by what they contain. */
export type ColumnMapping = Readonly<Partial<Record<SourceField, number>>>

/** Other names of columns, by what they contain. The first ones are those of LubeLogger. */
const ALIASES: Readonly<Partial<Record<SourceField, readonly string[]>>> = {
  date: ['date', 'fuelup_date', 'service date', 'datum', 'fecha', 'data', 'date and time'],
  year: ['year'],
  month: ['month'],
  day: ['day'],
  time: ['time', 'uhrzeit', 'heure', 'hora'],
  odometer: ['odometer', 'odo', 'mileage', 'kilometerstand', 'km-stand'],
  trip: ['trip', 'trip distance', 'distance'],
  amount: [
    'gallons',
    'liters',
    'litres',
    'consumption',
    'quantity',
    'qty',
    'fuelconsumed',
    'fuel',
    'volume',
    'amount',
    'menge',
    'kwh',
  ],
  total: ['cost', 'total cost', 'totalcost', 'total price', 'total', 'betrag', 'kosten'],
  price: ['price', 'price per unit', 'price/unit', 'unit price', 'preis'],
  full: ['isfilltofull', 'filled up', 'full', 'full tank', 'filled'],
  partial: ['partial_fuelup', 'partial tank', 'partial_fill', 'partial'],
  missed: ['missed_fuelup', 'missedfuelup', 'missed fill up', 'missed_fill', 'missed'],
  fuelType: ['fuel type', 'fueltype', 'fuel_type'],
  fuelGrade: ['grade', 'octane', 'fuel grade'],
  location: ['location', 'gas station', 'station', 'place', 'city'],
  category: ['category', 'type', 'kategorie'],
  title: ['description', 'service', 'services', 'title', 'beschreibung'],
  shop: ['shop', 'garage', 'workshop'],
  notes: ['notes', 'note', 'notizen', 'comment', 'comments'],
  tags: ['tags'],
}

/** The names of columns that only LubeLogger writes. */
const LUBELOGGER_NAMES = [
  'fuelup_date',
  'initialodometer',
  'fuelconsumed',
  'isfilltofull',
  'partial_fuelup',
  'partial_fill',
  'missed_fuelup',
  'missedfuelup',
  'missed_fill',
  'partnumber',
  'partsupplier',
  'partquantity',
  'isequipped',
]

const FIELDS_BY_NAME: ReadonlyMap<string, SourceField> = new Map(
  Object.entries(ALIASES).flatMap(([field, names]) =>
    names.map((name) => [name, field as SourceField] as const),
  ),
)

/** Finds what the columns of a header contain, by their names. */
export function mapHeader(header: readonly string[]): ColumnMapping {
  const found = new Map<SourceField, number>()
  for (const [index, name] of header.entries()) {
    const field = FIELDS_BY_NAME.get(foldHeader(name))
    if (field !== undefined && !found.has(field)) found.set(field, index)
  }
  return Object.fromEntries(found)
}

/** Whether a header names columns as only LubeLogger does. */
export const isLubeloggerHeader = (header: readonly string[]): boolean =>
  header.some((name) => {
    const folded = foldHeader(name)
    return LUBELOGGER_NAMES.includes(folded) || folded.startsWith('extrafield_')
  })

/**
 * The columns that a person chose, by their names, or why one does not exist. A choice of null
 * leaves out a column that was found.
 */
export function applyChosenColumns(
  header: readonly string[],
  found: ColumnMapping,
  chosen: Readonly<Partial<Record<SourceField, string | null>>>,
): { mapping: ColumnMapping } | { problem: string } {
  const mapping = new Map(Object.entries(found))
  for (const [field, name] of Object.entries(chosen)) {
    const index = name === null ? -1 : header.findIndex((other) => other.trim() === name.trim())
    if (name !== null && index === -1)
      return {
        problem:
          `There is no column ${JSON.stringify(name)} for ${field}. The columns are ` +
          `${header.join(', ')}.`,
      }
    if (name === null) mapping.delete(field)
    else mapping.set(field, index)
  }
  return { mapping: Object.fromEntries(mapping) }
}

/** Whether a table has its dates in three columns, as some files of LubeLogger. */
export const hasDateParts = ({ day, month, year }: ColumnMapping): boolean =>
  year !== undefined && month !== undefined && day !== undefined

/**
 * The fields that a table of fills or of services lacks. A table with an amount, or without a text
 * that could name a service, is one of fills.
 */
export function findMissingColumns(mapping: ColumnMapping, kind: RowKind | null): SourceField[] {
  const isFuel =
    kind === null
      ? mapping.amount !== undefined || (mapping.title ?? mapping.category) === undefined
      : kind === 'fuel'
  const hasReading = (mapping.odometer ?? mapping.trip) !== undefined
  const hasText = (mapping.title ?? mapping.category) !== undefined
  const missing: [SourceField, boolean][] = [
    ['date', mapping.date === undefined && !hasDateParts(mapping)],
    ['odometer', isFuel && !hasReading],
    ['amount', isFuel && mapping.amount === undefined],
    ['title', !isFuel && !hasText],
  ]
  return missing.flatMap(([field, isMissing]) => (isMissing ? [field] : []))
}
