import {
  commitTransaction,
  createLocalReq,
  getFieldsToSign,
  initTransaction,
  jwtSign,
  killTransaction,
  type Payload,
  type PayloadRequest,
  ValidationError,
} from 'payload'
import { addSessionToUser, generatePayloadCookie } from 'payload/shared'
import { auditFailedSignIn } from '../../../hooks/audit/sign-ins.ts'
import { SIGN_IN_PROVIDER } from './sign-in-rows.ts'
import { type SignInProblem, signInProblems } from '../../domain/sign-in-problem.ts'
import { resolveAccount, type OidcCallback } from './account.ts'

/**
 * Signs in a person after a callback, or returns the problem: creates a session as Payload's own
 * sign-in does, with its hooks, and its cookie. One transaction: a failure leaves neither account
 * nor session.
 */
export async function completeSignIn(
  payload: Payload,
  headers: Headers,
  callback: OidcCallback,
): Promise<{ cookie: string } | { problem: SignInProblem }> {
  const context = { [SIGN_IN_PROVIDER]: callback.provider.id }
  const attempt = async () => {
    const req = await createLocalReq({ context, req: { headers } }, payload)
    await initTransaction(req)
    try {
      const found = await resolveAccount(req, callback)
      const result =
        'problem' in found ? found : { cookie: await createSessionCookie(req, found.account) }
      await commitTransaction(req)
      return result
    } catch (error) {
      await killTransaction(req)
      throw error
    }
  }
  /*
   * Two concurrent first sign-ins create one account: the one that was second finds it on the next
   * attempt.
   */
  return attempt().catch((error: unknown) => {
    if (error instanceof ValidationError) return attempt()
    throw error
  })
}

/** Writes an audit entry for a refused sign-in. If that fails, the sign-in is refused anyway. */
export async function recordRefusal(
  payload: Payload,
  headers: Headers,
  problem: SignInProblem,
  email: unknown,
): Promise<void> {
  const req = await createLocalReq({ req: { headers } }, payload)
  try {
    await auditFailedSignIn(
      req,
      typeof email === 'string' ? email : '',
      signInProblems[problem].title,
    )
  } catch (error) {
    payload.logger.error({
      err: error,
      msg: 'A denied request could not be written to the audit log.',
    })
  }
}

async function createSessionCookie(req: PayloadRequest, account: string): Promise<string> {
  const { payload } = req
  const { config } = payload.collections.users
  const where = { id: { equals: account } }
  let user = (await payload.db.findOne({ collection: 'users', req, where })) as User
  const { sid } = await addSessionToUser({ collectionConfig: config, payload, req, user })
  const fieldsToSign = getFieldsToSign({
    collectionConfig: config,
    email: user.email,
    sid,
    user,
  } as never)
  const about = { collection: config, context: req.context, req }
  for (const hook of config.hooks.beforeLogin)
    user = ((await hook({ ...about, user })) as User | undefined) ?? user
  const { tokenExpiration } = config.auth
  const { token } = await jwtSign({ fieldsToSign, secret: payload.secret, tokenExpiration })
  req.user = user
  for (const hook of config.hooks.afterLogin) await hook({ ...about, token, user })
  return generatePayloadCookie({
    collectionAuthConfig: config.auth,
    cookiePrefix: payload.config.cookiePrefix,
    token,
  })
}

type User = NonNullable<PayloadRequest['user']> & { email: string }
