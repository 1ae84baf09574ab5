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

/** What the page does in a browser: the button puts the next cars below the others. */
const SCRIPT = `<script>document.addEventListener('click', async (event) => {
  const more = event.target.closest('.ds-load-more'); if (!more) return; event.preventDefault();
  const page = new DOMParser().parseFromString(await (await fetch(more.href)).text(), 'text/html');
  const isNew = (car) => !document.querySelector('.ds-list a[href="' + car.querySelector('a')?.getAttribute('href') + '"]');
  document.querySelector('.ds-list').append(...[...page.querySelectorAll('.ds-list > *')].filter(isNew));
  const next = page.querySelector('.ds-load-more'); if (next) more.href = next.getAttribute('href'); else more.remove();
})</script>`

/**
 * A Dealersync site: every car twice, for wide screens and for phones; the old price beside the
 * new; a button for more.
 */
export const dealersync: SiteKind = {
  inventoryPath: '/inventory',
  perPage: 15,
  config: () => ({}),
  answer: (request, stock) => {
    if (request.url.pathname === '/inventory') {
      const part = selectPart(
        stock,
        (readPageNumber(request, 'page') - 1) * stock.perPage,
        stock.perPage,
      )
      const more =
        part.page < part.pages || stock.stays
          ? `<a class="ds-load-more" href="/inventory?page=${part.page + 1}">Load more</a>`
          : ''
      const cars = part.shown.map((car) => renderCards(car, getShape(stock, car))).join('')
      const body = renderHtmlPage(
        'Inventory',
        '',
        `<div class="ds-list">${cars}</div>${more}${SCRIPT}`,
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

const renderDataAttributes = ({ vin, stockNumber }: DealerCar) =>
  `${vin === null ? '' : ` data-vin="${vin}"`} data-stock-no="${stockNumber}"`
const old = ({ priceCents }: DealerCar, view: string, isStruck: boolean) => {
  if (priceCents === null) return ''
  const price = formatDollars(priceCents + 120_000)
  return isStruck
    ? `<span class="${view}"><s>${price}</s></span>`
    : `<span class="${view} ds-old-price">${price}</span>`
}

function renderCards(car: DealerCar, shape: Shape): string {
  if (shape === 'nameless') return '<div class="ds-vehicle-list-item">Loading…</div>'
  if (shape === 'bare')
    return (
      '<div class="ds-car-griditem"><h3 class="ds-listview-vehicle-title"><a ' +
      `href="${car.path}"></a></h3></div>`
    )
  if (shape === 'malformed')
    return (
      `<div class="ds-vehicle-list-item"${renderDataAttributes(car)}><span ` +
      'class="ds-listview-value">from 12K</span></div>'
    )
  return row(car, shape === 'struck') + tile(car, shape === 'struck')
}

function row(car: DealerCar, isStruck: boolean): string {
  return `<div class="ds-vehicle-list-item"${renderDataAttributes(car)}><img src="${car.photo}" alt="">
    <h3 class="ds-listview-vehicle-title"><a href="${car.path}">${formatCarName(car)}</a></h3>
    <span class="ds-listview-item-featured-content-tag">${formatMiles(car.mileage)}</span>
    <span class="ds-listview-item-featured-content-tag">${car.transmission}</span>
    ${old(car, 'ds-listview-value', isStruck)}<span class="ds-listview-value">${formatDollars(car.priceCents)}</span></div>`
}

function tile(car: DealerCar, isStruck: boolean): string {
  return `<div class="ds-car-griditem"${renderDataAttributes(car)}><h3 class="ds-listview-vehicle-title"><a href="${car.path}">${formatCarName(car)}</a></h3>
    ${old(car, 'ds-gridview-value', isStruck)}<span class="ds-gridview-value">${formatDollars(car.priceCents)}</span></div>`
}
