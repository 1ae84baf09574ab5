import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureAdminBuilt } from './admin-build.mjs'
import { runChild } from './child.mjs'
import { commands, gate } from './commands.mjs'
import { resolveDataFolder } from './data-folder.mjs'
import { ensureServerBuilt, SERVER_BUILD } from './server-build.mjs'
import { printLines } from './step.mjs'

const BUILDS = { server: ensureServerBuilt, admin: ensureAdminBuilt }

/** Brings the named builds up to date, in this order. Throws StepFailed or StepStopped. */
export async function buildAll(root, names = []) {
  for (const name of names) await BUILDS[name](root)
}

/**
 * Runs the entry of a command with the caller's arguments, terminal and signals; returns its exit
 * code.
 */
export async function runProgram(command, args) {
  const { code } = await runChild(process.execPath, programArguments(command, args), {
    stdio: 'inherit',
    env: programEnvironment(command),
  })
  return code
}

/**
 * The arguments of Node for a command of the table. Stack traces of built programs name sources.
 */
export function programArguments({ entry, args = [] }, callers) {
  const options = entry.startsWith(SERVER_BUILD) ? ['--enable-source-maps'] : []
  return [...options, entry, ...args, ...callers]
}

/** The command's environment, overridden by the caller's; the time zone is always UTC. */
export function programEnvironment({ env }) {
  return { ...env, ...process.env, TZ: 'UTC', NEXT_TELEMETRY_DISABLED: '1' }
}

/** Runs every case of the generated tests, not only those of the run's seed. */
const EXHAUSTIVE = '--exhaustive'

/**
 * Runs jest with the caller's arguments and prints the line `N passed, N failed` at the end, with
 * jest's own counts (test-counts.mjs). If the caller sets FORECOURT_TEST_COUNTS, the line is also
 * kept in that file. Returns jest's exit code.
 */
export async function runTests(root, args) {
  const counts =
    process.env.FORECOURT_TEST_COUNTS ??
    path.join(resolveDataFolder(root, 'logs'), `test-counts-${process.pid}.txt`)
  // last: jest would interpret a path after it as another reporter
  const reporters = ['--reporters=default', '--reporters=./src/bootstrap/test-counts.mjs']
  const jest = [
    'node_modules/jest/bin/jest.js',
    ...args.filter((arg) => arg !== EXHAUSTIVE),
    ...reporters,
  ]
  const { code } = await runChild(process.execPath, jest, {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'test',
      NODE_COMPILE_CACHE: resolveDataFolder(root, 'compile-cache'),
      PAYLOAD_DISABLE_DEPENDENCY_CHECKER: 'true',
      ...(args.includes(EXHAUSTIVE) && { FORECOURT_TEST_EXHAUSTIVE: 'yes' }),
      FORECOURT_TEST_COUNTS: counts,
      TZ: 'UTC',
    },
  })
  process.stdout.write(
    existsSync(counts)
      ? readFileSync(counts, 'utf8')
      : 'The test run ended before it could count its tests.\n',
  )
  if (!process.env.FORECOURT_TEST_COUNTS) rmSync(counts, { force: true })
  return code
}

/**
 * Runs all checks in order, then the tests; stops at the first failure and names it. `--no-tests`
 * skips the tests; names (`check eslint knip`) run only those steps. Returns the exit code.
 */
export async function runCheck(root, args) {
  const names = args.filter((arg) => !arg.startsWith('-'))
  for (const step of gate.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const code = await runGateStep(step)
    if (code !== 0) return code
  }
  if (names.length > 0 || args.includes('--no-tests')) return 0
  await buildAll(root, commands.test.builds)
  return runTests(root, [])
}

async function runGateStep({ name, script, args }) {
  const began = performance.now()
  const { code } = await runChild(process.execPath, [script, ...args], {
    stdio: 'inherit',
  })
  const seconds = Math.round((performance.now() - began) / 1000)
  printLines(
    code === 0
      ? `${name}: passed (${seconds} s)`
      : `${name}: failed (exit code ${code}, ${seconds} s); see the findings above.`,
  )
  return code
}
