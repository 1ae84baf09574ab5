import { APIError, type Endpoint, Forbidden, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { permissions } from '../../access/permissions.ts'
import { postgresOf } from '../../database/transaction.ts'
import { writtenLine } from '../../domain/written-schema.ts'
import { json, refusals, rowOf, stated } from '../../openapi/operation.ts'
import { bodyOf, NO_STORE } from './for-owner.ts'

const GRANT = z.union([
  z.strictObject({ email: writtenLine().min(3).max(255) }),
  z.strictObject({ subject: writtenLine().min(1).max(255) }),
])
type Asked = z.output<typeof GRANT>

const forAdmins =
  (handler: (req: PayloadRequest) => Promise<Response>) =>
  (req: PayloadRequest): Promise<Response> => {
    if (!permissions.isAnyAdmin({ req })) throw new Forbidden(req.t)
    return handler(req)
  }

const CHANGED = z.strictObject({ message: z.string(), doc: rowOf('admin-users') })
const REFUSED = refusals(400, 403, 404, 409)

const ofOne = (deed: 'revoke' | 'restore', summary: string, revokedAt: () => string | null): Endpoint =>
  stated(
    {
      ...{ summary, askers: ['owner', 'staff'], params: z.object({ id: z.string() }) },
      answers: { 200: json('It is done.', CHANGED), ...REFUSED },
    },
    { path: `/:id/${deed}`, method: 'post', handler: forAdmins((req) => revokeOrRestore(req, revokedAt())) },
  )

/**
 * What admins do with who is a garage admin, beside the rows themselves: POST /api/admin-users/grant { email } or { subject }, and
 * POST …/:id/revoke and …/:id/restore. Each goes by the rules of the rows: told in the trail, and never the last one.
 */
export const garageAdminEndpoints: Endpoint[] = [
  stated(
    {
      summary: 'Makes an owner a garage admin, by their verified address or their subject',
      askers: ['owner', 'staff'],
      body: GRANT,
      answers: {
        200: json('They were one before, and are again.', CHANGED),
        201: json('They are one now.', CHANGED),
        ...REFUSED,
      },
    },
    { path: '/grant', method: 'post', handler: forAdmins(grant) },
  ),
  ofOne('revoke', 'Revokes a garage admin, from their next request on; never the last', () => new Date().toISOString()),
  ofOne('restore', 'Restores a garage admin who was revoked', () => null),
]

/** Makes an owner who was here a garage admin; one who was revoked is restored, and one who is stays one. */
async function grant(req: PayloadRequest): Promise<Response> {
  const { subject, email } = await ownerOf(
    req,
    await bodyOf(req, GRANT, '{ "email": "ann@example.com" } or { "subject": "auth0|64f0c2" }'),
  )
  const { pool } = postgresOf(req.payload)
  const { rows } = await pool.query('select 1 from admin_users where auth0_sub = $1', [subject])
  const there = rows.length > 0
  const doc = there
    ? await req.payload.update({ collection: 'admin-users', id: subject, data: { revokedAt: null }, overrideAccess: false, req })
    : await req.payload.create({
        collection: 'admin-users',
        data: { id: subject, email, role: 'admin' } as never,
        overrideAccess: false,
        req,
      })
  return Response.json({ message: `${email} is a garage admin.`, doc }, { status: there ? 200 : 201, headers: NO_STORE })
}

/** The one active owner whom a subject or a verified address names: an address that anybody can claim makes nobody an admin. */
async function ownerOf(req: PayloadRequest, asked: Asked): Promise<{ subject: string; email: string }> {
  const said = 'email' in asked ? asked.email : asked.subject
  const named = 'email' in asked ? 'lower(email) = lower($1) and email_verified' : 'auth0_sub = $1'
  const { rows } = await postgresOf(req.payload).pool.query<{ subject: string; email: string }>(
    `select auth0_sub as subject, email from user_profiles where ${named} and deactivated_at is null limit 2`,
    [said],
  )
  const [found, other] = rows
  if (!found)
    throw new APIError(`No active owner has ${said}, or the address is not verified. They are known once they signed in.`, 404)
  if (other) throw new APIError(`Several owners have ${said}. Say the subject of the one you mean.`, 409)
  return found
}

async function revokeOrRestore(req: PayloadRequest, revokedAt: string | null): Promise<Response> {
  const id = String(req.routeParams?.['id'])
  const doc = await req.payload.update({ collection: 'admin-users', id, data: { revokedAt }, overrideAccess: false, req })
  const message = revokedAt ? `${doc.email} is no garage admin any more.` : `${doc.email} is a garage admin again.`
  return Response.json({ message, doc }, { headers: NO_STORE })
}
