import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const real = (file: string) => JSON.stringify(pathToFileURL(path.join(REPOSITORY, 'node_modules', file)).href)

/** Stands in for `next build`: notes each build, fails beside a file `broken`, and takes long beside a file `slow`. */
const NEXT = `
  import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
  appendFileSync('builds.log', process.pid + ' ' + process.env.NODE_ENV + ' ' + process.argv.slice(2).join(' ') + '\\n')
  if (existsSync('broken')) { console.error('Type error in lot.tsx'); process.exit(1) }
  mkdirSync('src/admin/.next', { recursive: true })
  if (existsSync('slow')) await new Promise((resolve) => setTimeout(resolve, 60_000))
  writeFileSync('src/admin/.next/BUILD_ID', 'built')
`
const POSTINSTALL = `
  import { appendFileSync, existsSync } from 'node:fs'
  appendFileSync('installs.log', 'installed\\n')
  await new Promise((resolve) => setTimeout(resolve, 300))
  if (existsSync('unreachable')) { console.error('ENETUNREACH'); process.exit(1) }
`
const gateStep = (name: string) => `
  const { appendFileSync, existsSync } = require('node:fs')
  appendFileSync('gate.log', '${name}\\n')
  process.exit(existsSync('${name}.finds-fault') ? 2 : 0)
`
/** What the bootstrap calls in node_modules: tsx and jest are the real ones, the rest notes that it was called. */
const PACKAGES: Record<string, { file: string; source: string }> = {
  tsx: { file: 'index.mjs', source: `import ${real('tsx/dist/loader.mjs')}` },
  jest: { file: 'bin/jest.js', source: `import(${real('jest-cli/bin/jest.js')})` },
  next: { file: 'dist/bin/next', source: NEXT },
  prettier: { file: 'bin/prettier.cjs', source: gateStep('prettier') },
  typescript: { file: 'bin/tsc', source: gateStep('tsc') },
  eslint: { file: 'bin/eslint.js', source: gateStep('eslint') },
  'dependency-cruiser': { file: 'bin/dependency-cruise.mjs', source: `import '../step.cjs'` },
  knip: { file: 'bin/knip.js', source: gateStep('knip') },
}

export interface Outcome {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly process: ChildProcess
  /** Resolves when the text has been written to stdout or stderr, throws after ten seconds. */
  says(text: string): Promise<void>
  readonly outcome: Promise<Outcome>
}

/** A small checkout in a temporary folder with the real bootstrap; its dependencies are folders, so npm needs no network. */
export interface Checkout {
  readonly root: string
  write(file: string, text: string): void
  remove(file: string): void
  read(file: string): string
  has(file: string): boolean
  /** The lines of a log that the stand-ins write; none when it does not exist. */
  lines(file: string): string[]
  start(args: readonly string[], env?: Record<string, string>): Running
  run(args: readonly string[], env?: Record<string, string>): Promise<Outcome>
  /** Names one more package in package.json and the lockfile. */
  addDependency(name: string): void
  /** Puts node_modules in place as npm would. */
  installByHand(): void
  delete(): void
}

export function createCheckout(): Checkout {
  const root = mkdtempSync(path.join(tmpdir(), 'forecourt-checkout-'))
  const at = (file: string) => path.join(root, file)
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(at(file)), { recursive: true })
    writeFileSync(at(file), text)
  }
  const checkout: Checkout = {
    root,
    write,
    remove: (file) => rmSync(at(file), { recursive: true, force: true }),
    read: (file) => readFileSync(at(file), 'utf8'),
    has: (file) => existsSync(at(file)),
    lines: (file) => (existsSync(at(file)) ? readFileSync(at(file), 'utf8').trim().split('\n') : []),
    start: (args, env = {}) => startBootstrap(root, args, env),
    run: (args, env = {}) => startBootstrap(root, args, env).outcome,
    addDependency: (name) => {
      write(`vendor/${name}/package.json`, JSON.stringify({ name, version: '1.0.0' }))
      writeManifests([...Object.keys(PACKAGES), name], write)
    },
    installByHand: () => linkPackages(root, write),
    delete: () => rmSync(root, { recursive: true, force: true }),
  }
  furnish(root, write)
  return checkout
}

function furnish(root: string, write: Checkout['write']) {
  for (const part of ['src/bootstrap.mjs', 'src/bootstrap'])
    cpSync(path.join(REPOSITORY, part), path.join(root, part), { recursive: true })
  writeManifests(Object.keys(PACKAGES), write)
  write('postinstall.mjs', POSTINSTALL)
  for (const [name, { file, source }] of Object.entries(PACKAGES)) {
    const type = source.includes('require(') ? 'commonjs' : 'module'
    write(
      `vendor/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', type, exports: name === 'tsx' ? './index.mjs' : undefined }),
    )
    write(`vendor/${name}/${file}`, source)
  }
  write('vendor/dependency-cruiser/step.cjs', gateStep('depcruise'))
  write('src/admin/page.tsx', 'export const Page = () => null')
  write('home/.keep', '')
}

function writeManifests(names: readonly string[], write: Checkout['write']) {
  const dependencies = Object.fromEntries(names.map((name) => [name, `file:vendor/${name}`]))
  const manifest = { name: 'checkout', version: '1.0.0', type: 'module', dependencies }
  const links = names.flatMap((name) => [
    [`node_modules/${name}`, { resolved: `vendor/${name}`, link: true }] as const,
    [`vendor/${name}`, { version: '1.0.0' }] as const,
  ])
  const packages = { '': manifest, ...Object.fromEntries(links) }
  write('package.json', JSON.stringify({ ...manifest, scripts: { postinstall: 'node postinstall.mjs' } }))
  write('package-lock.json', JSON.stringify({ name: 'checkout', version: '1.0.0', lockfileVersion: 3, requires: true, packages }))
}

function linkPackages(root: string, write: Checkout['write']) {
  mkdirSync(path.join(root, 'node_modules'))
  for (const name of Object.keys(PACKAGES)) symlinkSync(`../vendor/${name}`, path.join(root, 'node_modules', name))
  write('node_modules/.package-lock.json', readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
}

function startBootstrap(root: string, args: readonly string[], env: Record<string, string>): Running {
  const surroundings: Record<string, string | undefined> = {
    PATH: process.env['PATH'],
    HOME: path.join(root, 'home'),
    LANG: 'C',
    ...env,
  }
  // Of a session of its own, so that no terminal stands behind it, whoever runs the tests.
  const child = spawn(process.execPath, ['src/bootstrap.mjs', ...args], {
    cwd: root,
    env: surroundings as NodeJS.ProcessEnv, // Next's types want NODE_ENV in it
    detached: true,
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()))
  const outcome = new Promise<Outcome>((resolve) =>
    child.once('close', (code) => resolve({ code: code ?? undefined, ...output })),
  )
  return { process: child, outcome, says: (text) => until(() => (output.stdout + output.stderr).includes(text), text) }
}

/** Waits until something is so; throws after ten seconds, naming it. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 10_000
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited ten seconds in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
