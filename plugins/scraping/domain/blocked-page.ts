import { anyOf } from '../../../src/domain/any-of.ts'

const TITLES = anyOf([
  'just a moment',
  'attention required',
  'access denied',
  'pardon our interruption',
  'security check',
])
/** What pages say that stand before a site and let nobody in whom they take for a program. */
const BLOCKED_PATTERNS = [
  new RegExp(String.raw`<title>\s*${TITLES}`, 'i'),
  /cf-chl-|challenge-platform|_incapsula_resource|px-captcha|datadome|g-recaptcha|h-captcha/i,
  /(verify|confirm) (that )?you are (a )?human|unusual traffic from your/i,
]

/**
 * Whether a page that shows no cars is one that keeps programs out. Only its beginning is looked
 * at.
 */
export function isBlockedPage(body: string): boolean {
  const beginning = body.slice(0, 50_000)
  return BLOCKED_PATTERNS.some((pattern) => pattern.test(beginning))
}
