import { readdirSync } from 'node:fs'
import path from 'node:path'
import { gate } from './commands.mjs'
import { quoteWord, showWord } from './quote.mjs'

/**
 * Explains why the arguments of a bootstrap command are invalid; undefined if they are valid. Runs
 * before anything is installed or built. The commands of src/commands check their own arguments,
 * and the worker checks its queues.
 */
export function findCallProblem(root, name, args) {
  if (['start', 'dev', 'build'].includes(name) && args.length > 0)
    return describeExtraArguments(name, args)
  if (name === 'check') return findGateProblem(args)
  if (name === 'worker') return findWorkerProblem(args)
  return name === 'test' ? findMissingSpec(root, args) : undefined
}

function describeExtraArguments(name, args) {
  const program = name === 'start' ? 'npm start' : `npm run ${name}`
  const wayOut =
    name === 'build'
      ? `Usage: ${program}.`
      : `Use environment variables for settings, for example: PORT=4000 ${program}.`
  return `${program} does not accept ${quoteWord(args.join(' '))}. ${wayOut}`
}

function findWorkerProblem(args) {
  const option = args.find((arg) => arg.startsWith('-'))
  if (option)
    return (
      `npm run worker has no option ${showWord(option)}. Usage: npm run worker, or npm run ` +
      'worker -- QUEUE ….'
    )
}

function findGateProblem(args) {
  const option = args.find((arg) => arg.startsWith('-') && arg !== '--no-tests')
  if (option)
    return (
      `npm run check has no option ${showWord(option)}. Usage: npm run check, or npm run check ` +
      '-- --no-tests, or npm run check -- STEP ….'
    )
  const unknown = args.filter(
    (arg) => !arg.startsWith('-') && !gate.some((step) => step.name === arg),
  )
  if (unknown.length === 0) return undefined
  return (
    `npm run check has no step ${quoteWord(unknown.join(', '))}. The steps are ` +
    `${gate.map((step) => step.name).join(', ')}.`
  )
}

/**
 * Finds an argument of jest that is a path but matches no spec. Other arguments may be values of
 * jest's options, or regular expressions.
 */
function findMissingSpec(root, args) {
  const isPath = (arg, index) =>
    /^[\w@.-]*\/[\w@./-]*$/.test(arg) && !arg.startsWith('-') && !args[index - 1]?.startsWith('-')
  const paths = args.filter(isPath)
  if (paths.length === 0) return undefined
  const files = readdirSync(path.join(root, 'test'), { recursive: true }).map((file) =>
    path.join(root, 'test', file),
  )
  const missing = paths.find(
    (one) => !files.some((file) => file.includes(one.replace(/^\.\//, ''))),
  )
  return (
    missing &&
    `No spec has ${missing} in its path. Specify a file or folder in test/, for example: npm ` +
      'test -- test/domain.'
  )
}
