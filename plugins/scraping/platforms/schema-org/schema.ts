import { z } from 'zod'

const MOST_OFFERS = 50

type Plain = string | number | null | undefined

/** A property as anybody may write it: a text, a number, a thing with a name, or a list of these (the first counts). */
const plain = z
  .unknown()
  .transform((value): Plain => plainOf(value, 4))
  .optional()

function plainOf(value: unknown, deep: number): Plain {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value !== 'object' || value === null || deep === 0) return null
  if (Array.isArray(value)) return plainOf(value[0], deep - 1)
  const thing = value as Record<string, unknown>
  return plainOf(thing['name'] ?? thing['@value'] ?? thing['value'] ?? thing['url'] ?? thing['contentUrl'], deep - 1)
}

/** One, or a list of them, or nothing; what has another shape counts as nothing. */
const listOf = <T extends z.ZodType>(schema: T) =>
  z
    .unknown()
    .transform((value): z.output<T>[] =>
      (Array.isArray(value) ? value.slice(0, MOST_OFFERS) : [value]).flatMap((one: unknown) => {
        const read = schema.safeParse(one)
        return read.success ? [read.data] : []
      }),
    )
    .optional()

const Offer = z.object({
  price: plain,
  lowPrice: plain,
  priceCurrency: plain,
  availability: plain,
  url: plain,
  priceSpecification: listOf(z.object({ price: plain, priceCurrency: plain })),
})

const Mileage = z.union([z.object({ value: plain, unitCode: plain, unitText: plain }), plain])

/** A Car or Vehicle of schema.org. */
export const Thing = z.object({
  '@id': plain,
  name: plain,
  url: plain,
  vehicleIdentificationNumber: plain,
  sku: plain,
  vehicleModelDate: plain,
  modelDate: plain,
  brand: plain,
  manufacturer: plain,
  model: plain,
  vehicleConfiguration: plain,
  mileageFromOdometer: Mileage,
  color: plain,
  vehicleTransmission: plain,
  fuelType: plain,
  bodyType: plain,
  image: plain,
  offers: listOf(Offer),
})
export type Thing = z.infer<typeof Thing>
