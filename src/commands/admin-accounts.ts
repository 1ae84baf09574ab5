import { randomBytes } from 'node:crypto'
import { createLocalReq, type Payload } from 'payload'
import { reinviteUser } from '../../hooks/people/invitations.ts'
import { formatProviders } from '../auth/staff/sign-in-methods.ts'
import { runInTransaction } from '../owners/run-in-transaction.ts'
import { UserError } from '../user-error.ts'
import { printLine } from './run-command.ts'
import { getService } from '../services.ts'

const NO_SIGN_IN_METHOD =
  'Password sign-in is disabled and no provider is configured. Set LOCAL_PASSWORDS=true, ' +
  'or OIDC_<NAME>_ISSUER and its related settings (see .env.example).'
const describeUnknownUser = (address: string) =>
  `There is no account with the address ${address}. To create an admin with this address, run: ` +
  `npm run admin -- create ${address}.`
const generatePassword = () => randomBytes(15).toString('base64url')

/** Creates an admin with a generated password; if passwords are turned off, an invited one. */
export async function createAdmin(payload: Payload, address: string): Promise<void> {
  const { passwords } = getService(payload, 'signIn')
  const by = formatProviders(payload)
  if (!passwords && !by) throw new UserError(NO_SIGN_IN_METHOD)
  await refuseKnownAddress(payload, address)
  const password = passwords ? generatePassword() : null
  const data = {
    email: address,
    name: address,
    role: 'admin',
    isActive: true,
    ...(password && { password }),
  }
  await payload.create({ collection: 'users', data: data as never, depth: 0, overrideAccess: true })
  printLine(
    password
      ? `${address} is now an admin, with the password ${password}`
      : `${address} has been invited as an admin and can sign in with ${by} using this address. ` +
          'Password sign-in is disabled.',
  )
}

/**
 * Throws an error if the account already exists. The message describes the account and how to sign
 * in to it.
 */
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
  const order = getService(payload, 'signIn').passwords ? 'reset-password' : 'invite'
  const description =
    user.isActive === false
      ? `a deactivated ${user.role}`
      : `${user.role === 'admin' ? 'an' : 'a'} ${user.role}`
  throw new UserError(
    `An account with the address ${address} already exists (${description}); nothing was ` +
      `changed. To regain access, run: npm run admin -- ${order} ${address}.`,
  )
}

/** Sets a new generated password for a user and ends all their sessions. */
export async function resetPassword(payload: Payload, address: string): Promise<void> {
  const { passwords } = getService(payload, 'signIn')
  const by = formatProviders(payload)
  if (!passwords)
    throw new UserError(
      by
        ? `Password sign-in is disabled. Sign in with ${by}, or set LOCAL_PASSWORDS=true and ` +
            'restart.'
        : NO_SIGN_IN_METHOD,
    )
  const password = generatePassword()
  const where = { email: { equals: address } }
  const { docs, errors } = await payload.update({
    collection: 'users',
    where,
    data: { password, loginAttempts: 0, lockUntil: null },
    depth: 0,
    overrideAccess: true,
  })
  await getService(payload, 'signInLimits').onSuccess(payload, address, null)
  if (errors[0])
    throw new UserError(`The password of ${address} was not changed: ${errors[0].message}`)
  if (docs.length === 0) throw new UserError(describeUnknownUser(address))
  printLine(
    `The new password of ${address} is ${password}. It is shown only once. All sessions of ` +
      'this account have ended.',
  )
  if (docs[0]?.isActive === false)
    printLine('The account is deactivated: an admin has to reactivate it before it can be used.')
}

/**
 * Invites a user to claim the account again by signing in with a provider, and ends all their
 * sessions.
 */
export async function inviteUser(payload: Payload, address: string): Promise<void> {
  const by = formatProviders(payload)
  if (!by)
    throw new UserError(
      'No sign-in provider is configured. Set OIDC_<NAME>_ISSUER and its related settings ' +
        '(see .env.example).',
    )
  const req = await createLocalReq({}, payload)
  if (!(await runInTransaction(req, () => reinviteUser(req, address))))
    throw new UserError(describeUnknownUser(address))
  printLine(
    `${address} has been invited: the next sign-in with ${by} using this address will be linked ` +
      'to the account. All sessions of this account have ended.',
  )
}
