import type { Plugin } from 'payload'
import { withEndpoints } from '../api/with-endpoints.ts'
import { postEnquiry } from './endpoints/enquiry.ts'
import { getCarBySlug } from './endpoints/by-slug.ts'
import { getFacets } from './endpoints/facets.ts'
import { getJsonLd } from './endpoints/json-ld.ts'
import { getPayment } from './endpoints/payment.ts'
import { getRecentlySold } from './endpoints/recently-sold.ts'
import { searchInventory } from './endpoints/search.ts'
import { getSimilarCars } from './endpoints/similar.ts'
import { getSitemap } from './endpoints/sitemap.ts'

/**
 * The API of the dealership's website: search, facets, pages of cars with what search engines and
 * buyers want to know. Everybody may call it, and sees what the public sees, whoever asks.
 */
export const publicSitePlugin = (): Plugin => (config) =>
  withEndpoints(config, [getSitemap], {
    inventory: [
      searchInventory,
      getFacets,
      getRecentlySold,
      getCarBySlug,
      getSimilarCars,
      getJsonLd,
      getPayment,
      postEnquiry,
    ],
  })
