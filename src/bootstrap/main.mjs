import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findCallProblem } from './command-line.mjs'
import { commands } from './commands.mjs'
import { describeUnexpected } from './failure.mjs'
import { ensureInstalled } from './install.mjs'
import { showWord } from './quote.mjs'
import { ensureNode, runWithNode } from './runtime.mjs'
import { printLines, StepFailed, StepStopped } from './step.mjs'
import { buildAll, runCheck, runProgram, runTests } from './tasks.mjs'
import { watchProgram } from './watch.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Prepares the checkout, runs the command, and returns the exit code. If this Node is too old, the
 * command runs again from the start with a newer one.
 */
export async function main([name, ...args]) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
  if (!command) {
    printLines(
      name ? `There is no command ${showWord(name)}. The commands are:` : 'Name a command:',
      usage(),
    )
    return 1
  }
  process.chdir(root)
  try {
    const problem = findCallProblem(root, name, args)
    if (problem) throw new StepFailed(problem)
    const node = await ensureNode(root)
    if (node !== process.execPath) return await runWithNode(node, [name, ...args])
    await ensureInstalled(root)
    await buildAll(root, command.builds)
    return await run(name, command, args)
  } catch (error) {
    if (error instanceof StepStopped) return error.code
    printLines(error instanceof StepFailed ? error.message : describeUnexpected(error, name))
    return 1
  }
}

function run(name, command, args) {
  if (name === 'build') return 0
  if (name === 'test') return runTests(root, args)
  if (name === 'check') return runCheck(root, args)
  return command.watch ? watchProgram(root, command, args) : runProgram(command, args)
}

function usage() {
  const names = Object.keys(commands)
  const width = Math.max(...names.map((name) => name.length))
  return names.map((name) => `  ${name.padEnd(width)}  ${commands[name].description}`).join('\n')
}
