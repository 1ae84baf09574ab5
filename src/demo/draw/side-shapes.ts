import { coupe, hatchback, sedan, wagon } from './side-cars.ts'
import { classicCoupe, classicPickup } from './side-classics.ts'
import { classicConvertible, convertible } from './side-open.ts'
import type { SideShape } from './side-shape.ts'
import { crossover, minivan, offroader } from './side-tall.ts'
import { pickup, van } from './side-work.ts'
import type { Silhouette } from './silhouette.ts'

/** Every body from its side. */
export const sideShapes: Readonly<Record<Silhouette, SideShape>> = {
  sedan,
  hatchback,
  coupe,
  convertible,
  wagon,
  crossover,
  offroader,
  minivan,
  pickup,
  van,
  classicCoupe,
  classicConvertible,
  classicPickup,
}
