import type { PayloadRequest } from 'payload'
import type { Inventory } from '../generated/payload-types.ts'
import { buildCarUrl } from '../lot/domain/car-url.ts'
import { loadDealership } from '../lot/store/dealership.ts'
import { getCurrency } from '../settings/lot-currency.ts'
import { buildJsonLd } from './domain/json-ld.ts'
import { listImageUrls } from './require-car.ts'

/** Describes a car on show for search engines, with the facts of the dealership. */
export async function describeCar(req: PayloadRequest, car: Inventory): Promise<object> {
  const seller = await loadDealership(req)
  const { id, vin, slug = null, stockNumber = null } = car
  const url = buildCarUrl(seller.carUrlTemplate, { id, vin, slug, stockNumber })
  const described = {
    year: car.year,
    make: car.make,
    model: car.model,
    trim: car.trim ?? null,
    vin,
    stockNumber,
    price: car.price,
    mileage: car.mileage,
    condition: car.condition ?? null,
    bodyStyle: car.bodyStyle ?? null,
    exteriorColor: car.exteriorColor ?? null,
    interiorColor: car.interiorColor ?? null,
    engine: car.engine ?? null,
    transmission: car.transmission ?? null,
    fuelType: car.fuelType ?? null,
    drivetrain: car.drivetrain ?? null,
    doors: car.doors ?? null,
    owners: car.owners ?? null,
    description: car.description ?? null,
    images: listImageUrls(req, car.images),
  }
  return buildJsonLd(described, { url, currency: getCurrency(req.payload.config), seller })
}
