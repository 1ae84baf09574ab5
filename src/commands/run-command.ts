import { setTimeout as sleep } from 'node:timers/promises'
import { findNearestName } from '../domain/near-miss.ts'
import { showInvisible } from '../domain/show-invisible.ts'
import { findMisspelledSettings } from '../env.ts'
import { reportFailure } from '../failure.ts'
import { ignoreClosedOutput } from '../server/closed-output.ts'
import { quoteValue } from '../setting-sentences.ts'
import { UserError } from '../user-error.ts'

/** How long the output may take to leave once the work is done. */
const FLUSH_MS = 5_000

/**
 * A command as a person calls it, such as `npm run admin`, and everything that may follow, such as
 * `create EMAIL`.
 */
export type CommandLine = { program: string; forms: readonly string[] }

/** A line for the person at the terminal. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Runs a command with the words that follow its name, then ends the process with
 * `process.exitCode`, even if a library keeps something open. Every failure is one sentence on
 * stderr and exit code 1: a wrong call, a wrong setting, and whatever `work` throws. Warns first of
 * variables that are almost settings: one of them may be why something else is refused.
 */
export async function runCommand(
  commandLine: CommandLine,
  work: (args: string[]) => Promise<void>,
): Promise<never> {
  ignoreClosedOutput()
  const fail = (error: unknown) => {
    process.exitCode = 1
    reportFailure(error, commandLine.program)
  }
  process.on('uncaughtException', (error) => {
    fail(error)
    process.exit()
  })
  try {
    for (const warning of findMisspelledSettings()) process.stderr.write(`Warning: ${warning}\n`)
    await work(process.argv.slice(2))
  } catch (error) {
    fail(error)
  }
  return endProcess()
}

/**
 * Ends the process with the exit code that was set, once the output is flushed or its reader is
 * gone.
 */
async function endProcess(): Promise<never> {
  const flushed = [process.stdout, process.stderr].map(
    (stream) => new Promise((resolve) => stream.write('', resolve)),
  )
  await Promise.race([Promise.all(flushed), sleep(FLUSH_MS)])
  process.exit()
}

/** A call that a command does not understand: what is wrong with it, and every form that it has. */
export function buildUsageError(problem: string, { program, forms }: CommandLine): UserError {
  const calls = forms.map((form) => (form ? `${program} -- ${form}` : program))
  return new UserError(`${problem}. Usage: ${calls.join(', or ')}.`)
}

/**
 * Words apart from the flags among them. Throws a usage error for a flag that is not one of
 * `flags`.
 */
export function splitFlags(
  args: readonly string[],
  commandLine: CommandLine,
  flags: readonly string[] = [],
) {
  const isFlag = (arg: string) => arg.startsWith('-') && arg !== '-'
  const unknown = args.find((word) => isFlag(word) && !flags.includes(word))
  if (unknown !== undefined)
    throw buildUsageError(
      `${commandLine.program} has no option ` +
        `${showInvisible(unknown)}${formatSuggestion(unknown, flags)}`,
      commandLine,
    )
  return { flags: new Set(args.filter(isFlag)), words: args.filter((word) => !isFlag(word)) }
}

/** Throws a usage error where more words follow than the command takes. */
export function rejectExtraArguments(extra: readonly string[], commandLine: CommandLine): void {
  if (extra.length > 0)
    throw buildUsageError(
      `${commandLine.program} does not accept ${quoteValue(extra.join(' '))}`,
      commandLine,
    )
}

/** The word if it is one of those known. Throws a usage error for any other word, and for none. */
export function parseChoice<Word extends string>(
  value: string | undefined,
  choices: readonly Word[],
  commandLine: CommandLine,
): Word {
  const chosen = choices.find((one) => one === value)
  if (chosen !== undefined) return chosen
  if (value === undefined)
    throw buildUsageError(`${commandLine.program} needs a command`, commandLine)
  throw buildUsageError(
    `${commandLine.program} has no command ${quoteValue(value)}${formatSuggestion(value, choices)}`,
    commandLine,
  )
}

function formatSuggestion(value: string, choices: readonly string[]): string {
  const near = findNearestName(value, choices)
  return near ? ` (did you mean ${near}?)` : ''
}
