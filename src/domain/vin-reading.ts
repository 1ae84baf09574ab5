/**
 * The result of parsing a vehicle's number, and the part of parsing that VINs and chassis numbers
 * share.
 */
import {
  escapeInput,
  maxInputLength,
  describeCharacter,
  normalizeVin,
  vinLength,
} from './vin-text.ts'
import { findVinsWithin, formatVinsWithin } from './vin-within.ts'

/** A remark about a number that was accepted. */
export type VinWarning = {
  code:
    | 'vin_check_digit_unusual'
    | 'vin_check_digit_confirmed'
    | 'vin_repeated_confirmed'
    | 'vin_unchecked'
  message: string
}

/**
 * Why a number was refused. `suggestions` are up to three VINs that `parseVin` accepts, most likely
 * first.
 */
export type VinProblem = {
  code: 'vin_length' | 'vin_forbidden_letter' | 'vin_character' | 'vin_repeated' | 'vin_check_digit'
  /**
   * One or more sentences for the person who entered the number: printable ASCII and `…`, a few
   * hundred characters at most.
   */
  message: string
  /** The correct check digit; only with `vin_check_digit`. */
  expected?: string
  suggestions: string[]
  /**
   * Whether the same number is accepted once a person confirms that the plate really shows it
   * (`confirmed: true`).
   */
  confirmable: boolean
}

/** `vin` is normalized, as the column stores it. */
export type VinResult = { vin: string; warnings: VinWarning[] } | { problem: VinProblem }

/**
 * `confirmed`: a person confirmed an unusual number. `modelYear`: cars from before 1981 have a
 * chassis number; a car of an unknown year has a VIN.
 */
export type VinOptions = { confirmed?: boolean | undefined; modelYear?: number | undefined }

/** From this model year on, 17 characters and a check digit are required by law (49 CFR 565). */
export const firstVinModelYear = 1981

const shortestChassisNumber = 5

/** Whether a model year is from before VINs. An unknown year counts as later. */
export function isBeforeVins(modelYear: number | undefined): modelYear is number {
  return modelYear !== undefined && modelYear < firstVinModelYear
}

/**
 * Normalizes a number and checks its characters, A-Z and 0-9, and its length: 17, or 5 to 17. A
 * refusal suggests the VINs found inside the text.
 */
export function readCharacters(
  raw: string,
  kind: 'vin' | 'chassis number',
): { text: string } | { problem: VinProblem } {
  const wanted =
    `it must have ${kind === 'vin' ? '' : `${shortestChassisNumber} to `}${vinLength} ` +
    'characters.'
  const label = kind === 'vin' ? 'VIN' : kind
  const text = normalizeVin(raw)
  if (text.length > maxInputLength)
    return refuseText('vin_length', `${label} ${escapeInput(text)} is far too long; ${wanted}`)
  if (text === '') return refuseText('vin_length', `${label} is empty; ${wanted}`)
  const foreignCharacter = [...text].find((character) => !/[A-Z0-9]/.test(character))
  if (foreignCharacter !== undefined) {
    const where =
      `${describeCharacter(foreignCharacter)} at position ` +
      `${[...text].indexOf(foreignCharacter) + 1}`
    return offerInside(
      raw,
      'vin_character',
      `${label} ${escapeInput(text)} has ${where}`,
      ': retype it with the letters A-Z and the digits 0-9.',
    )
  }
  const shortest = kind === 'vin' ? vinLength : shortestChassisNumber
  if (text.length >= shortest && text.length <= vinLength) return { text }
  const mayBeOld = kind === 'vin' && text.length < vinLength
  const wayOut = mayBeOld
    ? ` Only cars from model years before ${firstVinModelYear} may have fewer: enter the ` +
      'model year.'
    : ''
  return offerInside(
    raw,
    'vin_length',
    `${label} ${escapeInput(text)} has ${text.length} characters; ${wanted.slice(0, -1)}`,
    `.${wayOut}`,
  )
}

/** Refuses a text and suggests the VINs inside it, or else describes how to fix it. */
function offerInside(
  raw: string,
  code: VinProblem['code'],
  found: string,
  wayOut: string,
): { problem: VinProblem } {
  const suggestions = findVinsWithin(raw)
  const message =
    suggestions.length > 0 ? `${found}. ${formatVinsWithin(suggestions)}` : found + wayOut
  return { problem: { code, message, suggestions, confirmable: false } }
}

function refuseText(code: VinProblem['code'], message: string): { problem: VinProblem } {
  return { problem: { code, message, suggestions: [], confirmable: false } }
}
