import { load } from 'cheerio'
import { z } from 'zod'

const LONGEST = 300

/** A CSS selector that can be read. */
const selector = z
  .string()
  .min(1)
  .max(LONGEST)
  .refine(isSelector, { error: ({ input }) => `${JSON.stringify(String(input).slice(0, 60))} is no CSS selector` })

/** An element's text, or one of its attributes; without a selector, an attribute of the listing's own element. */
const place = z.union(
  [selector, z.strictObject({ selector: selector.optional(), attribute: z.string().regex(/^[\w:-]{1,60}$/) })],
  { error: 'write a CSS selector, or { "selector": "…", "attribute": "…" }' },
)
export type Place = z.infer<typeof place>

const fields = z
  .strictObject({
    vin: place.optional(),
    stockNumber: place.optional(),
    externalId: place.optional(),
    url: place.optional(),
    title: place.optional(),
    year: place.optional(),
    make: place.optional(),
    model: place.optional(),
    trim: place.optional(),
    price: place.optional(),
    mileage: place.optional(),
    exteriorColor: place.optional(),
    transmission: place.optional(),
    fuelType: place.optional(),
    bodyStyle: place.optional(),
    imageUrl: place.optional(),
  })
  .refine(({ vin, stockNumber, url }) => Boolean(vin ?? stockNumber ?? url), {
    error: 'say where vin, stockNumber or url stands, to know a car by tomorrow',
  })

const next = z.union(
  [
    z.strictObject({ link: selector }),
    z.strictObject({
      pageNumber: z.strictObject({
        parameter: z.string().regex(/^[\w.[\]-]{1,60}$/),
        first: z.int().min(0).max(1).optional(),
      }),
    }),
    z.strictObject({
      loadMore: z.strictObject({
        selector,
        attribute: z
          .string()
          .regex(/^[\w:-]{1,60}$/)
          .optional(),
      }),
    }),
  ],
  {
    error:
      'write { "link": "a.next" }, { "pageNumber": { "parameter": "page" } } or { "loadMore": { "selector": "button.more" } }',
  },
)
export type Next = z.infer<typeof next>

/** The settings of a competitor whose site is of a making of its own: see the room's README. */
export const Settings = z.strictObject({
  listing: selector,
  fields,
  next: next.optional(),
  total: place.optional(),
})
export type Settings = z.infer<typeof Settings>

function isSelector(text: string): boolean {
  try {
    load('')(text)
    return true
  } catch {
    return false
  }
}
