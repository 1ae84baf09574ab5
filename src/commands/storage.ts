import { formatCount } from '../domain/format-count.ts'
import type { MoveResult } from '../storage/move-files.ts'
import { UserError } from '../user-error.ts'
import {
  buildUsageError,
  type CommandLine,
  parseChoice,
  printLine,
  rejectExtraArguments,
  runCommand,
  splitFlags,
} from './run-command.ts'

/**
 * The commands for the storage of files:
 *
 * - `npm run storage -- move s3` moves every file from the disk to S3.
 * - `npm run storage -- move disk` moves every file from S3 to the disk.
 *
 * A move can be stopped and run again. Forecourt may run meanwhile.
 */
const LINE: CommandLine = { program: 'npm run storage', forms: ['move s3', 'move disk'] }

/** A line about the progress is printed after this many files. */
const REPORT_EVERY = 1_000
const SHOWN_FAILURES = 10

await runCommand(LINE, async (args) => {
  const [action, target, ...more] = splitFlags(args, LINE).words
  parseChoice(action, ['move'], LINE)
  if (target === undefined) throw buildUsageError('npm run storage -- move needs a target', LINE)
  const to = parseChoice(target, ['s3', 'disk'], LINE)
  rejectExtraArguments(more, LINE)
  const { loadSettings } = await import('../env.ts')
  const { STORAGE } = loadSettings()
  if (STORAGE !== to)
    throw new UserError(
      `STORAGE is ${STORAGE}, so new files are still stored there: nothing was moved. Set ` +
        `STORAGE=${to}, restart Forecourt, then run this command. Files that are not moved yet ` +
        'are served from where they are, if the settings S3_… are complete.',
    )
  const { moveAll } = await import('../storage/move-all.ts')
  const { withPayload } = await import('./with-payload.ts')
  await withPayload(async ({ payload, settings }) => {
    const result = await moveAll(payload, settings, to, (moved) => {
      if (moved.files > 0 && moved.files % REPORT_EVERY === 0) printLine(describeMoved(moved))
    })
    report(result, to)
  })
})

function report(result: MoveResult, to: 's3' | 'disk'): void {
  const { files, failures } = result
  if (failures.length === 0)
    return printLine(
      files === 0
        ? `There is nothing to move: every file is in the storage ${to}.`
        : `${describeMoved(result)} Every file is in the storage ${to}.`,
    )
  const shown = failures.slice(0, SHOWN_FAILURES)
  const reasons = shown.map(
    ({ key, error }) => `${key}: ${error instanceof Error ? error.message : String(error)}`,
  )
  throw new UserError(
    [
      `${describeMoved(result)} ${formatCount(failures.length, 'file')} could not be moved and ` +
        'stayed where they were. Correct the cause, then run the command again:',
      ...reasons,
    ].join('\n'),
  )
}

function describeMoved({ files, bytes }: MoveResult): string {
  return `Moved ${formatCount(files, 'file')} (${Math.ceil(bytes / 1e6)} MB).`
}
