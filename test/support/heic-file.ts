import { readFileSync } from 'node:fs'
import { z } from 'zod'

/*
 * HEIC files as a phone writes them: an image of coded tiles in a grid, turned by a property, with
 * EXIF beside it. The tiles were coded by x265; here they are put into the container (ISO/IEC
 * 23008-12).
 */

const CODED = z
  .object({
    vps: z.string(),
    sps: z.string(),
    pps: z.string(),
    tiles: z.object({
      red: z.string(),
      green: z.string(),
      blue: z.string(),
      white: z.string(),
    }),
  })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/heic/tiles.json', import.meta.url), 'utf8')))

/** The side of a tile in pixels. */
const TILE = 64

type HeicOptions = {
  /** The EXIF of a photo, as sharp reads it: it begins with `Exif`. */
  exif?: Buffer
  /** How often the image is turned by 90 degrees, against the clock. */
  turns?: number
  /** The size that the file claims; its real one by default. */
  width?: number
  height?: number
}

/** A photo of 128 by 128 pixels: red and green above, blue and white below, before it is turned. */
export function createHeic({
  exif = Buffer.from('Exif\0\0'),
  turns = 0,
  width = 2 * TILE,
  height = 2 * TILE,
}: HeicOptions = {}): Buffer {
  const { red, green, blue, white } = CODED.tiles
  const tiles = [red, green, blue, white].map((tile) => withLength(Buffer.from(tile, 'hex')))
  const grid = Buffer.concat([bytes(0, 1, 1, 1), uint32(width), uint32(height)])
  const data = [...tiles, grid, Buffer.concat([uint32(6), exif])]
  const type = box('ftyp', Buffer.from('heic'), uint32(0), Buffer.from('mif1heicMiHE'))
  const build = (start: number) => buildMeta(data, start, { turns, width, height })
  const start = type.length + build(0).length + 8
  return Buffer.concat([type, build(start), box('mdat', ...data)])
}

const GRID = 5
const EXIF = 6

function buildMeta(
  data: readonly Buffer[],
  start: number,
  { turns, width, height }: Required<Omit<HeicOptions, 'exif'>>,
): Buffer {
  const kinds = ['hvc1', 'hvc1', 'hvc1', 'hvc1', 'grid', 'Exif']
  const items = kinds.map((kind, index) =>
    // The tiles are hidden: the grid is the photo.
    fullBox('infe', 2, kind === 'hvc1' ? 1 : 0, uint16(index + 1), uint16(0), text(kind)),
  )
  const references = [
    box('dimg', uint16(GRID), uint16(4), ...[1, 2, 3, 4].map(uint16)),
    box('cdsc', uint16(EXIF), uint16(1), uint16(GRID)),
  ]
  const properties = box(
    'ipco',
    box('hvcC', buildConfiguration()),
    fullBox('ispe', 0, 0, uint32(TILE), uint32(TILE)),
    fullBox('ispe', 0, 0, uint32(width), uint32(height)),
    box('irot', bytes(turns)),
  )
  const ofTile = (id: number) => Buffer.concat([uint16(id), bytes(2, 0x81, 0x02)])
  const ofGrid = Buffer.concat([uint16(GRID), bytes(2, 0x03, 0x84)])
  const associations = fullBox('ipma', 0, 0, uint32(5), ...[1, 2, 3, 4].map(ofTile), ofGrid)
  return fullBox(
    'meta',
    0,
    0,
    fullBox('hdlr', 0, 0, uint32(0), Buffer.from('pict'), Buffer.alloc(13)),
    fullBox('pitm', 0, 0, uint16(GRID)),
    fullBox('iinf', 0, 0, uint16(items.length), ...items),
    fullBox('iref', 0, 0, ...references),
    box('iprp', properties, associations),
    fullBox('iloc', 0, 0, bytes(0x44, 0), uint16(data.length), ...listPlaces(data, start)),
  )
}

/** Where the data of each item is in the file. */
function listPlaces(data: readonly Buffer[], start: number): Buffer[] {
  let at = start
  return data.map(({ length }, index) => {
    const place = [uint16(index + 1), uint16(0), uint16(1), uint32(at), uint32(length)]
    at += length
    return Buffer.concat(place)
  })
}

/** The configuration (ISO/IEC 14496-15, 8.3.2.1) of the coded tiles: Main Intra, 8 bit. */
function buildConfiguration(): Buffer {
  const { vps, sps, pps } = CODED
  const parameters = [vps, sps, pps].map((unit, index) => {
    const coded = Buffer.from(unit, 'hex')
    return Buffer.concat([bytes(0xa0 + index), uint16(1), uint16(coded.length), coded])
  })
  return Buffer.concat([
    bytes(
      1,
      4,
      8,
      0,
      0,
      0,
      0x9f,
      0xa8,
      0,
      0,
      0,
      0,
      30,
      0xf0,
      0,
      0xfc,
      0xfd,
      0xf8,
      0xf8,
      0,
      0,
      0x0f,
    ),
    bytes(parameters.length),
    ...parameters,
  ])
}

const bytes = (...values: number[]) => Buffer.from(values)
const uint16 = (value: number) => bytes(value >> 8, value & 255)
function uint32(value: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(value)
  return four
}
const text = (value: string) => Buffer.from(`${value}\0`)
const withLength = (unit: Buffer) => Buffer.concat([uint32(unit.length), unit])

function box(name: string, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([uint32(content.length + 8), Buffer.from(name), content])
}

const fullBox = (name: string, version: number, flags: number, ...parts: Buffer[]): Buffer =>
  box(name, bytes(version, 0, 0, flags), ...parts)
