import type { DealerCar } from './world.ts'
import {
  type SiteInput,
  HTML,
  renderHtmlPage,
  toScriptJson,
  JSON_TYPE,
  toJson,
  formatCarName,
  selectPart,
  type Shape,
  getShape,
  shapeJson,
  type SiteKind,
  type Stock,
} from './kinds.ts'

const CCID = '5370411'
const API_KEY = 'public-search-key'
const API = `/search-service/api/v1/listings/${CCID}/search`
const MAX_PER_PAGE = 20

/** A DealerInspire site: a search service, asked with the key that stands in the page. */
export const dealerInspire: SiteKind = {
  inventoryPath: '/used-vehicles/',
  perPage: MAX_PER_PAGE,
  config: () => ({}),
  answer: (request, stock) => {
    if (request.url.pathname === '/used-vehicles/')
      return { status: 200, type: HTML, body: indexPage(request) }
    if (request.url.pathname === API && request.method === 'POST')
      return buildSearchAnswer(request, stock)
    const car = stock.cars.find(({ path }) => path === request.url.pathname)
    return car
      ? {
          status: 200,
          type: HTML,
          body: renderHtmlPage(formatCarName(car), '', `<h1>${formatCarName(car)}</h1>`),
        }
      : null
  },
}

function indexPage({ url }: SiteInput): string {
  const service = { apiUrl: `${url.origin}/search-service`, ccid: CCID, apiKey: API_KEY }
  return renderHtmlPage(
    'Used cars',
    `<script>var SEARCH_SERVICE=${toScriptJson(service)};</script>`,
    '<div id="results-page"></div>',
  )
}

function buildSearchAnswer(request: SiteInput, stock: Stock) {
  if (request.headers['x-api-key'] !== API_KEY)
    return { status: 401, type: JSON_TYPE, body: toJson({ message: 'Unauthorized' }) }
  const wanted = JSON.parse(request.body) as { page?: number; perPage?: number }
  const size = Math.min(wanted.perPage ?? MAX_PER_PAGE, stock.perPage)
  const part = selectPart(stock, (Math.max(1, wanted.page ?? 1) - 1) * size, size)
  const body = toJson({
    data: {
      listings: part.shown.map((car) => shaped(car, getShape(stock, car))),
      total_vehicle_count: part.total,
    },
  })
  return { status: 200, type: JSON_TYPE, body, page: part.page, pages: part.pages }
}

const shaped = (car: DealerCar, shape: Shape) =>
  shapeJson(listing(car, shape), shape, ['vin', 'stock', 'vdp_url'])

function listing(car: DealerCar, shape: Shape) {
  const price = car.priceCents === null ? null : car.priceCents / 100
  return {
    vin: car.vin,
    stock: car.stockNumber,
    type: 'Used',
    year: car.year,
    make: car.make,
    model: car.model,
    trim: car.trim,
    mileage: car.mileage,
    vdp_url: car.path,
    styles: { exterior_color: car.exteriorColor, body_style: car.bodyStyle },
    mechanical: {
      transmission: car.transmission,
      fuel_type: car.fuelType,
      drivetrain: car.drivetrain,
    },
    pricing: {
      msrp: price === null ? null : price + 1_500,
      our_price: shape === 'struck' ? withOld(price) : price,
      price,
    },
    media: { images: [{ url: car.photo }] },
    status: 'publish',
  }
}

const withOld = (price: number | null) =>
  price === null ? null : `<del>$${price + 1_000}</del> <ins>$${price}</ins>`
