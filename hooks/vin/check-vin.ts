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
 * Normalizes a VIN: upper case, without spaces and dashes. A text that is not a VIN stays
 * unchanged, so that the field can suggest the VIN that it contains.
 */
export const normalizeVin: CollectionBeforeValidateHook = ({ data }) => {
  if (typeof data?.['vin'] !== 'string') return data
  const vin = normalized(data['vin'])
  if (/^[A-Z0-9]{0,17}$/.test(vin)) data['vin'] = vin
  return data
}

/**
 * Checks the VIN of a row again if its model year crosses 1981, which changes the rules: a number
 * that was accepted unchecked for a 1970 car is refused for a 2003 one. The field checks a new VIN.
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
 * Warns about a new VIN or model year if the VIN was accepted with a doubt. The field refuses
 * invalid ones.
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

/** The warning for a VIN with a different model year than the row; none if either is unknown. */
function compareYears(vin: string, year: number | undefined) {
  const { years, confidence } = findModelYearCandidates(vin, {
    latest: new Date().getUTCFullYear() + 1,
  })
  if (year === undefined || confidence === 'unknown' || years.includes(year)) return []
  const message =
    `VIN ${vin} indicates model year ${years.join(' or ')}, but the car’s model year is ` +
    `${year}`
  return [{ field: 'year', code: 'vin_other_year', message }]
}
