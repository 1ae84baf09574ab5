import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describePage, describeRedirect, type OperationSpec } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { amountToCents, formatMoney } from '../../domain/money.ts'
import { formatVehicleTitle } from '../../domain/vehicle-title.ts'
import { getCurrency } from '../../settings/lot-currency.ts'
import { withReceivedFile } from '../../uploads/receive-file.ts'
import { answerQuestion, withdraw } from '../answer.ts'
import { type CustomerContext, LINK_PARAMS, LINK_QUERY } from '../customer-access.ts'
import { buildPagePath } from '../customer-link.ts'
import { type CustomerView, loadCustomerView } from '../customer-view.ts'
import { type CustomerPage, renderCustomerPage } from '../domain/customer-page.ts'
import { respondInBrowser, respondWithPage } from '../page-response.ts'
import { addPhoto, checkTakesPhotos, removePhoto } from '../save-photo.ts'
import { saveLinkOpened } from '../store/submissions.ts'
import { ANSWER } from './input.ts'
import { requirePhoto } from './photos.ts'

/** What was done, as the page after a form says it. */
const NOTICES = {
  answer: 'Thank you. We are looking at your answer.',
  remove: 'The photo was removed.',
  withdraw: 'You withdrew your offer.',
  photo: 'The photo was added.',
} as const

type Notice = keyof typeof NOTICES

/** A missing token is answered with a page, like a wrong one. */
const FORM_QUERY = z.object({ token: LINK_QUERY.shape.token.default('').catch('') })

const PAGE_QUERY = FORM_QUERY.extend({
  done: z
    .enum(Object.keys(NOTICES) as [Notice])
    .optional()
    .catch(undefined)
    .describe('What was done just now; the page says it.'),
})

/** A browser gets a refusal as a page, too. */
function describeProblems(...statuses: number[]): NonNullable<OperationSpec['responses']> {
  const page = describePage('A page that says what did not work.')
  return Object.fromEntries(statuses.map((status) => [status, page]))
}

/** GET /api/submissions/:reference/page: where a submission stands, for a browser. */
export const showPage = endpoint({
  method: 'get',
  path: '/submissions/:reference/page',
  summary: 'The page on which the customer follows a submission, by the link in the mails',
  access: callers.anybody,
  params: LINK_PARAMS,
  query: PAGE_QUERY,
  isMailLink: true,
  response: describePage('The page.'),
  refusals: [],
  otherResponses: describeProblems(404, 429),
  handler: ({ req }, { query: { done } }) =>
    respondInBrowser(req, async ({ submission, token }) => {
      const { db } = getTransaction(req)
      await saveLinkOpened(db, submission.id)
      const view = await loadCustomerView(db, submission, token)
      const notice = done === undefined ? null : NOTICES[done]
      return respondWithPage(renderCustomerPage(buildPage(req, { view, token, notice })))
    }),
})

const FORM = z.discriminatedUnion('action', [
  z.object({ action: z.literal('answer') }).extend(ANSWER.shape),
  z.object({ action: z.literal('remove'), photo: z.guid() }),
  z.object({ action: z.literal('withdraw') }),
])

/** POST /api/submissions/:reference/page: the forms of the page, except the one for photos. */
export const sendForm = endpoint({
  method: 'post',
  path: '/submissions/:reference/page',
  summary: 'The forms of that page: answer, remove a photo, withdraw',
  access: callers.anybody,
  params: LINK_PARAMS,
  query: FORM_QUERY,
  status: 303,
  response: describeRedirect('Back to the page.'),
  refusals: [],
  otherResponses: describeProblems(400, 404, 409, 429),
  handler: ({ req }) =>
    respondInBrowser(req, async (context) => {
      const form = FORM.safeParse(await readForm(req))
      if (!form.success) throw new APIError(UNREADABLE, 400, undefined, true)
      await runAction(context, form.data)
      return redirectToPage(context, form.data.action)
    }),
})

/** POST /api/submissions/:reference/page/photos: the form for a photo. */
export const sendPhotoForm = endpoint({
  method: 'post',
  path: '/submissions/:reference/page/photos',
  summary: 'The form of that page which adds a photo',
  access: callers.anybody,
  params: LINK_PARAMS,
  query: FORM_QUERY,
  takesFile: true,
  status: 303,
  response: describeRedirect('Back to the page.'),
  refusals: [],
  otherResponses: describeProblems(400, 404, 409, 413, 415, 429, 503),
  handler: ({ req }) =>
    respondInBrowser(req, async (context) => {
      checkTakesPhotos(context.submission)
      await withReceivedFile(req, ({ path }) => addPhoto(req, context.submission, path))
      return redirectToPage(context, 'photo')
    }),
})

const UNREADABLE = 'The form could not be read. Go back, reload the page, and try again.'

async function readForm(req: PayloadRequest): Promise<Record<string, unknown>> {
  try {
    const form = await req.formData?.()
    return Object.fromEntries(form?.entries() ?? [])
  } catch (cause) {
    throw new APIError(UNREADABLE, 400, { cause }, true)
  }
}

async function runAction(
  { req, submission }: CustomerContext,
  form: z.output<typeof FORM>,
): Promise<void> {
  if (form.action === 'answer') return answerQuestion(req, submission, form.text)
  if (form.action === 'withdraw') return withdraw(req, submission)
  return removePhoto(req, submission, await requirePhoto(req, submission, form.photo))
}

const redirectToPage = ({ submission, token }: CustomerContext, done: Notice): Response =>
  new Response(null, {
    status: 303,
    headers: { location: `${buildPagePath(submission.reference, token)}&done=${done}` },
  })

type PageParts = {
  view: CustomerView
  token: string
  notice: string | null
}

function buildPage(req: PayloadRequest, { view, token, notice }: PageParts): CustomerPage {
  const { offer, reference, status, question, answer, reason, photos, actions } = view
  const { year, make, model, trim } = offer
  const base = `/api/submissions/${reference}/page`
  return {
    car: `${formatVehicleTitle({ year, make, model })}${trim ? ` ${trim}` : ''}`,
    reference,
    status,
    facts: listFacts(view, getCurrency(req.payload.config)),
    question,
    answer,
    reason,
    photos: photos.map(({ id, url }) => ({ id, url })),
    actions,
    paths: { page: `${base}?token=${token}`, photos: `${base}/photos?token=${token}` },
    notice,
  }
}

function listFacts(
  { offer, submittedAt }: CustomerView,
  currency: string,
): (readonly [string, string])[] {
  const formatPrice = (price: number) => formatMoney({ cents: amountToCents(price), currency })
  const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })
  const facts = [
    ['VIN', offer.vin],
    ['Mileage', offer.mileage && `${offer.mileage.toLocaleString('en-US')} miles`],
    ['Your price', offer.askingPrice && formatPrice(offer.askingPrice)],
    ['Condition', offer.condition],
    ['Transmission', offer.transmission],
    ['Fuel', offer.fuelType],
    ['Exterior', offer.exteriorColor],
    ['Interior', offer.interiorColor],
    ['Your notes', offer.additionalNotes],
    ['Sent on', submittedAt && day.format(new Date(submittedAt))],
  ] as const
  return facts.flatMap(([label, value]) => (value ? [[label, value] as const] : []))
}
