import type { DealerCar } from './world.ts'
import {
  type Asked,
  HTML,
  htmlPage,
  inScript,
  JSON_TYPE,
  json,
  nameOf,
  partOf,
  type Shape,
  shapeOf,
  shapedJson,
  type SiteKind,
  type Stock,
} from './kinds.ts'

const CCID = '5370411'
const API_KEY = 'public-search-key'
const API = `/search-service/api/v1/listings/${CCID}/search`
const MOST_A_PAGE = 20

/** A DealerInspire site: a search service, asked with the key that stands in the page. */
export const dealerInspire: SiteKind = {
  inventoryPath: '/used-vehicles/',
  perPage: MOST_A_PAGE,
  config: () => ({}),
  answer: (asked, stock) => {
    if (asked.url.pathname === '/used-vehicles/') return { status: 200, type: HTML, body: indexPage(asked) }
    if (asked.url.pathname === API && asked.method === 'POST') return search(asked, stock)
    const car = stock.cars.find(({ path }) => path === asked.url.pathname)
    return car ? { status: 200, type: HTML, body: htmlPage(nameOf(car), '', `<h1>${nameOf(car)}</h1>`) } : null
  },
}

function indexPage({ url }: Asked): string {
  const service = { apiUrl: `${url.origin}/search-service`, ccid: CCID, apiKey: API_KEY }
  return htmlPage('Used cars', `<script>var SEARCH_SERVICE=${inScript(service)};</script>`, '<div id="results-page"></div>')
}

function search(asked: Asked, stock: Stock) {
  if (asked.headers['x-api-key'] !== API_KEY) return { status: 401, type: JSON_TYPE, body: json({ message: 'Unauthorized' }) }
  const wanted = JSON.parse(asked.body) as { page?: number; perPage?: number }
  const size = Math.min(wanted.perPage ?? MOST_A_PAGE, stock.perPage)
  const part = partOf(stock, (Math.max(1, wanted.page ?? 1) - 1) * size, size)
  const body = json({
    data: { listings: part.shown.map((car) => shaped(car, shapeOf(stock, car))), total_vehicle_count: part.total },
  })
  return { status: 200, type: JSON_TYPE, body, page: part.page, pages: part.pages }
}

const shaped = (car: DealerCar, shape: Shape) => shapedJson(listing(car, shape), shape, ['vin', 'stock', 'vdp_url'])

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
    mechanical: { transmission: car.transmission, fuel_type: car.fuelType },
    pricing: { msrp: price === null ? null : price + 1_500, our_price: shape === 'struck' ? withOld(price) : price, price },
    media: { images: [{ url: car.photo }] },
    status: 'publish',
  }
}

const withOld = (price: number | null) => (price === null ? null : `<del>$${price + 1_000}</del> <ins>$${price}</ins>`)
