import { randomInt } from 'node:crypto'
import type { Payload } from 'payload'
import { withCheckDigit } from '../../src/domain/vin.ts'
import type { FuelLog, Inventory, Vehicle } from '../../src/generated/payload-types.ts'

const SERIAL = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'

/** A VIN that no other test has, of a Honda Accord of 2021. */
export function anyVin(): string {
  const serial = Array.from({ length: 6 }, () => SERIAL[randomInt(SERIAL.length)]).join('')
  return withCheckDigit(`1HGCV1F30MA${serial}`)
}

/** The body of a car that the lot accepts; the test says only what it is about. */
export function aCar(about: Partial<Inventory> = {}): Record<string, unknown> {
  return {
    vin: anyVin(),
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    price: 24_500,
    cost: 21_000,
    mileage: 31_200,
    ...about,
  }
}

/** Saves such a car and answers with its row. */
export function saveCar(payload: Payload, about: Partial<Inventory> = {}): Promise<Inventory> {
  return payload.create({
    collection: 'inventory',
    data: aCar(about) as never,
    depth: 0,
    overrideAccess: true,
  })
}

/** Saves a vehicle of an owner. */
export function saveVehicle(
  payload: Payload,
  userId: string,
  about: Partial<Vehicle> = {},
): Promise<Vehicle> {
  const data = { userId, vin: anyVin(), year: 2021, make: 'Honda', model: 'Accord', ...about }
  return payload.create({ collection: 'vehicles', data, depth: 0, overrideAccess: true })
}

/** Adds a subtype of maintenance, as an admin does. */
export async function saveSubtype(payload: Payload, category: string, name: string): Promise<void> {
  await payload.create({
    collection: 'maintenance-subtypes',
    data: { category, name },
    overrideAccess: true,
  })
}

/** The body of a fuel log that a vehicle accepts. */
export function aFuelLog(vehicle: string, about: Partial<FuelLog> = {}): Record<string, unknown> {
  return {
    vehicle,
    dateTime: '2026-03-01T10:00:00.000Z',
    fuelUnits: 10,
    costPerUnit: 3.5,
    odometer: 31_000,
    ...about,
  }
}
