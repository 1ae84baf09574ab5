import {
  AuthenticationError,
  type CollectionAfterLoginHook,
  type CollectionAfterOperationHook,
  type CollectionBeforeOperationHook,
} from 'payload'
import { originOf } from '../../src/audit/origin.ts'
import { tooMany } from '../../src/guards/request-limits.ts'
import { signInLimitsOf } from '../../src/guards/sign-in-limits.ts'
import type { SignInAccount } from './accounts.ts'
import { knownDevice } from './known-devices.ts'
import { normalizeEmail } from '../../src/fields/text.ts'

const LONGEST_ACCOUNT = 200

/** The context key for the known device that a request comes from. */
const KNOWN_DEVICE = 'knownDevice'

/**
 * Ten tries an account and a hundred an address in a quarter of an hour, over REST, GraphQL and its aliases together. An account that is
 * not there, has no password, or has no tries left is answered with the words and after the time of a wrong password. Comes after
 * rememberAccount, whose look-up it uses. A device that signed in to the account before has ten attempts of its own, so that guessing by
 * others does not lock its owner out.
 */
export const guardSignIns: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const tried = operation === 'login' ? triedOf(args) : null
  const { address } = originOf(req)
  if (tried === null || address === null) return args
  const limits = signInLimitsOf(req.payload)
  const known = req.context['accountAtSignIn'] as SignInAccount | undefined
  const device = knownDevice(req, known && { id: known.id, secret: known.deviceSecret })
  if (device !== null) req.context[KNOWN_DEVICE] = device
  const verdict = await limits.take(req.payload, tried.account, address, device)
  if (!verdict.free && verdict.spent === 'address')
    throw tooMany(req, { words: 'Too many tries to sign in from your address.', seconds: verdict.seconds })
  if (verdict.free && typeof known?.hash === 'string') return args
  const { pace } = limits
  if (verdict.free) await pace.hash(tried.password)
  else await pace.wait(tried.password)
  if (!verdict.free) throw new AuthenticationError(req.t)
  return args
}

/** A good sign-in gives the tries back. */
export const forgiveTries: CollectionAfterLoginHook = async ({ req, user }) => {
  const device: unknown = req.context[KNOWN_DEVICE]
  const limits = signInLimitsOf(req.payload)
  if (typeof device === 'string') await limits.forgiveDevice(req.payload, device, originOf(req).address)
  else await limits.forgive(req.payload, accountOf(String(user['email'])), originOf(req).address)
}

/** So does an admin who unlocks the account. */
export const forgiveUnlocked: CollectionAfterOperationHook = async ({ args, operation, req, result }) => {
  const email = operation === 'unlock' ? (args as { data?: { email?: unknown } }).data?.email : undefined
  if (typeof email === 'string') await signInLimitsOf(req.payload).forgive(req.payload, accountOf(email), null)
  return result
}

type Tried = { account: string; password: string }

function triedOf(args: unknown): Tried | null {
  const { email, password } = (args as { data?: { email?: unknown; password?: unknown } }).data ?? {}
  if (typeof email !== 'string' || typeof password !== 'string' || password.trim() === '') return null
  return { account: accountOf(email), password }
}

const accountOf = (email: string) => normalizeEmail(email).replaceAll('\0', '').slice(0, LONGEST_ACCOUNT)
