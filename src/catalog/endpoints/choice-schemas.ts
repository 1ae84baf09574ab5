import { z } from 'zod'

/** GET /api/catalog/years */
export const YEAR_CHOICES = z.strictObject({ years: z.array(z.number().int()) })

/** GET /api/catalog/makes */
export const MAKE_CHOICES = z.strictObject({ makes: z.array(z.string()) })

/** GET /api/catalog/models */
export const MODEL_CHOICES = z.strictObject({ models: z.array(z.string()) })

/** GET /api/catalog/trims */
export const TRIM_CHOICES = z.strictObject({ trims: z.array(z.string()) })

/** GET /api/catalog/engines */
export const ENGINE_CHOICES = z.strictObject({
  engines: z.array(z.strictObject({ id: z.number().int(), name: z.string() })),
})

/** GET /api/catalog/transmissions */
export const TRANSMISSION_CHOICES = z.strictObject({
  transmissions: z.array(z.strictObject({ id: z.number().int(), type: z.string() })),
})
