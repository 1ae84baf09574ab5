import type { DealerCar } from './world.ts'
import {
  type SiteInput,
  formatDollars,
  HTML,
  renderHtmlPage,
  toScriptJson,
  JSON_TYPE,
  toJson,
  formatMiles,
  formatCarName,
  selectPart,
  type Shape,
  getShape,
  shapeJson,
  type SiteKind,
  type Stock,
} from './kinds.ts'

const SITE_ID = 'riversidemotors'
const CONFIG_ID = 'auto-used,auto-certified'
const API = '/api/widget/ws-inv-data/getInventory'
const MAX_PER_PAGE = 48

type Wanted = {
  siteId?: string
  inventoryParameters?: { start?: string[] }
  preferences?: { pageSize?: string; 'listing.config.id'?: string }
}

/**
 * A Dealer.com site: one endpoint, which heeds the offset in one place alone and gives no prices to
 * who names the wrong list.
 */
export const dealerCom: SiteKind = {
  inventoryPath: '/used-inventory/index.htm',
  perPage: MAX_PER_PAGE,
  config: () => ({}),
  answer: (request, stock) => {
    if (request.url.pathname === '/used-inventory/index.htm')
      return { status: 200, type: HTML, body: renderIndexPage() }
    if (request.url.pathname === API && request.method === 'POST')
      return buildInventory(request, stock)
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

function renderIndexPage(): string {
  const widget = {
    siteId: SITE_ID,
    pageAlias: 'INVENTORY_LISTING_DEFAULT_AUTO_USED',
    'listing.config.id': CONFIG_ID,
  }
  return renderHtmlPage(
    'Used cars',
    '',
    '<div ' +
      `id="inventory-data-bus1"></div><script>DDC.WS.state['ws-inv-data']=${toScriptJson(widget)};</script>`,
  )
}

function buildInventory(request: SiteInput, stock: Stock) {
  const wanted = JSON.parse(request.body) as Wanted
  const start = Math.max(0, Number(wanted.inventoryParameters?.start?.[0] ?? 0) || 0)
  const size = Math.min(
    MAX_PER_PAGE,
    stock.perPage,
    Number(wanted.preferences?.pageSize ?? 18) || 18,
  )
  const knowsUs =
    wanted.siteId === SITE_ID && wanted.preferences?.['listing.config.id'] === CONFIG_ID
  const part = selectPart(stock, start, size)
  const listed = part.shown.map((car) => {
    const shape = getShape(stock, car)
    const complete = {
      ...buildVehicle(car),
      ...(knowsUs ? { pricing: buildPricing(car, shape) } : {}),
    }
    return shapeJson(complete, shape, ['vin', 'uuid', 'stockNumber', 'link'])
  })
  const body = toJson({
    inventory: listed,
    pageInfo: { totalCount: part.total, pageSize: size, pageStart: start },
    accounts: {},
  })
  return { status: 200, type: JSON_TYPE, body, page: part.page, pages: part.pages }
}

function buildVehicle(car: DealerCar) {
  return {
    ...(car.vin === null ? {} : { vin: car.vin }),
    uuid: `uuid-${car.stockNumber}`,
    stockNumber: car.stockNumber,
    year: car.year,
    make: car.make,
    model: car.model,
    trim: { _type: 'localized', en_US: car.trim },
    bodyStyle: car.bodyStyle,
    fuelType: car.fuelType,
    condition: 'used',
    link: car.path,
    title: [`${car.year} ${car.make}`, `${car.model} ${car.trim}`],
    images: [{ uri: car.photo }],
    attributes: [{ name: 'exteriorColor', value: car.exteriorColor }],
    highlightedAttributes: [{ name: 'transmission', value: car.transmission }],
    trackingAttributes: [
      { name: 'odometer', value: formatMiles(car.mileage) },
      { name: 'driveLine', value: car.drivetrain },
    ],
  }
}

function buildPricing({ priceCents }: DealerCar, shape: Shape) {
  if (priceCents === null)
    return {
      dprice: [{ label: 'Price', value: 'Please call for price', typeClass: 'askingPrice' }],
    }
  const old = {
    label: 'Retail Price',
    value: formatDollars(priceCents + 150_000),
    typeClass: 'retailPrice',
  }
  const isStruck = shape === 'struck'
  const shown = isStruck ? { label: 'Was', value: old.value, typeClass: 'strikethrough' } : old
  const current = {
    label: 'Our Price',
    value: formatDollars(priceCents),
    typeClass: isStruck ? 'internetPrice' : 'askingPrice',
  }
  return { retailPrice: old.value, dprice: [shown, current] }
}
