import type { DealerCar } from './world.ts'
import {
  type SiteInput,
  HTML,
  renderHtmlPage,
  toScriptJson,
  JSON_TYPE,
  toJson,
  formatCarName,
  readPageNumber,
  selectPart,
  type Shape,
  getShape,
  shapeJson,
  type SiteKind,
  type Stock,
} from './kinds.ts'

const DEALER_ID = 21044
const PAGE_ID = 187731
const API = `/api/vhcliaa/vehicle-pages/cosmos/srp/vehicles/${DEALER_ID}/${PAGE_ID}`
const MAX_PER_PAGE = 24
const FALLBACK = 12
/** What a library may hold besides what is asked. */
const OLD = 'Internet Was Price:88888;Dealer Discount:1500;Your Savings:1200;'

/**
 * A DealerOn site: its cars come from a JSON endpoint that the page names. Without it, the page
 * lists addresses of cars.
 */
export const dealerOn: SiteKind = {
  inventoryPath: '/searchused.aspx',
  perPage: MAX_PER_PAGE,
  config: () => ({}),
  answer: (request, stock) => {
    if (request.url.pathname === '/searchused.aspx')
      return stock.withoutApi ? renderPlainList(request, stock) : searchPage(stock)
    if (request.url.pathname === API && !stock.withoutApi) return buildCards(request, stock)
    const car = stock.cars.find(({ path }) => path === request.url.pathname)
    return car ? { status: 200, type: HTML, body: renderCarPage(car) } : null
  },
}

function searchPage(stock: Stock) {
  const tagging = {
    dealerId: DEALER_ID,
    pageId: PAGE_ID,
    pageType: 'itemlist',
    itemCount: stock.cars.length,
  }
  const head =
    '<script id="dealeron_tagging_data" ' +
    `type="application/json">${toScriptJson(tagging)}</script>`
  return {
    status: 200,
    type: HTML,
    body: renderHtmlPage('Used cars', head, '<div id="srp-app"></div>'),
  }
}

/** `pn` over 24 falls back to 12, as the real endpoint does. */
function buildCards(request: SiteInput, stock: Stock) {
  const wanted = Number(request.url.searchParams.get('pn') ?? FALLBACK)
  const max = Math.min(MAX_PER_PAGE, stock.perPage)
  const size = wanted > MAX_PER_PAGE ? FALLBACK : Math.min(wanted, max)
  const part = selectPart(stock, (readPageNumber(request, 'pt') - 1) * size, size)
  const paging = { TotalCount: part.total, TotalPages: part.pages, PageSize: size }
  const names = ['VehicleVin', 'VehicleStockNumber', 'VehicleDetailUrl']
  const listed = part.shown.map((car) => {
    const shape = getShape(stock, car)
    return { IsAdCard: false, VehicleCard: shapeJson(vehicleCard(car, shape), shape, names) }
  })
  const shown = listed.length === 0 ? [] : [{ IsAdCard: true, VehicleCard: null }, ...listed]
  const body = toJson({ Paging: { PaginationDataModel: paging }, DisplayCards: shown })
  return {
    status: part.total === 0 ? 404 : 200,
    type: JSON_TYPE,
    body,
    page: part.page,
    pages: part.pages,
  }
}

function vehicleCard(car: DealerCar, shape: Shape) {
  const pendingPrice =
    car.priceCents === null
      ? ''
      : `Selling Price:${car.priceCents / 100};calc_INTERNET PRICE:${car.priceCents / 100};`
  return {
    VehicleVin: car.vin,
    VehicleYear: car.year,
    VehicleMake: car.make,
    VehicleModel: car.model,
    VehicleTrim: car.trim,
    VehicleName: formatCarName(car),
    VehicleMileage: car.mileage,
    VehicleStockNumber: car.stockNumber,
    VehicleDetailUrl: car.path,
    VehicleImageModel: { VehicleImageCarouselModel: { PhotoList: [car.photo, `${car.photo}?2`] } },
    VehicleCondition: 'Used',
    VehicleFuelType: car.fuelType,
    VehicleDriveTrain: car.drivetrain,
    ExteriorColorLabel: car.exteriorColor,
    VehicleInternetPrice: 0,
    TaggingPrice: 99_999,
    VehiclePriceLibrary: Buffer.from(
      `MSRP:99999;${shape === 'struck' ? OLD : ''}${pendingPrice}`,
    ).toString('base64'),
  }
}

/** The page as it is without the endpoint: addresses of cars, twelve a page. */
function renderPlainList(request: SiteInput, stock: Stock) {
  const part = selectPart(stock, (readPageNumber(request, 'pt') - 1) * FALLBACK, FALLBACK)
  const itemListElement = part.shown.map(({ path }, i) => ({
    '@type': 'ListItem',
    position: i + 1,
    url: path,
  }))
  const list = { '@context': 'https://schema.org', '@type': 'ItemList', itemListElement }
  const head = `<script type="application/ld+json">${toScriptJson(list)}</script>`
  const body = renderHtmlPage('Used cars', head, '<div class="dealeron-srp"></div>')
  return { status: 200, type: HTML, body, page: part.page, pages: part.pages }
}

function renderCarPage(car: DealerCar): string {
  const price = car.priceCents === null ? '' : String(car.priceCents / 100)
  const facts = {
    vin: car.vin ?? '',
    stocknum: car.stockNumber,
    year: car.year,
    make: car.make,
    model: car.model,
    trim: car.trim,
    extcolor: car.exteriorColor,
    msrp: 99_999,
    price,
    instock: 'True',
    intransit: 'False',
  }
  const data = Object.entries(facts).map(([name, value]) => ` data-${name}="${value}"`)
  return renderHtmlPage(
    formatCarName(car),
    '',
    '<div class="vdp" ' +
      `data-vehicle-information${data.join('')}><h1>${formatCarName(car)}</h1></div>`,
  )
}
