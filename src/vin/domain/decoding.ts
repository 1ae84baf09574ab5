import { z } from 'zod'
import { VIN_FIELDS } from './facts.ts'

/**
 * Where a fact comes from: the caller, NHTSA's online API (vPIC), its copy for offline use, EPA's
 * fueleconomy.gov, or the rules for VINs.
 */
export const FACT_SOURCES = ['typed', 'vpic', 'offline', 'epa', 'vin'] as const

const buildField = <Value extends z.ZodType>(value: Value) =>
  z
    .strictObject({
      value,
      source: z.enum(FACT_SOURCES),
      confidence: z.enum(['confirmed', 'likely']),
    })
    .nullable()
const numberField = buildField(z.number().int())
const textField = buildField(z.string())

const SOURCE_REPORT = z.strictObject({
  status: z.enum(['decoded', 'no_data', 'unavailable', 'off']),
  message: z.string().nullable().describe('Why there is no data, or what is doubtful about it.'),
})

/** What a VIN stands for, as GET /api/vin/decode/:vin responds. */
export const VIN_DECODING = z.strictObject({
  vin: z.string().describe('Normalized: 17 capitals and digits.'),
  fields: z
    .strictObject({
      year: numberField,
      make: textField,
      model: textField,
      trim: textField,
      bodyStyle: textField,
      engine: textField,
      fuelType: textField,
      drivetrain: textField,
      transmission: textField,
      doors: numberField,
      mpgCity: numberField,
      mpgHighway: numberField,
    })
    .describe(
      'The facts. `likely` ones need a check: they come from the copy for offline use, or their ' +
        'source has doubts. Null if unknown.',
    ),
  modelYears: z
    .array(z.number().int())
    .describe('The model years that the VIN can stand for, most likely first.'),
  country: z.string().nullable().describe('The country that assigned the manufacturer’s code.'),
  unknown: z.array(z.enum(VIN_FIELDS)).describe('The facts that no source knows.'),
  contradictions: z
    .array(
      z.strictObject({
        field: z.enum(VIN_FIELDS),
        typed: z.union([z.string(), z.number()]),
        decoded: z.union([z.string(), z.number()]),
        source: z.enum(FACT_SOURCES),
        message: z.string(),
      }),
    )
    .describe('Where the VIN stands for something else than what was entered.'),
  sources: z.strictObject({ offline: SOURCE_REPORT, vpic: SOURCE_REPORT, epa: SOURCE_REPORT }),
})

/** What a VIN stands for, with the source of each fact. */
export type VinDecoding = z.output<typeof VIN_DECODING>

/** A difference between what was entered and what the VIN stands for. */
export type Contradiction = VinDecoding['contradictions'][number]

/** How far a source could help. */
export type SourceReport = z.output<typeof SOURCE_REPORT>

/** Whether every source that is on gave its answer: what is missing will not be there tomorrow. */
export const isComplete = ({ sources }: VinDecoding): boolean =>
  Object.values(sources).every(({ status }) => status !== 'unavailable')
