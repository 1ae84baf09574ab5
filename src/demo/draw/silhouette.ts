import type { DemoCar } from '../cars/demo-car.ts'

/**
 * Every body that can be drawn: the nine body styles, the upright SUV, and three bodies from before
 * 1981.
 */
export type Silhouette =
  | 'sedan'
  | 'hatchback'
  | 'coupe'
  | 'convertible'
  | 'wagon'
  | 'crossover'
  | 'offroader'
  | 'minivan'
  | 'pickup'
  | 'van'
  | 'classicCoupe'
  | 'classicConvertible'
  | 'classicPickup'

type Drawn = Pick<DemoCar, 'bodyStyle' | 'year' | 'model'>

const modern: Readonly<Record<DemoCar['bodyStyle'], Silhouette>> = {
  Sedan: 'sedan',
  Hatchback: 'hatchback',
  Coupe: 'coupe',
  Convertible: 'convertible',
  Wagon: 'wagon',
  SUV: 'crossover',
  Minivan: 'minivan',
  Pickup: 'pickup',
  Van: 'van',
}

const old: Partial<typeof modern> = {
  Coupe: 'classicCoupe',
  Convertible: 'classicConvertible',
  Pickup: 'classicPickup',
}

/** SUVs with an upright rear and a level hood. */
const upright: readonly string[] = [
  '4Runner',
  'Bronco',
  'Defender',
  'G-Class',
  'Gladiator',
  'Tahoe',
  'Telluride',
  'Wrangler',
]

/**
 * Chooses the body to draw. A style without a classic variant is drawn as a modern one, whatever
 * the year.
 */
export const chooseSilhouette = ({ bodyStyle, year, model }: Drawn): Silhouette => {
  if (year < 1981) return old[bodyStyle] ?? modern[bodyStyle]
  if (bodyStyle === 'SUV' && upright.some((name) => model.startsWith(name))) return 'offroader'
  return modern[bodyStyle]
}
