import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { writeFeedFolder } from '../../plugins/exports/adapters/jekyll-folder.ts'

let site: string
let folder: string
beforeEach(async () => {
  site = await mkdtemp(path.join(tmpdir(), 'forecourt-site-'))
  folder = path.join(site, '_vehicles')
})
afterEach(() => rm(site, { recursive: true, force: true }))

const write = (files: Record<string, string>, signal = new AbortController().signal) => {
  async function* list() {
    for (const [name, text] of Object.entries(files)) yield { path: `_vehicles/${name}`, text }
  }
  return writeFeedFolder({ folder, entries: list(), signal })
}
const readVisible = async () => (await readdir(folder)).filter((name) => !name.startsWith('.'))

it('files of cars are written, replaced, and removed once the car left', async () => {
  expect(await write({ 'A.md': 'one', 'B.md': 'two' })).toEqual({ written: 2, removed: 0 })
  expect(await write({ 'B.md': 'three' })).toEqual({ written: 1, removed: 1 })
  expect(await readVisible()).toEqual(['B.md'])
  expect(await readFile(path.join(folder, 'B.md'), 'utf8')).toBe('three')
})

it('files of somebody else stay, even under the name of a car', async () => {
  await mkdir(folder)
  await writeFile(path.join(folder, 'README.md'), 'theirs')
  await writeFile(path.join(folder, 'A.md'), 'theirs')
  await expect(write({ 'A.md': 'ours', 'B.md': 'ours' })).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('Move that file elsewhere.'),
  })
  expect(await readVisible()).toEqual(['A.md', 'README.md'])
  expect(await readFile(path.join(folder, 'A.md'), 'utf8')).toBe('theirs')
  await write({ 'B.md': 'ours' })
  await write({})
  expect(await readVisible()).toEqual(['A.md', 'README.md'])
})

it('a delivery that stops in the middle changes nothing, and what a killed one left is removed', async () => {
  await write({ 'A.md': 'one' })
  await mkdir(path.join(folder, '.forecourt-00000000-0000-4000-8000-000000000000'))
  const stopping = new AbortController()
  stopping.abort(new Error('stopped'))
  await expect(write({ 'A.md': 'two', 'B.md': 'two' }, stopping.signal)).rejects.toThrow('stopped')
  expect(await readVisible()).toEqual(['A.md'])
  expect(await readFile(path.join(folder, 'A.md'), 'utf8')).toBe('one')
  await write({ 'A.md': 'one' })
  expect((await readdir(folder)).toSorted()).toEqual(['.forecourt-files.json', 'A.md'])
})

it('a name that leads elsewhere is refused', async () => {
  await expect(write({ '.hidden': 'x' })).rejects.toMatchObject({ kind: 'refused' })
})
