import { z } from 'zod'

/* What the server gives a thread that decodes a HEIC image, and what it receives. */

/** The image, and how many pixels it may have. */
export const HEIC_TASK = z.object({ bytes: z.instanceof(Uint8Array), maxPixels: z.number() })

/** The pixels (red, green, blue and alpha, one byte each), or why there are none. */
export const HEIC_RESULT = z.union([
  z.object({ width: z.number(), height: z.number(), pixels: z.instanceof(Uint8Array) }),
  z.object({ pixelCount: z.number() }),
  z.object({ problem: z.string() }),
])

export type HeicResult = z.output<typeof HEIC_RESULT>
