import { type ChildProcess, type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { testEnvironment } from './settings.ts'

/** What a command of src/commands said and how it ended. */
export type CommandResult = { code: number; output: string }

/**
 * Runs a command as `npm run` does, in a process of its own, on a database or data directory of the
 * test.
 */
export function runCommand(
  name: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<CommandResult> {
  const options = { env: buildEnvironment(environment) }
  return new Promise((resolve) => {
    execFile(process.execPath, buildArguments(name, args), options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
    )
  })
}

/** Starts a command as `runCommand` does, to be ended by the test; its output can be read. */
export function spawnCommand(
  name: string,
  args: readonly string[],
  environment: Record<string, string>,
): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, buildArguments(name, args), {
    env: buildEnvironment(environment),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

const buildArguments = (name: string, args: readonly string[]) => [
  `src/commands/${name}.ts`,
  ...args,
]

const buildEnvironment = (environment: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...testEnvironment,
  ...environment,
})

/**
 * Starts a command of package.json as npm does, in a process group of its own, with a terminal's
 * input that stays open. NODE_ENV and PORT are not set unless `environment` sets them.
 */
export function startCommand(
  name: string,
  args: readonly string[],
  environment: Record<string, string>,
): ChildProcess {
  const { NODE_ENV: _environment, PORT: _port, ...inherited } = process.env
  const env: Record<string, string | undefined> = {
    ...inherited,
    ...testEnvironment,
    ...environment,
  }
  return spawn(process.execPath, ['src/bootstrap.mjs', name, ...args], {
    env: env as never,
    stdio: 'pipe',
    detached: true,
  })
}
