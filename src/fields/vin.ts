import type { CheckboxField, PayloadRequest, TextField, TextFieldSingleValidation } from 'payload'
import { NO_VIN } from '../domain/car-title.ts'
import { normalizeVin, parseVin, type VinOptions } from '../domain/vin.ts'
import { parseNumber } from '../domain/input-values.ts'
import type { FieldOptions } from './column.ts'
import { text } from './text.ts'

type Row = { vin?: unknown; confirmVin?: unknown; year?: unknown }

/**
 * The vehicle identification number: VARCHAR(17), normalized. Checked when it is new or changes,
 * and when the model year changes what may stand here (hooks/vin/check-vin.ts). `confirmVin: true`
 * beside it, from a signed-in caller, accepts a wrong check digit where the maker need not keep to
 * it, the chassis number of a home-market car, and for a `year` before 1981 a number of 17
 * characters that is not a VIN.
 */
export function vin(options: FieldOptions = {}): TextField {
  const field = text('vin', 17, {
    label: 'VIN',
    normalize: normalizeVin,
    description:
      'Seventeen characters, on the dashboard and in the title; fewer for a car of before ' +
      "1981 or of Japan's home market.",
    ...options,
  })
  return { ...field, maxLength: undefined, validate } as unknown as TextField
}

const validate: TextFieldSingleValidation = (
  value,
  { required, previousValue, siblingData, req },
) => {
  // a copy of a car; see holdWithoutVin
  if (value === NO_VIN && previousValue === NO_VIN) return true
  if (value === null || value === undefined || value === '') return required ? 'is required' : true
  if (typeof value !== 'string') return `must be a text, not ${JSON.stringify(value).slice(0, 40)}`
  if (typeof previousValue === 'string' && previousValue === normalizeVin(value)) return true
  const parsed = parseVin(value, readVinOptions(siblingData, req))
  return 'vin' in parsed || parsed.problem.message
}

/**
 * What else a row holds that bears on its VIN: the model year, and the caller's word that the
 * number is right, which only a signed-in caller or a command of this server can give.
 */
export function readVinOptions(row: unknown, req: PayloadRequest): VinOptions {
  const { confirmVin, year } = row as Row
  const mayConfirm = Boolean(req.user) || req.payloadAPI === 'local'
  return { confirmed: mayConfirm && confirmVin === true, modelYear: readModelYear(year) }
}

/** A model year as it was written; undefined for anything else. */
export function readModelYear(year: unknown): number | undefined {
  const read = parseNumber(year)
  return 'value' in read ? read.value : undefined
}

/**
 * The caller's word that an unusual VIN is right as written. Virtual: honored once, never stored,
 * never read back.
 */
export function confirmVin(): CheckboxField {
  const describe =
    'Tick when the number is refused, but you have read it off the car twice: an odd VIN, or ' +
    'a chassis number.'
  return {
    type: 'checkbox',
    name: 'confirmVin',
    label: 'This VIN is right as written',
    virtual: true,
    admin: {
      description: describe,
      disableListColumn: true,
      disableListFilter: true,
      readOnly: false,
      condition: isInDoubt,
    },
  }
}

/** The box stands on the screen only while there is something to confirm. */
function isInDoubt(row: Row): boolean {
  if (row.confirmVin === true) return true
  const parsed =
    typeof row.vin === 'string' ? parseVin(row.vin, { modelYear: readModelYear(row.year) }) : null
  return parsed !== null && 'problem' in parsed && parsed.problem.confirmable
}
