import type { DealerCar } from './world.ts'
import {
  type Asked,
  HTML,
  htmlPage,
  inScript,
  JSON_TYPE,
  json,
  nameOf,
  pageNumber,
  partOf,
  type Shape,
  shapeOf,
  shapedJson,
  type SiteKind,
  type Stock,
} from './kinds.ts'

const DEALER_ID = 21044
const PAGE_ID = 187731
const API = `/api/vhcliaa/vehicle-pages/cosmos/srp/vehicles/${DEALER_ID}/${PAGE_ID}`
const MOST_A_PAGE = 24
const FALLBACK = 12
/** What a library may hold besides what is asked. */
const OLD = 'Internet Was Price:88888;Dealer Discount:1500;Your Savings:1200;'

/** A DealerOn site: its cars come from a JSON endpoint that the page names. Without it, the page lists addresses of cars. */
export const dealerOn: SiteKind = {
  inventoryPath: '/searchused.aspx',
  perPage: MOST_A_PAGE,
  config: () => ({}),
  answer: (asked, stock) => {
    if (asked.url.pathname === '/searchused.aspx') return stock.withoutApi ? plainList(asked, stock) : searchPage(stock)
    if (asked.url.pathname === API && !stock.withoutApi) return cards(asked, stock)
    const car = stock.cars.find(({ path }) => path === asked.url.pathname)
    return car ? { status: 200, type: HTML, body: carPage(car) } : null
  },
}

function searchPage(stock: Stock) {
  const tagging = { dealerId: DEALER_ID, pageId: PAGE_ID, pageType: 'itemlist', itemCount: stock.cars.length }
  const head = `<script id="dealeron_tagging_data" type="application/json">${inScript(tagging)}</script>`
  return { status: 200, type: HTML, body: htmlPage('Used cars', head, '<div id="srp-app"></div>') }
}

/** `pn` over 24 falls back to 12, as the real endpoint does. */
function cards(asked: Asked, stock: Stock) {
  const wanted = Number(asked.url.searchParams.get('pn') ?? FALLBACK)
  const most = Math.min(MOST_A_PAGE, stock.perPage)
  const size = wanted > MOST_A_PAGE ? FALLBACK : Math.min(wanted, most)
  const part = partOf(stock, (pageNumber(asked, 'pt') - 1) * size, size)
  const paging = { TotalCount: part.total, TotalPages: part.pages, PageSize: size }
  const names = ['VehicleVin', 'VehicleStockNumber', 'VehicleDetailUrl']
  const listed = part.shown.map((car) => {
    const shape = shapeOf(stock, car)
    return { IsAdCard: false, VehicleCard: shapedJson(vehicleCard(car, shape), shape, names) }
  })
  const shown = listed.length === 0 ? [] : [{ IsAdCard: true, VehicleCard: null }, ...listed]
  const body = json({ Paging: { PaginationDataModel: paging }, DisplayCards: shown })
  return { status: part.total === 0 ? 404 : 200, type: JSON_TYPE, body, page: part.page, pages: part.pages }
}

function vehicleCard(car: DealerCar, shape: Shape) {
  const asking =
    car.priceCents === null ? '' : `Selling Price:${car.priceCents / 100};calc_INTERNET PRICE:${car.priceCents / 100};`
  return {
    VehicleVin: car.vin,
    VehicleYear: car.year,
    VehicleMake: car.make,
    VehicleModel: car.model,
    VehicleTrim: car.trim,
    VehicleName: nameOf(car),
    VehicleMileage: car.mileage,
    VehicleStockNumber: car.stockNumber,
    VehicleDetailUrl: car.path,
    VehicleImageModel: { VehicleImageCarouselModel: { PhotoList: [car.photo, `${car.photo}?2`] } },
    VehicleCondition: 'Used',
    VehicleFuelType: car.fuelType,
    ExteriorColorLabel: car.exteriorColor,
    VehicleInternetPrice: 0,
    TaggingPrice: 99_999,
    VehiclePriceLibrary: Buffer.from(`MSRP:99999;${shape === 'struck' ? OLD : ''}${asking}`).toString('base64'),
  }
}

/** The page as it is without the endpoint: addresses of cars, twelve a page. */
function plainList(asked: Asked, stock: Stock) {
  const part = partOf(stock, (pageNumber(asked, 'pt') - 1) * FALLBACK, FALLBACK)
  const itemListElement = part.shown.map(({ path }, i) => ({ '@type': 'ListItem', position: i + 1, url: path }))
  const list = { '@context': 'https://schema.org', '@type': 'ItemList', itemListElement }
  const head = `<script type="application/ld+json">${inScript(list)}</script>`
  const body = htmlPage('Used cars', head, '<div class="dealeron-srp"></div>')
  return { status: 200, type: HTML, body, page: part.page, pages: part.pages }
}

function carPage(car: DealerCar): string {
  const price = car.priceCents === null ? '' : String(car.priceCents / 100)
  const said = {
    vin: car.vin ?? '',
    ...{ stocknum: car.stockNumber, year: car.year, make: car.make, model: car.model, trim: car.trim },
    ...{ extcolor: car.exteriorColor, msrp: 99_999, price, instock: 'True', intransit: 'False' },
  }
  const data = Object.entries(said).map(([name, value]) => ` data-${name}="${value}"`)
  return htmlPage(nameOf(car), '', `<div class="vdp" data-vehicle-information${data.join('')}><h1>${nameOf(car)}</h1></div>`)
}
