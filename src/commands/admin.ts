import { randomBytes } from 'node:crypto'
import { createLocalReq, type Payload } from 'payload'
import { inviteAgain } from '../../hooks/people/invitations.ts'
import { providerWords, signInWays } from '../access/sign-in-ways.ts'
import { signInLimitsOf } from '../guards/sign-in-limits.ts'
import { transacted } from '../owners/transacted.ts'
import { say, withPayload } from './with-payload.ts'

const NO_WAY_IN =
  'Passwords are off here, and no provider is set: set LOCAL_PASSWORDS=true, or OIDC_<NAME>_ISSUER and its like (see .env.example).'
const nobody = (address: string) =>
  `Nobody signs in with ${address}. To make an admin of that address: npm run admin -- create ${address}`
const newPassword = () => randomBytes(15).toString('base64url')

/**
 * npm run admin -- create EMAIL           a new admin with a generated password; where passwords are off, one who is invited
 * npm run admin -- reset-password EMAIL   a new password for a user, who is signed out everywhere
 * npm run admin -- invite EMAIL           a user who claims the account anew by signing in with a provider, and is signed out everywhere
 */
const [order, email] = process.argv.slice(2)
const orders: Record<string, (payload: Payload, email: string) => Promise<void>> = {
  create,
  'reset-password': resetPassword,
  invite,
}
const run = orders[order ?? '']

if (!run || !email) {
  say('Say: npm run admin -- reset-password EMAIL, npm run admin -- create EMAIL, or npm run admin -- invite EMAIL.')
  process.exitCode = 2
} else {
  await withPayload(({ payload }) => run(payload, email.trim().toLowerCase()))
}

async function create(payload: Payload, address: string): Promise<void> {
  const { passwords } = signInWays(payload.config)
  const by = providerWords(payload.config)
  if (!passwords && !by) return refuse(NO_WAY_IN)
  const password = passwords ? newPassword() : null
  const data = { email: address, name: address, role: 'admin', isActive: true, ...(password && { password }) }
  await payload.create({ collection: 'users', data: data as never, depth: 0, overrideAccess: true })
  say(
    password
      ? `${address} is an admin now, with the password ${password}`
      : `${address} is invited as an admin: they sign in with ${by} under this address. Passwords are off here.`,
  )
}

async function resetPassword(payload: Payload, address: string): Promise<void> {
  const { passwords } = signInWays(payload.config)
  const by = providerWords(payload.config)
  if (!passwords)
    return refuse(by ? `Passwords are off here. Sign in with ${by}, or set LOCAL_PASSWORDS=true and start again.` : NO_WAY_IN)
  const password = newPassword()
  const where = { email: { equals: address } }
  const { docs, errors } = await payload.update({
    collection: 'users',
    where,
    data: { password, loginAttempts: 0, lockUntil: null },
    depth: 0,
    overrideAccess: true,
  })
  await signInLimitsOf(payload).forgive(payload, address, null)
  if (errors[0]) return refuse(`The password of ${address} stays as it was: ${errors[0].message}`)
  if (docs.length === 0) return refuse(nobody(address))
  say(`The password of ${address} is ${password} now. It is shown this once; every session of theirs has ended.`)
  if (docs[0]?.isActive === false) say('The account is deactivated: an admin has to activate it before it can sign in.')
}

async function invite(payload: Payload, address: string): Promise<void> {
  const by = providerWords(payload.config)
  if (!by) return refuse('There is no provider to sign in with here: set OIDC_<NAME>_ISSUER and its like (see .env.example).')
  const req = await createLocalReq({}, payload)
  if (!(await transacted(req, () => inviteAgain(req, address)))) return refuse(nobody(address))
  say(`${address} is invited: whoever signs in with ${by} under this address has the account. Every session of theirs has ended.`)
}

function refuse(words: string): void {
  process.exitCode = 1
  say(words)
}
