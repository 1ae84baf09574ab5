import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ROOT } from '../support/repository-files.ts'

/** Rule, and an import that breaks it: from, to. A target with a dot is a file, else a package. */
const WRONG = [
  ['domain-is-pure', 'src/domain/reads-rows.ts', 'payload'],
  ['domain-is-pure', 'src/domain/reads-files.ts', 'fs'],
  ['domain-is-pure', 'plugins/market/domain/asks.ts', 'plugins/market/store.ts'],
  ['shared-domain-knows-no-room', 'src/domain/knows-a-room.ts', 'plugins/market/domain/price.ts'],
  ['rooms-are-closed', 'plugins/market/tasks/peeks.ts', 'plugins/scraping/store/competitors.ts'],
  ['adapters-know-no-payload', 'plugins/backup/adapters/asks.ts', 'payload'],
  ['adapters-know-no-payload', 'plugins/backup/adapters/runs.ts', 'plugins/backup/tasks/run.ts'],
  ['adapters-know-no-payload', 'plugins/backup/adapters/keeps.ts', 'plugins/backup/store.ts'],
  ['store-and-options-are-below', 'plugins/backup/store.ts', 'plugins/backup/tasks/run.ts'],
  ['store-and-options-are-below', 'plugins/backup/store/rows.ts', 'plugins/backup/tasks/run.ts'],
  ['store-and-options-are-below', 'plugins/backup/runs/save.ts', 'plugins/backup/tasks/run.ts'],
  ['store-knows-no-use-case', 'plugins/backup/store/rows.ts', 'plugins/backup/runs/save.ts'],
  ['store-and-options-are-below', 'plugins/backup/options.ts', 'plugins/backup/tasks/run.ts'],
  ['store-and-options-are-below', 'plugins/backup/store/runs.ts', 'plugins/backup/tasks/run.ts'],
  ['collections-stand-alone', 'collections/lot/leans.ts', 'plugins/market/index.ts'],
  ['collections-stand-alone', 'hooks/lot/queues.ts', 'jobs/queue.ts'],
  ['building-blocks-are-below', 'src/fields/looks-up.ts', 'collections/lot/inventory.ts'],
  ['configuration-knows-no-server', 'jobs/serves.ts', 'src/server/app.ts'],
  ['admin-is-a-leaf', 'src/server/draws.ts', 'src/admin/brand.tsx'],
  ['admin-is-a-leaf', 'plugins/market/endpoints/draws.ts', 'plugins/market/admin/chart.tsx'],
  ['one-http-client', 'plugins/market/adapters/fetches.ts', 'undici'],
  ['one-http-client', 'src/auth/staff/fetches.ts', 'undici'],
  ['product-knows-no-tests', 'src/server/pretends.ts', 'test/support/builders.ts'],
  ['product-runs-without-dev-dependencies', 'src/server/plays.ts', 'fast-check'],
  ['everything-resolves', 'src/server/hopes.ts', 'no-such-package'],
  ['no-cycles', 'jobs/egg.ts', 'jobs/hen.ts'],
] as const

/** The imports that everything is built of. */
const RIGHT = [
  ['jobs/hen.ts', 'jobs/egg.ts'],
  ['src/egress/egress.ts', 'undici'],
  ['plugins/market/adapters/vpic.ts', 'src/egress/egress.ts'],
  ['src/domain/vin.ts', 'zod'],
  ['src/domain/vin.ts', 'src/domain/errors.ts'],
  ['plugins/market/domain/price.ts', 'src/domain/money.ts'],
  ['plugins/market/tasks/analyse.ts', 'plugins/market/store.ts'],
  ['plugins/market/adapters/vpic.ts', 'plugins/market/domain/price.ts'],
  ['plugins/market/index.ts', 'plugins/market/tasks/analyse.ts'],
  ['plugins/market/index.ts', 'plugins/market/adapters/vpic.ts'],
  ['plugins/market/index.ts', 'payload'],
  ['plugins/market/admin/chart.tsx', 'src/admin/brand.tsx'],
  ['collections/lot/inventory.ts', 'hooks/lot/car.ts'],
  ['collections/lot/inventory.ts', 'src/fields/money.ts'],
  ['hooks/lot/car.ts', 'src/domain/vin.ts'],
  ['payload.config.ts', 'collections/lot/inventory.ts'],
  ['payload.config.ts', 'plugins/market/index.ts'],
  ['src/server/app.ts', 'payload.config.ts'],
  ['src/server/app.ts', 'express'],
  ['test/http/app.spec.ts', 'fast-check'],
  ['test/http/app.spec.ts', 'src/admin/brand.tsx'],
] as const

let project: string
let violations: string[]

/** One small project with all these imports, looked at once. */
beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), 'forecourt-directions-'))
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'))
  const compilerOptions = {
    module: 'ESNext',
    moduleResolution: 'Bundler',
    allowImportingTsExtensions: true,
    noEmit: true,
  }
  write('tsconfig.json', JSON.stringify({ compilerOptions }))
  const dependencies = { payload: '*', zod: '*', express: '*', undici: '*' }
  write(
    'package.json',
    JSON.stringify({ type: 'module', dependencies, devDependencies: { 'fast-check': '*' } }),
  )
  const imports = [...WRONG.map(([, from, to]) => [from, to] as const), ...RIGHT]
  for (const file of new Set(imports.flat().filter((target) => target.includes('.')))) {
    write(
      file,
      imports
        .flatMap(([from, to]) =>
          from === file ? `import { x } from '${specifier(from, to)}'\n` : [],
        )
        .join(''),
    )
  }
  violations = cruise()
})
afterAll(() => rmSync(project, { recursive: true }))

describe('which way things point', () => {
  it.each(WRONG)('%s: %s may not reach %s', (rule, from, to) => {
    expect(violations.filter((violation) => violation.startsWith(`${rule}: ${from} →`))).toEqual([
      expect.stringMatching(`→ (.*/)?${to}`),
    ])
  })

  it('leaves every other way open', () => {
    const expected = new Set(WRONG.map(([rule, from]) => `${rule}: ${from}`))
    expect(
      violations.filter((violation) => !expected.has(violation.split(' → ')[0] ?? '')),
    ).toEqual([])
  })
})

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true })
  writeFileSync(path.join(project, file), text)
}

function specifier(from: string, to: string): string {
  if (!to.includes('.')) return to
  const way = path.posix.relative(path.posix.dirname(from), to)
  return way.startsWith('.') ? way : `./${way}`
}

/** What dependency-cruiser finds with our rules: `rule: from → to`. */
function cruise(): string[] {
  const bin = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [
    bin,
    '--config',
    path.join(ROOT, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
    '.',
  ]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (!stdout) throw new Error(`dependency-cruiser said nothing but: ${stderr}`)
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[] }
  }
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
}
