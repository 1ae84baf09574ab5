import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createPdf } from '../support/owner-files.ts'
import {
  aPicture,
  linkTo,
  offerCar,
  type Offered,
  photoOf,
  sendPhoto,
  setStatus,
} from '../support/submissions.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt({ UPLOADS_AT_ONCE: '1', UPLOADS_AT_ONCE_EACH: '1' })
})
afterAll(() => forecourt.close())

const open = (offered: Offered) => forecourt.anonymous.get(linkTo(offered, '/page'))
const sendForm = (offered: Offered, fields: Record<string, string>) =>
  forecourt.anonymous
    .post(linkTo(offered, '/page'))
    .type('form')
    .set('Origin', forecourt.settings.publicOrigin)
    .send(fields)
const statusOf = async ({ id }: Offered) =>
  (await forecourt.sql('select submission_status from pending_submissions where id = $1', [id]))
    .rows[0]?.submission_status as string

describe('the page of a submission', () => {
  it('is HTML in which nothing runs, and whose address stays secret', async () => {
    const offered = await offerCar(forecourt, {
      make: '<img src=x onerror=alert(1)>',
      additionalNotes: '"><script>alert(1)</script>',
    })
    const { text, headers } = await open(offered).expect(200)
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(text).not.toMatch(/<script|<img src=x|style="/)
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'referrer-policy': 'same-origin',
    })
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+='; img-src 'self' data:; form-action 'self';/,
    )
  })

  it('may be opened with the parameters that mail programs add', async () => {
    const offered = await offerCar(forecourt)
    await forecourt.anonymous.get(`${linkTo(offered, '/page')}&utm_source=mail`).expect(200)
  })

  it('is a page that says so for a link that does not work', async () => {
    const offered = await offerCar(forecourt)
    const wrong = await open({ ...offered, token: 'x' }).expect(404)
    const none = await forecourt.anonymous.get('/api/submissions/FC-2222-2222/page').expect(404)
    expect(wrong.text).toContain('This link does not exist')
    expect(none.text).toBe(wrong.text)
    expect(wrong.headers['content-type']).toContain('text/html')
  })

  it('has forms for what can be done now, and no others', async () => {
    const offered = await offerCar(forecourt)
    const actionsIn = async (status: string) => {
      await setStatus(forecourt, offered, status, 'Any rust?')
      const { text } = await open(offered).expect(200)
      const forms = ['answer', 'withdraw'].filter((action) => text.includes(`value="${action}"`))
      return [...forms, ...(text.includes('type="file"') ? ['photo'] : [])]
    }
    expect(await actionsIn('pending')).toEqual(['withdraw', 'photo'])
    expect(await actionsIn('in_review')).toEqual(['withdraw'])
    expect(await actionsIn('info_wanted')).toEqual(['answer', 'withdraw', 'photo'])
    for (const status of ['approved', 'rejected', 'withdrawn'])
      expect(await actionsIn(status)).toEqual([])
  })
})

describe('its forms', () => {
  it('answer, and say so on the page they lead to', async () => {
    const offered = await offerCar(forecourt)
    await setStatus(forecourt, offered, 'info_wanted', 'Any rust?')
    const { headers } = await sendForm(offered, { action: 'answer', text: 'None\r\nat all' })
      .expect(303)
      .redirects(0)
    const { text } = await forecourt.anonymous.get(String(headers['location'])).expect(200)
    expect(text).toContain('Thank you. We are looking at your answer.')
    expect(text).toContain('None\nat all')
    expect(await statusOf(offered)).toBe('in_review')
  })

  it('add and remove a photo', async () => {
    const offered = await offerCar(forecourt)
    await forecourt.anonymous
      .post(linkTo(offered, '/page/photos'))
      .redirects(0)
      .attach('file', await aPicture(), 'car.jpg')
      .expect(303)
    const { id } = photoOf(await sendPhoto(forecourt.anonymous, offered, await aPicture()))
    expect((await open(offered)).text).toContain(`/photos/${id}?token=`)
    await sendForm(offered, { action: 'remove', photo: id }).redirects(0).expect(303)
    expect((await open(offered)).text).not.toContain(id)
  })

  it('withdraw', async () => {
    const offered = await offerCar(forecourt)
    await sendForm(offered, { action: 'withdraw' }).redirects(0).expect(303)
    expect(await statusOf(offered)).toBe('withdrawn')
  })

  it('explain on a page what did not work, with the way back', async () => {
    const offered = await offerCar(forecourt)
    const late = await sendForm(offered, { action: 'answer', text: 'x' }).expect(409)
    expect(late.text).toContain('no open question')
    expect(late.text).toContain(`href="/api/submissions/${offered.reference}/page?token=`)
    await sendForm(offered, { action: 'approve' }).expect(400)
    const refused = await forecourt.anonymous
      .post(linkTo(offered, '/page/photos'))
      .attach('file', await createPdf(), 'a.pdf')
      .expect(415)
    expect(refused.text).toContain('The file is not a picture')
    expect(await statusOf(offered)).toBe('pending')
  })

  it('lead back from a photo that was removed already, but not from a link that does not work', async () => {
    const offered = await offerCar(forecourt)
    const gone = { action: 'remove', photo: randomUUID() }
    const { text } = await sendForm(offered, gone).expect(404)
    expect(text).toContain('no such photo')
    expect(text).toContain(`href="/api/submissions/${offered.reference}/page?token=`)
    const broken = await sendForm({ ...offered, token: 'x' }, gone).expect(404)
    expect(broken.text).not.toContain('href="/api')
  })

  it('explain as well that the server is busy with other uploads', async () => {
    const offered = await offerCar(forecourt)
    const pictures = await Promise.all(Array.from({ length: 8 }, (_, index) => aPicture(index)))
    const answers = await Promise.all(
      pictures.map((bytes) =>
        forecourt.anonymous
          .post(linkTo(offered, '/page/photos'))
          .redirects(0)
          .attach('file', bytes, 'car.jpg'),
      ),
    )
    const refused = answers.filter(({ status }) => status !== 303)
    expect(refused).not.toHaveLength(0)
    for (const { status, text, headers } of refused) {
      expect(status).toBe(503)
      expect(Number(headers['retry-after'])).toBeGreaterThan(0)
      expect(text).toContain('This did not work')
      expect(text).toContain(`href="/api/submissions/${offered.reference}/page?token=`)
    }
  })

  it('are refused when a page of another site sends them', async () => {
    const offered = await offerCar(forecourt)
    await sendForm(offered, { action: 'withdraw' })
      .set('Origin', 'https://evil.example')
      .expect(403)
    expect(await statusOf(offered)).toBe('pending')
  })
})
