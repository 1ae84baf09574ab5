import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { runChild } from './child.mjs'
import { resolveDataFolder } from './data-folder.mjs'
import { withLock } from './lock.mjs'
import { canRunForecourt, NODE_MAJOR } from './node-version.mjs'
import { readInstalledPackages, readLockfile, runNpmCi } from './npm-ci.mjs'
import { StepFailed } from './step.mjs'

/** Names one Node package for each platform, with its integrity hash. */
const LOCKFILE = path.join(import.meta.dirname, 'runtime', 'package-lock.json')

/**
 * Returns the path of the Node that Forecourt runs on: the one that runs this process or, if it is
 * too old, the one that npm installs in `.data/node`. Throws StepFailed or StepStopped.
 */
export async function ensureNode(root) {
  if (canRunForecourt(process.versions.node)) return process.execPath
  const wanted = findNodePackage()
  const folder = resolveDataFolder(root, 'node')
  if (!isInstalled(folder, wanted))
    await withLock(resolveDataFolder(root, 'locks', 'node'), {
      doing: 'installing Node',
      work: async (onStart) => {
        if (isInstalled(folder, wanted)) return
        await install(root, folder, wanted, onStart)
        const problem = findNodeProblem(locateNode(folder, wanted))
        if (problem) throw new StepFailed(describeBrokenNode(wanted, problem))
      },
    })
  return locateNode(folder, wanted)
}

/**
 * Runs the same command with another Node, which is also the one that `node` and `npm` in its child
 * processes run on. Returns the exit code.
 */
export async function runWithNode(node, args) {
  process.env.npm_config_globalconfig ??= findGlobalConfig()
  process.env.PATH = [path.dirname(node), process.env.PATH].filter(Boolean).join(path.delimiter)
  const bootstrap = path.join(import.meta.dirname, '..', 'bootstrap.mjs')
  const { code } = await runChild(node, [bootstrap, ...args], { stdio: 'inherit' })
  return code
}

/**
 * The file of npm's configuration for the whole machine, which may name a registry, a proxy or
 * certificates. npm looks for it next to the Node that runs it.
 */
function findGlobalConfig() {
  const folder = path.dirname(process.execPath)
  const prefix = process.platform === 'win32' ? folder : path.dirname(folder)
  return path.join(prefix, 'etc', 'npmrc')
}

/**
 * The package for this platform: its place in node_modules, and its entry in the lockfile. Throws
 * StepFailed if there is none.
 */
function findNodePackage() {
  const { packages } = readLockfile(LOCKFILE)
  const found = Object.entries(packages).find(
    ([, { os, cpu }]) =>
      [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch),
  )
  if (found && !usesMusl()) return { place: found[0], locked: found[1] }
  const platform = usesMusl() ? 'Linux with musl' : `${process.platform} ${process.arch}`
  throw new StepFailed(
    `Forecourt runs on Node ${NODE_MAJOR}; this is Node ${process.versions.node}, and npm has no ` +
      `Node ${NODE_MAJOR} for ${platform}. Install it yourself (\`nvm install\` reads .nvmrc) ` +
      'and run the command again.',
  )
}

/** Whether this is a Linux such as Alpine, where programs built for glibc do not run. */
function usesMusl() {
  return process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime
}

function isInstalled(folder, wanted) {
  const installed = readInstalledPackages(folder)?.[wanted.place]
  return (
    installed?.integrity === wanted.locked.integrity && !findNodeProblem(locateNode(folder, wanted))
  )
}

/**
 * Explains why a file is not a Node that can run Forecourt on this machine; undefined if it is one.
 * A crash of the machine can leave an empty or incomplete file, which a shell would run as a
 * script, and a file system or an old C library may not allow it to run.
 */
function findNodeProblem(node) {
  const { error, stdout, stderr } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (error && !['ENOENT', 'EACCES', 'ENOEXEC'].includes(error.code)) throw error
  if (error) return error.message
  const version = /^v(\d+\.\d+\.\d+)\s*$/.exec(stdout)?.[1]
  if (version && canRunForecourt(version)) return undefined
  return stderr.trim().split('\n')[0] || `${node} --version printed ${JSON.stringify(stdout)}`
}

function describeBrokenNode({ locked }, problem) {
  return (
    `Node ${locked.version} was installed, but it cannot run on this machine: ${problem}. ` +
    `Install Node ${NODE_MAJOR} yourself (\`nvm install\` reads .nvmrc) and run the command again.`
  )
}

function locateNode(folder, { place, locked }) {
  return path.join(folder, place, locked.bin.node)
}

/**
 * The package becomes a dependency that is not optional: npm reports no error if it cannot install
 * an optional one.
 */
async function install(root, folder, { place, locked }, onStart) {
  const { optional: _optional, ...required } = locked
  const manifest = { dependencies: { [path.posix.basename(place)]: locked.version } }
  const packages = { '': manifest, [place]: required }
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(
    path.join(folder, 'package-lock.json'),
    JSON.stringify({ lockfileVersion: 3, packages }),
  )
  await runNpmCi({
    root,
    folder,
    name: 'node',
    doing: `Installing Node ${locked.version} (npm ci)`,
    wayOut: `Or install Node ${NODE_MAJOR} yourself (\`nvm install\` reads .nvmrc).`,
    onStart,
  })
}
