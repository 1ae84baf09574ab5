import type { ModelYearCandidates } from '../../domain/vin-year.ts'
import type { Contradiction, VinDecoding } from './decoding.ts'
import { FIELD_LABELS, VIN_FIELDS, type VinField } from './facts.ts'

/** What a form or a request contains for the facts of a VIN, as entered. */
export type TypedFacts = Readonly<Partial<Record<VinField, unknown>>>

/**
 * Finds what was entered although the VIN stands for something else. Spellings of one thing agree:
 * `F150` and `F-150`, `Automatic` and `10-Speed Automatic`, `AWD` and `4WD`.
 */
export function compareTyped(decoding: VinDecoding, typed: TypedFacts): Contradiction[] {
  return VIN_FIELDS.flatMap((field) => {
    const decoded = decoding.fields[field]
    const entered = readTyped(typed[field])
    if (entered === null || decoded === null || decoded.source === 'typed') return []
    if (agree(field, String(entered), String(decoded.value))) return []
    const message =
      `VIN ${decoding.vin} stands for ${FIELD_LABELS[field]} ${decoded.value}, but the ` +
      `${FIELD_LABELS[field]} entered is ${entered}.`
    return [{ field, typed: entered, decoded: decoded.value, source: decoded.source, message }]
  })
}

/**
 * The contradiction between an entered model year and those that the VIN can stand for; null if
 * there is none.
 */
export function compareYear(
  vin: string,
  typed: number,
  { years, confidence }: ModelYearCandidates,
): Contradiction | null {
  const [decoded] = years
  if (decoded === undefined || confidence === 'unknown' || years.includes(typed)) return null
  const message =
    `VIN ${vin} stands for model year ${years.join(' or ')}, but the year entered is ` + `${typed}.`
  return { field: 'year', typed, decoded, source: 'vin', message }
}

/** An entered value; null if it is empty, or not a text or number. */
export function readTyped(value: unknown): string | number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' ? null : text
}

function agree(field: VinField, typed: string, decoded: string): boolean {
  if (field === 'drivetrain') return simplifyDrivetrain(typed) === simplifyDrivetrain(decoded)
  if (field === 'engine') return agreeOnEngine(typed, decoded)
  const [one, other] = [simplify(typed), simplify(decoded)]
  if (field === 'year' || field === 'doors' || field.startsWith('mpg')) return one === other
  return one.includes(other) || other.includes(one)
}

const simplify = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Sellers mix AWD with 4WD. */
const simplifyDrivetrain = (text: string): string =>
  /^(awd|4wd|4x4|all|four)/i.test(text) ? 'awd' : simplify(text).replace(/wheeldrive$/, '')

/** Engines agree unless both name a size, and not the same one. */
function agreeOnEngine(typed: string, decoded: string): boolean {
  const [one, other] = [findLiters(typed), findLiters(decoded)]
  return one === null || other === null || Math.abs(one - other) < 0.1
}

function findLiters(engine: string): number | null {
  const liters = /(\d{1,2}(?:\.\d+)?)\s*l\b/i.exec(engine)?.[1]
  return liters === undefined ? null : Number(liters)
}
