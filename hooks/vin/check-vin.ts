import {
  type CollectionBeforeChangeHook,
  type CollectionBeforeValidateHook,
  ValidationError,
} from 'payload'
import { isBeforeVins, normalizeVin as normalized, parseVin } from '../../src/domain/vin.ts'
import { findModelYearCandidates } from '../../src/domain/vin-year.ts'
import { readModelYear, readVinOptions } from '../../src/fields/vin.ts'
import { addWarnings } from '../add-warnings.ts'

type Row = Readonly<Record<string, unknown>>

/**
 * One spelling for each VIN: upper case, without spaces and dashes. A text that is not a number
 * stays as it was written, so that the field can offer the VIN that stands in it between spaces.
 */
export const normalizeVin: CollectionBeforeValidateHook = ({ data }) => {
  if (typeof data?.['vin'] !== 'string') return data
  const vin = normalized(data['vin'])
  if (/^[A-Z0-9]{0,17}$/.test(vin)) data['vin'] = vin
  return data
}

/**
 * Checks the VIN of a row again when its model year moves across 1981, and so changes what may
 * stand there: a number that was accepted unchecked for a car of 1970 is refused for one of 2003. A
 * VIN that is new is the field's business.
 */
export const recheckVin: CollectionBeforeChangeHook = ({
  collection,
  data,
  originalDoc,
  operation,
  req,
}) => {
  if (operation !== 'update') return data
  const [before, row] = [originalDoc as Row, { ...originalDoc, ...data } as Row]
  const { vin } = row
  if (
    typeof vin !== 'string' ||
    vin === '' ||
    vin !== before['vin'] ||
    predatesVins(before) === predatesVins(row)
  )
    return data
  const parsed = parseVin(vin, readVinOptions(row, req))
  if ('vin' in parsed) return data
  throw new ValidationError(
    { collection: collection.slug, errors: [{ path: 'vin', message: parsed.problem.message }] },
    req.t,
  )
}

const predatesVins = (row: Row): boolean => isBeforeVins(readModelYear(row['year']))

/**
 * Warns about a VIN or a model year that is new to the row, where the VIN was accepted with a
 * doubt. Refusing it is the field's business.
 */
export const warnAboutVin: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  const row = { ...originalDoc, ...data } as Row
  const { vin, year } = row
  const isSame = vin === originalDoc?.vin
  if (typeof vin !== 'string' || (isSame && year === originalDoc?.year)) return data
  const options = readVinOptions(row, req)
  const parsed = parseVin(vin, isSame ? { ...options, confirmed: true } : options)
  if ('problem' in parsed) return data
  const warnings = parsed.warnings.map(({ code, message }) => ({
    field: 'vin',
    code,
    message: message.replace(/\.$/, ''),
  }))
  addWarnings(req, [...warnings, ...compareYears(parsed.vin, options.modelYear)])
  return data
}

/**
 * The warning of a VIN that names another model year than the row; none where either is not known.
 */
function compareYears(vin: string, year: number | undefined) {
  const { years, confidence } = findModelYearCandidates(vin, {
    latest: new Date().getUTCFullYear() + 1,
  })
  if (year === undefined || confidence === 'unknown' || years.includes(year)) return []
  const message = `VIN ${vin} stands for model year ${years.join(' or ')}, but the car has ${year}`
  return [{ field: 'year', code: 'vin_other_year', message }]
}
