import { z } from 'zod'
import { optionalUnknown, lenientList, lenientObject } from '../json-response.ts'

const price = {
  price: optionalUnknown,
  priceCurrency: optionalUnknown,
  priceType: optionalUnknown,
  '@type': optionalUnknown,
  name: optionalUnknown,
}
const measured = {
  unitText: optionalUnknown,
  unitCode: optionalUnknown,
  billingDuration: optionalUnknown,
  referenceQuantity: optionalUnknown,
}

/**
 * A Car or Vehicle of schema.org. Each property may be a text, a number, an object with a name, or
 * a list of these.
 */
export const Thing = z.object({
  '@id': optionalUnknown,
  name: optionalUnknown,
  url: optionalUnknown,
  vehicleIdentificationNumber: optionalUnknown,
  sku: optionalUnknown,
  vehicleModelDate: optionalUnknown,
  modelDate: optionalUnknown,
  brand: optionalUnknown,
  manufacturer: optionalUnknown,
  model: optionalUnknown,
  vehicleConfiguration: optionalUnknown,
  mileageFromOdometer: optionalUnknown,
  color: optionalUnknown,
  vehicleTransmission: optionalUnknown,
  fuelType: optionalUnknown,
  bodyType: optionalUnknown,
  driveWheelConfiguration: optionalUnknown,
  vehicleEngine: lenientObject({
    name: optionalUnknown,
    engineDisplacement: optionalUnknown,
    engineType: optionalUnknown,
  }),
  itemCondition: optionalUnknown,
  image: optionalUnknown,
  offers: lenientList({
    ...price,
    lowPrice: optionalUnknown,
    availability: optionalUnknown,
    itemCondition: optionalUnknown,
    url: optionalUnknown,
    businessFunction: optionalUnknown,
    category: optionalUnknown,
    priceSpecification: lenientList({ ...price, ...measured }),
  }),
})
export type Thing = z.infer<typeof Thing>
export type Offer = NonNullable<Thing['offers']>[number]
