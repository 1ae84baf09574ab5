import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { demoCars } from '../../src/demo/demo-cars.ts'
import { getPictureFile, VIEWS } from '../../src/demo/pictures.ts'

const files = demoCars.flatMap((car) =>
  VIEWS.map((view) => fileURLToPath(getPictureFile(car, view))),
)

describe('the pictures of the demo cars', () => {
  it('are one of each side of each car, and no others', async () => {
    const folder = path.dirname(files[0] ?? '')
    expect(await readdir(folder)).toEqual(files.map((file) => path.basename(file)).sort())
  })

  it('are WebP of 1600 by 1067, no two of them alike', async () => {
    const contents = new Set<string>()
    for (const file of files) {
      const bytes = await readFile(file)
      contents.add(bytes.toString('base64'))
      expect([file, await sharp(bytes).metadata()]).toEqual([
        file,
        expect.objectContaining({ format: 'webp', width: 1600, height: 1067 }),
      ])
    }
    expect(contents.size).toBe(files.length)
  })

  it('have at most 40 KB each, and 3 MB in all', async () => {
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(40_000)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(3_000_000)
  })
})
