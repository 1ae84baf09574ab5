import type { CollectionBeforeValidateHook } from 'payload'
import { isWrittenAsVin, parseVin } from '../../src/domain/vin.ts'
import type { Warning } from '../../src/domain/warning.ts'
import { readModelYear, readVinOptions } from '../../src/fields/vin.ts'
import type { VinDecoding } from '../../src/vin/domain/decoding.ts'
import { FIELD_LABELS, type VinField } from '../../src/vin/domain/facts.ts'
import { type FilledField, type FillPlan, planFill } from '../../src/vin/domain/plan-fill.ts'
import { canDecode, decodeVin } from '../../src/vin/vin-decoder.ts'
import { addWarnings } from '../add-warnings.ts'

/** Saving does not wait longer for the sources; without an answer, nothing is filled in. */
const TIMEOUT_MS = 600

/**
 * Fills the empty fields of a new row with what its VIN stands for, and says so in a warning; never
 * changes what was entered. Rows of imports and of our own code stay as they are. A VIN that cannot
 * be decoded in time, or at all, never prevents saving.
 */
export const fillFromVin =
  (fields: readonly VinField[]): CollectionBeforeValidateHook =>
  async ({ data, operation, req }) => {
    if (operation !== 'create' || !data || req.payloadAPI === 'local') return data
    const vin = readVin(data, req)
    const hasEmptyField = fields.some((field) => isEmpty(data[field]))
    if (vin === null || !hasEmptyField || !canDecode(req.payload)) return data
    const year = readModelYear(data['year']) ?? null
    const decoding = await decodeVin(req, { vin, year }, { timeoutMs: TIMEOUT_MS })
    const plan = planFill(decoding, data, { fields, fillsGuessedYear: false })
    for (const { field, value } of plan.filled) data[field] = value
    addWarnings(req, listWarnings(decoding, plan))
    return data
  }

/** The VIN of 17 characters that a row has; null if it has another number, or a wrong one. */
function readVin(data: unknown, req: Parameters<typeof readVinOptions>[1]): string | null {
  const { vin } = data as { vin?: unknown }
  if (typeof vin !== 'string') return null
  const parsed = parseVin(vin, readVinOptions(data, req))
  return 'vin' in parsed && isWrittenAsVin(parsed.vin) ? parsed.vin : null
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''

function listWarnings(decoding: VinDecoding, { filled, contradictions }: FillPlan): Warning[] {
  const unavailable = Object.values(decoding.sources)
    .filter(({ status }) => status === 'unavailable')
    .map(({ message }) => ({
      field: 'vin',
      code: 'vin_decode_unavailable',
      message: removePeriod(message ?? ''),
    }))
  // a wrong year has a warning of its own: vin_other_year
  const contradicting = contradictions
    .filter(({ field }) => field !== 'year' && decoding.fields[field]?.confidence === 'confirmed')
    .map(({ field, message }) => ({
      field,
      code: 'vin_contradicts',
      message: removePeriod(message),
    }))
  return [...describeFilled(decoding.vin, filled), ...contradicting, ...unavailable]
}

/** `Filled in from VIN …: year 2003, make Honda. Likely, please check: model Accord`. */
function describeFilled(vin: string, filled: readonly FilledField[]): Warning[] {
  if (filled.length === 0) return []
  const list = (confidence: FilledField['confidence']) =>
    filled
      .filter((fact) => fact.confidence === confidence)
      .map(({ field, value }) => `${FIELD_LABELS[field]} ${value}`)
      .join(', ')
  const [confirmed, likely] = [list('confirmed'), list('likely')]
  const parts = [
    confirmed && `Filled in from VIN ${vin}: ${confirmed}`,
    likely &&
      `${confirmed ? 'Likely' : `Filled in from VIN ${vin}, likely`}, please check: ${likely}`,
  ]
  return [{ field: 'vin', code: 'vin_filled', message: parts.filter(Boolean).join('. ') }]
}

const removePeriod = (sentence: string): string => sentence.replace(/\.$/, '')
