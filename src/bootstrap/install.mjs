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
 * Installs from the lockfile with `npm ci`, unless node_modules already holds what the lockfile
 * says for this Node and platform. One of several that start at once installs, the others wait.
 * Throws StepFailed or StepStopped.
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return
  await withLock(resolveDataFolder(root, 'locks', 'install'), {
    onWait: (pid) => printLines(`Process ${pid} is installing the dependencies; waiting for it.`),
    work: async (onStart) => {
      if (isInstalled(root)) return
      // What says "finished" goes first: npm may be killed while it clears node_modules away.
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
  return !otherMachine && agreesWithLockfile(root) // as after an `npm install` by hand
}

function stampFile(root) {
  return path.join(root, 'node_modules', '.forecourt-stamp')
}

/** What npm itself writes at the end of an install. */
function npmNote(root) {
  return path.join(root, 'node_modules', '.package-lock.json')
}

/** First line what is installed, second line for what. */
function computeStamp(root) {
  const lockfile = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  return (
    `${lockfile}\nnode ${process.versions.node.split('.')[0]} on ${process.platform} ` +
    `${process.arch}\n`
  )
}

/** Whether npm's note has every package of the lockfile; optional ones are for other platforms. */
function agreesWithLockfile(root) {
  const note = readIfThere(npmNote(root))
  if (note === undefined) return false
  const installed = JSON.parse(note).packages
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    // the project itself, and folders it links to
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
      'Usually the network or the package registry was unreachable: run the same command ' +
        'again to continue from the cache.',
      'If it says that package.json and package-lock.json disagree, run `npm install` and ' +
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

/** The npm that is running us, else the one on the PATH. */
function npmCommand() {
  const { npm_execpath: running } = process.env
  return running?.endsWith('npm-cli.js') ? [process.execPath, running] : ['npm']
}

/** npm keeps its cache in HOME; where that is empty or closed to us, beside our own data. */
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
