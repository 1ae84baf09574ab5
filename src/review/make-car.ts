import { APIError, type PayloadRequest } from 'payload'
import type { LotStatus } from '../domain/lot-status.ts'
import type { ClaimedSubmission } from './store/submissions.ts'
import { type LotCar, lockCarWithVin } from './store/cars.ts'

/** What an approval decides about the car. Money in decimals, mileage in miles. */
export type CarDecision = {
  vin: string
  price: number
  cost: number | null
  mileage: number
  stockNumber: string | undefined
  status: Extract<LotStatus, 'available' | 'hold'>
  serviceRecords: boolean | undefined
  images: string[]
}

/** The car that an approval made; `relisted` if it was sold here before. */
export type MadeCar = {
  id: string
  title: string
  relisted: boolean
}

/**
 * Makes a car of a submission, in the transaction of the request: a new one, or the same row again
 * if its VIN was sold here, with its prices and history. Throws 409 if a car with the VIN stands on
 * the lot.
 */
export async function makeCar(
  req: PayloadRequest,
  submission: ClaimedSubmission,
  decision: CarDecision,
): Promise<MadeCar> {
  const existing = await lockCarWithVin(req, decision.vin)
  if (existing === null) return createCar(req, submission, decision)
  if (existing.status !== 'sold') throw createOnLotError(existing, decision)
  return relistCar(req, existing, submission, decision)
}

async function createCar(
  req: PayloadRequest,
  submission: ClaimedSubmission,
  { vin, stockNumber, status, ...decision }: CarDecision,
): Promise<MadeCar> {
  const { id, title } = await req.payload.create({
    collection: 'inventory',
    data: {
      ...copyFacts(submission),
      ...buildTerms(decision),
      year: submission.year,
      make: submission.make,
      model: submission.model,
      vin,
      confirmVin: true,
      ...(stockNumber !== undefined && { stockNumber }),
      status,
      images: decision.images,
      sourceSubmission: submission.id,
    },
    depth: 0,
    overrideAccess: true,
    req,
  })
  return { id, title: title ?? '', relisted: false }
}

/** A sold car is made available first: no other status follows a sale. */
async function relistCar(
  req: PayloadRequest,
  { id }: LotCar,
  submission: ClaimedSubmission,
  { stockNumber, status, images, ...decision }: CarDecision,
): Promise<MadeCar> {
  const update = (data: object) =>
    req.payload.update({
      collection: 'inventory',
      id,
      data,
      depth: 0,
      context: { priceChange: { reason: 'edit', note: 'Bought again and relisted' } },
      overrideAccess: true,
      req,
    })
  const { title } = await update({
    ...copyFacts(submission),
    ...buildTerms(decision),
    ...(stockNumber !== undefined && { stockNumber }),
    ...(images.length > 0 && { images }),
    status: 'available',
    listedAt: new Date().toISOString(),
    sourceSubmission: submission.id,
  })
  if (status !== 'available') await update({ status })
  return { id, title: title ?? '', relisted: true }
}

const buildTerms = ({
  price,
  cost,
  mileage,
  serviceRecords,
}: Pick<CarDecision, 'price' | 'cost' | 'mileage' | 'serviceRecords'>) => ({
  price,
  cost,
  mileage,
  ...(serviceRecords !== undefined && { serviceRecords }),
})

/** The facts that the customer gave, without those that they left out. */
function copyFacts(submission: ClaimedSubmission) {
  const { trim, condition, transmission, fuelType, exteriorColor, interiorColor } = submission
  const facts = { trim, condition, transmission, fuelType, exteriorColor, interiorColor }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
}

function createOnLotError({ title, status, stockNumber }: LotCar, { vin }: CarDecision) {
  const stock = stockNumber === null ? '' : `stock number ${stockNumber}, `
  return new APIError(
    `VIN ${vin} is on the lot already: ${title} (${stock}${status}). Mark that car as sold ` +
      'first, or reject this submission.',
    409,
    undefined,
    true,
  )
}
