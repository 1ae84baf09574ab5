import { rmSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { formatRefusalHeader, formatRefusedLine } from './domain/refused-line.ts'

const CHUNK_CHARACTERS = 64_000

/**
 * The file of an import's refused lines, beside the imported file: `cars.refused.csv` for
 * `cars.csv`, or `cars.refused-2.csv` if that one exists. It is created with the first refused
 * line, and removed if the process ends before `keep`.
 */
export class RefusedFile {
  readonly #input: string
  readonly #header: readonly string[]
  #handle: FileHandle | null = null
  #path: string | null = null
  #chunk = ''

  constructor(input: string, header: readonly string[]) {
    this.#input = input
    this.#header = header
  }

  async add(line: number, reason: string, cells: readonly string[]): Promise<void> {
    if (!this.#handle) await this.#create()
    this.#chunk += formatRefusedLine(line, reason, cells)
    if (this.#chunk.length >= CHUNK_CHARACTERS) await this.#flush()
  }

  /** Writes what is left of the lines. */
  async close(): Promise<void> {
    await this.#flush()
    await this.#handle?.close()
    this.#handle = null
  }

  /** Keeps the closed file and returns its path; null if no line was refused. */
  keep(): string | null {
    process.off('exit', this.#remove)
    return this.#path
  }

  /** Removes the file: its import failed. */
  async discard(): Promise<void> {
    await this.#handle?.close()
    this.#remove()
    process.off('exit', this.#remove)
  }

  async #create(): Promise<void> {
    const { dir, name } = path.parse(this.#input)
    for (let number = 1; !this.#handle; number++) {
      const file = path.join(dir, `${name}.refused${number === 1 ? '' : `-${number}`}.csv`)
      this.#handle = await openNew(file)
      if (this.#handle) this.#path = file
    }
    process.on('exit', this.#remove)
    this.#chunk = formatRefusalHeader(this.#header)
  }

  async #flush(): Promise<void> {
    await this.#handle?.writeFile(this.#chunk)
    this.#chunk = ''
  }

  readonly #remove = (): void => {
    if (this.#path) rmSync(this.#path, { force: true })
  }
}

/** Creates a file; null if it exists. */
async function openNew(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'wx')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null
    throw error
  }
}
