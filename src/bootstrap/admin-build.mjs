import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { resolveDataFolder } from './data-folder.mjs'
import { withLock } from './lock.mjs'
import { runStep, printLines } from './step.mjs'

/**
 * The sources of the admin's build: the configuration with everything that it imports, and the
 * screens.
 */
const SOURCES = [
  'src',
  'collections',
  'plugins',
  'hooks',
  'jobs',
  'payload.config.ts',
  'package-lock.json',
  'tsconfig.json',
]
/**
 * Files in these folders that are not part of the build: dependency-cruiser prevents
 * payload.config.ts from importing the ones in the first line.
 */
const ASIDE = [
  'src/server',
  'src/commands',
  'src/bootstrap',
  'src/bootstrap.mjs',
  'src/lint',
  'src/decisions',
  'src/generated',
  'src/admin/.next',
  'src/admin/next-env.d.ts',
]

/**
 * Builds the admin panel (src/admin → src/admin/.next) if the build is missing or its sources have
 * changed since. The stamp with the fingerprint is removed first and written last, so an aborted
 * build never looks finished. Throws StepFailed or StepStopped.
 */
export async function ensureAdminBuilt(root) {
  if (isFresh(root, fingerprint(root))) return
  await withLock(resolveDataFolder(root, 'locks', 'admin-build'), {
    onWait: (pid) => printLines(`Process ${pid} is building the admin panel; waiting for it.`),
    work: async (onStart) => {
      const sources = fingerprint(root)
      if (isFresh(root, sources)) return
      rmSync(stampFile(root), { force: true })
      await buildAdmin(root, onStart)
      writeFileSync(stampFile(root), sources)
    },
  })
}

function isFresh(root, sources) {
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === sources
}

function stampFile(root) {
  return path.join(root, 'src', 'admin', '.next', 'forecourt-stamp')
}

function buildAdmin(root, onStart) {
  return runStep({
    root,
    name: 'admin-build',
    doing: 'Building the admin panel (next build)',
    wayOut:
      'The build failed in the source files named above. `npm run check -- tsc` finds most ' +
      'causes faster; `npm run dev` runs without a build.',
    file: process.execPath,
    args: ['node_modules/next/dist/bin/next', 'build', 'src/admin'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      TZ: 'UTC',
      NEXT_TELEMETRY_DISABLED: '1',
      NO_COLOR: '1',
    },
    onStart,
  })
}

/** The SHA-256 hash of the path and content of every source, sorted by path. */
function fingerprint(root) {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => filesUnder(root, source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(root, place) {
  if (ASIDE.includes(place) || place.endsWith('.md') || !existsSync(path.join(root, place)))
    return []
  if (!statSync(path.join(root, place)).isDirectory()) return [place]
  return readdirSync(path.join(root, place))
    .sort()
    .flatMap((name) => filesUnder(root, `${place}/${name}`))
}
