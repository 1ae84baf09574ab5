import { closeSync, openSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import { runChild } from './child.mjs'
import { resolveDataFolder } from './data-folder.mjs'

/** A failed step of the preparation; the message states which step, why, and what to do. */
export class StepFailed extends Error {}

/** A signal stopped us during a step; `code` is the exit code. */
export class StepStopped extends Error {
  constructor(code) {
    super(`stopped with code ${code}`)
    this.code = code
  }
}

/** Prints to stderr, so that stdout contains only the output of the command. */
export function printLines(...lines) {
  process.stderr.write(`${lines.join('\n')}\n`)
}

/**
 * Runs one slow step of the preparation: prints the step and the elapsed time, keeps the child's
 * output in `.data/logs/<name>.log`, and prints the end of it on failure. `doing` is a participle
 * phrase; `wayOut` is the advice for a failure. Throws StepFailed or StepStopped.
 */
export async function runStep({ root, cwd = root, name, doing, wayOut, file, args, env, onStart }) {
  const log = path.join(resolveDataFolder(root, 'logs'), `${name}.log`)
  const output = openSync(log, 'w', 0o600)
  const ticking = startTicking(doing)
  try {
    const { code, stopped } = await runChild(file, args, {
      cwd,
      env,
      onStart,
      detached: true,
      stdio: ['ignore', output, output],
    })
    const seconds = ticking.stop()
    if (stopped) throw new StepStopped(128 + constants.signals[stopped])
    if (code !== 0) throw new StepFailed(buildFailure({ doing, code, log, wayOut }))
    printLines(`${doing}: done in ${seconds} s.`)
  } catch (error) {
    ticking.stop()
    if (error.code !== 'ENOENT') throw error
    throw new StepFailed(
      `${doing} failed: ${file} was not found. Install it, or add its folder to PATH, and run ` +
        'the command again.',
      { cause: error },
    )
  } finally {
    closeSync(output)
  }
}

/**
 * Prints what is happening and the elapsed seconds: on a terminal in one updated line, otherwise in
 * a new line every ten seconds. `stop` ends that and returns the seconds.
 */
export function startTicking(doing) {
  const live = Boolean(process.stderr.isTTY)
  const began = performance.now()
  const elapsed = () => Math.round((performance.now() - began) / 1000)
  const printElapsed = () =>
    live
      ? process.stderr.write(`\r${doing}… ${elapsed()} s\x1b[K`)
      : printLines(`${doing}… ${elapsed()} s`)
  if (live) printElapsed()
  else printLines(`${doing}…`)
  const timer = setInterval(printElapsed, live ? 1_000 : 10_000)
  return {
    stop() {
      clearInterval(timer)
      if (live) process.stderr.write('\r\x1b[K')
      return elapsed()
    },
  }
}

function buildFailure({ doing, code, log, wayOut }) {
  const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-25)
  return [
    `${doing} failed (exit code ${code}). The end of ${log}:`,
    ...tail.map((line) => `  | ${line}`),
    wayOut,
  ].join('\n')
}
