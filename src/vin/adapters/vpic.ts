import { z } from 'zod'
import { interpretFacts } from '../domain/interpret-facts.ts'
import { RAW_FACTS } from '../domain/raw-facts.ts'
import type { VpicResult } from '../domain/source-result.ts'
import type { VpicSource } from '../domain/sources.ts'
import { createServiceClient } from './service-client.ts'

type VpicOptions = {
  /** The base URL, such as https://vpic.nhtsa.dot.gov/api/vehicles. */
  url: string
  timeoutMs?: number
  coolDownMs?: number
}

const TIMEOUT_MS = 2_000
const COOL_DOWN_MS = 30_000

/** `RAW_FACTS` reads it; what is not a text or number is unknown. */
const text = z.unknown().optional()

/** One result of DecodeVinValuesExtended: all values are texts, and empty ones are unknown. */
const RESULT = z.object({
  Make: text,
  Model: text,
  ModelYear: text,
  Trim: text,
  VehicleType: text,
  BodyClass: text,
  Doors: text,
  DriveType: text,
  GVWR: text,
  DisplacementL: text,
  EngineCylinders: text,
  EngineConfiguration: text,
  Turbo: text,
  FuelTypePrimary: text,
  FuelTypeSecondary: text,
  ElectrificationLevel: text,
  TransmissionStyle: text,
  TransmissionSpeeds: text,
  ErrorCode: z.union([z.string(), z.number()]).nullish().catch('unknown'),
})
const ANSWER = z.object({ Results: z.tuple([RESULT], RESULT) })

/** What the error codes of vPIC mean; its own texts are never shown. */
const DOUBTS: ReadonlyMap<string, string> = new Map([
  ['1', 'the check digit is wrong'],
  ['2', 'one character is wrong'],
  ['3', 'one character is wrong'],
  ['4', 'one character is wrong'],
  ['5', 'several characters are wrong'],
  ['6', 'it is incomplete'],
  ['7', 'the manufacturer is not registered for the American market'],
])

/** Creates the source that decodes VINs with NHTSA’s online API. */
export function createVpicSource({
  url,
  timeoutMs = TIMEOUT_MS,
  coolDownMs = COOL_DOWN_MS,
}: VpicOptions): VpicSource {
  const client = createServiceClient({ name: 'vPIC', url, timeoutMs, coolDownMs, attempts: 2 })
  return {
    decode: async (vin, year) => {
      const params = new URLSearchParams({ format: 'json', ...(year && { modelyear: `${year}` }) })
      const path = `DecodeVinValuesExtended/${encodeURIComponent(vin)}?${params.toString()}`
      const answer = await client.get(path, ANSWER)
      return 'value' in answer
        ? interpretResult(answer.value.Results[0])
        : { status: 'unavailable', message: answer.unavailable }
    },
  }
}

function interpretResult(result: z.output<typeof RESULT>): VpicResult {
  const message = describeDoubts(result.ErrorCode)
  const facts = interpretFacts(
    RAW_FACTS.parse({
      make: result.Make,
      model: result.Model,
      modelYear: result.ModelYear,
      trim: result.Trim,
      vehicleType: result.VehicleType,
      bodyClass: result.BodyClass,
      doors: result.Doors,
      driveType: result.DriveType,
      grossWeight: result.GVWR,
      displacementLiters: result.DisplacementL,
      cylinders: result.EngineCylinders,
      engineConfiguration: result.EngineConfiguration,
      turbo: result.Turbo,
      fuelPrimary: result.FuelTypePrimary,
      fuelSecondary: result.FuelTypeSecondary,
      electrification: result.ElectrificationLevel,
      transmissionStyle: result.TransmissionStyle,
      transmissionSpeeds: result.TransmissionSpeeds,
    }),
  )
  if (facts.make === null)
    return { status: 'no_data', message: message ?? 'vPIC does not describe this VIN.' }
  return { status: 'decoded', facts, isConfirmed: message === null, message }
}

/** Describes the error codes of a result, such as `1,400`; null for `0`, which is none. */
function describeDoubts(code: z.output<typeof RESULT>['ErrorCode']): string | null {
  const codes = String(code ?? '0')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '0' && part !== '')
  if (codes.length === 0) return null
  const known = [...new Set(codes.flatMap((part) => DOUBTS.get(part) ?? []))]
  const numbers = codes.filter((part) => /^\d{1,5}$/.test(part)).slice(0, 5)
  if (known.length === 0 && numbers.length === 0) return 'vPIC has doubts about this VIN.'
  const reason = known.length > 0 ? known.join(', and ') : `code ${numbers.join(', ')}`
  return `vPIC has doubts about this VIN: ${reason}.`
}
