import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { resolveDataFolder } from './data-folder.mjs'
import { withLock } from './lock.mjs'
import { runStep } from './step.mjs'

/** The configuration with everything that it imports, and the packages. */
export const PROGRAM_SOURCES = [
  'src',
  'collections',
  'plugins',
  'hooks',
  'jobs',
  'payload.config.ts',
  'package-lock.json',
]

/**
 * What is not part of a build's result: Next changes or removes it when it runs, or it links to
 * packages.
 */
const NOT_IN_RESULT = /\/\.next\/(cache|dev|diagnostics|node_modules|trace|trace-build|types)$/

/**
 * Runs a build if its result is missing or incomplete, or if its sources have changed since. If
 * several processes start at once, one builds and the others wait. The stamp is removed first and
 * written last, so an aborted build never looks finished. Throws StepFailed or StepStopped.
 *
 * A build has the `name` of its lock and log, and for messages its `product` (the panel), what it
 * is `doing` (a participle phrase), and `wayOut`, the advice for a failure. `sources` are files and
 * folders, without those that `isAside` excludes; `output` is the folder of the result; `args` and
 * `env` are for the program, which Node runs.
 */
export async function ensureBuilt(root, build) {
  if (isFresh(root, build, computeFingerprint(root, build))) return
  await withLock(resolveDataFolder(root, 'locks', build.name), {
    doing: `building ${build.product}`,
    work: async (onStart) => {
      const fingerprint = computeFingerprint(root, build)
      if (isFresh(root, build, fingerprint)) return
      rmSync(stampFile(root, build), { force: true })
      await runStep({ ...build, root, file: process.execPath, onStart })
      writeFileSync(stampFile(root, build), [fingerprint, ...listResult(root, build)].join('\n'))
    },
  })
}

/**
 * The first line of the stamp is the fingerprint of the sources. The others are the files of the
 * result, from the root: one may have been deleted since, or left empty by a crash of the machine.
 */
function isFresh(root, build, fingerprint) {
  const stamp = stampFile(root, build)
  if (!existsSync(stamp)) return false
  const [built, ...files] = readFileSync(stamp, 'utf8').split('\n')
  return built === fingerprint && files.every((file) => hasContent(root, file))
}

function listResult(root, { output }) {
  const files = listFiles(root, output, (place) => NOT_IN_RESULT.test(place))
  return files.filter((file) => hasContent(root, file))
}

function hasContent(root, file) {
  const found = statSync(path.join(root, file), { throwIfNoEntry: false })
  return found !== undefined && found.size > 0
}

function stampFile(root, { output }) {
  return path.join(root, output, 'forecourt-stamp')
}

/** The SHA-256 hash of the path and content of every source, sorted by path. */
function computeFingerprint(root, { sources, isAside }) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => listFiles(root, source, isAside)))
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

function listFiles(root, place, isAside) {
  const found = statSync(path.join(root, place), { throwIfNoEntry: false })
  if (!found || place.endsWith('.md') || isAside(place)) return []
  if (!found.isDirectory()) return [place]
  return readdirSync(path.join(root, place))
    .sort()
    .flatMap((name) => listFiles(root, `${place}/${name}`, isAside))
}
