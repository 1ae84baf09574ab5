/**
 * The model years that a VIN can stand for. Position 10 repeats every 30 years; for some vehicles,
 * position 7 distinguishes the cycles.
 */
import { hasRightCheckDigit, isChinese, isNorthAmerican, isWrittenAsVin } from './vin.ts'

/**
 * `years` contains up to two model years, most likely first.
 *
 * - `certain`: one year is left, and nothing contradicts it;
 * - `likely`: the first of `years` should be suggested, but not stored without a confirmation;
 * - `unknown`: there is no year code, or no sign that the manufacturer uses one. Years may still be
 *   listed as a guess, newest first.
 */
export type ModelYearCandidates = { years: number[]; confidence: 'certain' | 'likely' | 'unknown' }

/**
 * Whether position 7 distinguishes the cycles of a vehicle: `light` for passenger cars, and vans
 * and trucks up to 10,000 lb, `other` for heavier trucks, buses, trailers and motorcycles.
 */
export type VehicleKind = 'light' | 'other'

/**
 * The year codes of position 10 in order, from 1980 and again from 2010: never I, O, Q, U, Z or 0
 * (49 CFR 565.15(d)).
 */
const yearCodes = 'ABCDEFGHJKLMNPRSTVWXY123456789'
const firstYear = 1980
const round = yearCodes.length

/**
 * Finds the model years that a VIN can stand for. `vin` is a result of `parseVin`; anything else,
 * including a chassis number, has no candidates. `latest` is the next model year: later years are
 * dropped. `kind` is the kind of vehicle, where it is known to be one for the American market.
 *
 * Position 7 is a digit up to 2009 and a letter from 2010 on, but only in passenger cars, and in
 * vans and trucks up to 10,000 lb, made for North America (NHTSA final rule of 2008-04-30). The VIN
 * does not show the kind of vehicle, so both years are kept unless `kind` is `light`. Heavier
 * trucks and other vehicles do not follow the rule: 4ENGAAA81R1003437 is from 1994. A Chinese VIN
 * has its year in position 10 but does not follow this rule, so the newest year comes first. A VIN
 * without the correct check digit does not follow the American rules, and position 10 may mean
 * anything: the newest year comes first, and the confidence is unknown. WVWZZZ3CZEE140287 is from
 * 2014; by position 7, it would be from 1984.
 */
export function findModelYearCandidates(
  vin: string,
  { latest, kind }: { latest: number; kind?: VehicleKind | undefined },
): ModelYearCandidates {
  const codeIndex = isWrittenAsVin(vin) ? yearCodes.indexOf(vin.charAt(9)) : -1
  if (codeIndex < 0) return { years: [], confidence: 'unknown' }
  const older = firstYear + codeIndex
  const newer = older + round
  const american = hasRightCheckDigit(vin) && (kind === 'light' || !isChinese(vin))
  const likelier = american && /\d/.test(vin.charAt(6)) ? older : newer
  const years = (likelier === older ? [older, newer] : [newer, older]).filter(
    (year) => year <= latest,
  )
  if (years.length === 0 || !hasRightCheckDigit(vin)) return { years, confidence: 'unknown' }
  if (kind === 'light' && years[0] === likelier) return { years: [likelier], confidence: 'certain' }
  const isCertain = isNorthAmerican(vin) && years.length === 1 && years[0] === likelier
  return { years, confidence: isCertain ? 'certain' : 'likely' }
}
