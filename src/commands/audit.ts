import { quoteValue } from '../setting-sentences.ts'
import { chooseWord, type CommandLine, refuseMoreWords, runCommand, splitFlags, usageError } from './run-command.ts'

/**
 * npm run audit -- verify         compares the audit log with its seals; exit code 1 when something was changed
 * npm run audit -- verify HASH    also checks that HASH, noted down earlier, is the hash of a seal
 */
const LINE: CommandLine = { program: 'npm run audit', forms: ['verify', 'verify HASH'] }

await runCommand(LINE, async (args) => {
  const [word, hash, ...more] = splitFlags(args, LINE).words
  chooseWord(word, ['verify'], LINE)
  refuseMoreWords(more, LINE)
  if (hash !== undefined && !/^[0-9a-f]{64}$/i.test(hash))
    throw usageError(`${quoteValue(hash)} is not the hash of a seal, which has 64 hexadecimal digits`, LINE)
  const { verify } = await import('./audit-verify.ts')
  const { withPayload } = await import('./with-payload.ts')
  const { inTransaction } = await import('../database/in-transaction.ts')
  const { postgresOf } = await import('../database/transaction.ts')
  await withPayload(({ payload }) => inTransaction(postgresOf(payload).pool, (client) => verify(client, hash)))
})
