import type { CollectionBeforeChangeHook, CollectionBeforeValidateHook } from 'payload'
import { normalizeVin as normalized, parseVin } from '../../src/domain/vin.ts'
import { modelYearCandidates } from '../../src/domain/vin-year.ts'
import { vinContext } from '../../src/fields/vin.ts'
import { warn } from '../warn.ts'

/** One spelling for each VIN: upper case, without spaces and dashes. */
export const normalizeVin: CollectionBeforeValidateHook = ({ data }) => {
  if (typeof data?.['vin'] === 'string') data['vin'] = normalized(data['vin'])
  return data
}

/** Tells of a VIN that is new to the row and was accepted with a doubt. Refusing it is the field's business. */
export const warnAboutVin: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  const { vin, year } = data as { vin?: unknown; year?: unknown }
  if (typeof vin !== 'string' || vin === originalDoc?.vin) return data
  const parsed = parseVin(vin, vinContext(data, Boolean(req.user)))
  if ('problem' in parsed) return data
  const years = modelYearCandidates(parsed.vin, { latest: new Date().getUTCFullYear() + 1 })
  warn(
    req,
    parsed.warnings.map((warning) => ({ field: 'vin', ...warning })),
  )
  if (typeof year === 'number' && year >= 1981 && years.confidence !== 'unknown' && !years.years.includes(year))
    warn(req, [
      {
        field: 'year',
        code: 'vin_other_year',
        message: `vin ${vin} says model year ${years.years.join(' or ')}, the car says ${year}`,
      },
    ])
  return data
}
