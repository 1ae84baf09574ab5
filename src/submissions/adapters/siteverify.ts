import { CircuitOpen, createCircuitBreaker } from '../../egress/circuit-breaker.ts'
import { Egress } from '../../egress/egress.ts'
import { asEgressFailure } from '../../egress/failure.ts'
import { createServerGuard } from '../../egress/gate.ts'
import { type Captcha, type CaptchaResult, judgeVerdict, VERDICT } from '../domain/captcha.ts'

/**
 * The captchas that can be used: their servers and the paths of verifications, which take and
 * return the same. (developers.cloudflare.com/turnstile, developers.google.com/recaptcha)
 */
export const CAPTCHA_PROVIDERS = {
  turnstile: {
    name: 'Turnstile',
    url: 'https://challenges.cloudflare.com',
    path: '/turnstile/v0/siteverify',
  },
  recaptcha: {
    name: 'reCAPTCHA',
    url: 'https://www.google.com',
    path: '/recaptcha/api/siteverify',
  },
} as const

type CaptchaOptions = {
  provider: keyof typeof CAPTCHA_PROVIDERS
  secret: string
  /** The base URL, if it is not that of the provider. */
  url?: string | undefined
  /** The hosts whose pages have the widget. */
  hostnames: readonly string[]
}

const TIMEOUT_MS = 5_000
const COOL_DOWN_MS = 10_000
const MAX_BYTES = 100_000

/** Creates the captcha of a provider. The secret is only sent in the body, and never logged. */
export function createCaptcha({ provider, secret, url, hostnames }: CaptchaOptions): Captcha {
  const { path, ...known } = CAPTCHA_PROVIDERS[provider]
  const base = (url ?? known.url).replace(/\/$/, '')
  const egress = new Egress(createServerGuard(base), { total: TIMEOUT_MS, bytes: MAX_BYTES })
  const breaker = createCircuitBreaker({
    isUnresponsive: (error) => asEgressFailure(error) !== null,
    coolDownMs: COOL_DOWN_MS,
  })
  const send = async (fields: Record<string, string>): Promise<CaptchaResult> => {
    const answer = await egress.sendDirectly({
      url: `${base}${path}`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(fields).toString(),
    })
    const verdict = VERDICT.safeParse(parseJson(answer.body.toString('utf8')))
    return verdict.success
      ? judgeVerdict(verdict.data, hostnames)
      : { unavailable: `it responded with ${answer.status} and no verdict` }
  }
  return {
    verify: async (token, address) => {
      const fields = { secret, response: token, ...(address !== null && { remoteip: address }) }
      const result = await breaker.run(() => send(fields)).catch(explainFailure)
      return typeof result === 'string'
        ? result
        : { unavailable: `${known.name} cannot verify: ${result.unavailable}.` }
    },
  }
}

function explainFailure(error: unknown): CaptchaResult {
  const failure = asEgressFailure(error instanceof CircuitOpen ? error.cause : error)
  if (failure) return { unavailable: failure.message.replace(/\.$/, '') }
  throw error
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
