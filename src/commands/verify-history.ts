import { readFile, stat } from 'node:fs/promises'
import { quoteValue } from '../settings/setting-errors.ts'
import { UserError } from '../user-error.ts'
import { verifyHistoryFile } from '../vehicle-history/verify-file.ts'
import {
  buildUsageError,
  type CommandLine,
  printLine,
  rejectExtraArguments,
  runCommand,
  splitFlags,
} from './run-command.ts'

/** A larger file is no history; see `MAX_RECORDS` of src/vehicle-history. */
const MAX_BYTES = 50_000_000

/**
 * The command that verifies the history of a car, saved from GET /api/inventory/:id/history,
 * without a database or a network:
 *
 * - `npm run verify-history -- FILE` checks that no record was altered, removed, added or moved.
 * - `npm run verify-history -- FILE HEAD` also checks that it is the history with this head.
 *
 * The exit code is 1 if it is not; the output names the first record that is wrong.
 */
const LINE: CommandLine = { program: 'npm run verify-history', forms: ['FILE', 'FILE HEAD'] }

await runCommand(LINE, async (args) => {
  const [file, head, ...more] = splitFlags(args, LINE).words
  rejectExtraArguments(more, LINE)
  if (!file) throw buildUsageError('Specify the file of a history', LINE)
  if (head !== undefined && !/^[0-9a-f]{64}$/i.test(head))
    throw buildUsageError(
      `${quoteValue(head)} is not the head of a history, which has 64 hexadecimal digits`,
      LINE,
    )
  const { isIntact, message } = verifyHistoryFile(
    await readHistory(file),
    head?.toLowerCase() ?? null,
  )
  printLine(isIntact ? message : `This is NOT an unaltered history. ${message}`)
  if (!isIntact) process.exitCode = 1
})

async function readHistory(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile())
    throw new UserError(
      `${quoteValue(file)} is not a file. Save GET /api/inventory/:id/history of a car as one.`,
    )
  if (found.size > MAX_BYTES)
    throw new UserError(`${quoteValue(file)} is too large to be the history of a car.`)
  return readFile(file)
}
