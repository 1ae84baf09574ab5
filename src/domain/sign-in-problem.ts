/**
 * Why somebody did not get in, and what helps; 303 for what the sign-in page itself says, because
 * it is tried again there. The sign-in page shows these words and no others, whatever a URL says.
 */
export const signInProblems = {
  cancelled: {
    status: 303,
    title: 'You did not sign in',
    words: 'The sign-in was cancelled at the provider. Try again, or choose another way.',
  },
  expired: {
    status: 303,
    title: 'This sign-in is over',
    words:
      'It took more than ten minutes, was finished before, or began in another browser. Begin ' +
      'again.',
  },
  untrusted: {
    status: 403,
    title: 'The answer can not be trusted',
    words:
      'What the provider sent does not fit what was asked for. Begin again. If it happens ' +
      'once more, tell an admin.',
  },
  deactivated: {
    status: 403,
    title: 'This account is deactivated',
    words: 'Ask an admin to activate it again.',
  },
  unverified: {
    status: 403,
    title: 'Your e-mail address is not verified',
    words:
      'The provider does not vouch for the e-mail address of your account. Verify it there, ' +
      'or use another account.',
  },
  'another-way': {
    status: 403,
    title: 'You sign in another way',
    words:
      'There is an account with your e-mail address that signs in another way. Use that way, ' +
      'or ask an admin.',
  },
  'another-issuer': {
    status: 403,
    title: 'The provider is another one by now',
    words:
      'Your account was linked to a provider that this button no longer leads to. Ask an ' +
      'admin of your dealership to invite you again.',
  },
  unknown: {
    status: 403,
    title: 'You are not invited yet',
    words:
      'There is no account with your e-mail address. Ask an admin of your dealership to ' +
      'invite you by it.',
  },
  'too-many': {
    status: 429,
    title: 'Too many sign-ins from your address',
    words:
      'Many sign-ins were begun from where you are in the last ten minutes. Wait a little, ' +
      'then begin again.',
  },
  away: {
    status: 503,
    title: 'The provider does not answer',
    words:
      'Signing in with it does not work at the moment. Try again in a minute, or sign in ' +
      'another way. Who is signed in stays so.',
  },
  'not-confirmed': {
    status: 503,
    title: 'You are not signed in',
    words: 'The database did not confirm the sign-in, so no session was opened. Begin again.',
  },
  'database-away': { status: 503, title: 'The database is away', words: 'Try again in a moment.' },
} as const

export type SignInProblem = keyof typeof signInProblems

/** The problem that a query names; null for anything that is not on the list. */
export const parseSignInProblem = (value: unknown): SignInProblem | null =>
  typeof value === 'string' && Object.hasOwn(signInProblems, value)
    ? (value as SignInProblem)
    : null
