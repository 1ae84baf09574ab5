import { quoteValue } from '../settings/setting-errors.ts'
import {
  parseChoice,
  type CommandLine,
  rejectExtraArguments,
  runCommand,
  splitFlags,
  buildUsageError,
} from './run-command.ts'

/**
 * The commands for the audit log:
 *
 * - `npm run audit -- verify` compares the audit log with its seals; the exit code is 1 if
 *   something was changed.
 * - `npm run audit -- verify HASH` also checks that HASH, which was recorded earlier, is the hash
 *   of a seal.
 */
const LINE: CommandLine = { program: 'npm run audit', forms: ['verify', 'verify HASH'] }

await runCommand(LINE, async (args) => {
  const [action, hash, ...more] = splitFlags(args, LINE).words
  parseChoice(action, ['verify'], LINE)
  rejectExtraArguments(more, LINE)
  if (hash !== undefined && !/^[0-9a-f]{64}$/i.test(hash))
    throw buildUsageError(
      `${quoteValue(hash)} is not the hash of a seal, which has 64 hexadecimal digits`,
      LINE,
    )
  const { verifyAuditLog } = await import('./audit-verify.ts')
  const { withPayload } = await import('./with-payload.ts')
  const { withTransaction } = await import('../database/with-transaction.ts')
  const { getPostgresAdapter } = await import('../database/transaction.ts')
  await withPayload(({ payload }) =>
    withTransaction(getPostgresAdapter(payload).pool, (client) => verifyAuditLog(client, hash)),
  )
})
