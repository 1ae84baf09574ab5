import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * The list of common passwords that is shipped, in lower case. Read when a password is set, which
 * is rare.
 */
export async function readCommonPasswords(): Promise<ReadonlySet<string>> {
  const text = await readFile(
    fileURLToPath(new URL('common-passwords.txt', import.meta.url)),
    'utf8',
  )
  return new Set(text.split('\n').filter((line) => line !== ''))
}
