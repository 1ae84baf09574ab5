import type { EconomyQuery } from './sources.ts'

/**
 * One vehicle of fueleconomy.gov; volumes are in cubic feet, 0 for bodies that it does not have.
 */
export type EconomyRecord = {
  city: number | null
  highway: number | null
  twoDoorVolume: number
  fourDoorVolume: number
}

/** Names of models differ: `F150 Pickup 4WD` is an F-150. A longer name may be another model. */
const BODY_WORDS = /^(pickup|2wd|4wd|awd|fwd|rwd|4dr|2dr|hatchback|wagon|convertible|coupe|sedan)/i

const ALL_WHEELS = /\b(4wd|awd|4x4)\b/i
const TWO_WHEELS = /\b(2wd|fwd|rwd)\b/i

/** Picks the names of a year and make that may be the vehicle’s model, with its drivetrain. */
export function pickModelNames(
  names: readonly string[],
  { model, drivetrain }: EconomyQuery,
): string[] {
  const wanted = simplify(model)
  const ofModel = names.filter((name) => {
    const words = name.split(' ')
    return words.some((_, index) => {
      const rest = words.slice(index + 1)
      return (
        simplify(words.slice(0, index + 1).join(' ')) === wanted &&
        rest.every((word) => BODY_WORDS.test(word))
      )
    })
  })
  if (drivetrain === null) return ofModel
  const wrong = ALL_WHEELS.test(drivetrain) ? TWO_WHEELS : ALL_WHEELS
  return ofModel.filter((name) => !wrong.test(name))
}

/**
 * Whether a version such as `Auto (S10), 6 cyl, 3.5 L, Turbo` may have an engine such as `3.5L V6`.
 */
export function mayHaveEngine(version: string, engine: string | null): boolean {
  if (engine === null) return true
  const [liters, other] = [/(\d+\.\d)\s*L/.exec(engine)?.[1], /(\d+\.\d)\s*L/.exec(version)?.[1]]
  const count = /\b[IVWH](\d{1,2})\b|\b(\d{1,2})-Cylinder/.exec(engine)
  const cylinders = count?.[1] ?? count?.[2]
  const others = /\b(\d{1,2}) cyl/.exec(version)?.[1]
  return isSameOrUnknown(liters, other) && isSameOrUnknown(cylinders, others)
}

/** What all possible versions of a vehicle have in common. */
export function findCommonEconomy(records: readonly EconomyRecord[]) {
  return {
    mpgCity: findCommon(records.map(({ city }) => city)),
    mpgHighway: findCommon(records.map(({ highway }) => highway)),
    doors: findCommon(records.map(countDoors)),
  }
}

function countDoors({ twoDoorVolume, fourDoorVolume }: EconomyRecord): number | null {
  if (twoDoorVolume > 0 && fourDoorVolume > 0) return null
  if (fourDoorVolume > 0) return 4
  return twoDoorVolume > 0 ? 2 : null
}

function findCommon(values: readonly (number | null)[]): number | null {
  const [first] = values
  return first !== undefined && values.every((value) => value === first) ? first : null
}

const isSameOrUnknown = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other

const simplify = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
