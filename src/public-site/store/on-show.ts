import { sql } from '@payloadcms/db-postgres'

/** What the public may see, as `rules.carsOnShow` says it. */
export const ON_SHOW = sql`status = 'available'`
