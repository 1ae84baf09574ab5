import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { BUNDLER, gateStep, JEST_CONFIG, PACKAGES, POSTINSTALL } from './checkout-stand-ins.ts'
import { ROOT } from './repository-files.ts'

export interface Outcome {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly process: ChildProcess
  /** Resolves when the text has been written to stdout or stderr, throws after ten seconds. */
  waitForOutput(text: string): Promise<void>
  readonly outcome: Promise<Outcome>
}

/**
 * A small checkout in a temporary folder with the real bootstrap; its dependencies are folders, so
 * npm needs no network.
 */
export interface Checkout {
  readonly root: string
  write(file: string, text: string): void
  /** Writes `test/NAME.mjs`, a spec that has `expect` and `it`. */
  writeSpec(name: string, text: string): void
  remove(file: string): void
  read(file: string): string
  has(file: string): boolean
  /** The lines of a log that the stand-ins write; none when it does not exist. */
  lines(file: string): string[]
  start(args: readonly string[], env?: Record<string, string>): Running
  startProgram(command: readonly string[], env?: Record<string, string>): Running
  run(args: readonly string[], env?: Record<string, string>): Promise<Outcome>
  /** Names one more package in package.json and the lockfile. */
  addDependency(name: string): void
  /** Puts node_modules in place as npm would. */
  installByHand(): void
  /** Ends what was started and still runs, and removes the folder. */
  delete(): void
}

export function createCheckout(): Checkout {
  const root = mkdtempSync(path.join(tmpdir(), 'forecourt checkout-'))
  const started: Running[] = []
  const at = (file: string) => path.join(root, file)
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(at(file)), { recursive: true })
    writeFileSync(at(file), text)
  }
  const checkout: Checkout = {
    root,
    write,
    writeSpec: (name, text) =>
      write(`test/${name}.mjs`, `import { expect, it } from '@jest/globals'\n${text}`),
    remove: (file) => rmSync(at(file), { recursive: true, force: true }),
    read: (file) => readFileSync(at(file), 'utf8'),
    has: (file) => existsSync(at(file)),
    lines: (file) =>
      existsSync(at(file)) ? readFileSync(at(file), 'utf8').trim().split('\n') : [],
    start: (args, env) =>
      checkout.startProgram([process.execPath, 'src/bootstrap.mjs', ...args], env),
    run: (args, env) => checkout.start(args, env).outcome,
    startProgram: (command, env) => {
      const running = startProgram(root, command, env)
      started.push(running)
      return running
    },
    addDependency: (name) => {
      write(`vendor/${name}/package.json`, JSON.stringify({ name, version: '1.0.0' }))
      writeManifests([...Object.keys(PACKAGES), name], write)
    },
    installByHand: () => linkPackages(root, write),
    delete: () => {
      for (const { process: child } of started) endGroup(child)
      rmSync(root, { recursive: true, force: true })
    },
  }
  fillCheckout(root, write)
  return checkout
}

function fillCheckout(root: string, write: Checkout['write']) {
  for (const part of ['src/bootstrap.mjs', 'src/bootstrap', '.ci'])
    cpSync(path.join(ROOT, part), path.join(root, part), { recursive: true })
  mkdirSync(path.join(root, 'test'))
  symlinkSync(path.join(ROOT, 'test/runtime'), path.join(root, 'test/runtime'))
  writeManifests(Object.keys(PACKAGES), write)
  write('jest.config.mjs', JEST_CONFIG)
  write('postinstall.mjs', POSTINSTALL)
  write('src/bootstrap/bundle-server.mjs', BUNDLER)
  for (const [name, { file, source }] of Object.entries(PACKAGES)) {
    const type = source.includes('require(') ? 'commonjs' : 'module'
    write(
      `vendor/${name}/package.json`,
      JSON.stringify({
        name,
        version: '1.0.0',
        type,
        scripts: name === 'next' ? { postinstall: 'node ../../postinstall.mjs' } : {},
      }),
    )
    write(`vendor/${name}/${file}`, source)
  }
  write('vendor/dependency-cruiser/step.cjs', gateStep('depcruise'))
  write('src/lint/print-code-figures.mjs', `import './figures.cjs'`)
  write('src/lint/figures.cjs', gateStep('figures'))
  write('src/admin/page.tsx', 'export const Page = () => null')
  write('home/.keep', '')
}

function writeManifests(names: readonly string[], write: Checkout['write']) {
  const dependencies = Object.fromEntries(names.map((name) => [name, `file:vendor/${name}`]))
  const manifest = { name: 'checkout', version: '1.0.0', type: 'module', dependencies }
  const links = names.flatMap((name) => [
    [`node_modules/${name}`, { resolved: `vendor/${name}`, link: true }] as const,
    [`vendor/${name}`, { version: '1.0.0', hasInstallScript: name === 'next' }] as const,
  ])
  const packages = { '': manifest, ...Object.fromEntries(links) }
  const scripts = {
    check: 'node src/bootstrap.mjs check',
    test: 'node src/bootstrap.mjs test',
  }
  write('package.json', JSON.stringify({ ...manifest, scripts }))
  write(
    'package-lock.json',
    JSON.stringify({
      name: 'checkout',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages,
    }),
  )
}

function linkPackages(root: string, write: Checkout['write']) {
  mkdirSync(path.join(root, 'node_modules'))
  for (const name of Object.keys(PACKAGES))
    symlinkSync(`../vendor/${name}`, path.join(root, 'node_modules', name))
  write(
    'node_modules/.package-lock.json',
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  )
}

/**
 * Starts a program in a checkout, with nothing of our environment but what is on the PATH, behind
 * the checkout's own `bin`. Its session is its own: no terminal stands behind it, whoever runs the
 * tests.
 */
function startProgram(
  root: string,
  [file = '', ...args]: readonly string[],
  env: Record<string, string> = {},
): Running {
  const found = `${path.join(root, 'bin')}:${process.env['PATH'] ?? ''}`
  const surroundings: Record<string, string | undefined> = {
    PATH: found,
    HOME: path.join(root, 'home'),
    LANG: 'C',
    ...env,
  }
  // Next's types want NODE_ENV in every environment.
  const child = spawn(file, args, {
    cwd: root,
    env: surroundings as NodeJS.ProcessEnv,
    detached: true,
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()))
  const outcome = new Promise<Outcome>((resolve) =>
    child.once('close', (code) => resolve({ code: code ?? undefined, ...output })),
  )
  return {
    process: child,
    outcome,
    waitForOutput: (text) => waitUntil(() => (output.stdout + output.stderr).includes(text), text),
  }
}

/** A session's processes are a group of its first one's number. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Waits until something is so; throws after ten seconds, naming it. */
export async function waitUntil(isSo: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 10_000
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited ten seconds in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
