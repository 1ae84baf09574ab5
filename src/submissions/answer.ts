import { APIError, type PayloadRequest } from 'payload'
import { writeActivity } from '../audit/entries.ts'
import { getOrigin } from '../audit/origin.ts'
import { getTransaction } from '../database/transaction.ts'
import { runInTransaction } from '../owners/run-in-transaction.ts'
import { notifyCustomer } from './notify-customer.ts'
import { sendAnswerPhotos } from './store/photos.ts'
import { saveAnswer, type Submission, withdrawSubmission } from './store/submissions.ts'

/**
 * Answers our question and returns the submission to review. Throws a 400 for an answer of neither
 * text nor new photos, and a 409 if nothing is asked.
 */
export async function answerQuestion(
  req: PayloadRequest,
  { id }: Submission,
  text: string | undefined,
): Promise<void> {
  await runInTransaction(req, async (db) => {
    if (!(await saveAnswer(db, id, text || null)))
      throw new APIError(NO_QUESTION, 409, undefined, true)
    const photos = await sendAnswerPhotos(db, id)
    if (!text && photos === 0) throw new APIError(EMPTY, 400, undefined, true)
    await recordAction(req, id, 'answer_question')
  })
}

/** Withdraws a submission, and confirms it by mail. Throws a 409 once it is decided. */
export async function withdraw(req: PayloadRequest, { id }: Pick<Submission, 'id'>): Promise<void> {
  await runInTransaction(req, async (db) => {
    if (!(await withdrawSubmission(db, id))) throw new APIError(CLOSED, 409, undefined, true)
    await notifyCustomer(req, id, 'withdrawn')
    await recordAction(req, id, 'withdraw_submission')
  })
}

/** Writes what a customer did to the activity log, without a member of staff. */
const recordAction = (req: PayloadRequest, id: string, action: string): Promise<boolean> =>
  writeActivity(getTransaction(req), null, {
    action,
    resourceType: 'pending-submissions',
    resource: id,
    change: {},
    origin: getOrigin(req),
  })

const NO_QUESTION = 'We have no open question about this car.'
const EMPTY = 'Write an answer, or add a photo before you send it.'
const CLOSED = 'This submission is already closed, so it cannot be withdrawn.'
