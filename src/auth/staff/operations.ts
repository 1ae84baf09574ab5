import { z } from 'zod'
import {
  describeJson,
  MESSAGE,
  describePage,
  describeRedirect,
  REFUSAL,
  describeRefusals,
  type OperationSpec,
} from '../../api/openapi/operation.ts'
import type { Operation } from '../../api/openapi/operations.ts'

const SIGNED_IN_USER = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['admin', 'manager', 'viewer']),
  provider: z.string(),
  avatarUrl: z.string().nullable(),
})

const params = z.object({
  provider: z.string().describe('The name in OIDC_<NAME>_ISSUER, in lowercase.'),
})
const NO_PROVIDER = describeJson('No such provider exists.', REFUSAL)
const UNAVAILABLE = describePage(
  'The provider or the database is unavailable; Retry-After gives the number of seconds to wait.',
)

const startSignInSpec: OperationSpec = {
  summary: 'Redirects the browser to the provider to sign in',
  audience: ['anybody'],
  params,
  query: z.object({
    returnTo: z.string().optional().describe('The path within the panel to open after signing in.'),
  }),
  responses: { 303: describeRedirect('To the provider.'), 404: NO_PROVIDER, 503: UNAVAILABLE },
}

const callbackSpec: OperationSpec = {
  summary: 'Handles the callback from the provider',
  audience: ['anybody'],
  params,
  query: z.looseObject({
    code: z.string().optional(),
    state: z.string().optional(),
    error: z.string().optional(),
  }),
  responses: {
    200: describePage('Signed in; the page continues to the panel.'),
    303: describeRedirect('To the sign-in page, to start again.'),
    403: describePage('Access denied; the page explains why and whom to contact.'),
    404: NO_PROVIDER,
    503: UNAVAILABLE,
  },
}

/**
 * The OpenAPI description of signing in with a provider. The routes themselves are Express routes.
 */
export const signInOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/auth/me',
    statement: {
      summary: 'Returns the staff member who is signed in',
      audience: ['anybody'],
      responses: {
        200: describeJson(
          'The staff member; null if no one is signed in.',
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
      summary: 'Ends the session of this browser; only our own pages may call it',
      audience: ['anybody'],
      responses: { 200: describeJson('Signed out.', MESSAGE), ...describeRefusals(403) },
    },
  },
  { method: 'get', path: '/auth/{provider}', statement: startSignInSpec },
  { method: 'get', path: '/auth/{provider}/callback', statement: callbackSpec },
]
