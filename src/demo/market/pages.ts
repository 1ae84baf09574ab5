import type { ShownCar } from './stock.ts'

/** One page of a list. `next` is the address of the page after it; null on the last one. */
export type ListPage = {
  cars: readonly ShownCar[]
  /** The number of cars on all pages. */
  total: number
  next: string | null
}

/** Renders a list whose cars are in JSON-LD (schema.org), with a link to the next page. */
export function renderLinkedDataPage(title: string, { cars, next }: ListPage): string {
  const graph = { '@context': 'https://schema.org', '@graph': cars.map(describeCar) }
  const script = JSON.stringify(graph).replaceAll('<', String.raw`\u003c`)
  const link = next === null ? '' : `<link rel="next" href="${next}">`
  return renderPage(
    title,
    `${link}<script type="application/ld+json">${script}</script>`,
    cars.map((car) => `<p>${escapeHtml(formatName(car))}</p>`).join(''),
  )
}

const describeCar = (car: ShownCar) => ({
  '@type': 'Car',
  name: formatName(car),
  vehicleIdentificationNumber: car.vin,
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
  vehicleEngine: { '@type': 'EngineSpecification', name: car.engine },
  itemCondition: 'https://schema.org/UsedCondition',
  offers: {
    '@type': 'Offer',
    availability: 'https://schema.org/InStock',
    price: car.dollars,
    priceCurrency: 'USD',
  },
})

/** The platform settings for the pages of `renderCardPage`. */
export const CARD_SETTINGS = {
  listing: 'article.car',
  fields: {
    vin: { attribute: 'data-vin' },
    stockNumber: { attribute: 'data-stock' },
    title: 'h2',
    year: { attribute: 'data-year' },
    make: { attribute: 'data-make' },
    model: { attribute: 'data-model' },
    trim: { attribute: 'data-trim' },
    price: '.price',
    mileage: '.miles',
    exteriorColor: '.color',
    transmission: '.transmission',
    fuelType: '.fuel',
    bodyStyle: '.body',
    drivetrain: '.drivetrain',
    engine: '.engine',
    condition: '.condition',
  },
  next: { link: 'a.next' },
  total: '.count',
}

/** Renders a list of cards, which a custom platform reads with `CARD_SETTINGS`. */
export function renderCardPage(title: string, { cars, total, next }: ListPage): string {
  const link = next === null ? '' : `<a class="next" href="${next}">Next page</a>`
  return renderPage(
    title,
    '',
    `<p class="count">${total} cars</p>${cars.map(renderCard).join('')}${link}`,
  )
}

function renderCard(car: ShownCar): string {
  const attributes = {
    'data-vin': car.vin,
    'data-stock': car.stockNumber,
    'data-year': String(car.year),
    'data-make': car.make,
    'data-model': car.model,
    'data-trim': car.trim,
  }
  const facts = {
    price: `$${car.dollars.toLocaleString('en-US')}`,
    miles: `${car.mileage.toLocaleString('en-US')} miles`,
    color: car.exteriorColor,
    transmission: car.transmission,
    fuel: car.fuelType,
    body: car.bodyStyle,
    drivetrain: car.drivetrain,
    engine: car.engine,
    condition: car.condition,
  }
  const written = Object.entries(attributes).map(
    ([name, value]) => `${name}="${escapeHtml(value)}"`,
  )
  const lines = Object.entries(facts).map(
    ([name, value]) => `<p class="${name}">${escapeHtml(value)}</p>`,
  )
  const heading = `<h2>${escapeHtml(formatName(car))}</h2>`
  return `<article class="car" ${written.join(' ')}>${heading}${lines.join('')}</article>`
}

const formatName = ({ year, make, model, trim }: ShownCar) => `${year} ${make} ${model} ${trim}`

const renderPage = (title: string, head: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
  `${head}</head><body><h1>${escapeHtml(title)}</h1><main>${body}</main></body></html>`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
