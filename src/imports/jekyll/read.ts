/**
 * Reads the site files of a folder as text. A problem with one file is reported for that file and
 * does not stop the others.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { decodeUtf8 } from '../../domain/utf8.ts'
import { UserError } from '../../user-error.ts'
import type { Refusal } from './car.ts'
import { parseFrontMatter, splitFrontMatter } from './front-matter.ts'
import type { FrontMatter } from './front-matter.ts'
import { describeFileError } from '../../domain/system-error.ts'
import { quoteValue } from '../../settings/setting-errors.ts'

/** The extensions of Markdown files in Jekyll (its `markdown_ext`). */
const MARKDOWN = new Set(['.md', '.markdown', '.mkdown', '.mkdn', '.mkd'])
const MAX_BYTES = 1024 * 1024

/**
 * The Markdown files of a folder, sorted by character code, and the other entries with the reason
 * why they are not read.
 */
export type FolderListing = { names: string[]; skipped: { name: string; why: string }[] }

/** One parsed file. `body` is the Markdown after the front matter, trimmed, with LF line breaks. */
export type SourceFile = { frontMatter: FrontMatter; body: string } | { refusals: Refusal[] }

/** Lists a folder without its subfolders. Throws if the folder does not exist or cannot be read. */
export async function listFolder(folder: string): Promise<FolderListing> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new UserError(
      `The folder ${quoteValue(folder)} cannot be read: ${describeFileError(cause)}. ` +
        'Specify the folder that contains the markdown files.',
      { cause },
    )
  })
  const listing: FolderListing = { names: [], skipped: [] }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (MARKDOWN.has(extname(entry.name).toLowerCase())) listing.names.push(entry.name)
    else
      listing.skipped.push({
        name: entry.name,
        why: entry.isDirectory() ? 'a folder' : 'not a markdown file',
      })
  }
  return listing
}

/**
 * Reads one file of the folder: UTF-8, with or without a byte order mark, with any line breaks.
 * Never throws.
 */
export async function readSource(folder: string, name: string): Promise<SourceFile> {
  const text = await readText(join(folder, name))
  if ('problem' in text) return refuse(text.problem)
  const parts = splitFrontMatter(text.text)
  if ('problem' in parts) return refuse(parts.problem)
  const parsed = parseFrontMatter(parts.yaml)
  return 'refusals' in parsed
    ? parsed
    : { frontMatter: parsed.frontMatter, body: parts.body.trim() }
}

/**
 * Reads a regular file, or the target of a link. Other kinds of files are not opened: reading a
 * pipe would wait forever.
 */
async function readText(path: string): Promise<{ text: string } | { problem: string }> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return { problem: 'is a folder' }
    if (!found.isFile()) return { problem: 'is not a regular file' }
    if (found.size > MAX_BYTES)
      return { problem: `has ${found.size} bytes; the limit is ${MAX_BYTES}` }
    return decodeText(await readFile(path))
  } catch (error) {
    return { problem: `cannot be read (${formatErrorCode(error)})` }
  }
}

function decodeText(bytes: Uint8Array): { text: string } | { problem: string } {
  const text = decodeUtf8(bytes)?.replace(/\r\n?/g, '\n')
  if (text === undefined) return { problem: 'is not UTF-8; save it as UTF-8' }
  const zero = text.indexOf('\0')
  if (zero < 0) return { text }
  return {
    problem:
      `contains a NUL character on line ${text.slice(0, zero).split('\n').length}, which ` +
      'cannot be stored',
  }
}

function formatErrorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : String(error)
}

function refuse(problem: string): { refusals: Refusal[] } {
  return { refusals: [{ key: 'file', value: '', reason: `the file ${problem}.` }] }
}
