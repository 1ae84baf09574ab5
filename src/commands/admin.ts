import { accountAddressProblem } from '../domain/mail-address.ts'
import { quoteValue } from '../settings/setting-errors.ts'
import { UserError } from '../user-error.ts'
import {
  parseChoice,
  type CommandLine,
  rejectExtraArguments,
  runCommand,
  splitFlags,
  buildUsageError,
} from './run-command.ts'
import { normalizeEmail } from '../fields/text.ts'

/**
 * The commands for staff accounts:
 *
 * - `npm run admin -- create EMAIL` creates an admin with a generated password; if passwords are
 *   turned off, an invited one.
 * - `npm run admin -- reset-password EMAIL` sets a new password for a user and ends all their
 *   sessions.
 * - `npm run admin -- invite EMAIL` lets a user claim the account again by signing in with a
 *   provider, and ends all their sessions.
 */
const LINE: CommandLine = {
  program: 'npm run admin',
  forms: ['create EMAIL', 'reset-password EMAIL', 'invite EMAIL'],
}

await runCommand(LINE, async (args) => {
  const [action, email, ...more] = splitFlags(args, LINE).words
  const order = parseChoice(action, ['create', 'reset-password', 'invite'], LINE)
  if (!email) throw buildUsageError(`npm run admin -- ${order} needs an e-mail address`, LINE)
  rejectExtraArguments(more, LINE)
  const address = normalizeEmail(email)
  if (accountAddressProblem(address) !== null)
    throw new UserError(
      `${quoteValue(email)} is not an e-mail address. Specify one, for example: npm run admin ` +
        `-- ${order} ann@cars.example.`,
    )
  const { createAdmin, resetPassword, inviteUser } = await import('./admin-accounts.ts')
  const { withPayload } = await import('./with-payload.ts')
  const orders = { create: createAdmin, 'reset-password': resetPassword, invite: inviteUser }
  await withPayload(({ payload }) => orders[order](payload, address))
})
