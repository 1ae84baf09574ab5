/**
 * The reasons for a failed sign-in, with advice. The status is 303 for problems that the sign-in
 * page itself shows, because the person can try again there. The sign-in page shows only these
 * texts, whatever a URL contains.
 */
export const signInProblems = {
  cancelled: {
    status: 303,
    title: 'Sign-in canceled',
    words: 'You canceled the sign-in at the provider. Try again, or choose another method.',
  },
  expired: {
    status: 303,
    title: 'This sign-in has expired',
    words:
      'It took more than ten minutes, was already completed, or was started in another ' +
      'browser. Start again.',
  },
  untrusted: {
    status: 403,
    title: 'The response cannot be trusted',
    words:
      'The provider’s response does not match the request. Start again. If this happens ' +
      'again, contact an admin.',
  },
  deactivated: {
    status: 403,
    title: 'This account is deactivated',
    words: 'Ask an admin to reactivate it.',
  },
  unverified: {
    status: 403,
    title: 'Your e-mail address is not verified',
    words:
      'The provider has not verified the e-mail address of your account. Verify it there, ' +
      'or use another account.',
  },
  'another-way': {
    status: 403,
    title: 'Use another sign-in method',
    words:
      'The account with your e-mail address uses another sign-in method. Use that method, ' +
      'or contact an admin.',
  },
  'another-issuer': {
    status: 403,
    title: 'The provider has changed',
    words:
      'Your account is linked to a provider that this button no longer uses. Ask an admin ' +
      'at your dealership to invite you again.',
  },
  unknown: {
    status: 403,
    title: 'You have not been invited',
    words:
      'There is no account with your e-mail address. Ask an admin at your dealership to ' +
      'send an invitation to that address.',
  },
  'too-many': {
    status: 429,
    title: 'Too many sign-ins from your IP address',
    words:
      'Too many sign-ins were started from your network in the last ten minutes. Wait a ' +
      'few minutes, then try again.',
  },
  away: {
    status: 503,
    title: 'The provider is not responding',
    words:
      'Sign-in with this provider is currently unavailable. Try again in a minute, or use ' +
      'another method. Existing sessions are not affected.',
  },
  'not-confirmed': {
    status: 503,
    title: 'You are not signed in',
    words: 'The database did not confirm the sign-in, so no session was created. Try again.',
  },
  'database-away': {
    status: 503,
    title: 'The database is unavailable',
    words: 'Try again in a moment.',
  },
} as const

export type SignInProblem = keyof typeof signInProblems

/** The problem that a query parameter names; null for anything that is not in the list. */
export const parseSignInProblem = (value: unknown): SignInProblem | null =>
  typeof value === 'string' && Object.hasOwn(signInProblems, value)
    ? (value as SignInProblem)
    : null
