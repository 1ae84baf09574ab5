import type { DealerCar } from './world.ts'
import {
  type Asked,
  dollars,
  HTML,
  htmlPage,
  inScript,
  JSON_TYPE,
  json,
  miles,
  nameOf,
  partOf,
  type Shape,
  shapeOf,
  shapedJson,
  type SiteKind,
  type Stock,
} from './kinds.ts'

const SITE_ID = 'riversidemotors'
const CONFIG_ID = 'auto-used,auto-certified'
const API = '/api/widget/ws-inv-data/getInventory'
const MOST_A_PAGE = 48

type Wanted = {
  siteId?: string
  inventoryParameters?: { start?: string[] }
  preferences?: { pageSize?: string; 'listing.config.id'?: string }
}

/** A Dealer.com site: one endpoint, which heeds the offset in one place alone and gives no prices to who names the wrong list. */
export const dealerCom: SiteKind = {
  inventoryPath: '/used-inventory/index.htm',
  perPage: MOST_A_PAGE,
  config: () => ({}),
  answer: (asked, stock) => {
    if (asked.url.pathname === '/used-inventory/index.htm') return { status: 200, type: HTML, body: indexPage() }
    if (asked.url.pathname === API && asked.method === 'POST') return inventory(asked, stock)
    const car = stock.cars.find(({ path }) => path === asked.url.pathname)
    return car ? { status: 200, type: HTML, body: htmlPage(nameOf(car), '', `<h1>${nameOf(car)}</h1>`) } : null
  },
}

function indexPage(): string {
  const widget = { siteId: SITE_ID, pageAlias: 'INVENTORY_LISTING_DEFAULT_AUTO_USED', 'listing.config.id': CONFIG_ID }
  return htmlPage(
    'Used cars',
    '',
    `<div id="inventory-data-bus1"></div><script>DDC.WS.state['ws-inv-data']=${inScript(widget)};</script>`,
  )
}

function inventory(asked: Asked, stock: Stock) {
  const wanted = JSON.parse(asked.body) as Wanted
  const start = Math.max(0, Number(wanted.inventoryParameters?.start?.[0] ?? 0) || 0)
  const size = Math.min(MOST_A_PAGE, stock.perPage, Number(wanted.preferences?.pageSize ?? 18) || 18)
  const knowsUs = wanted.siteId === SITE_ID && wanted.preferences?.['listing.config.id'] === CONFIG_ID
  const part = partOf(stock, start, size)
  const listed = part.shown.map((car) => {
    const shape = shapeOf(stock, car)
    const whole = { ...vehicle(car), ...(knowsUs ? { pricing: pricing(car, shape) } : {}) }
    return shapedJson(whole, shape, ['vin', 'uuid', 'stockNumber', 'link'])
  })
  const body = json({ inventory: listed, pageInfo: { totalCount: part.total, pageSize: size, pageStart: start }, accounts: {} })
  return { status: 200, type: JSON_TYPE, body, page: part.page, pages: part.pages }
}

function vehicle(car: DealerCar) {
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
    trackingAttributes: [{ name: 'odometer', value: miles(car.mileage) }],
  }
}

function pricing({ priceCents }: DealerCar, shape: Shape) {
  if (priceCents === null) return { dprice: [{ label: 'Price', value: 'Please call for price', typeClass: 'askingPrice' }] }
  const old = { label: 'Retail Price', value: dollars(priceCents + 150_000), typeClass: 'retailPrice' }
  const isStruck = shape === 'struck'
  const shown = isStruck ? { label: 'Was', value: old.value, typeClass: 'strikethrough' } : old
  const current = { label: 'Our Price', value: dollars(priceCents), typeClass: isStruck ? 'internetPrice' : 'askingPrice' }
  return { retailPrice: old.value, dprice: [shown, current] }
}
