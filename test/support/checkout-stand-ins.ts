import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './repository-files.ts'

const resolvePackageFile = (file: string) =>
  JSON.stringify(pathToFileURL(path.join(ROOT, 'node_modules', file)).href)

/**
 * Stands in for `next build`: notes each build, fails beside a file `broken`, and takes long beside
 * a file `slow`.
 */
const NEXT = `
  import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
  appendFileSync('builds.log', process.pid + ' ' + process.env.NODE_ENV + ' ' +
    process.argv.slice(2).join(' ') + '\\n')
  if (existsSync('broken')) { console.error('Type error in lot.tsx'); process.exit(1) }
  mkdirSync('src/admin/.next', { recursive: true })
  if (existsSync('slow')) await new Promise((resolve) => setTimeout(resolve, 60_000))
  writeFileSync('src/admin/.next/BUILD_ID', 'built')
`
/**
 * Stands in for the script that bundles the server, over programs that import no packages: notes
 * each build.
 */
export const BUNDLER = `
  import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
  appendFileSync('server-builds.log', 'built\\n')
  mkdirSync('src/server/.build', { recursive: true })
  for (const name of ['main', 'worker'])
    writeFileSync('src/server/.build/' + name + '.js', 'import "../' + name + '.ts"')
`
/**
 * Runs as the install script of one of the packages: notes each install, fails beside
 * `unreachable`, and takes long beside `slow`.
 */
export const POSTINSTALL = `
  import { appendFileSync, existsSync } from 'node:fs'
  process.chdir(import.meta.dirname)
  appendFileSync('installs.log', 'installed\\n')
  await new Promise((resolve) => setTimeout(resolve, existsSync('slow') ? 60_000 : 300))
  if (existsSync('unreachable')) { console.error('ENETUNREACH'); process.exit(1) }
`
/** The part of jest.config.mjs that makes jest run specs, over specs in plain JavaScript. */
export const JEST_CONFIG = `export default {
  runtime: '<rootDir>/test/runtime/native-runtime.cjs',
  testEnvironment: '<rootDir>/test/runtime/environment.cjs',
  testMatch: ['<rootDir>/test/*.mjs'],
  transform: {},
}`
/**
 * Stands in for a step of `npm run check`: notes that it ran, and fails beside a file
 * `NAME.finds-fault`.
 */
export const gateStep = (name: string) => `
  const { appendFileSync, existsSync } = require('node:fs')
  appendFileSync('gate.log', '${name}\\n')
  process.exit(existsSync('${name}.finds-fault') ? 2 : 0)
`
/**
 * What the bootstrap calls in node_modules: jest is the real one, the rest notes that it was
 * called.
 */
export const PACKAGES: Record<string, { file: string; source: string }> = {
  jest: { file: 'bin/jest.js', source: `import(${resolvePackageFile('jest-cli/bin/jest.js')})` },
  next: { file: 'dist/bin/next', source: NEXT },
  prettier: { file: 'bin/prettier.cjs', source: gateStep('prettier') },
  typescript: { file: 'bin/tsc', source: gateStep('tsc') },
  eslint: { file: 'bin/eslint.js', source: gateStep('eslint') },
  'dependency-cruiser': { file: 'bin/dependency-cruiser.mjs', source: `import '../step.cjs'` },
  knip: { file: 'bin/knip.js', source: gateStep('knip') },
}
