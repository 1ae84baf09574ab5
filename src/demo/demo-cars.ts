import { compactSuvs } from './cars/compact-suvs.ts'
import { convertibles } from './cars/convertibles.ts'
import { coupes } from './cars/coupes.ts'
import type { DemoCar } from './cars/demo-car.ts'
import { toDemoCar } from './cars/entry.ts'
import { everydaySedans } from './cars/everyday-sedans.ts'
import { hatchbacks } from './cars/hatchbacks.ts'
import { largeSuvs } from './cars/large-suvs.ts'
import { pickups } from './cars/pickups.ts'
import { premiumSedans } from './cars/premium-sedans.ts'
import { vans } from './cars/vans.ts'
import { wagons } from './cars/wagons.ts'

export type { DemoCar } from './cars/demo-car.ts'

/**
 * The demo lot: realistic cars that do not exist. The facts about each model are true (the sticker
 * price to within a few hundred dollars); the serial numbers are higher than those that the
 * manufacturers used, and histories and owners are invented.
 */
export const demoCars: readonly DemoCar[] = [
  ...everydaySedans,
  ...premiumSedans,
  ...hatchbacks,
  ...wagons,
  ...coupes,
  ...convertibles,
  ...compactSuvs,
  ...largeSuvs,
  ...vans,
  ...pickups,
].map(toDemoCar)
