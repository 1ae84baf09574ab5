import type { JsonObject } from '../../../plugins/scraping/domain/json.ts'
import type { DealerCar } from './world.ts'
import {
  dollars,
  HTML,
  htmlPage,
  miles,
  nameOf,
  pageNumber,
  type Pagination,
  partOf,
  type Shape,
  shapeOf,
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
  answer: (asked, stock) => {
    if (asked.url.pathname === '/our-cars') {
      const part = partOf(stock, (pageNumber(asked, 'p') - 1) * stock.perPage, stock.perPage)
      const onward = part.page < part.pages || stock.stays ? onwardTo(part.page + 1, stock) : ''
      const main = `<main><p><span id="count">${part.total} cars</span></p>${part.shown.map((car) => article(car, shapeOf(stock, car))).join('')}</main>`
      const body = htmlPage('Our cars', '', main + onward + SCRIPT)
      return { status: 200, type: HTML, body, page: part.page, pages: part.pages }
    }
    const car = stock.cars.find(({ path }) => path === asked.url.pathname)
    return car ? { status: 200, type: HTML, body: htmlPage(nameOf(car), '', `<h1>${nameOf(car)}</h1>`) } : null
  },
}

function onwardTo(page: number, { pagination }: Stock): string {
  if (pagination === 'link') return `<a class="older" href="?p=${page}">Older</a>`
  return pagination === 'load-more' ? `<button class="more" data-url="/our-cars?p=${page}">More</button>` : ''
}

function article(car: DealerCar, shape: Shape): string {
  if (shape === 'nameless') return '<article class="car">Loading …</article>'
  if (shape === 'bare') return `<article class="car"><h2><a href="${car.path}"></a></h2></article>`
  const names = `<i class="vin" data-vin="${car.vin ?? ''}"></i><span class="stock">Stock <b>${car.stockNumber}</b></span>`
  if (shape === 'odd')
    return `<article class="car"><h2><a href="${car.path}">See it</a></h2>${names}<span class="price">from 12K</span></article>`
  const old =
    shape === 'struck' && car.priceCents !== null
      ? `<span style="text-decoration: line-through">${dollars(car.priceCents + 100_000)}</span> `
      : ''
  return `<article class="car"><img src="${car.photo}" alt=""><h2><a href="${car.path}">${nameOf(car)}</a></h2>${names}
    <span class="price">${old}${dollars(car.priceCents)}*</span><span class="miles">${miles(car.mileage)}</span>
    <span class="paint">${car.exteriorColor}</span></article>`
}
