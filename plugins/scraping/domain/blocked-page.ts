import { anyOf } from '../../../src/domain/pattern-choice.ts'

const TITLES = anyOf([
  'just a moment',
  'attention required',
  'access denied',
  'pardon our interruption',
  'security check',
])
/** The phrases of pages that block visitors whom they consider bots. */
const BLOCKED_PATTERNS = [
  new RegExp(String.raw`<title>\s*${TITLES}`, 'i'),
  /cf-chl-|challenge-platform|_incapsula_resource|px-captcha|datadome|g-recaptcha|h-captcha/i,
  /(verify|confirm) (that )?you are (a )?human|unusual traffic from your/i,
]

/** Whether a page without cars is one that blocks bots. Only checks the beginning of the page. */
export function isBlockedPage(body: string): boolean {
  const beginning = body.slice(0, 50_000)
  return BLOCKED_PATTERNS.some((pattern) => pattern.test(beginning))
}
