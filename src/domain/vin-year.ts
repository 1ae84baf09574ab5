/**
 * The model years a VIN can mean. Position 10 repeats every 30 years; position 7 tells the rounds
 * apart, for some vehicles.
 */
import { hasRightCheckDigit, isChinese, isNorthAmerican, isWrittenAsVin } from './vin.ts'

/**
 * `years` holds none, one or two model years, likeliest first.
 * - `certain`: one year is left, and nothing speaks against it;
 * - `likely`: the first of `years` is the one to offer, not to store unasked;
 * - `unknown`: no year code, or no sign that the maker put one there. Years may still be listed,
 *   newest first, as a guess.
 */
export type ModelYearCandidates = { years: number[]; confidence: 'certain' | 'likely' | 'unknown' }

/**
 * Position 10 in order from 1980 and again from 2010: never I, O, Q, U, Z or 0 (49 CFR 565.15(d)).
 */
const yearCodes = 'ABCDEFGHJKLMNPRSTVWXY123456789'
const firstYear = 1980
const round = yearCodes.length

/**
 * `vin` as `parseVin` returns it; anything else, a chassis number too, has no candidates. `latest`
 * is the next model year: later ones are dropped.
 *
 * Position 7 is a digit up to 2009 and a letter from 2010 on, but only in passenger cars, and in
 * vans and trucks up to 10,000 lb, made for North America (NHTSA final rule of 2008-04-30). The VIN
 * does not say which vehicle it is, so both years stay. A Chinese VIN has its year at 10 but not
 * this rule: newest first. Without the right check digit a VIN was not made to the American rule
 * and position 10 may be anything: newest first, and unknown. WVWZZZ3CZEE140287 is of 2014; by
 * position 7, of 1984.
 */
export function findModelYearCandidates(
  vin: string,
  { latest }: { latest: number },
): ModelYearCandidates {
  const codeIndex = isWrittenAsVin(vin) ? yearCodes.indexOf(vin.charAt(9)) : -1
  if (codeIndex < 0) return { years: [], confidence: 'unknown' }
  const older = firstYear + codeIndex
  const newer = older + round
  const american = hasRightCheckDigit(vin) && !isChinese(vin)
  const likelier = american && /\d/.test(vin.charAt(6)) ? older : newer
  const years = (likelier === older ? [older, newer] : [newer, older]).filter(
    (year) => year <= latest,
  )
  if (years.length === 0 || !hasRightCheckDigit(vin)) return { years, confidence: 'unknown' }
  const isCertain = isNorthAmerican(vin) && years.length === 1 && years[0] === likelier
  return { years, confidence: isCertain ? 'certain' : 'likely' }
}
