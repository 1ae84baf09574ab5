import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { listFolder, readSource } from '../../src/imports/jekyll/read.ts'
import { buildSiteFile, withFolder } from '../fixtures/jekyll/site-folder.ts'

/** What is said of one file with this content. */
const read = (content: string | Uint8Array): ReturnType<typeof readSource> =>
  withFolder({ 'car.md': content }, (folder) => readSource(folder, 'car.md'))

const refusedBecause = (problem: string): object => ({
  refusals: [{ key: 'file', value: '', reason: `the file ${problem}.` }],
})

const withBytes = (...bytes: number[]): Uint8Array =>
  Buffer.concat([Buffer.from(buildSiteFile()), Buffer.from(bytes)])

describe('listing a folder', () => {
  it('lists markdown files by name and says of the rest why it is not read', async () => {
    const files = { 'b.md': '', 'A.MARKDOWN': '', 'a.md': '', 'photo.jpg': '', '.DS_Store': '' }
    await withFolder(files, async (folder) => {
      await mkdir(join(folder, 'drafts'))
      expect(await listFolder(folder)).toEqual({
        names: ['A.MARKDOWN', 'a.md', 'b.md'],
        skipped: [
          { name: '.DS_Store', why: 'not a markdown file' },
          { name: 'drafts', why: 'a folder' },
          { name: 'photo.jpg', why: 'not a markdown file' },
        ],
      })
    })
  })

  it('says what to give instead of a folder that is not there', async () => {
    await withFolder({ 'car.md': '' }, async (folder) => {
      const missing = join(folder, 'nowhere')
      const wayOut = 'Specify the folder that contains the markdown files.'
      await expect(listFolder(missing)).rejects.toThrow(
        `The folder "${missing}" cannot be read: it does not exist (ENOENT). ${wayOut}`,
      )
      await expect(listFolder(join(folder, 'car.md'))).rejects.toThrow(
        /cannot be read: .+ \(ENOTDIR\)/,
      )
    })
  })
})

describe('reading a site file', () => {
  it('gives the front matter and the trimmed body', async () => {
    expect(await read('---\nmake: Honda\n---\n\n  A car.\n\nGood.  \n\n')).toEqual({
      frontMatter: new Map([['make', 'Honda']]),
      body: 'A car.\n\nGood.',
    })
  })

  it.each([
    ['a byte order mark', '\uFEFF---\nmake: Citroën\n---\nOne\nTwo\n'],
    ['line ends of Windows', '---\r\nmake: Citroën\r\n---\r\nOne\r\nTwo\r\n'],
    ['line ends of an old Mac', '---\rmake: Citroën\r---\rOne\rTwo\r'],
    ['white space after the markers', '--- \nmake: Citroën\n---\t\nOne\nTwo'],
  ])('reads a file with %s as any other', async (_, content) => {
    expect(await read(content)).toEqual({
      frontMatter: new Map([['make', 'Citroën']]),
      body: 'One\nTwo',
    })
  })

  it('refuses what is not UTF-8', async () => {
    const problem = refusedBecause('is not UTF-8; save it as UTF-8')
    expect(await read(Buffer.from('---\nmake: Citroën\n---\n', 'latin1'))).toEqual(problem)
    expect(await read(Buffer.from(`\uFEFF${buildSiteFile()}`, 'utf16le'))).toEqual(problem)
    expect(await read(withBytes(0xc3))).toEqual(problem)
  })

  it('refuses a NUL character and names its line', async () => {
    expect(await read(withBytes(0x0a, 0x00))).toEqual(
      refusedBecause('contains a NUL character on line 11, which cannot be stored'),
    )
  })

  it('refuses a file over 1 MB unread', async () => {
    expect(await read(Buffer.alloc(1_048_577, '-'))).toEqual(
      refusedBecause('has 1048577 bytes; the limit is 1048576'),
    )
  })

  it('reads a file of exactly 1 MB', async () => {
    const start = '---\nmake: Honda\n---\n'
    expect(await read(start + 'x'.repeat(1_048_576 - start.length))).toHaveProperty(
      'body.length',
      1_048_576 - start.length,
    )
  })

  it('passes on what is wrong with the front matter', async () => {
    expect(await read('---\nmake: Honda\n')).toEqual(
      refusedBecause('has unclosed front matter: end it with a line that contains only ---'),
    )
    expect(await read('---\nmake: 1\nmake: 2\n---\n')).toEqual(
      refusedBecause('has the key make twice; keep one (line 3)'),
    )
  })

  it('refuses what only has the name of a markdown file', async () => {
    await withFolder({}, async (folder) => {
      await mkdir(join(folder, 'folder.md'))
      await symlink('/dev/null', join(folder, 'device.md'))
      await symlink(join(folder, 'gone'), join(folder, 'dangling.md'))
      expect(await readSource(folder, 'folder.md')).toEqual(refusedBecause('is a folder'))
      expect(await readSource(folder, 'device.md')).toEqual(refusedBecause('is not a regular file'))
      expect(await readSource(folder, 'dangling.md')).toEqual(
        refusedBecause('cannot be read (ENOENT)'),
      )
    })
  })

  it('follows a link to a file', async () => {
    await withFolder({ 'car.txt': buildSiteFile() }, async (folder) => {
      await symlink(join(folder, 'car.txt'), join(folder, 'car.md'))
      expect(await readSource(folder, 'car.md')).toHaveProperty('body', 'A good car.')
    })
  })
})
