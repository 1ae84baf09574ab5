import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { getPostgresAdapter } from '../../database/transaction.ts'
import { lineInput } from '../../domain/input-schemas.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { buildRowSchema, describeJson } from '../../api/openapi/operation.ts'

const GRANT = z.union([
  z.strictObject({ email: lineInput().min(3).max(255) }),
  z.strictObject({ subject: lineInput().min(1).max(255) }),
])
type GrantInput = z.output<typeof GRANT>

const CHANGED = z.strictObject({ message: z.string(), doc: buildRowSchema('admin-users') })
const REFUSALS = [400, 403, 404, 409]

const createChangeEndpoint = (
  operation: 'revoke' | 'restore',
  summary: string,
  getRevokedAt: () => string | null,
): Endpoint =>
  endpoint({
    method: 'post',
    path: `/:id/${operation}`,
    summary,
    access: callers.anyAdmin,
    params: z.object({ id: z.string() }),
    response: describeJson('The garage admin after the change.', CHANGED),
    refusals: REFUSALS,
    handler: ({ req }, { params: { id } }) => revokeOrRestore(req, id, getRevokedAt()),
  })

/**
 * How admins manage garage admins, in addition to the rows themselves: POST /api/admin-users/grant
 * { email } or { subject }, and POST …/:id/revoke and …/:id/restore. Each follows the rules of the
 * rows: it is audited, and never removes the last one.
 */
export const garageAdminEndpoints: Endpoint[] = [
  endpoint({
    method: 'post',
    path: '/grant',
    summary: 'Makes an owner a garage admin, by verified e-mail address or subject',
    access: callers.anyAdmin,
    body: GRANT,
    bodyExample: '{ "email": "ann@example.com" } or { "subject": "auth0|64f0c2" }',
    response: describeJson('The owner was a garage admin before and is one again.', CHANGED),
    otherResponses: { 201: describeJson('The owner is now a garage admin.', CHANGED) },
    refusals: REFUSALS,
    handler: ({ req }, { body }) => grantAdmin(req, body),
  }),
  createChangeEndpoint(
    'revoke',
    'Revokes the access of a garage admin, effective with their next request; at least one admin ' +
      'must remain',
    () => new Date().toISOString(),
  ),
  createChangeEndpoint('restore', 'Restores the access of a garage admin', () => null),
]

/**
 * Makes a known owner a garage admin; a revoked one is restored, and an active one stays unchanged.
 */
async function grantAdmin(req: PayloadRequest, input: GrantInput): Promise<Response> {
  const { subject, email } = await findGrantedOwner(req, input)
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
  const message = `${email} is now a garage admin.`
  return Response.json({ message, doc }, { status: exists ? 200 : 201 })
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
  const described = `the ${'email' in input ? 'e-mail address' : 'subject'} ${identifier}`
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
      `No active owner has ${described}${'email' in input ? ' as a verified address' : ''}. ` +
        'Owners can be found only after their first sign-in.',
      404,
    )
  if (other)
    throw new APIError(
      `Several owners have ${described}. Specify the subject of the one you mean.`,
      409,
    )
  return found
}

async function revokeOrRestore(req: PayloadRequest, id: string, revokedAt: string | null) {
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
  return { message, doc: { ...doc } }
}
