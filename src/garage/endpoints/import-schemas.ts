import { z } from 'zod'
import { COST_ROW, FUEL_ROW, SCHEDULE_ROW, SERVICE_ROW } from '../imports/domain/row-values.ts'
import { IMPORT_FORMATS, ROW_KINDS, SOURCE_FIELDS } from '../imports/domain/source-record.ts'
import { DATE_ORDERS } from '../imports/domain/written-date.ts'
import { DECIMAL_SIGNS } from '../imports/domain/written-number.ts'
import { normalizeWord } from '../domain/maintenance-words.ts'
import { DISTANCE_UNITS, LIQUID_UNITS } from '../domain/units.ts'

/* What an import of a file takes in its URL, and its response. */

/** The names of delimiters in URLs. */
export const DELIMITER_NAMES = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const

type DelimiterName = keyof typeof DELIMITER_NAMES

const DELIMITER = z.enum(Object.keys(DELIMITER_NAMES) as [DelimiterName, ...DelimiterName[]])

const yesNo = () =>
  z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')

/** A JSON object in a query. */
const jsonInput = <Value extends z.ZodType>(schema: Value) =>
  z
    .string()
    .max(8_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'must be a JSON object' })
        return z.NEVER
      }
    })
    .pipe(schema)

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const MAPPING = z.partialRecord(z.enum(SOURCE_FIELDS), z.string().max(200).nullable())
const CATEGORIES = z.record(z.string().max(500), z.string().max(50).nullable())

export const IMPORT_OPTIONS = z.object({
  dryRun: yesNo().describe('Whether to only report what would be added.'),
  confirmOdometer: yesNo().describe(
    'Whether to keep readings that do not fit the others of the vehicle.',
  ),
  format: z.enum(IMPORT_FORMATS).optional().describe('Detected if it is left out, as all below.'),
  delimiter: DELIMITER.optional(),
  decimal: z.enum(DECIMAL_SIGNS).optional(),
  dateOrder: z.enum(DATE_ORDERS).optional(),
  distanceUnit: z.enum(DISTANCE_UNITS).optional(),
  volumeUnit: z.enum(LIQUID_UNITS).optional(),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'must be an IANA name such as America/New_York')
    .optional(),
  rows: z
    .enum(ROW_KINDS)
    .exclude(['schedule', 'cost'])
    .optional()
    .describe('What a table contains.'),
  mapping: jsonInput(MAPPING)
    .optional()
    .describe('The columns of a table by what they contain: {"date":"Datum","amount":"Liter"}.'),
  categories: jsonInput(CATEGORIES)
    .optional()
    .describe(
      'Categories for texts that the catalog of maintenance does not have, or null to skip the ' +
        'rows: {"Parking":null,"Garage":"Repair"}.',
    ),
})

/** The categories that were chosen, by their texts as they are compared. */
export const toChosenCategories = (chosen: z.output<typeof CATEGORIES>) =>
  new Map(Object.entries(chosen).map(([word, category]) => [normalizeWord(word), category]))

const SOURCE = z
  .enum(['chosen', 'file', 'owner'])
  .describe('Whether it was chosen, is in the file, or is the preference of the owner.')

const detected = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ value: value.nullable(), source: SOURCE })

const CHOICE = z.strictObject({ value: z.string(), label: z.string() })

const PLANNED = z.discriminatedUnion('kind', [
  z.strictObject({ line: z.number().int(), kind: z.literal('fuel'), values: FUEL_ROW }),
  z.strictObject({ line: z.number().int(), kind: z.literal('maintenance'), values: SERVICE_ROW }),
  z.strictObject({ line: z.number().int(), kind: z.literal('schedule'), values: SCHEDULE_ROW }),
  z.strictObject({ line: z.number().int(), kind: z.literal('cost'), values: COST_ROW }),
])

const COUNT = z.number().int()

export const IMPORT_RESULT = z.strictObject({
  dryRun: z.boolean(),
  message: z.string(),
  detected: z.strictObject({
    format: z.enum(IMPORT_FORMATS),
    delimiter: DELIMITER,
    decimal: detected(z.enum(DECIMAL_SIGNS)),
    dateOrder: detected(z.enum(DATE_ORDERS)),
    distanceUnit: detected(z.enum(DISTANCE_UNITS)),
    volumeUnit: detected(z.enum(LIQUID_UNITS)),
    timeZone: detected(z.string()),
    columns: z.array(z.string()).describe('Of a table; empty for other formats.'),
    mapping: z.partialRecord(z.enum(SOURCE_FIELDS), z.string()),
  }),
  questions: z
    .array(z.strictObject({ option: z.string(), question: z.string(), choices: z.array(CHOICE) }))
    .describe(
      'What must be chosen first: nothing is imported while there are any. `mapping.date` is ' +
        'answered by `mapping={"date":"…"}`.',
    ),
  unknownWords: z
    .array(z.string())
    .describe('Texts that need a category in `categories`; their rows are refused without one.'),
  counts: z.strictObject({
    rows: COUNT.describe('Of the file.'),
    added: COUNT.describe('New ones; with `dryRun`, those that would be added.'),
    known: COUNT.describe('Rows that the vehicle has already.'),
    refused: COUNT,
    fuel: COUNT.describe('Of those added.'),
    maintenance: COUNT.describe('Of those added.'),
    schedules: COUNT.describe('Of those added.'),
    ownershipCosts: COUNT.describe('Of those added.'),
  }),
  rows: z
    .array(PLANNED)
    .describe('The first new rows as they are stored, in miles and US gallons.'),
  refused: z
    .array(z.strictObject({ line: COUNT, reasons: z.array(z.string()) }))
    .describe('The first rows that are not imported, by their line, and why.'),
  warnings: z.array(z.strictObject({ line: COUNT, message: z.string() })),
})
