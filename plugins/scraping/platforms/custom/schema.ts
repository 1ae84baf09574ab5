import { load } from 'cheerio'
import { z } from 'zod'
import { FIELD_NAMES, mapFields } from '../../domain/listing-fields.ts'

const MAX_SELECTOR_LENGTH = 300

/** A valid CSS selector. */
const cssSelector = z
  .string()
  .min(1)
  .max(MAX_SELECTOR_LENGTH)
  .refine(isSelector, {
    error: ({ input }) => `${JSON.stringify(String(input).slice(0, 60))} is not a CSS selector`,
  })

/**
 * The text or an attribute of an element; without a selector, an attribute of the listing itself.
 */
const fieldSelector = z.union(
  [
    cssSelector,
    z.strictObject({
      selector: cssSelector.optional(),
      attribute: z.string().regex(/^[\w:-]{1,60}$/),
    }),
  ],
  { error: 'write a CSS selector, or { "selector": "…", "attribute": "…" }' },
)
export type Selector = z.infer<typeof fieldSelector>

const fields = z
  .strictObject(mapFields(FIELD_NAMES, () => fieldSelector.optional()))
  .omit({ priceCents: true })
  .extend({ price: fieldSelector.optional() })
  .refine(({ vin, stockNumber, url }) => Boolean(vin ?? stockNumber ?? url), {
    error: 'specify vin, stockNumber or url, so that a car can be recognized in later runs',
  })

const next = z.union(
  [
    z.strictObject({ link: cssSelector }),
    z.strictObject({
      pageNumber: z.strictObject({
        parameter: z.string().regex(/^[\w.[\]-]{1,60}$/),
        first: z.int().min(0).max(1).optional(),
      }),
    }),
    z.strictObject({
      loadMore: z.strictObject({
        selector: cssSelector,
        attribute: z
          .string()
          .regex(/^[\w:-]{1,60}$/)
          .optional(),
      }),
    }),
  ],
  {
    error:
      'write { "link": "a.next" }, { "pageNumber": { "parameter": "page" } } or { "loadMore": ' +
      '{ "selector": "button.more" } }',
  },
)
export type NextSettings = z.infer<typeof next>

/**
 * The platform settings of a competitor whose site has no known platform; see the README of the
 * room.
 */
export const CustomSettings = z.strictObject({
  listing: cssSelector,
  fields,
  next: next.optional(),
  total: fieldSelector.optional(),
})
export type CustomSettings = z.infer<typeof CustomSettings>

function isSelector(text: string): boolean {
  try {
    load('')(text)
    return true
  } catch {
    return false
  }
}
