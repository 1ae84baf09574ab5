import { z } from 'zod'
import { anything, listOf } from '../json-answer.ts'

const price = { price: anything, priceCurrency: anything, priceType: anything, '@type': anything, name: anything }
const measured = { unitText: anything, unitCode: anything, billingDuration: anything, referenceQuantity: anything }

/** A Car or Vehicle of schema.org; every property may be a text, a number, a thing with a name, or a list of these. */
export const Thing = z.object({
  '@id': anything,
  name: anything,
  url: anything,
  vehicleIdentificationNumber: anything,
  sku: anything,
  vehicleModelDate: anything,
  modelDate: anything,
  brand: anything,
  manufacturer: anything,
  model: anything,
  vehicleConfiguration: anything,
  mileageFromOdometer: anything,
  color: anything,
  vehicleTransmission: anything,
  fuelType: anything,
  bodyType: anything,
  image: anything,
  offers: listOf({
    ...price,
    lowPrice: anything,
    availability: anything,
    url: anything,
    businessFunction: anything,
    category: anything,
    priceSpecification: listOf({ ...price, ...measured }),
  }),
})
export type Thing = z.infer<typeof Thing>
export type Offer = NonNullable<Thing['offers']>[number]
