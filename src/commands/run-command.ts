import { setTimeout as sleep } from 'node:timers/promises'
import { findNearestName } from '../domain/nearest-name.ts'
import { showInvisible } from '../domain/show-invisible.ts'
import { findMisspelledSettings } from '../env.ts'
import { reportFailure } from '../failure.ts'
import { ignoreClosedOutput } from '../server/ignore-closed-output.ts'
import { quoteValue } from '../settings/setting-errors.ts'
import { UserError } from '../user-error.ts'

/** The timeout for flushing the output at the end, in milliseconds. */
const FLUSH_MS = 5_000

/**
 * The command line of a command, such as `npm run admin`, and its allowed arguments, such as
 * `create EMAIL`.
 */
export type CommandLine = { program: string; forms: readonly string[] }

/** Prints a line for the person at the terminal. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Runs a command with its arguments, then ends the process with `process.exitCode`, even if a
 * library keeps something open. Every failure prints one sentence to stderr and sets exit code 1: a
 * usage error, a wrong setting, or an error of `work`. First prints warnings about variables that
 * are similar to settings, because one of them may be the reason for a failure.
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
 * Ends the process with the current exit code after the output was flushed or its reader has closed
 * it.
 */
async function endProcess(): Promise<never> {
  const flushed = [process.stdout, process.stderr].map(
    (stream) => new Promise((resolve) => stream.write('', resolve)),
  )
  await Promise.race([Promise.all(flushed), sleep(FLUSH_MS)])
  process.exit()
}

/** Builds an error about invalid arguments, with the problem and every allowed form. */
export function buildUsageError(problem: string, { program, forms }: CommandLine): UserError {
  const calls = forms.map((form) => (form ? `${program} -- ${form}` : program))
  return new UserError(`${problem}. Usage: ${calls.join(', or ')}.`)
}

/** Separates words and flags. Throws a usage error for a flag that is not one of `flags`. */
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

/** Throws a usage error if there are more arguments than the command takes. */
export function rejectExtraArguments(extra: readonly string[], commandLine: CommandLine): void {
  if (extra.length > 0)
    throw buildUsageError(
      `${commandLine.program} does not accept ${quoteValue(extra.join(' '))}`,
      commandLine,
    )
}

/**
 * Returns the word if it is a known one. Throws a usage error for any other word, and for a missing
 * one.
 */
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
