import {
  AuthenticationError,
  type CollectionAfterLoginHook,
  type CollectionAfterOperationHook,
  type CollectionBeforeOperationHook,
} from 'payload'
import { getOrigin } from '../../audit/origin.ts'
import { createLimitError } from '../rate-limits/request-limits.ts'
import type { SignInAccount } from '../../../hooks/people/accounts.ts'
import { findKnownDevice } from './known-devices.ts'
import { normalizeEmail } from '../../fields/text.ts'
import { getService } from '../../services.ts'

const MAX_ACCOUNT_LENGTH = 200

/** The context key for the known device that a request comes from. */
const KNOWN_DEVICE = 'knownDevice'

/**
 * Ten attempts per account and a hundred per address in a quarter of an hour, over REST, GraphQL
 * and its aliases together. An account that does not exist, has no password, or has no attempts
 * left gets the response of a wrong password, after the same time. Runs after rememberAccount,
 * whose query it uses. A device that signed in to the account before has ten separate attempts, so
 * that guesses by others do not lock its owner out.
 */
export const limitSignIns: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const attempt = operation === 'login' ? parseSignInAttempt(args) : null
  const { address } = getOrigin(req)
  if (attempt === null || address === null) return args
  const limits = getService(req.payload, 'signInLimits')
  const account = req.context['accountAtSignIn'] as SignInAccount | undefined
  const device = findKnownDevice(req, account && { id: account.id, secret: account.deviceSecret })
  if (device !== null) req.context[KNOWN_DEVICE] = device
  const verdict = await limits.consume(req.payload, attempt.account, address, device)
  if (!verdict.allowed && verdict.exhausted === 'address')
    throw createLimitError(req, {
      message: 'Too many sign-in attempts from your IP address.',
      seconds: verdict.seconds,
    })
  if (verdict.allowed && typeof account?.hash === 'string') return args
  const { delay } = limits
  if (verdict.allowed) await delay.hash(attempt.password)
  else await delay.wait(attempt.password)
  if (!verdict.allowed) throw new AuthenticationError(req.t)
  return args
}

/** A successful sign-in resets the attempts. */
export const resetLimitsOnSignIn: CollectionAfterLoginHook = async ({ req, user }) => {
  const device: unknown = req.context[KNOWN_DEVICE]
  const limits = getService(req.payload, 'signInLimits')
  if (typeof device === 'string')
    await limits.onDeviceSuccess(req.payload, device, getOrigin(req).address)
  else
    await limits.onSuccess(req.payload, toAccountKey(String(user['email'])), getOrigin(req).address)
}

/** An admin who unlocks the account resets them, too. */
export const resetLimitsOnUnlock: CollectionAfterOperationHook = async ({
  args,
  operation,
  req,
  result,
}) => {
  const email =
    operation === 'unlock' ? (args as { data?: { email?: unknown } }).data?.email : undefined
  if (typeof email === 'string')
    await getService(req.payload, 'signInLimits').onSuccess(req.payload, toAccountKey(email), null)
  return result
}

type SignInAttempt = { account: string; password: string }

function parseSignInAttempt(args: unknown): SignInAttempt | null {
  const { email, password } =
    (args as { data?: { email?: unknown; password?: unknown } }).data ?? {}
  if (typeof email !== 'string' || typeof password !== 'string' || password.trim() === '')
    return null
  return { account: toAccountKey(email), password }
}

const toAccountKey = (email: string) =>
  normalizeEmail(email).replaceAll('\0', '').slice(0, MAX_ACCOUNT_LENGTH)
