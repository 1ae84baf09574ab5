import type { CheckboxField, PayloadRequest, TextField, TextFieldSingleValidation } from 'payload'
import { NO_VIN } from '../domain/car-title.ts'
import { normalizeVin, parseVin, type VinOptions } from '../domain/vin.ts'
import { parseNumber } from '../domain/input-values.ts'
import type { FieldOptions } from './column.ts'
import { text } from './text.ts'

type Row = {
  vin?: unknown
  confirmVin?: unknown
  year?: unknown
}

/**
 * The vehicle identification number: VARCHAR(17), normalized. Checked when it is new or changes,
 * and when the model year changes what is allowed (hooks/vin/check-vin.ts). With `confirmVin:
 * true`, a signed-in caller can override a wrong check digit where check digits are not mandatory,
 * the chassis number of a Japanese-market car, and for a `year` before 1981, a 17-character number
 * that is not a VIN.
 */
export function vin(options: FieldOptions = {}): TextField {
  const field = text('vin', 17, {
    label: 'VIN',
    normalize: normalizeVin,
    description:
      '17 characters, on the dashboard and the title. Cars built before 1981 or for the ' +
      'Japanese market have fewer.',
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
  if (typeof value !== 'string') return `must be text, not ${JSON.stringify(value).slice(0, 40)}`
  if (typeof previousValue === 'string' && previousValue === normalizeVin(value)) return true
  const parsed = parseVin(value, readVinOptions(siblingData, req))
  return 'vin' in parsed || parsed.problem.message
}

/**
 * The other inputs to the VIN check: the model year, and the confirmation, which only a signed-in
 * caller or a command on this server can give.
 */
export function readVinOptions(row: unknown, req: PayloadRequest): VinOptions {
  const { confirmVin, year } = row as Row
  const mayConfirm = Boolean(req.user) || req.payloadAPI === 'local'
  return { confirmed: mayConfirm && confirmVin === true, modelYear: readModelYear(year) }
}

/** A model year as entered; undefined for anything else. */
export function readModelYear(year: unknown): number | undefined {
  const read = parseNumber(year)
  return 'value' in read ? read.value : undefined
}

/**
 * The caller's confirmation that an unusual VIN is correct. Virtual: applies to one write, never
 * stored, never returned.
 */
export function confirmVin(): CheckboxField {
  const describe =
    'Check this if the VIN is rejected but you have verified it on the car: an ' +
    'unusual VIN, or a chassis number.'
  return {
    type: 'checkbox',
    name: 'confirmVin',
    label: 'This VIN is correct as entered',
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

/** Shows the checkbox only while there is something to confirm. */
function isInDoubt(row: Row): boolean {
  if (row.confirmVin === true) return true
  const parsed =
    typeof row.vin === 'string' ? parseVin(row.vin, { modelYear: readModelYear(row.year) }) : null
  return parsed !== null && 'problem' in parsed && parsed.problem.confirmable
}
