import { APIError, type Endpoint, Forbidden, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { permissions } from '../../access/permissions.ts'
import { getPostgresAdapter } from '../../database/transaction.ts'
import { lineInput } from '../../domain/input-schemas.ts'
import {
  describeJson,
  describeRefusals,
  buildRowSchema,
  documentEndpoint,
} from '../../api/openapi/operation.ts'
import { parseBody, NO_STORE } from './require-owner.ts'

const GRANT = z.union([
  z.strictObject({ email: lineInput().min(3).max(255) }),
  z.strictObject({ subject: lineInput().min(1).max(255) }),
])
type GrantInput = z.output<typeof GRANT>

const requireAdmin =
  (handler: (req: PayloadRequest) => Promise<Response>) =>
  (req: PayloadRequest): Promise<Response> => {
    if (!permissions.isAnyAdmin({ req })) throw new Forbidden(req.t)
    return handler(req)
  }

const CHANGED = z.strictObject({ message: z.string(), doc: buildRowSchema('admin-users') })
const REFUSED = describeRefusals(400, 403, 404, 409)

const createChangeEndpoint = (
  operation: 'revoke' | 'restore',
  summary: string,
  revokedAt: () => string | null,
): Endpoint =>
  documentEndpoint(
    {
      summary,
      audience: ['owner', 'staff'],
      params: z.object({ id: z.string() }),
      responses: { 200: describeJson('The garage admin after the change.', CHANGED), ...REFUSED },
    },
    {
      path: `/:id/${operation}`,
      method: 'post',
      handler: requireAdmin((req) => revokeOrRestore(req, revokedAt())),
    },
  )

/**
 * How admins manage garage admins, in addition to the rows themselves: POST /api/admin-users/grant
 * { email } or { subject }, and POST …/:id/revoke and …/:id/restore. Each follows the rules of the
 * rows: it is audited, and never removes the last one.
 */
export const garageAdminEndpoints: Endpoint[] = [
  documentEndpoint(
    {
      summary: 'Makes an owner a garage admin, by verified e-mail address or subject',
      audience: ['owner', 'staff'],
      body: GRANT,
      responses: {
        200: describeJson('The owner was a garage admin before, and is one again.', CHANGED),
        201: describeJson('The owner is now a garage admin.', CHANGED),
        ...REFUSED,
      },
    },
    { path: '/grant', method: 'post', handler: requireAdmin(grantAdmin) },
  ),
  createChangeEndpoint(
    'revoke',
    'Revokes a garage admin, effective from their next request; the last one cannot be revoked',
    () => new Date().toISOString(),
  ),
  createChangeEndpoint('restore', 'Restores a revoked garage admin', () => null),
]

/**
 * Makes a known owner a garage admin; a revoked one is restored, and an active one stays unchanged.
 */
async function grantAdmin(req: PayloadRequest): Promise<Response> {
  const { subject, email } = await findGrantedOwner(
    req,
    await parseBody(req, GRANT, '{ "email": "ann@example.com" } or { "subject": "auth0|64f0c2" }'),
  )
  const { pool } = getPostgresAdapter(req.payload)
  const { rows } = await pool.query('select 1 from admin_users where auth0_sub = $1', [subject])
  const exists = rows.length > 0
  const doc = exists
    ? await req.payload.update({
        collection: 'admin-users',
        id: subject,
        data: { revokedAt: null },
        overrideAccess: false,
        req,
      })
    : await req.payload.create({
        collection: 'admin-users',
        data: { id: subject, email, role: 'admin' } as never,
        overrideAccess: false,
        req,
      })
  return Response.json(
    { message: `${email} is now a garage admin.`, doc },
    { status: exists ? 200 : 201, headers: NO_STORE },
  )
}

/**
 * The one active owner with a subject or a verified address: an unverified address could belong to
 * anyone.
 */
async function findGrantedOwner(
  req: PayloadRequest,
  input: GrantInput,
): Promise<{ subject: string; email: string }> {
  const identifier = 'email' in input ? input.email : input.subject
  const named = 'email' in input ? 'lower(email) = lower($1) and email_verified' : 'auth0_sub = $1'
  const { rows } = await getPostgresAdapter(req.payload).pool.query<{
    subject: string
    email: string
  }>(
    `select auth0_sub as subject, email from user_profiles where ${named}
      and deactivated_at ` + 'is null limit 2',
    [identifier],
  )
  const [found, other] = rows
  if (!found)
    throw new APIError(
      `No active owner has ${identifier}, or the address is not verified. An owner is known ` +
        'after their first sign-in.',
      404,
    )
  if (other)
    throw new APIError(
      `Several owners have ${identifier}. Specify the subject of the one you mean.`,
      409,
    )
  return found
}

async function revokeOrRestore(req: PayloadRequest, revokedAt: string | null): Promise<Response> {
  const id = String(req.routeParams?.['id'])
  const doc = await req.payload.update({
    collection: 'admin-users',
    id,
    data: { revokedAt },
    overrideAccess: false,
    req,
  })
  const message = revokedAt
    ? `${doc.email} is no longer a garage admin.`
    : `${doc.email} is a garage admin again.`
  return Response.json({ message, doc }, { headers: NO_STORE })
}
