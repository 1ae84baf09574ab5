import { z } from 'zod'
import { ALGORITHM } from '../domain/hash-chain.ts'

/** The SHA-256 of a record. */
export const HASH = z.string().regex(/^[0-9a-f]{64}$/)

const CHAINED = z.looseObject({
  kind: z
    .enum(['vehicle', 'maintenance', 'fuel', 'document'])
    .describe('The first record is the one about the vehicle; it counts the others.'),
  previous: HASH.nullable().describe('The hash of the record before; null for the first.'),
  hash: HASH.describe('Of the canonical JSON of the record without this member.'),
})

/** The history of a car, as a buyer gets it and `npm run verify-history` checks it. */
export const CAR_HISTORY = z.strictObject({
  vin: z.string(),
  algorithm: z.literal(ALGORITHM),
  head: HASH.describe('The hash of the last record, which covers all of them.'),
  records: z.array(CHAINED).describe('Odometers are in miles, days are YYYY-MM-DD.'),
})
