import type { Listing } from '../../../plugins/scraping/domain/pages.ts'
import { type Kind, nameOf } from './kinds.ts'
import type { DealerCar } from './world.ts'

/** A listing as a site of a kind shows it. What no site of that kind says is null. */
export type Shown = Omit<Listing, 'externalId' | 'raw'>

const EVERYTHING = ['exteriorColor', 'transmission', 'fuelType', 'bodyStyle'] as const

/** Which of the facts that not every site tells a kind of site tells. */
const TOLD: Record<Kind, readonly (typeof EVERYTHING)[number][]> = {
  dealeron: ['exteriorColor', 'fuelType'],
  'dealer-com': EVERYTHING,
  'dealer-inspire': EVERYTHING,
  'dealer-center': ['exteriorColor'],
  dealersync: [],
  'schema-org': EVERYTHING,
  custom: ['exteriorColor'],
}

/**
 * What a reader of a whole site knows in the end, in the site's order. `withoutApi`: DealerOn's pages alone tell neither miles nor fuel
 * nor photo.
 */
export function listingsOf(kind: Kind, origin: string, cars: readonly DealerCar[], withoutApi: boolean): Shown[] {
  return cars.map((car) => {
    const told = (name: (typeof EVERYTHING)[number]) => (TOLD[kind].includes(name) ? car[name] : null)
    const { vin, stockNumber, year, make, model, trim, priceCents } = car
    return {
      ...{ vin, stockNumber, url: origin + car.path, title: nameOf(car), year, make, model, trim, priceCents },
      ...{ exteriorColor: told('exteriorColor'), transmission: told('transmission'), bodyStyle: told('bodyStyle') },
      fuelType: withoutApi ? null : told('fuelType'),
      mileage: withoutApi ? null : car.mileage,
      imageUrl: withoutApi ? null : origin + car.photo,
    }
  })
}
