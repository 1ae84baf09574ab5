import { endpoint } from '../../api/endpoint.ts'
import { describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { answerQuestion, withdraw } from '../answer.ts'
import { customerAccess, LINK_PARAMS, LINK_QUERY } from '../customer-access.ts'
import { CUSTOMER_VIEW, loadCustomerView } from '../customer-view.ts'
import { saveLinkOpened } from '../store/submissions.ts'
import { ANSWER, ANSWER_EXAMPLE } from './input.ts'

/** GET /api/submissions/:reference: what the customer offered, and where it stands. */
export const getSubmission = endpoint({
  method: 'get',
  path: '/submissions/:reference',
  summary: 'Where a submission stands, for the customer who has its link',
  access: customerAccess,
  params: LINK_PARAMS,
  query: LINK_QUERY,
  response: describeJson('The submission.', CUSTOMER_VIEW),
  refusals: [400, 404, 429],
  handler: async ({ req, submission, token }) => {
    const { db } = getTransaction(req)
    await saveLinkOpened(db, submission.id)
    return loadCustomerView(db, submission, token)
  },
})

/** POST /api/submissions/:reference/answer: answers our question. */
export const answerSubmission = endpoint({
  method: 'post',
  path: '/submissions/:reference/answer',
  summary: 'Answer our question with text, with new photos, or both',
  access: customerAccess,
  params: LINK_PARAMS,
  query: LINK_QUERY,
  body: ANSWER,
  bodyExample: ANSWER_EXAMPLE,
  response: describeJson('The submission is in review again.', MESSAGE),
  refusals: [400, 404, 409, 429],
  handler: async ({ req, submission }, { body }) => {
    await answerQuestion(req, submission, body.text)
    return { message: 'Thank you. We are looking at your answer.' }
  },
})

/** POST /api/submissions/:reference/withdraw: the customer no longer offers the car. */
export const withdrawOffer = endpoint({
  method: 'post',
  path: '/submissions/:reference/withdraw',
  summary: 'Withdraw a submission that is not decided yet',
  access: customerAccess,
  params: LINK_PARAMS,
  query: LINK_QUERY,
  response: describeJson('The submission is withdrawn.', MESSAGE),
  refusals: [400, 404, 409, 429],
  handler: async ({ req, submission }) => {
    await withdraw(req, submission)
    return { message: 'You withdrew your offer.' }
  },
})
