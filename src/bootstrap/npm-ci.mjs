import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { resolveDataFolder } from './data-folder.mjs'
import { runStep, StepFailed } from './step.mjs'

/**
 * Installs the lockfile of a folder with `npm ci` as a step of the preparation. The note of an
 * earlier install is removed first, because npm may be killed while it deletes node_modules.
 * `name`, `doing` and `wayOut` are those of runStep. Throws StepFailed or StepStopped.
 */
export async function runNpmCi({ root, folder, name, doing, wayOut, onStart }) {
  rmSync(noteFile(folder), { force: true })
  const [file, ...npm] = npmCommand()
  await runStep({
    root,
    cwd: folder,
    name,
    doing,
    wayOut: [
      'The network or the package registry was probably unreachable, or the disk is full: run ' +
        'the same command again to continue from the cache.',
      wayOut,
    ].join('\n'),
    file,
    args: [
      ...npm,
      'ci',
      '--include=dev',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--no-update-notifier',
      '--loglevel=notice', // `npm --silent start` would leave the log empty
      ...cacheOption(root),
    ],
    onStart,
  })
}

/**
 * The packages that npm has installed in a folder, by their place, as in a lockfile; undefined if
 * no install has finished, or if the note about it is damaged.
 */
export function readInstalledPackages(folder) {
  const file = noteFile(folder)
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))?.packages
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Reads a lockfile of the repository. Throws StepFailed if it is damaged, such as by a merge. */
export function readLockfile(file) {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StepFailed(
      `${file} is damaged: ${cause.message}. Resolve the merge conflict in it, or restore it ` +
        'with git checkout.',
      { cause },
    )
  }
}

/** The path of the file that npm writes at the end of an install. */
function noteFile(folder) {
  return path.join(folder, 'node_modules', '.package-lock.json')
}

/** The npm that runs this process, or else the one in the PATH. */
function npmCommand() {
  const { npm_execpath: running } = process.env
  return running?.endsWith('npm-cli.js') ? [process.execPath, running] : ['npm']
}

/**
 * The option for npm's cache: npm keeps it in HOME; if HOME is empty or not writable, it is stored
 * in `.data`.
 */
function cacheOption(root) {
  const cache = process.env.npm_config_cache ?? path.join(homedir(), '.npm')
  return path.isAbsolute(cache) && isWritable(cache)
    ? []
    : [`--cache=${resolveDataFolder(root, 'npm-cache')}`]
}

function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
