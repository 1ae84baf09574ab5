import { z } from 'zod'

/** The names of the action that the widget of a form should have: for submissions and enquiries. */
const ACTIONS = ['submission', 'enquiry']
/** Below this score, reCAPTCHA v3 advises to treat a visitor as a program. */
const MIN_SCORE = 0.5

/** What both providers respond to a verification. */
export const VERDICT = z.object({
  success: z.boolean(),
  hostname: z.string().optional(),
  action: z.string().optional(),
  score: z.number().optional(),
  'error-codes': z.array(z.string()).default([]),
})
export type Verdict = z.output<typeof VERDICT>

/**
 * Whether a visitor passed. `failed` is the visitor's to repair, `unavailable` is a fault of the
 * provider or of our settings.
 */
export type CaptchaResult = 'passed' | 'failed' | { unavailable: string }

/** The port to a captcha: checks the token that a page got from the provider. Never throws. */
export type Captcha = {
  verify: (token: string, address: string | null) => Promise<CaptchaResult>
}

/** The error codes that mean a wrong, used or expired token; the others are not the visitor's. */
const TOKEN_FAULTS = ['missing-input-response', 'invalid-input-response', 'timeout-or-duplicate']

/**
 * Judges a verdict as the providers document it: the token must be valid, solved on one of our
 * hosts, for one of our actions if it names one, and with enough score if it has one.
 */
export function judgeVerdict(verdict: Verdict, hostnames: readonly string[]): CaptchaResult {
  const codes = verdict['error-codes']
  if (!verdict.success) {
    const isTheirs = codes.length > 0 && codes.every((code) => TOKEN_FAULTS.includes(code))
    return isTheirs
      ? 'failed'
      : { unavailable: `it responded with ${codes.join(', ') || 'no code'}` }
  }
  const isOurs = hostnames.includes(verdict.hostname ?? '')
  const isOurAction = !verdict.action || ACTIONS.includes(verdict.action)
  const isPerson = verdict.score === undefined || verdict.score >= MIN_SCORE
  return isOurs && isOurAction && isPerson ? 'passed' : 'failed'
}
