import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import type { PageRequest } from '../../plugins/scraping/domain/pages.ts'
import { findPlatform } from '../../plugins/scraping/platforms/index.ts'
import type { Kind } from './dealer-sites/index.ts'
import { filesUnder, read } from './repository-files.ts'
import { expectFound, buildPage } from './saved-page.ts'
import { IN_DOLLARS } from './in-dollars.ts'

/** What a value may be instead of what it is. */
export const MALFORMED_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  7,
  -1,
  1e300,
  '',
  ' ',
  'x',
  '\u0007',
  'x'.repeat(3_000),
  [],
  [null],
  [''],
  ['2020 Honda', 'CR-V EX'],
  [{ value: '2020 Honda' }, { value: 'CR-V EX' }],
  [[['x']]],
  [true, {}],
  {},
  { odd: true },
  { value: 'x' },
  { value: null },
  { en_US: 7 },
  { name: { name: ['x'] } },
  { toString: 'x', length: 3 },
]

/** How one platform of JSON writes a car, and a page of them. */
export type JsonKind = {
  request: () => Partial<PageRequest>
  car: (vin: string | null, number: number) => JsonObject
  page: (cars: unknown[]) => string
}

const buildFirstRequest = (kind: Kind): PageRequest => {
  const [file = ''] = filesUnder(`plugins/scraping/platforms/${kind}/fixtures`).filter((name) =>
    /(search-page|index)\.html$/.test(name),
  )
  return expectFound(getPlatform(kind).read(buildPage(read(file)), {}, IN_DOLLARS))
    .next[0] as PageRequest
}

export function getPlatform(kind: Kind) {
  const named = findPlatform(kind)
  if (!named) throw new Error(`No platform ${kind}.`)
  return named
}

/** A car as each platform of JSON writes it; every one has three names. */
export const KINDS: Partial<Record<Kind, JsonKind>> = {
  dealeron: {
    request: () => buildFirstRequest('dealeron'),
    car: (vin, number) => ({
      VehicleVin: vin,
      VehicleStockNumber: `A${number}`,
      VehicleDetailUrl: `/v/${number}`,
      VehicleYear: 2020,
      VehicleMake: 'Honda',
      VehicleModel: 'CR-V',
      VehicleTrim: 'EX',
      VehicleName: '2020 Honda CR-V EX',
      VehicleMileage: 12_000,
      Mileage: '12,000',
      VehicleImageModel: { VehicleImageCarouselModel: { PhotoList: ['/1.jpg'] } },
      VehicleCondition: 'Used',
      VehicleType: 'Used',
      VehicleFuelType: 'Gas',
      VehicleTransmission: 'CVT',
      VehicleBodyStyle: 'SUV',
      VehicleDriveTrain: 'AWD',
      ExteriorColorLabel: 'Gray',
      VehiclePriceLibrary: Buffer.from('Selling Price:20000;').toString('base64'),
    }),
    page: (cars) =>
      JSON.stringify({
        Paging: { PaginationDataModel: { TotalCount: cars.length, TotalPages: 1 } },
        DisplayCards: cars.map((car) => ({ IsAdCard: false, VehicleCard: car })),
      }),
  },
  'dealer-com': {
    request: () => buildFirstRequest('dealer-com'),
    car: (vin, number) => ({
      vin,
      stockNumber: `A${number}`,
      uuid: `u${number}`,
      link: `/v/${number}`,
      year: 2020,
      make: 'Honda',
      model: 'CR-V',
      trim: 'EX',
      title: ['2020 Honda', 'CR-V EX'],
      bodyStyle: 'SUV',
      condition: 'Used',
      fuelType: 'Gas',
      images: [{ uri: '/1.jpg' }],
      pricing: { retailPrice: '$21,000', dprice: [{ value: '$20,000', typeClass: 'askingPrice' }] },
      attributes: [{ name: 'exteriorColor', value: 'Gray' }],
      highlightedAttributes: [{ name: 'transmission', value: 'CVT' }],
      trackingAttributes: [
        { name: 'odometer', value: '12,000' },
        { name: 'driveLine', value: 'AWD' },
        { name: 'engine', value: '1.5L I4' },
      ],
    }),
    page: (cars) => JSON.stringify({ inventory: cars, pageInfo: { totalCount: cars.length } }),
  },
  'dealer-inspire': {
    request: () => buildFirstRequest('dealer-inspire'),
    car: (vin, number) => ({
      vin,
      stock: `A${number}`,
      vdp_url: `/v/${number}`,
      type: 'Used',
      year: 2020,
      make: 'Honda',
      model: 'CR-V',
      trim: 'EX',
      mileage: 12_000,
      styles: { exterior_color: 'Gray', ext_color: 'Gray', body_style: 'SUV', body_type: 'SUV' },
      mechanical: { transmission: 'CVT', fuel_type: 'Gas', drivetrain: 'AWD' },
      pricing: { msrp: 30_000, our_price: 20_000, price: 21_000 },
      media: { images: [{ url: '/1.jpg' }] },
    }),
    page: (cars) => JSON.stringify({ data: { listings: cars, total_vehicle_count: cars.length } }),
  },
  'schema-org': {
    request: () => ({}),
    car: (vin, number) => ({
      '@type': 'Car',
      vehicleIdentificationNumber: vin,
      sku: `A${number}`,
      '@id': `https://a.example/${number}`,
      url: `/v/${number}`,
      name: '2020 Honda CR-V EX',
      vehicleModelDate: '2020',
      modelDate: 2020,
      brand: { name: 'Honda' },
      manufacturer: 'Honda',
      model: 'CR-V',
      vehicleConfiguration: 'EX',
      mileageFromOdometer: { value: 12_000, unitCode: 'SMI' },
      color: 'Gray',
      vehicleTransmission: 'CVT',
      fuelType: 'Gas',
      bodyType: 'SUV',
      driveWheelConfiguration: 'https://schema.org/AllWheelDriveConfiguration',
      vehicleEngine: { name: '1.5L I4', engineDisplacement: '1.5 L', engineType: 'Turbo' },
      itemCondition: 'https://schema.org/UsedCondition',
      image: ['/1.jpg'],
      offers: {
        price: 20_000,
        priceCurrency: 'USD',
        availability: 'InStock',
        itemCondition: 'UsedCondition',
        priceSpecification: [{ price: 20_000, priceType: 'SalePrice' }],
      },
    }),
    page: (cars) =>
      '<html><body><script ' +
      `type="application/ld+json">${JSON.stringify({ '@graph': cars }).replaceAll('<', '\\u003c')}</script></body></html>`,
  },
}
