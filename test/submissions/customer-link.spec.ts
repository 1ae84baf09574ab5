import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { SignJWT } from 'jose'
import { createLinkToken } from '../../src/submissions/customer-link.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import {
  aPicture,
  linkTo,
  offerCar,
  type Offered,
  sendPhoto,
  setStatus,
} from '../support/submissions.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const get = (url: string) => forecourt.anonymous.get(url)
const post = (url: string, body: object = {}) => forecourt.anonymous.post(url).send(body)
const rowOf = async ({ id }: Offered) =>
  (await forecourt.sql('select * from pending_submissions where id = $1', [id])).rows[0] as Record<
    string,
    unknown
  >
const mailsAbout = async ({ reference }: Offered) =>
  (
    await forecourt.sql('select about from outgoing_mails where text like $1 order by created_at', [
      `%${reference}%`,
    ])
  ).rows.map(({ about }: { about: string }) => about)

describe('the link of a submission', () => {
  it('shows what was offered and where it stands, and nothing of staff', async () => {
    const offered = await offerCar(forecourt, { trim: 'EX' })
    const { body, headers } = await get(linkTo(offered)).expect(200)
    expect(body).toMatchObject({
      reference: offered.reference,
      status: 'pending',
      offer: { make: 'Honda', trim: 'EX', askingPrice: 8500, mileage: 61_000 },
      question: null,
      photos: [],
      actions: { addPhotos: true, removePhotos: true, answer: false, withdraw: true },
    })
    expect(JSON.stringify(body)).not.toMatch(/customer|reviewed|linkVersion/)
    expect(headers['cache-control']).toBe('no-store')
  })

  it('changes nothing when it is opened, but notes the first time', async () => {
    const offered = await offerCar(forecourt)
    const { link_opened_at: unopened, updated_at: _, ...before } = await rowOf(offered)
    await get(linkTo(offered, '/page')).expect(200)
    const { link_opened_at: opened, updated_at: __, ...after } = await rowOf(offered)
    await get(linkTo(offered)).expect(200)
    expect([unopened, opened]).toEqual([null, expect.any(Date)])
    expect(after).toEqual(before)
    expect((await rowOf(offered))['link_opened_at']).toEqual(opened)
  })

  it('is the same 404 if it is wrong, expired, revoked or of another submission', async () => {
    const [mine, other] = [await offerCar(forecourt), await offerCar(forecourt)]
    const expired = await new SignJWT({ aud: 'forecourt:submission', sub: mine.id, jti: '1' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('-1s')
      .sign(Buffer.from(forecourt.payload.secret))
    const revoked = await createLinkToken(forecourt.payload, { id: mine.id, linkVersion: 2 })
    const answers = await Promise.all([
      get(linkTo({ ...mine, reference: 'FC-2222-2222' })),
      get(linkTo({ ...mine, reference: 'FC-%00' })),
      get(linkTo({ ...mine, token: other.token })),
      get(linkTo({ ...mine, token: `${mine.token}x` })),
      get(linkTo({ ...mine, token: expired })),
      get(linkTo({ ...mine, token: revoked })),
      get(`/api/submissions/${mine.reference}`),
      post(linkTo({ ...mine, token: other.token }, '/withdraw')),
      post(linkTo({ ...mine, token: other.token }, '/answer'), { text: 'x' }),
      post(linkTo({ ...mine, token: other.token }, '/photos')),
    ])
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await rowOf(mine)).toMatchObject({ submission_status: 'pending' })
  })

  it('ends when a manager renews it, and the new one works', async () => {
    const offered = await offerCar(forecourt)
    const renew = `/api/pending-submissions/${offered.id}/new-link`
    await (await forecourt.as('viewer')).post(renew).expect(403)
    const { body } = await (await forecourt.as('manager')).post(renew).expect(200)
    await get(linkTo(offered)).expect(404)
    await get(new URL(body.url).pathname + new URL(body.url).search).expect(200)
    const { rows } = await forecourt.sql(
      "select 1 from activity_logs where action = 'revoke_link' and resource_id = $1",
      [offered.id],
    )
    expect(rows).toHaveLength(1)
  })
})

describe('an answer', () => {
  it('returns the submission to review, once', async () => {
    const offered = await offerCar(forecourt)
    await post(linkTo(offered, '/answer'), { text: 'Too early' }).expect(409)
    await setStatus(forecourt, offered, 'info_wanted', 'Any rust?')
    const { body } = await get(linkTo(offered)).expect(200)
    expect(body).toMatchObject({ question: 'Any rust?', actions: { answer: true } })
    await post(linkTo(offered, '/answer'), { text: 'None.\nReally.' }).expect(200)
    expect(await rowOf(offered)).toMatchObject({
      submission_status: 'in_review',
      answer: 'None.\nReally.',
    })
    await post(linkTo(offered, '/answer'), { text: 'Twice' }).expect(409)
    expect((await get(linkTo(offered)).expect(200)).body.question).toBeNull()
  })

  it('is text, or photos that were added since the question', async () => {
    const offered = await offerCar(forecourt)
    await sendPhoto(forecourt.anonymous, offered, await aPicture(1)).expect(201)
    await setStatus(forecourt, offered, 'info_wanted', 'A photo, please')
    await post(linkTo(offered, '/answer')).expect(400)
    expect(await rowOf(offered)).toMatchObject({ submission_status: 'info_wanted' })
    await sendPhoto(forecourt.anonymous, offered, await aPicture(2)).expect(201)
    await post(linkTo(offered, '/answer')).expect(200)
    await setStatus(forecourt, offered, 'info_wanted', 'One more, please')
    await post(linkTo(offered, '/answer')).expect(400)
  })
})

describe('a withdrawal', () => {
  it('ends an open submission, and is confirmed by mail', async () => {
    for (const status of ['pending', 'in_review', 'info_wanted']) {
      const offered = await offerCar(forecourt)
      await setStatus(forecourt, offered, status)
      await post(linkTo(offered, '/withdraw')).expect(200)
      expect(await rowOf(offered)).toMatchObject({ submission_status: 'withdrawn' })
      expect(await mailsAbout(offered)).toEqual(['submission_received', 'submission_withdrawn'])
    }
  })

  it.each(['approved', 'rejected', 'withdrawn'])('is refused once it is %s', async (status) => {
    const offered = await offerCar(forecourt)
    await setStatus(forecourt, offered, status)
    await post(linkTo(offered, '/withdraw')).expect(409)
    expect(await rowOf(offered)).toMatchObject({ submission_status: status })
    expect(await mailsAbout(offered)).toEqual(['submission_received'])
  })

  it('wins once, however many come at the same time', async () => {
    const offered = await offerCar(forecourt)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post(linkTo(offered, '/withdraw'))),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await mailsAbout(offered)).toEqual(['submission_received', 'submission_withdrawn'])
  })
})

it('a link is guessed a hundred times from an address, which does not stop those that work', async () => {
  const offered = await offerCar(forecourt)
  const guess = () => get(linkTo({ ...offered, token: 'x' }))
  let refused = 0
  for (let tries = 0; tries < 101; tries++) if ((await guess()).status === 429) refused += 1
  expect(refused).toBeGreaterThan(0)
  await get(linkTo(offered)).expect(200)
})
