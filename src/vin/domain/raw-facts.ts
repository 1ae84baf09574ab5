import { z } from 'zod'

/** The length to which texts of a source are truncated: that of the columns. */
const MAX_TEXT_LENGTH = 100

/** A text of a source; null if it is empty or does not apply. */
const rawText = z
  .unknown()
  .transform((given) => {
    const text = typeof given === 'number' ? String(given) : given
    const trimmed =
      typeof text === 'string'
        ? text
            .replace(/[\s\p{Cc}]+/gu, ' ')
            .trim()
            .slice(0, MAX_TEXT_LENGTH)
            .trim()
        : ''
    return trimmed === '' || /^not applicable$/i.test(trimmed) ? null : trimmed
  })
  .prefault(null)

/**
 * What NHTSA's vehicle database says about a VIN, in its own words. Both sources have it: the
 * online API, and the copy for offline use.
 */
export const RAW_FACTS = z.object({
  make: rawText,
  model: rawText,
  modelYear: rawText,
  trim: rawText,
  vehicleType: rawText,
  bodyClass: rawText,
  doors: rawText,
  driveType: rawText,
  grossWeight: rawText,
  displacementLiters: rawText,
  cylinders: rawText,
  engineConfiguration: rawText,
  turbo: rawText,
  fuelPrimary: rawText,
  fuelSecondary: rawText,
  electrification: rawText,
  transmissionStyle: rawText,
  transmissionSpeeds: rawText,
})

/** What NHTSA's vehicle database says, in its own words; null for what it does not say. */
export type RawFacts = z.output<typeof RAW_FACTS>
