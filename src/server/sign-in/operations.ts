import { z } from 'zod'
import { json, MESSAGE, page, redirect, REFUSAL, refusals, type Statement } from '../../openapi/operation.ts'
import type { Operation } from '../../openapi/operations.ts'

const WHO = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['admin', 'manager', 'viewer']),
  provider: z.string(),
  avatarUrl: z.string().nullable(),
})

const params = z.object({ provider: z.string().describe('The name in OIDC_<NAME>_ISSUER, in small letters.') })
const NO_PROVIDER = json('There is no such provider.', REFUSAL)
const AWAY = page('The provider or the database is away; Retry-After says when to come back.')

const leave: Statement = {
  summary: 'Leads a browser to its provider, to sign in',
  askers: ['anybody'],
  params,
  query: z.object({ returnTo: z.string().optional().describe('A path of the panel to go on to.') }),
  answers: { 303: redirect('To the provider.'), 404: NO_PROVIDER, 503: AWAY },
}

const comeBack: Statement = {
  summary: 'Where a provider leads a browser back to',
  askers: ['anybody'],
  params,
  query: z.looseObject({ code: z.string().optional(), state: z.string().optional(), error: z.string().optional() }),
  answers: {
    200: page('Signed in, and on to the panel.'),
    303: redirect('To the sign-in page, to begin again.'),
    403: page('Not let in; the page says why and whom to ask.'),
    404: NO_PROVIDER,
    503: AWAY,
  },
}

/** Signing in with a provider, as the API says it of itself; the routes are Express' own. */
export const signInOperations: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/auth/me' },
    statement: {
      summary: 'Which member of staff is signed in',
      askers: ['anybody'],
      answers: { 200: json('Who it is; null for nobody.', z.strictObject({ user: WHO.nullable() })), ...refusals() },
    },
  },
  {
    ...{ method: 'post', path: '/auth/logout' },
    statement: {
      summary: 'Ends the session of this browser; asked by a page of ours alone',
      askers: ['anybody'],
      answers: { 200: json('Signed out.', MESSAGE), ...refusals(403) },
    },
  },
  { method: 'get', path: '/auth/{provider}', statement: leave },
  { method: 'get', path: '/auth/{provider}/callback', statement: comeBack },
]
