import { z } from 'zod'
import { lineInput, linesInput } from '../../domain/input-schemas.ts'

/** The maximum length of texts of several lines, in characters. */
const MAX_LENGTH = 5_000

const text = () => lineInput().nullable().default(null)

/**
 * What a customer offers. Here are the kinds of values; their limits are those of the fields of
 * submissions, which check them.
 */
export const OFFER = z
  .strictObject({
    vin: lineInput().min(1).describe('The VIN or chassis number, as on the plate.'),
    confirmVin: z.boolean().default(false).describe('An unusual number is really on the plate.'),
    year: z.number().int(),
    make: lineInput().min(1),
    model: lineInput().min(1),
    trim: text(),
    mileage: z.number().int().nullable().default(null),
    askingPrice: z.number().positive().nullable().default(null),
    condition: text(),
    transmission: text(),
    fuelType: text(),
    exteriorColor: text(),
    interiorColor: text(),
    customerName: lineInput().min(1),
    customerEmail: text(),
    customerPhone: text(),
    additionalNotes: linesInput().max(MAX_LENGTH).nullable().default(null),
  })
  .refine(({ customerEmail, customerPhone }) => Boolean(customerEmail || customerPhone), {
    path: ['customerEmail'],
    message: 'or customerPhone is needed, so that we can answer',
  })

export const OFFER_EXAMPLE =
  '{ "vin": "1HGCM82633A004352", "year": 2003, "make": "Honda", "model": "Accord", ' +
  '"customerName": "Ann", "customerEmail": "ann@example.com" }'

/** A customer’s answer to our question: text, or nothing if new photos say it all. */
export const ANSWER = z.strictObject({ text: linesInput().max(MAX_LENGTH).optional() })
export const ANSWER_EXAMPLE = '{ "text": "The photo shows the scratch on the left door." }'
