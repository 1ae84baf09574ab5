import { z } from 'zod'
import { RAW_FACTS } from '../../domain/raw-facts.ts'

/* The messages between the server and the thread that decodes. */

/** The data that the thread starts with: the folder for its database. */
export const THREAD_DATA = z.object({ folder: z.string() })

/** A request to decode a VIN for each of these model years. */
export const DECODE_REQUEST = z.object({
  id: z.number().int(),
  vin: z.string(),
  years: z.array(z.number().int()),
})

/** The facts for each year in which there is such a vehicle; `problem` if decoding failed. */
export const DECODE_ANSWER = z.union([
  z.object({
    id: z.number().int(),
    matches: z.array(z.object({ year: z.number().int(), raw: RAW_FACTS })),
  }),
  z.object({ id: z.number().int(), problem: z.string() }),
])

/** A request to the thread. */
export type DecodeRequest = z.output<typeof DECODE_REQUEST>

/** An answer of the thread. */
export type DecodeAnswer = z.output<typeof DECODE_ANSWER>
