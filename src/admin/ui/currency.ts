import { z } from 'zod'

const CUSTOM = z.object({ currency: z.string() })

/** Reads the currency of the lot from the configuration, which passes it to the panel. */
export const getCurrency = ({ admin }: { admin: { custom?: unknown } }): string =>
  CUSTOM.parse(admin.custom).currency
