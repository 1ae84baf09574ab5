import { z } from 'zod'
import {
  describeJson,
  MESSAGE,
  describePage,
  describeRedirect,
  REFUSAL,
  describeRefusals,
  type OperationSpec,
} from '../../openapi/operation.ts'
import type { Operation } from '../../openapi/operations.ts'

const SIGNED_IN_USER = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['admin', 'manager', 'viewer']),
  provider: z.string(),
  avatarUrl: z.string().nullable(),
})

const params = z.object({
  provider: z.string().describe('The name in OIDC_<NAME>_ISSUER, in small letters.'),
})
const NO_PROVIDER = describeJson('There is no such provider.', REFUSAL)
const UNAVAILABLE = describePage(
  'The provider or the database is away; Retry-After says when to come back.',
)

const startSignInSpec: OperationSpec = {
  summary: 'Leads a browser to its provider, to sign in',
  audience: ['anybody'],
  params,
  query: z.object({ returnTo: z.string().optional().describe('A path of the panel to go on to.') }),
  responses: { 303: describeRedirect('To the provider.'), 404: NO_PROVIDER, 503: UNAVAILABLE },
}

const callbackSpec: OperationSpec = {
  summary: 'Where a provider leads a browser back to',
  audience: ['anybody'],
  params,
  query: z.looseObject({
    code: z.string().optional(),
    state: z.string().optional(),
    error: z.string().optional(),
  }),
  responses: {
    200: describePage('Signed in, and on to the panel.'),
    303: describeRedirect('To the sign-in page, to begin again.'),
    403: describePage('Not let in; the page says why and whom to ask.'),
    404: NO_PROVIDER,
    503: UNAVAILABLE,
  },
}

/** Signing in with a provider, as the API says it of itself; the routes are Express' own. */
export const signInOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/auth/me',
    statement: {
      summary: 'Which member of staff is signed in',
      audience: ['anybody'],
      responses: {
        200: describeJson(
          'Who it is; null for nobody.',
          z.strictObject({ user: SIGNED_IN_USER.nullable() }),
        ),
        ...describeRefusals(),
      },
    },
  },
  {
    method: 'post',
    path: '/auth/logout',
    statement: {
      summary: 'Ends the session of this browser; asked by a page of ours alone',
      audience: ['anybody'],
      responses: { 200: describeJson('Signed out.', MESSAGE), ...describeRefusals(403) },
    },
  },
  { method: 'get', path: '/auth/{provider}', statement: startSignInSpec },
  { method: 'get', path: '/auth/{provider}/callback', statement: callbackSpec },
]
