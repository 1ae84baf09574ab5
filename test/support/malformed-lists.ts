import type { Kind } from './dealer-sites/index.ts'

/** A list of cars with odd values, as each kind writes it. */
export const WRITERS: Record<Kind, (cars: readonly MalformedCar[]) => string> = {
  dealeron: (cars) =>
    JSON.stringify({
      Paging: { PaginationDataModel: { TotalCount: cars.length, TotalPages: 1 } },
      DisplayCards: cars.map(({ stock, title, price, url, vin }) => ({
        VehicleCard: {
          VehicleStockNumber: stock,
          VehicleName: title,
          VehicleDetailUrl: url,
          VehicleVin: vin,
          VehiclePriceLibrary: Buffer.from(`Selling Price:${price};`).toString('base64'),
        },
      })),
    }),
  'dealer-com': (cars) =>
    JSON.stringify({
      inventory: cars.map(({ stock, title, price, url, vin }) => ({
        stockNumber: stock,
        title,
        link: url,
        vin,
        pricing: { dprice: [{ typeClass: 'askingPrice', value: price }] },
      })),
      pageInfo: { totalCount: cars.length },
    }),
  'dealer-inspire': (cars) =>
    JSON.stringify({
      data: {
        listings: cars.map(({ stock, title, price, url, vin }) => ({
          stock,
          model: title,
          vdp_url: url,
          vin,
          pricing: { our_price: price },
        })),
        total_vehicle_count: cars.length,
      },
    }),
  'dealer-center': (cars) =>
    html(
      cars.map(
        (car) =>
          '<div class="dws-vehicle-listing-item-info dws-listing-item" ' +
          `data-vin="${car.vin}"><p class="dws-listing-title"><a ` +
          `href="${car.url}">${escapeHtml(car.title)}</a></p><i ` +
          `class="dws-vehicle-price-value">${car.price}</i><p ` +
          'class="dws-vehicle-field-stock-number"><i ' +
          `class="dws-vehicle-listing-item-field-value">${car.stock}</i></p></div>`,
      ),
    ),
  dealersync: (cars) =>
    html(
      cars.map(
        (car) =>
          `<div class="ds-car-griditem" data-vin="${car.vin}" data-stock-no="${car.stock}"><p ` +
          'class="ds-listview-vehicle-title"><a ' +
          `href="${car.url}">${escapeHtml(car.title)}</a></p><i ` +
          `class="ds-gridview-value">${car.price}</i></div>`,
      ),
    ),
  'schema-org': (cars) =>
    html([
      `<script type="application/ld+json">${JSON.stringify({
        '@graph': cars.map(({ stock, title, price, url, vin }) => ({
          '@type': 'Car',
          sku: stock,
          name: title,
          url,
          vehicleIdentificationNumber: vin,
          offers: { price },
        })),
      }).replaceAll('<', '\\u003c')}</script>`,
    ]),
  custom: (cars) =>
    html(
      cars.map(
        (car) =>
          `<li class="car" data-vin="${car.vin}"><a class="name" ` +
          `href="${car.url}">${escapeHtml(car.title)}</a><b class="now">${car.price}</b><i ` +
          `class="stock">${car.stock}</i></li>`,
      ),
    ),
}
/** What is said of a car, in words. */
export type MalformedCar = { stock: string; title: string; price: string; url: string; vin: string }

const html = (parts: readonly string[]) =>
  `<!doctype html><html><body>${parts.join('\n')}</body></html>`
const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
/** A car that says nothing odd but what is said here. */
export const buildMalformedCar = (more: Partial<MalformedCar> = {}, i = 0): MalformedCar => ({
  stock: `S${i}`,
  title: '2020 Kia Soul',
  price: '$9,000',
  url: `/cars/${i}`,
  vin: '',
  ...more,
})
