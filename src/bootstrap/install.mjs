import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { resolveDataFolder } from './data-folder.mjs'
import { withLock } from './lock.mjs'
import { runStep, printLines } from './step.mjs'

/**
 * Installs the lockfile with `npm ci`, unless node_modules already matches it for this Node and
 * platform. If several processes start at once, one installs and the others wait. Throws StepFailed
 * or StepStopped.
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return
  await withLock(resolveDataFolder(root, 'locks', 'install'), {
    onWait: (pid) => printLines(`Process ${pid} is installing the dependencies; waiting for it.`),
    work: async (onStart) => {
      if (isInstalled(root)) return
      // The marks of a finished install are removed first: npm may be killed while it deletes
      // node_modules.
      for (const sign of [stampFile(root), npmNote(root)]) rmSync(sign, { force: true })
      await install(root, onStart)
      writeFileSync(stampFile(root), computeStamp(root))
    },
  })
}

function isInstalled(root) {
  const stamp = readIfThere(stampFile(root))
  const wanted = computeStamp(root)
  if (stamp === wanted) return true
  const otherMachine = stamp !== undefined && stamp.split('\n')[1] !== wanted.split('\n')[1]
  return !otherMachine && agreesWithLockfile(root) // such as after a manual `npm install`
}

function stampFile(root) {
  return path.join(root, 'node_modules', '.forecourt-stamp')
}

/** The path of the file that npm writes at the end of an install. */
function npmNote(root) {
  return path.join(root, 'node_modules', '.package-lock.json')
}

/**
 * The first line identifies the installed packages, the second line the Node version and platform.
 */
function computeStamp(root) {
  const lockfile = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  return (
    `${lockfile}\nnode ${process.versions.node.split('.')[0]} on ${process.platform} ` +
    `${process.arch}\n`
  )
}

/**
 * Whether npm's file lists every package of the lockfile, except optional ones, which may be for
 * other platforms.
 */
function agreesWithLockfile(root) {
  const note = readIfThere(npmNote(root))
  if (note === undefined) return false
  const installed = JSON.parse(note).packages
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    // the project itself, and linked folders
    if (!place.startsWith('node_modules/')) return true
    return installed[place] ? installed[place].version === version : optional
  })
}

async function install(root, onStart) {
  const [file, ...npm] = npmCommand()
  await runStep({
    root,
    name: 'install',
    doing: 'Installing the dependencies (npm ci)',
    wayOut: [
      'The network or the package registry was probably unreachable: run the same command ' +
        'again to continue from the cache.',
      'If the log says that package.json and package-lock.json disagree, run `npm install` and ' +
        'commit the lockfile.',
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
      ...cacheOption(root),
    ],
    onStart,
  })
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

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
