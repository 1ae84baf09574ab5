import { randomInt } from 'node:crypto'
import type { Response } from 'supertest'
import { withCheckDigit } from '../../src/domain/vin-check-digit.ts'
import type { Api } from './api.ts'
import type { TestForecourt } from './forecourt.ts'
import { createPicture } from './http-photos.ts'

/** A VIN that no other test has, with its check digit. */
export const aVin = (): string =>
  withCheckDigit(`1HGCM826X3A${String(randomInt(1_000_000)).padStart(6, '0')}`)

type OfferInput = Record<string, unknown> & { vin?: string | undefined }

/** What a customer offers, each VIN with an address of its own; the test names what it is about. */
export function anOffer(about: OfferInput = {}): object {
  const vin = about.vin ?? aVin()
  return {
    vin,
    year: 2003,
    make: 'Honda',
    model: 'Accord',
    mileage: 61_000,
    askingPrice: 8_500,
    customerName: 'Ann Buyer',
    customerEmail: `ann.${vin.trim().toLowerCase()}@customer.example`,
    ...about,
  }
}

/** A submission as its customer knows it: its reference, and the token of its link. */
export type Offered = {
  reference: string
  token: string
  id: string
}

/** Offers a car as anybody does. */
export async function offerCar(
  { anonymous, sql }: Pick<TestForecourt, 'anonymous' | 'sql'>,
  about: OfferInput = {},
): Promise<Offered> {
  const { body } = await anonymous.post('/api/submissions').send(anOffer(about)).expect(201)
  const { reference, url } = body as { reference: string; url: string }
  const { rows } = await sql('select id from pending_submissions where reference = $1', [reference])
  return { reference, token: readToken(url), id: (rows[0] as { id: string }).id }
}

/** The token in the address of a page. */
export const readToken = (url: string): string => new URL(url).searchParams.get('token') ?? ''

/** An address of a submission, below the one of its link. */
export const linkTo = ({ reference, token }: Offered, below = ''): string =>
  `/api/submissions/${reference}${below}?token=${token}`

/** A picture that no other has: its width is its number. */
export const aPicture = (number = 0): Promise<Buffer> =>
  createPicture(40 + number, 30)
    .jpeg()
    .toBuffer()

/** Sends a photo of a submission. */
export const sendPhoto = (api: Api, offered: Offered, bytes: Buffer) =>
  api.post(linkTo(offered, '/photos')).attach('file', bytes, 'car.jpg')

/** The photo in an answer. */
export const photoOf = ({ body }: Pick<Response, 'body'>): { id: string; url: string } =>
  (body as { photo: { id: string; url: string } }).photo

/** Changes a submission as the review does. */
export const setStatus = (
  { sql }: Pick<TestForecourt, 'sql'>,
  { id }: Pick<Offered, 'id'>,
  status: string,
  question: string | null = null,
) =>
  sql('update pending_submissions set submission_status = $2, question = $3 where id = $1', [
    id,
    status,
    question,
  ])
