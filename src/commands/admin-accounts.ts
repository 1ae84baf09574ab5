import { randomBytes } from 'node:crypto'
import { createLocalReq, type Payload } from 'payload'
import { inviteAgain } from '../../hooks/people/invitations.ts'
import { providerWords, signInWays } from '../access/sign-in-ways.ts'
import { signInLimitsOf } from '../guards/sign-in-limits.ts'
import { transacted } from '../owners/transacted.ts'
import { UserError } from '../user-error.ts'
import { say } from './run-command.ts'

const NO_WAY_IN =
  'Passwords are off here, and no provider is configured. Set LOCAL_PASSWORDS=true, or OIDC_<NAME>_ISSUER and the settings that belong to it (see .env.example).'
const nobody = (address: string) =>
  `There is no account with the address ${address}. To create an admin with it: npm run admin -- create ${address}.`
const newPassword = () => randomBytes(15).toString('base64url')

/** A new admin with a generated password; where passwords are off, one who is invited. */
export async function create(payload: Payload, address: string): Promise<void> {
  const { passwords } = signInWays(payload.config)
  const by = providerWords(payload.config)
  if (!passwords && !by) throw new UserError(NO_WAY_IN)
  await refuseKnownAddress(payload, address)
  const password = passwords ? newPassword() : null
  const data = { email: address, name: address, role: 'admin', isActive: true, ...(password && { password }) }
  await payload.create({ collection: 'users', data: data as never, depth: 0, overrideAccess: true })
  say(
    password
      ? `${address} is an admin now, with the password ${password}`
      : `${address} is invited as an admin: they sign in with ${by} under this address. Passwords are off here.`,
  )
}

/** Throws the sentence about an account that is there already: what it is, and how to get into it. */
async function refuseKnownAddress(payload: Payload, address: string): Promise<void> {
  const { docs } = await payload.find({
    collection: 'users',
    where: { email: { equals: address } },
    limit: 1,
    depth: 0,
    overrideAccess: true,
  })
  const [user] = docs
  if (!user) return
  const order = signInWays(payload.config).passwords ? 'reset-password' : 'invite'
  const what = user.isActive === false ? `a deactivated ${user.role}` : `${user.role === 'admin' ? 'an' : 'a'} ${user.role}`
  throw new UserError(
    `There is already an account with the address ${address} (${what}), and nothing was changed. To get into it: npm run admin -- ${order} ${address}.`,
  )
}

/** A new password for a user, who is signed out everywhere. */
export async function resetPassword(payload: Payload, address: string): Promise<void> {
  const { passwords } = signInWays(payload.config)
  const by = providerWords(payload.config)
  if (!passwords)
    throw new UserError(
      by ? `Passwords are off here. Sign in with ${by}, or set LOCAL_PASSWORDS=true and start again.` : NO_WAY_IN,
    )
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
  if (errors[0]) throw new UserError(`The password of ${address} stays as it was: ${errors[0].message}`)
  if (docs.length === 0) throw new UserError(nobody(address))
  say(`The password of ${address} is ${password} now. It is shown only once; all sessions of this account have ended.`)
  if (docs[0]?.isActive === false) say('The account is deactivated: an admin has to activate it before it can sign in.')
}

/** Lets a user claim the account again by signing in with a provider, and ends all their sessions. */
export async function invite(payload: Payload, address: string): Promise<void> {
  const by = providerWords(payload.config)
  if (!by)
    throw new UserError(
      'There is no provider to sign in with. Set OIDC_<NAME>_ISSUER and the settings that belong to it (see .env.example).',
    )
  const req = await createLocalReq({}, payload)
  if (!(await transacted(req, () => inviteAgain(req, address)))) throw new UserError(nobody(address))
  say(`${address} is invited: whoever signs in with ${by} under this address gets the account. All of its sessions have ended.`)
}
