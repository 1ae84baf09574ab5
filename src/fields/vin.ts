import type { CheckboxField, TextField, TextFieldSingleValidation } from 'payload'
import { NO_VIN } from '../domain/car-title.ts'
import { normalizeVin, parseVin } from '../domain/vin.ts'
import type { FieldOptions } from './column.ts'
import { text } from './text.ts'

/**
 * The vehicle identification number: VARCHAR(17), normalised. Checked when it is new or changes, not on every write. `confirmVin: true`
 * beside it, from a signed-in caller, accepts a wrong check digit where the maker need not keep to it; `year` before 1981 accepts a
 * chassis number.
 */
export function vin(options: FieldOptions = {}): TextField {
  const field = text('vin', 17, {
    label: 'VIN',
    describe: 'Seventeen characters, on the dashboard and in the title. Spaces and dashes are removed.',
    ...options,
  })
  return { ...field, maxLength: undefined, validate } as unknown as TextField
}

const validate: TextFieldSingleValidation = (value, { required, previousValue, siblingData, req }) => {
  if (value === NO_VIN && previousValue === NO_VIN) return true // a copy of a car; see holdWithoutVin
  if (value === null || value === undefined || value === '') return required ? 'is required' : true
  if (typeof value !== 'string') return `must be a text, not ${JSON.stringify(value).slice(0, 40)}`
  if (typeof previousValue === 'string' && previousValue === normalizeVin(value)) return true
  const parsed = parseVin(value, vinContext(siblingData, Boolean(req.user)))
  return 'vin' in parsed || parsed.problem.message
}

/** What else the caller says that bears on a VIN: the model year, and their word that it is right, which only a signed-in caller can give. */
export function vinContext(row: unknown, signedIn: boolean): { confirmed: boolean; modelYear?: number } {
  const { confirmVin, year } = row as { confirmVin?: unknown; year?: unknown }
  return { confirmed: signedIn && confirmVin === true, ...(typeof year === 'number' && { modelYear: year }) }
}

/** The caller's word that an unusual VIN is right as written. Virtual: honoured once, never stored, never read back. */
export function confirmVin(): CheckboxField {
  const describe = 'Tick when the VIN is refused for its check digit, but you have read it off the car twice.'
  return {
    type: 'checkbox',
    name: 'confirmVin',
    label: 'This VIN is right as written',
    virtual: true,
    admin: { description: describe, disableListColumn: true, disableListFilter: true, readOnly: false, condition: isInDoubt },
  }
}

/** The box stands on the screen only while there is something to confirm. */
function isInDoubt(row: { vin?: unknown; confirmVin?: unknown }): boolean {
  if (row.confirmVin === true) return true
  const parsed = typeof row.vin === 'string' ? parseVin(row.vin, vinContext(row, false)) : null
  return parsed !== null && 'problem' in parsed && parsed.problem.confirmable
}
