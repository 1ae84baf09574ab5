/** A car as search engines are told of it. Amounts are decimals, the mileage is in miles. */
export type DescribedCar = {
  year: number
  make: string
  model: string
  trim: string | null
  vin: string
  stockNumber: string | null
  price: number
  mileage: number
  condition: string | null
  bodyStyle: string | null
  exteriorColor: string | null
  interiorColor: string | null
  engine: string | null
  transmission: string | null
  fuelType: string | null
  drivetrain: string | null
  doors: number | null
  owners: number | null
  description: string | null
  images: readonly string[]
}

/** Who sells it; null for what was not entered. */
export type Seller = {
  name: string | null
  phone: string | null
  websiteUrl: string | null
  street: string | null
  city: string | null
  state: string | null
  postalCode: string | null
}

/** The offer of a car: its page, if it has one, and the currency of the price. */
export type CarOffer = { url: string | null; currency: string; seller: Seller }

/**
 * Describes a car on show as a `Car` of schema.org with its `Offer`, for the rich results of search
 * engines. What is unknown is left out.
 */
export function buildJsonLd(car: DescribedCar, { url, currency, seller }: CarOffer): object {
  const { year, make, model, trim } = car
  return omitEmpty({
    '@context': 'https://schema.org',
    '@type': 'Car',
    name: [year, make, model, trim].filter(Boolean).join(' '),
    url,
    image: car.images.length > 0 ? car.images : null,
    description: car.description,
    sku: car.stockNumber,
    vehicleIdentificationNumber: car.vin,
    brand: { '@type': 'Brand', name: make },
    model,
    vehicleConfiguration: trim,
    vehicleModelDate: String(year),
    itemCondition: `https://schema.org/${getItemCondition(car.condition)}`,
    mileageFromOdometer: { '@type': 'QuantitativeValue', value: car.mileage, unitCode: 'SMI' },
    bodyType: car.bodyStyle,
    color: car.exteriorColor,
    vehicleInteriorColor: car.interiorColor,
    vehicleEngine: car.engine && { '@type': 'EngineSpecification', name: car.engine },
    vehicleTransmission: car.transmission,
    fuelType: car.fuelType,
    driveWheelConfiguration: findDriveWheels(car.drivetrain) ?? car.drivetrain,
    numberOfDoors: car.doors,
    numberOfPreviousOwners: car.owners,
    offers: omitEmpty({
      '@type': 'Offer',
      url,
      price: car.price.toFixed(2),
      priceCurrency: currency,
      availability: 'https://schema.org/InStock',
      itemCondition: `https://schema.org/${getItemCondition(car.condition)}`,
      seller: buildSeller(seller),
    }),
  })
}

/**
 * Writes JSON so that it can stand inside `<script type="application/ld+json">`: no text in it can
 * end the script or begin a comment.
 */
export function formatScriptJson(value: object): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function buildSeller({ name, phone, websiteUrl, ...place }: Seller): object | null {
  if (!name) return null
  const address = omitEmpty({
    streetAddress: place.street,
    addressLocality: place.city,
    addressRegion: place.state,
    postalCode: place.postalCode,
  })
  const hasAddress = Object.keys(address).length > 0
  return omitEmpty({
    '@type': 'AutoDealer',
    name,
    telephone: phone,
    url: websiteUrl,
    address: hasAddress ? { '@type': 'PostalAddress', ...address } : null,
  })
}

const getItemCondition = (condition: string | null): string =>
  condition?.toLowerCase() === 'new' ? 'NewCondition' : 'UsedCondition'

const DRIVE_WHEELS: Readonly<Record<string, string>> = {
  FWD: 'FrontWheelDriveConfiguration',
  RWD: 'RearWheelDriveConfiguration',
  AWD: 'AllWheelDriveConfiguration',
  '4WD': 'FourWheelDriveConfiguration',
}

function findDriveWheels(drivetrain: string | null): string | undefined {
  const found = drivetrain ? DRIVE_WHEELS[drivetrain] : undefined
  return found && `https://schema.org/${found}`
}

function omitEmpty(values: Record<string, unknown>): Record<string, unknown> {
  const isEmpty = (value: unknown) => value === null || value === undefined || value === ''
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)))
}
