import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { judgeVerdict, VERDICT } from '../../src/submissions/domain/captcha.ts'
import { createCaptcha } from '../../src/submissions/adapters/siteverify.ts'
import { type CaptchaPeer, startCaptchaPeer } from '../support/captcha-peer.ts'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { anOffer } from '../support/submissions.ts'

const SECRET = '0x4AAAAAAAExampleSecret'
const PASSED = { success: true, hostname: 'cars.example', action: 'submission' }

let peer: CaptchaPeer
let forecourt: TestForecourt
beforeAll(async () => {
  peer = await startCaptchaPeer()
  forecourt = await openForecourt({
    PUBLIC_ORIGIN: 'https://cars.example',
    CAPTCHA_PROVIDER: 'turnstile',
    CAPTCHA_SECRET: SECRET,
    CAPTCHA_URL: peer.url,
  })
})
afterAll(async () => {
  await forecourt.close()
  await peer.stop()
})
beforeEach(() => {
  peer.answer = PASSED
})

const offer = (token: string | null = randomUUID(), sent = anOffer()) => {
  const request = forecourt.anonymous.post('/api/submissions').send(sent)
  return token === null ? request : request.set('X-Captcha-Token', token)
}

describe('an offer where a captcha is configured', () => {
  it('is received with a token that the provider accepts', async () => {
    await offer('token-1').expect(201)
    expect(peer.requests.at(-1)).toMatchObject({
      path: '/turnstile/v0/siteverify',
      secret: SECRET,
      response: 'token-1',
      remoteip: expect.stringMatching(/127\.0\.0\.1/),
    })
  })

  it('is refused without a token, and with one that was used', async () => {
    const sent = peer.requests.length
    const { body } = await offer(null).expect(400)
    expect(body.errors[0].message).toContain('x-captcha-token')
    expect(peer.requests).toHaveLength(sent)
    await offer('token-2').expect(201)
    await offer('token-2').expect(400)
  })

  it('does not need a new token when it is repeated with its key', async () => {
    const [key, sent] = [randomUUID(), anOffer()]
    const first = await offer('token-3', sent).set('Idempotency-Key', key).expect(201)
    const second = await offer('token-3', sent).set('Idempotency-Key', key).expect(201)
    expect(second.body).toEqual(first.body)
  })

  it('of staff needs none', async () => {
    await (await forecourt.as('manager')).post('/api/submissions').send(anOffer()).expect(201)
  })

  it.each([
    ['a wrong secret', { success: false, 'error-codes': ['invalid-input-secret'] }],
    ['an error of the provider', { success: false, 'error-codes': ['internal-error'] }],
    ['no verdict', 500],
  ])('is refused with 503 and Retry-After for %s', async (_, answer) => {
    peer.answer = answer
    const { body, headers } = await offer().expect(503)
    expect(headers['retry-after']).toBe('30')
    expect(JSON.stringify(body)).not.toContain(SECRET)
  })
})

describe('an enquiry where a captcha is configured', () => {
  let car: string
  beforeAll(async () => {
    car = (await saveCar(forecourt.payload)).id
  })

  const enquire = (token: string | null = randomUUID()) => {
    const body = { name: 'Ann', email: `${randomUUID()}@customer.example`, message: 'Hello' }
    const request = forecourt.anonymous.post(`/api/inventory/${car}/enquiries`).send(body)
    return token === null ? request : request.set('X-Captcha-Token', token)
  }
  const countEnquiries = async () =>
    (await forecourt.sql('select count(*)::int as count from enquiries')).rows[0]?.['count']

  it('is received once with a token, whose action may be that of the form', async () => {
    peer.answer = { ...PASSED, action: 'enquiry' }
    await enquire('token-4').expect(201)
    await enquire('token-4').expect(400)
  })

  it('is refused without a token, and with one of another site', async () => {
    const before = await countEnquiries()
    await enquire(null).expect(400)
    peer.answer = { ...PASSED, hostname: 'evil.example' }
    await enquire().expect(400)
    expect(await countEnquiries()).toBe(before)
  })

  it('is refused with 503 and not stored while the provider has no verdict, or is down', async () => {
    const before = await countEnquiries()
    peer.answer = 500
    await enquire().expect(503)
    await peer.stop()
    const { headers } = await enquire().expect(503)
    expect(headers['retry-after']).toBe('30')
    expect(await countEnquiries()).toBe(before)
  })
})

describe('a verdict', () => {
  const judge = (about: object) => judgeVerdict(VERDICT.parse({ ...PASSED, ...about }), ['a', 'b'])

  it('is passed on our hosts alone, for our action, with enough score', () => {
    expect(judge({ hostname: 'b' })).toBe('passed')
    expect(judge({ hostname: 'a', action: '' })).toBe('passed')
    expect(judge({ hostname: 'a', score: 0.5 })).toBe('passed')
    expect(judge({ hostname: 'evil.example' })).toBe('failed')
    expect(judge({ hostname: undefined })).toBe('failed')
    expect(judge({ hostname: 'a', action: 'login' })).toBe('failed')
    expect(judge({ hostname: 'a', score: 0.4 })).toBe('failed')
  })

  it('with an unknown code, or none, is not the fault of the visitor', () => {
    expect(judge({ success: false, 'error-codes': ['invalid-input-response'] })).toBe('failed')
    expect(judge({ success: false })).toEqual({ unavailable: 'it responded with no code' })
    expect(
      judge({ success: false, 'error-codes': ['invalid-input-response', 'bad-request'] }),
    ).toMatchObject({ unavailable: expect.any(String) })
  })
})

it('reCAPTCHA is asked at its own path; while it is unavailable, the next visitors do not wait', async () => {
  const away = await startCaptchaPeer()
  const options = {
    provider: 'recaptcha',
    secret: SECRET,
    url: away.url,
    hostnames: ['a'],
  } as const
  const captcha = createCaptcha(options)
  away.answer = { success: true, hostname: 'a', score: 0.9 }
  expect(await captcha.verify('token', null)).toBe('passed')
  expect(away.requests).toEqual([
    { path: '/recaptcha/api/siteverify', secret: SECRET, response: 'token' },
  ])
  await away.stop()
  for (let visitor = 0; visitor < 5; visitor++)
    expect(await captcha.verify('token', null)).toMatchObject({
      unavailable: expect.stringContaining('reCAPTCHA cannot verify'),
    })
})
