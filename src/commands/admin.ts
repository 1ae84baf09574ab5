import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import { countersOf } from '../guards/counters.ts'
import { signInLimitsOf } from '../guards/sign-in-limits.ts'
import { say, withPayload } from './with-payload.ts'

/**
 * npm run admin -- create EMAIL           a new admin with a generated password
 * npm run admin -- reset-password EMAIL   a new password for a user, who is signed out everywhere
 */
const [order, email] = process.argv.slice(2)
const orders: Record<string, (payload: Payload, email: string, password: string) => Promise<void>> = {
  create,
  'reset-password': resetPassword,
}
const run = orders[order ?? '']

if (!run || !email) {
  say('Say: npm run admin -- reset-password EMAIL, or npm run admin -- create EMAIL.')
  process.exitCode = 2
} else {
  await withPayload(({ payload }) => run(payload, email.trim().toLowerCase(), randomBytes(15).toString('base64url')))
}

async function create(payload: Payload, address: string, password: string): Promise<void> {
  const data = { email: address, password, name: address, role: 'admin', isActive: true }
  await payload.create({ collection: 'users', data: data as never, depth: 0, overrideAccess: true })
  say(`${address} is an admin now, with the password ${password}`)
}

async function resetPassword(payload: Payload, address: string, password: string): Promise<void> {
  const where = { email: { equals: address } }
  const { docs } = await payload.update({
    collection: 'users',
    where,
    data: { password, loginAttempts: 0, lockUntil: null },
    depth: 0,
    overrideAccess: true,
  })
  await signInLimitsOf(payload).forgive(payload, address, null)
  await countersOf(payload).close()
  if (docs.length === 0) {
    process.exitCode = 1
    return say(`Nobody signs in with ${address}. To make an admin of that address: npm run admin -- create ${address}`)
  }
  say(`The password of ${address} is ${password} now. It is shown this once; every session of theirs has ended.`)
  if (docs[0]?.isActive === false) say('The account is deactivated: an admin has to activate it before it can sign in.')
}
