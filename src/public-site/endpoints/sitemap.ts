import { APIError } from 'payload'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { buildCarUrl } from '../../lot/domain/car-url.ts'
import { loadDealership } from '../../lot/store/dealership.ts'
import { buildSitemap, MAX_ADDRESSES } from '../build-sitemap.ts'
import { listImageUrls } from '../require-car.ts'
import { listSitemapCars } from '../store/sitemap.ts'

/** GET /api/sitemap.xml: the pages of all cars on show, for search engines. */
export const getSitemap = endpoint({
  method: 'get',
  path: '/sitemap.xml',
  summary:
    'Return the sitemap of the cars on show: the address of each, its last change and its ' +
    `photos, for the newest ${MAX_ADDRESSES.toLocaleString('en-US')} cars`,
  access: callers.anybody,
  shared: { tables: ['inventory', 'dealership'] },
  response: describeBytes('The sitemap, as sitemaps.org describes it.', 'application/xml'),
  refusals: [404, 429],
  handler: async ({ req }) => {
    const { carUrlTemplate } = await loadDealership(req)
    if (!carUrlTemplate) throw new APIError(NO_TEMPLATE, 404, undefined, true)
    const cars = await listSitemapCars(getTransaction(req).db)
    const entries = cars.flatMap(({ images, changedAt, ...car }) => {
      const url = buildCarUrl(carUrlTemplate, car)
      return url ? [{ url, changedAt, images: listImageUrls(req, images) }] : []
    })
    return new Response(buildSitemap(entries), { headers: { 'content-type': 'application/xml' } })
  },
})

const NO_TEMPLATE =
  'There is no sitemap yet: the dealership has no address of a car’s page. Enter it in the ' +
  'panel, under Dealership.'
