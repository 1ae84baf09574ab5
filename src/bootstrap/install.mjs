import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { resolveDataFolder } from './data-folder.mjs'
import { withLock } from './lock.mjs'
import { readInstalledPackages, readLockfile, runNpmCi } from './npm-ci.mjs'

/**
 * Installs the lockfile with `npm ci`, unless node_modules already matches it for this Node and
 * platform. If several processes start at once, one installs and the others wait. Throws StepFailed
 * or StepStopped.
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return
  await withLock(resolveDataFolder(root, 'locks', 'install'), {
    doing: 'installing the dependencies',
    work: async (onStart) => {
      if (isInstalled(root)) return
      rmSync(stampFile(root), { force: true })
      await runNpmCi({
        root,
        folder: root,
        name: 'install',
        doing: 'Installing the dependencies (npm ci)',
        wayOut:
          'If the log says that package.json and package-lock.json disagree, run `npm install` ' +
          'and commit the lockfile.',
        onStart,
      })
      writeFileSync(stampFile(root), computeStamp(root))
    },
  })
}

function isInstalled(root) {
  const file = stampFile(root)
  const stamp = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const wanted = computeStamp(root)
  if (stamp === wanted) return true
  const otherMachine = stamp !== undefined && stamp.split('\n')[1] !== wanted.split('\n')[1]
  return !otherMachine && agreesWithLockfile(root) // such as after a manual `npm install`
}

function stampFile(root) {
  return path.join(root, 'node_modules', '.forecourt-stamp')
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
 * Whether npm has installed every package of the lockfile, except optional ones, which may be for
 * other platforms.
 */
function agreesWithLockfile(root) {
  const installed = readInstalledPackages(root)
  if (installed === undefined) return false
  const wanted = readLockfile(path.join(root, 'package-lock.json')).packages
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    // the project itself, and linked folders
    if (!place.startsWith('node_modules/')) return true
    return installed[place] ? installed[place].version === version : optional
  })
}
