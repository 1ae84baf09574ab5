import { APIError } from 'payload'
import { z } from 'zod'
import type { EndpointContext } from '../../../src/api/callers.ts'
import { uuidInput } from '../../../src/domain/input-schemas.ts'
import type { Competitor } from '../domain/runs.ts'
import { findCompetitor } from '../store/competitors.ts'

/** The path parameter that identifies a competitor or one of its cars. */
export const ID = z.object({ id: uuidInput() })

/** Loads the competitor of the path. Throws 404 if there is none. */
export async function loadCompetitor(
  { req }: EndpointContext,
  { id }: z.output<typeof ID>,
): Promise<{ competitor: Competitor }> {
  const competitor = await findCompetitor(req, id)
  if (competitor) return { competitor }
  throw new APIError('Not Found', 404)
}
