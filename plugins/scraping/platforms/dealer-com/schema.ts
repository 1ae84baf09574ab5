import { z } from 'zod'
import { optionalUnknown, lenientList, lenientObject, textOrNumber } from '../json-response.ts'

const attributes = lenientList({ name: optionalUnknown, value: optionalUnknown })

/** The data that the next request needs. */
export const Carry = z.object({
  step: z.literal('inventory'),
  list: z.string(),
  siteId: z.string(),
  configId: z.string(),
  pageAlias: z.string(),
  pageId: z.string(),
  start: z.int(),
})
export type Carry = z.infer<typeof Carry>

/** The response of the endpoint; each vehicle is parsed separately. */
export const Inventory = z.object({
  inventory: z.array(z.unknown()),
  pageInfo: z.object({ totalCount: textOrNumber }),
})

export const Vehicle = z.object({
  vin: optionalUnknown,
  uuid: optionalUnknown,
  stockNumber: optionalUnknown,
  year: optionalUnknown,
  link: optionalUnknown,
  title: optionalUnknown,
  make: optionalUnknown,
  model: optionalUnknown,
  trim: optionalUnknown,
  bodyStyle: optionalUnknown,
  fuelType: optionalUnknown,
  condition: optionalUnknown,
  images: lenientList({ uri: optionalUnknown }),
  pricing: lenientObject({
    retailPrice: optionalUnknown,
    dprice: lenientList({
      value: optionalUnknown,
      typeClass: optionalUnknown,
      label: optionalUnknown,
      type: optionalUnknown,
    }),
  }),
  attributes,
  highlightedAttributes: attributes,
  trackingAttributes: attributes,
})
export type Vehicle = z.infer<typeof Vehicle>
