import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { lineInput, linesInput } from '../../domain/input-schemas.ts'
import { admitPerson } from '../../submissions/admit-submission.ts'
import { createEnquiry } from '../create-enquiry.ts'
import { requirePublicCar } from '../require-car.ts'
import { CAR_PARAMS } from './car-schemas.ts'

const MAX_MESSAGE = 5_000
const MAX_NAME = 100
const MAX_EMAIL = 255

/** A phone number as people write it, with at least seven digits. */
const PHONE = /^\+?(?:[\s().x/-]*\d){7,}[\s().x/-]*$/i

const line = (length: number) => lineInput().pipe(z.string().max(length))
/** An empty field of a form is none. */
const optionalLine = (length: number) =>
  line(length)
    .transform((text) => text || null)
    .nullable()
    .default(null)

const ENQUIRY = z
  .strictObject({
    name: lineInput().pipe(z.string().min(1).max(MAX_NAME)),
    email: optionalLine(MAX_EMAIL),
    phone: optionalLine(30).refine(
      (phone) => phone === null || PHONE.test(phone),
      'must be a phone number such as +1 408 555 0100',
    ),
    message: linesInput().pipe(z.string().min(1).max(MAX_MESSAGE)),
  })
  .refine(({ email, phone }) => Boolean(email ?? phone), {
    path: ['email'],
    message: 'or phone is needed, so that we can answer',
  })

const EXAMPLE = '{ "name": "Ann", "email": "ann@example.com", "message": "Is it still available?" }'

/** POST /api/inventory/:id/enquiries: anybody asks about a car on show. */
export const postEnquiry = endpoint({
  method: 'post',
  path: '/:id/enquiries',
  summary: 'Ask about a car on show. Staff see it in the panel, and the CRM gets it by e-mail',
  access: callers.anybody,
  admit: (req) => admitPerson(req, 'enquire'),
  params: CAR_PARAMS,
  body: ENQUIRY,
  bodyExample: EXAMPLE,
  status: 201,
  response: describeJson('The enquiry was received.', MESSAGE),
  refusals: [400, 404, 429],
  load: async ({ req }, { id }) => ({ car: await requirePublicCar(req, id) }),
  handler: async ({ req, car }, { body }) => {
    await createEnquiry(req, car, body)
    return { message: 'Thank you. We will answer you soon.' }
  },
})
