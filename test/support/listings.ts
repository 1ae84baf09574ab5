import {
  mapFields,
  NUMBER_FIELDS,
  TEXT_FIELDS,
} from '../../plugins/scraping/domain/listing-fields.ts'
import type { Listing } from '../../plugins/scraping/domain/pages.ts'

/** A listing with these values; every other field is null. */
export const fillListing = (values: Partial<Listing>): Listing => ({
  ...mapFields(TEXT_FIELDS, () => null),
  ...mapFields(NUMBER_FIELDS, () => null),
  raw: {},
  ...values,
})
