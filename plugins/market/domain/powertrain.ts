/**
 * How many wheels drive a car. Sellers mix AWD with 4WD, and write 2WD for FWD and RWD; within one
 * model, the number of wheels says enough.
 */
export type Drivetrain = 'two_wheels' | 'all_wheels'

/** What matters of an engine: its fuel, and its size as far as it is known. */
export type EngineFamily = {
  fuel: Fuel
  liters: string | null
  cylinders: string | null
}

type Fuel = 'gas' | 'diesel' | 'hybrid' | 'plug_in' | 'electric'

const ALL_WHEELS = /\b(?:awd|4wd|4x4|4matic|quattro|xdrive|(?:all|four|4)[ -]?wheel)/i
const TWO_WHEELS = /\b(?:fwd|rwd|2wd|4x2|(?:front|rear|two|2)[ -]?wheel)/i

/** Classifies a drivetrain such as `AWD` or `Four-wheel drive`; null if it is unknown. */
export function classifyDrivetrain(drivetrain: string | null): Drivetrain | null {
  if (drivetrain === null) return null
  if (ALL_WHEELS.test(drivetrain)) return 'all_wheels'
  return TWO_WHEELS.test(drivetrain) ? 'two_wheels' : null
}

const FUELS: readonly (readonly [Fuel, RegExp])[] = [
  ['plug_in', /plug-?[ -]?in|phev/i],
  ['hybrid', /hybrid|hev\b/i],
  ['electric', /electric|\bev\b|\bbev\b/i],
  ['diesel', /diesel|\btdi\b|duramax|power ?stroke|cummins/i],
]
const LITERS = /(\d{1,2}\.\d)/
const CYLINDERS = /\b(?:[vilh]-?|flat[ -]|inline[ -])(\d{1,2})\b|\b(\d{1,2})[ -]?cyl/i

/** Classifies an engine such as `3.5L V6` or `Electric`; null if the text says nothing about it. */
export function classifyEngine(engine: string | null): EngineFamily | null {
  if (engine === null) return null
  const fuel = FUELS.find(([, words]) => words.test(engine))?.[0]
  const liters = LITERS.exec(engine)?.[1] ?? null
  const count = CYLINDERS.exec(engine)
  const cylinders = count?.[1] ?? count?.[2] ?? null
  if (!fuel && liters === null && cylinders === null) return null
  return { fuel: fuel ?? 'gas', liters, cylinders }
}

/** Whether two engines are of one family: the same fuel, and no size that differs. */
export function isSameEngine(one: EngineFamily, other: EngineFamily): boolean {
  if (one.fuel !== other.fuel) return false
  if (one.liters !== null && other.liters !== null) return one.liters === other.liters
  return one.cylinders === null || other.cylinders === null || one.cylinders === other.cylinders
}
