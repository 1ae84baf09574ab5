import { z } from 'zod'
import { uuidInput } from '../../domain/input-schemas.ts'

const TEXT = z.string().nullable()
const NUMBER = z.number().nullable()
const TEXTS = z.array(z.string()).nullable()

/** A car as the public sees it, in the API of the inventory and of the public site. */
export const PUBLIC_CAR = z
  .looseObject({
    id: z.uuid(),
    slug: TEXT.describe('The end of the address of its page. It never changes.'),
    title: TEXT,
    status: z.literal('available'),
    vin: z.string(),
    stockNumber: TEXT,
    year: z.number().int(),
    make: z.string(),
    model: z.string(),
    trim: TEXT,
    bodyStyle: TEXT,
    doors: NUMBER,
    exteriorColor: TEXT,
    interiorColor: TEXT,
    engine: TEXT,
    transmission: TEXT,
    fuelType: TEXT,
    drivetrain: TEXT,
    mileage: z.number().int().describe('In miles.'),
    mpgCity: NUMBER,
    mpgHighway: NUMBER,
    condition: TEXT,
    price: z.number().describe('In the currency of the lot.'),
    msrp: NUMBER,
    featured: z.boolean().nullable(),
    images: TEXTS.describe('Addresses of photos; the first is the cover.'),
    thumbnail: TEXT,
    description: TEXT,
    features: TEXTS,
    titleStatus: TEXT,
    owners: NUMBER,
    accidents: NUMBER,
    serviceRecords: z.boolean().nullable(),
    warranty: TEXT,
    carfaxUrl: TEXT,
    autocheckUrl: TEXT,
    listedAt: TEXT,
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .describe('A car on show.')

/** The words of a search that were corrected. */
export const CORRECTED = z
  .array(z.strictObject({ word: z.string(), to: z.string() }))
  .describe('Words that no car has, and the similar words of cars that were searched instead.')

/** The path parameter of a car. */
export const CAR_PARAMS = z.object({ id: uuidInput() })
