import type { DealerCar } from './world.ts'
import {
  formatDollars,
  HTML,
  renderHtmlPage,
  formatMiles,
  formatCarName,
  readPageNumber,
  selectPart,
  type Shape,
  getShape,
  type SiteKind,
} from './kinds.ts'

/** A DealerCenter site: cards of HTML, and a chevron to the next page. */
export const dealerCenter: SiteKind = {
  inventoryPath: '/inventory',
  perPage: 20,
  config: () => ({}),
  answer: (request, stock) => {
    if (request.url.pathname === '/inventory') {
      const part = selectPart(
        stock,
        (readPageNumber(request, 'page_no') - 1) * stock.perPage,
        stock.perPage,
      )
      const next = part.page < part.pages ? renderChevron(part.page + 1) : ''
      const body = renderHtmlPage(
        'Inventory',
        '',
        '<div ' +
          `class="dws-vehicle-listing">${part.shown.map((car) => renderCard(car, getShape(stock, car))).join('')}</div>${next}`,
      )
      return { status: 200, type: HTML, body, page: part.page, pages: part.pages }
    }
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

const renderChevron = (page: number) =>
  '<nav><a class="page-link page-link-chevron" aria-label="Next page" ' +
  `href="/inventory?page_no=${page}">&rsaquo;</a></nav>`

function renderCard(car: DealerCar, shape: Shape): string {
  const item = '<div class="dws-vehicle-listing-item-info dws-listing-item"'
  if (shape === 'nameless') return `${item}>Loading…</div>`
  if (shape === 'bare')
    return `${item}><h3 class="dws-listing-title"><a href="${car.path}"></a></h3></div>`
  if (shape === 'malformed')
    return `${item}>${field('stock-number', car.stockNumber)}${field('mileage', '12K')}</div>`
  const vin = car.vin === null ? '' : ` data-vin="${car.vin}"`
  const sales = car.priceCents === null ? '' : ` data-sales-price="${car.priceCents / 100}"`
  const price =
    car.priceCents === null
      ? ''
      : `${before(car.priceCents, shape)}<span ` +
        `class="dws-vehicle-price-value">${formatDollars(car.priceCents)}</span>`
  return `<div class="dws-listing-card"${sales}><div class="dws-vehicle-listing-item-info dws-listing-item"${vin}>
    <img src="${car.photo}" alt=""><h3 class="dws-listing-title"><a href="${car.path}">${formatCarName(car)}</a></h3>${price}
    ${field('vin', car.vin ?? '')}${field('stock-number', car.stockNumber)}${field('trim', car.trim)}
    ${field('mileage', formatMiles(car.mileage))}${field('exterior-color', car.exteriorColor)}</div></div>`
}

const field = (name: string, value: string) =>
  `<div class="dws-vehicle-field-${name}"><b>${name}</b> <span ` +
  `class="dws-vehicle-listing-item-field-value"> ${value} </span></div>`

const before = (cents: number, shape: Shape) =>
  shape === 'struck'
    ? `<del><span class="dws-vehicle-price-value">${formatDollars(cents + 100_000)}</span></del>`
    : ''
