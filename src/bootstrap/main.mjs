import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureAdminBuilt } from './admin-build.mjs'
import { commands } from './commands.mjs'
import { describeUnexpected } from './failure.mjs'
import { ensureInstalled } from './install.mjs'
import { say, StepFailed, StepStopped } from './step.mjs'
import { runCheck, runProgram, runTests } from './tasks.mjs'
import { watchProgram } from './watch.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Brings the checkout into working order, runs the command, and answers the exit code. */
export async function main([name, ...args]) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
  if (!command) {
    say(name ? `There is no command ${name}. The commands are:` : 'Name a command:', usage())
    return 1
  }
  process.chdir(root)
  try {
    await ensureInstalled(root)
    if (command.admin) await ensureAdminBuilt(root)
    return await run(name, command, args)
  } catch (error) {
    if (error instanceof StepStopped) return error.code
    say(error instanceof StepFailed ? error.message : describeUnexpected(error, name))
    return 1
  }
}

function run(name, command, args) {
  if (name === 'build') return refuseWords(name, args)
  if (name === 'test') return runTests(root, args)
  if (name === 'check') return runCheck(root, args)
  return command.watch ? watchProgram(root, command, args) : runProgram(command, args)
}

/** The exit code of a command that takes nothing more: 1 where there is something. */
function refuseWords(name, args) {
  if (args.length === 0) return 0
  say(`npm run ${name} does not take "${args.join(' ')}". Usage: npm run ${name}.`)
  return 1
}

function usage() {
  const names = Object.keys(commands)
  const width = Math.max(...names.map((name) => name.length))
  return names.map((name) => `  ${name.padEnd(width)}  ${commands[name].does}`).join('\n')
}
