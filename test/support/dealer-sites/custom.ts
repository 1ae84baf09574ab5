import type { JsonObject } from '../../../plugins/scraping/domain/json.ts'
import type { DealerCar } from './world.ts'
import {
  formatDollars,
  HTML,
  renderHtmlPage,
  formatMiles,
  formatCarName,
  readPageNumber,
  type Pagination,
  selectPart,
  type Shape,
  getShape,
  type SiteKind,
  type Stock,
} from './kinds.ts'

/** What a manager writes about this site; see the settings of the custom platform. */
const SETTINGS = {
  listing: 'article.car',
  fields: {
    vin: { selector: '.vin', attribute: 'data-vin' },
    stockNumber: '.stock b',
    title: 'h2',
    price: '.price',
    mileage: '.miles',
    exteriorColor: '.paint',
    url: { selector: 'h2 a', attribute: 'href' },
    imageUrl: { selector: 'img', attribute: 'src' },
  },
  total: '#count',
}
const NEXT: Record<Pagination, JsonObject> = {
  link: { link: 'a.older' },
  'page-number': { pageNumber: { parameter: 'p' } },
  'load-more': { loadMore: { selector: 'button.more', attribute: 'data-url' } },
}
const SCRIPT = `<script>document.addEventListener('click', async (event) => {
  const more = event.target.closest('button.more'); if (!more) return;
  const page = new DOMParser().parseFromString(await (await fetch(more.dataset.url)).text(), 'text/html');
  const isNew = (car) => !document.querySelector('main a[href="' + car.querySelector('a')?.getAttribute('href') + '"]');
  document.querySelector('main').append(...[...page.querySelectorAll('article.car')].filter(isNew));
  const next = page.querySelector('button.more'); if (next) more.dataset.url = next.dataset.url; else more.remove();
})</script>`

/** A site of a making of its own. */
export const custom: SiteKind = {
  inventoryPath: '/our-cars',
  perPage: 9,
  config: (pagination) => ({ ...SETTINGS, next: NEXT[pagination] }),
  answer: (request, stock) => {
    if (request.url.pathname === '/our-cars') {
      const part = selectPart(
        stock,
        (readPageNumber(request, 'p') - 1) * stock.perPage,
        stock.perPage,
      )
      const next = part.page < part.pages || stock.stays ? renderNext(part.page + 1, stock) : ''
      const main =
        `<main><p><span id="count">${part.total} ` +
        `cars</span></p>${part.shown.map((car) => renderArticle(car, getShape(stock, car))).join('')}</main>`
      const body = renderHtmlPage('Our cars', '', main + next + SCRIPT)
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

function renderNext(page: number, { pagination }: Stock): string {
  if (pagination === 'link') return `<a class="older" href="?p=${page}">Older</a>`
  return pagination === 'load-more'
    ? `<button class="more" data-url="/our-cars?p=${page}">More</button>`
    : ''
}

function renderArticle(car: DealerCar, shape: Shape): string {
  if (shape === 'nameless') return '<article class="car">Loading…</article>'
  if (shape === 'bare') return `<article class="car"><h2><a href="${car.path}"></a></h2></article>`
  const names =
    `<i class="vin" data-vin="${car.vin ?? ''}"></i><span class="stock">Stock ` +
    `<b>${car.stockNumber}</b></span>`
  if (shape === 'malformed')
    return (
      `<article class="car"><h2><a href="${car.path}">See it</a></h2>${names}<span ` +
      'class="price">from 12K</span></article>'
    )
  const old =
    shape === 'struck' && car.priceCents !== null
      ? '<span style="text-decoration: ' +
        `line-through">${formatDollars(car.priceCents + 100_000)}</span> `
      : ''
  return `<article class="car"><img src="${car.photo}" alt=""><h2><a href="${car.path}">${formatCarName(car)}</a></h2>${names}
    <span class="price">${old}${formatDollars(car.priceCents)}*</span><span class="miles">${formatMiles(car.mileage)}</span>
    <span class="paint">${car.exteriorColor}</span></article>`
}
