import { isolateObjectProperty, type PayloadRequest } from 'payload'
import { sendLead } from '../adf/send-lead.ts'
import { limitKey } from '../auth/rate-limits/request-limits.ts'
import { formatVehicleTitle } from '../domain/vehicle-title.ts'
import type { Inventory } from '../generated/payload-types.ts'
import { runInTransaction } from '../owners/run-in-transaction.ts'
import { getCurrency } from '../settings/lot-currency.ts'

/** What somebody asks about a car, and how to answer: by e-mail or phone, at least one. */
export type EnquiryInput = {
  name: string
  email: string | null
  phone: string | null
  message: string
}

/**
 * Stores an enquiry about a car on show and sends it to the dealership's address for leads, in one
 * transaction with the rest of the request. The person gets no mail: anybody can enter the address
 * of somebody else. Throws a 400 for invalid values, and a 429 for too many of one person.
 */
export async function createEnquiry(
  req: PayloadRequest,
  car: Inventory,
  input: EnquiryInput,
): Promise<void> {
  const { name, email, phone, message } = input
  for (const key of [email?.toLowerCase(), phone?.replace(/\D/g, '')])
    if (key) await limitKey(req, 'enquiry:person', key)
  await runInTransaction(req, async () => {
    const { year, make, model, trim } = car
    const carTitle = [formatVehicleTitle({ year, make, model }), trim].filter(Boolean).join(' ')
    const { id, createdAt } = await req.payload.create({
      collection: 'enquiries',
      data: { carTitle: carTitle.slice(0, 255), inventory: car.id, status: 'new', ...input },
      depth: 0,
      overrideAccess: true,
      req: actAsServer(req),
    })
    await sendLead(req, {
      id,
      source: 'Forecourt website',
      requestedAt: createdAt,
      vehicle: describeVehicle(req, car),
      customer: { name, email, phone, comments: message },
    })
  })
}

function describeVehicle({ payload }: PayloadRequest, car: Inventory) {
  return {
    interest: 'buy' as const,
    year: car.year,
    make: car.make,
    model: car.model,
    trim: car.trim ?? null,
    vin: car.vin || null,
    stockNumber: car.stockNumber ?? null,
    mileage: car.mileage,
    condition: car.condition ?? null,
    transmission: car.transmission ?? null,
    exteriorColor: car.exteriorColor ?? null,
    interiorColor: car.interiorColor ?? null,
    price: { amount: car.price, currency: getCurrency(payload.config) },
  }
}

/** The same request for a write of ours, whatever its caller may do. */
function actAsServer(req: PayloadRequest): PayloadRequest {
  const own = isolateObjectProperty(req, 'payloadAPI')
  own.payloadAPI = 'local'
  return own
}
