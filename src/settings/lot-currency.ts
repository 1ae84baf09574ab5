import { z } from 'zod'

const CUSTOM = z.object({ currency: z.string() })

/** Reads the currency of the lot from the configuration, where the panel finds it, too. */
export const getCurrency = ({ admin }: { admin: { custom?: unknown } }): string =>
  CUSTOM.parse(admin.custom).currency
