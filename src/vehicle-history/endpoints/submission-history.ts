import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { formatHistoryFile } from '../domain/history-file.ts'
import { describeHistory, findHistoryOfSubmission } from '../store/histories.ts'
import { CAR_HISTORY } from './history-schemas.ts'

/**
 * GET /api/pending-submissions/:id/history: what the customer shared with a submission, as buyers
 * will get it. For staff.
 */
export const getSubmissionHistory = endpoint({
  method: 'get',
  path: '/:id/history',
  summary: 'Returns the anonymous history that a customer shared with a submission',
  access: callers.staff('submissions'),
  params: z.object({ id: uuidInput() }),
  response: describeJson('The history, as buyers will get it.', CAR_HISTORY),
  refusals: [401, 403, 404],
  handler: async ({ req }, { params: { id } }) => {
    const history = await findHistoryOfSubmission(getTransaction(req).db, id)
    if (history === null)
      throw new APIError(
        'There is no such submission, or no history was shared with it. Submissions that have ' +
          'one have a historyHead in /api/pending-submissions.',
        404,
        undefined,
        true,
      )
    return new Response(formatHistoryFile(describeHistory(history)), {
      headers: { 'content-type': 'application/json' },
    })
  },
})
