/** Parsers for values that only cars have. */
import { findPhotoUrlProblem } from '../../domain/photo-url.ts'
import { isBeforeVins, parseVin, type VinProblem, type VinResult } from '../../domain/vin.ts'
import { findModelYearCandidates } from '../../domain/vin-year.ts'
import { fromText, buildProblem, textParser, integerParser } from './values.ts'
import type { Parser } from './values.ts'

/** The lot sells no cars from before this year. */
const FIRST_YEAR = 1900

/** Accepts years from 1900 to the next model year, which is sold from January of this year. */
export function modelYearParser(): Parser<number> {
  return (raw, place) =>
    integerParser({ from: FIRST_YEAR, to: place.now.getUTCFullYear() + 1 })(raw, place)
}

/**
 * Parses the number that identifies a car. `place.modelYear` selects the rules. A number that is
 * accepted with a doubt gets a note, and so does a VIN of a different model year than the file's. A
 * number that requires a confirmation is refused unless the file contains `confirm_vin: true`. For
 * a car from before 1981, the number is kept without it, with a note, because the file states both
 * the year and the number.
 */
export function vehicleNumberParser(): Parser<string> {
  return fromText((written, { modelYear: year, now, confirmed }) => {
    const judged = parseVin(written, { modelYear: year, confirmed })
    const result = isOldNumber(judged, year)
      ? parseVin(written, { modelYear: year, confirmed: true })
      : judged
    if ('problem' in result) return { problem: refuseNumber(result.problem) }
    const notes = result.warnings.map((warning) => warning.message)
    return {
      value: result.vin,
      notes: [...notes, ...listDoubts(result.vin, year, now.getUTCFullYear() + 1)],
    }
  })
}

/** Whether a number was refused only because it is not a VIN, for a car from before VINs. */
function isOldNumber(judged: VinResult, year: number | undefined): boolean {
  return (
    isBeforeVins(year) &&
    'problem' in judged &&
    judged.problem.confirmable &&
    judged.problem.code !== 'vin_repeated'
  )
}

function refuseNumber({ message, confirmable }: VinProblem): string {
  return confirmable ? `${message} In an import file, write confirm_vin: true.` : message
}

function listDoubts(vin: string, year: number | undefined, latest: number): string[] {
  if (year === undefined) return []
  const { years, confidence } = findModelYearCandidates(vin, { latest })
  if (confidence === 'unknown' || years.includes(year)) return []
  return [
    `VIN ${vin} indicates model year ${years.join(' or ')}, but the file has ${year}: both ` +
      'are saved unchanged.',
  ]
}

/**
 * Parses the address of a photo: http(s), or a path on the dealership's own site, kept as it is.
 */
export function photoParser(maxLength?: number): Parser<string> {
  return fromText((written, place) => {
    const problem = findPhotoUrlProblem(written)
    return problem === null
      ? textParser(maxLength)(written, place)
      : { problem: `${place.key}: ${problem}.` }
  })
}

const DAY = String.raw`((?:19|20)\d\d-\d\d-\d\d)`
const TIME = String.raw`(\d\d:\d\d)(:\d\d)?(\.\d{1,9})?`
const ZONE = String.raw`(Z|[+-]\d\d:?\d\d)`
const DAY_OR_INSTANT = new RegExp(`^${DAY}(?:[T ]${TIME} ?${ZONE})?$`)

/**
 * Parses when the car was listed. A calendar day without a zone is stored as its midnight in UTC,
 * so that it is the same day wherever UTC is displayed. An instant (`2025-11-10 09:30:00 -0500`) is
 * stored with its milliseconds.
 */
export function listedInstantParser(): Parser<string> {
  return fromText((written, place) => {
    const parts = DAY_OR_INSTANT.exec(written)
    const [, day = '', time = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = parts ?? []
    const midnight = Date.parse(`${day}T00:00:00Z`)
    const isDay =
      parts !== null && !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day)
    const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
    const instant = Date.parse(`${day}T${time}${seconds}${fraction.slice(0, 4)}${offset}`)
    if (isDay && !Number.isNaN(instant)) return { value: new Date(instant).toISOString() }
    return buildProblem(
      place,
      written,
      'is not a date like 2025-11-10 or a time with a zone like 2025-11-10 09:30:00 -0500',
    )
  })
}
