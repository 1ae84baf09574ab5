import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the repository lies. Every path below is relative to it, with forward slashes. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** Not ours, or made by a run. */
const ASIDE = new RegExp(
  '^(node_modules|\\.git|\\.data|\\.env|media|coverage|src/server/\\.build|' +
    'src/admin/(\\.next|next-env\\.d\\.ts))$|\\.tsbuildinfo$',
)

export const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')
export const readJson = (file: string): unknown => JSON.parse(read(file))
export const exists = (file: string): boolean => existsSync(path.join(ROOT, file))

/** Every file under a folder of the repository, in order; none when the folder does not exist. */
export function filesUnder(folder: string): string[] {
  if (!exists(folder)) return []
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .map((entry) => ({ entry, file: path.posix.join(folder, entry.name) }))
    .filter(({ file }) => !ASIDE.test(file))
    .sort((a, b) => a.file.localeCompare(b.file))
    .flatMap(({ entry, file }) => (entry.isDirectory() ? filesUnder(file) : [file]))
}

/** The names directly in a folder; none when it does not exist. */
export function namesIn(folder: string): string[] {
  return exists(folder) ? readdirSync(path.join(ROOT, folder)).sort() : []
}

/** The folder of every plugin room: `plugins/market`. */
export function rooms(): string[] {
  return namesIn('plugins')
    .filter((name) => !name.includes('.'))
    .map((name) => `plugins/${name}`)
}

/** What people wrote, as opposed to what a program did. */
export function isWritten(file: string): boolean {
  return !/^(.*\bpackage-lock\.json|src\/generated\/|src\/database\/migrations\/)|importMap\.js$/.test(
    file,
  )
}

export function isCode(file: string): boolean {
  return /\.(ts|tsx|mjs|cjs|js)$/.test(file)
}

/** Text, as opposed to pictures and the like. */
export function isText(file: string): boolean {
  return !/\.(png|jpe?g|webp|gif|ico|pdf|gz|zip|woff2?)$/.test(file)
}
