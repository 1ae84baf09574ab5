import type { DealerCar } from './world.ts'
import {
  HTML,
  renderHtmlPage,
  toScriptJson,
  formatCarName,
  readPageNumber,
  selectPart,
  type Shape,
  getShape,
  shapeJson,
  type SiteKind,
} from './kinds.ts'

/** A site of any making that describes its cars in JSON-LD, and links its next page in its head. */
export const schemaOrg: SiteKind = {
  inventoryPath: '/cars',
  perPage: 10,
  config: () => ({}),
  answer: (request, stock) => {
    if (request.url.pathname === '/cars') {
      const part = selectPart(
        stock,
        (readPageNumber(request, 'page') - 1) * stock.perPage,
        stock.perPage,
      )
      const next =
        part.page < part.pages ? `<link rel="next" href="/cars?page=${part.page + 1}">` : ''
      const graph = {
        '@context': 'https://schema.org',
        '@graph': [
          { '@type': 'AutoDealer', name: 'Riverside' },
          ...part.shown.map((car) => shaped(car, getShape(stock, car))),
        ],
      }
      const head = `${next}<script type="application/ld+json">${toScriptJson(graph)}</script>`
      return {
        status: 200,
        type: HTML,
        body: renderHtmlPage('Cars', head, '<main></main>'),
        page: part.page,
        pages: part.pages,
      }
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

function shaped(car: DealerCar, shape: Shape) {
  const names = ['@type', 'vehicleIdentificationNumber', 'sku', 'url']
  return {
    '@type': 'Car',
    ...shapeJson({ ...buildVehicle(car, shape), url: car.path }, shape, names),
  }
}

function buildVehicle(car: DealerCar, shape: Shape) {
  const offer = {
    '@type': 'Offer',
    availability: 'https://schema.org/InStock',
    priceCurrency: 'USD',
    url: car.path,
  }
  return {
    '@type': 'Car',
    name: formatCarName(car),
    ...(car.vin === null ? {} : { vehicleIdentificationNumber: car.vin }),
    sku: car.stockNumber,
    vehicleModelDate: String(car.year),
    brand: { '@type': 'Brand', name: car.make },
    model: car.model,
    vehicleConfiguration: car.trim,
    mileageFromOdometer: { '@type': 'QuantitativeValue', value: car.mileage, unitCode: 'SMI' },
    color: car.exteriorColor,
    vehicleTransmission: car.transmission,
    fuelType: car.fuelType,
    bodyType: car.bodyStyle,
    driveWheelConfiguration: car.drivetrain,
    itemCondition: 'https://schema.org/UsedCondition',
    image: [car.photo],
    offers: [
      car.priceCents === null ? offer : { ...offer, ...priced(car.priceCents / 100, shape) },
    ],
  }
}

function priced(price: number, shape: Shape) {
  if (shape !== 'struck') return { price: price.toFixed(2) }
  const old = {
    '@type': 'UnitPriceSpecification',
    priceType: 'https://schema.org/StrikethroughPrice',
    price: price + 1_000,
  }
  return {
    price: price + 1_000,
    priceSpecification: [old, { '@type': 'UnitPriceSpecification', price, priceCurrency: 'USD' }],
  }
}
