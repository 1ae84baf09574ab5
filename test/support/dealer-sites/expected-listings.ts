import type { Listing } from '../../../plugins/scraping/domain/pages.ts'
import { fillListing } from '../listings.ts'
import { type Kind, formatCarName } from './kinds.ts'
import type { DealerCar } from './world.ts'

/** A listing as a site of a kind shows it. What no site of that kind says is null. */
export type Shown = Omit<Listing, 'externalId' | 'raw'>

const OPTIONAL_FACTS = [
  'exteriorColor',
  'transmission',
  'fuelType',
  'bodyStyle',
  'drivetrain',
] as const

/** Which of the facts that not every site tells a kind of site tells. */
const SHOWN_FACTS: Record<Kind, readonly (typeof OPTIONAL_FACTS)[number][]> = {
  dealeron: ['exteriorColor', 'fuelType', 'drivetrain'],
  'dealer-com': OPTIONAL_FACTS,
  'dealer-inspire': OPTIONAL_FACTS,
  'dealer-center': ['exteriorColor'],
  dealersync: [],
  'schema-org': OPTIONAL_FACTS,
  custom: ['exteriorColor'],
}

/** The condition that every car of a kind of site has, where the site tells one. */
const CONDITIONS: Partial<Record<Kind, string>> = {
  dealeron: 'Used',
  'dealer-com': 'used',
  'dealer-inspire': 'Used',
  'schema-org': 'Used',
}

/**
 * What a reader of a whole site knows in the end, in the site's order. `withoutApi`: DealerOn's
 * pages alone tell neither miles nor fuel, drivetrain, condition nor photo.
 */
export function buildExpectedListings(
  kind: Kind,
  origin: string,
  cars: readonly DealerCar[],
  withoutApi: boolean,
): Shown[] {
  return cars.map((car) => {
    const shownFact = (name: (typeof OPTIONAL_FACTS)[number]) =>
      SHOWN_FACTS[kind].includes(name) ? car[name] : null
    const { vin, stockNumber, year, make, model, trim, priceCents } = car
    const {
      externalId: _id,
      raw: _raw,
      ...shown
    } = fillListing({
      vin,
      stockNumber,
      url: origin + car.path,
      title: formatCarName(car),
      year,
      make,
      model,
      trim,
      priceCents,
      exteriorColor: shownFact('exteriorColor'),
      transmission: shownFact('transmission'),
      bodyStyle: shownFact('bodyStyle'),
      fuelType: withoutApi ? null : shownFact('fuelType'),
      drivetrain: withoutApi ? null : shownFact('drivetrain'),
      condition: withoutApi ? null : (CONDITIONS[kind] ?? null),
      mileage: withoutApi ? null : car.mileage,
      imageUrl: withoutApi ? null : origin + car.photo,
    })
    return shown
  })
}
