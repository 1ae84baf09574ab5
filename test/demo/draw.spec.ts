import { describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { demoCars } from '../../src/demo/demo-cars.ts'
import { computeBrightness, computeHue, hslToHex, mixColors } from '../../src/demo/draw/color.ts'
import { chooseBackdrop } from '../../src/demo/draw/scene.ts'
import { chooseSilhouette } from '../../src/demo/draw/silhouette.ts'
import { buildSymmetricPath } from '../../src/demo/draw/symmetric.ts'
import { type Drawable, drawCar, renderSvg, type View } from '../../src/demo/draw.ts'

const views: readonly View[] = ['side', 'front', 'rear']
const bodyStyles = [
  'Sedan',
  'Hatchback',
  'Coupe',
  'Convertible',
  'Wagon',
  'SUV',
  'Minivan',
  'Pickup',
  'Van',
] as const
const red = { paint: '#b3202c', year: 2020, make: 'Honda', model: 'Any' } as const

const modern: Drawable[] = bodyStyles.map((bodyStyle) => ({ ...red, bodyStyle }))
const classic: Drawable[] = (['Coupe', 'Convertible', 'Pickup'] as const).map((bodyStyle) => ({
  ...red,
  bodyStyle,
  year: 1970,
}))
const upright: Drawable = { ...red, bodyStyle: 'SUV', model: 'Wrangler' }
const everything = [...modern, ...classic, upright]
const everyPicture = everything.flatMap((car) =>
  views.map((view) => ({ car, view, what: `${car.year} ${chooseSilhouette(car)}` })),
)

describe('drawCar', () => {
  it.each(everyPicture)(
    'draws a $what from the $view as a JPEG of 1600 by 1067',
    async ({ car, view }) => {
      const picture = await drawCar(car, view)
      expect(await sharp(picture).metadata()).toMatchObject({
        format: 'jpeg',
        width: 1600,
        height: 1067,
      })
    },
  )

  it('paints the doors in the color of the car', async () => {
    const picture = await drawCar({ ...red, bodyStyle: 'Sedan' }, 'side')
    const door = await sharp(picture)
      .extract({ left: 700, top: 600, width: 180, height: 70 })
      .toBuffer()
    const { channels } = await sharp(door).stats()
    const [reds, greens] = channels.map(({ mean }) => mean)
    expect(reds).toBeGreaterThan(2 * (greens ?? 255))
  })

  it('draws the same car alike every time', async () => {
    const car = { ...red, bodyStyle: 'Wagon' } as const
    expect(await drawCar(car, 'rear')).toEqual(await drawCar(car, 'rear'))
  })

  it('draws a picture small enough to upload by the hundred', async () => {
    const picture = await drawCar({ ...red, bodyStyle: 'SUV' }, 'front')
    expect(picture.length).toBeLessThan(200_000)
  })
})

describe('the drawing', () => {
  it.each(views)('is another one for every body, seen from the %s', (view) => {
    expect(new Set(everything.map((car) => renderSvg(car, view))).size).toBe(everything.length)
  })

  it.each(everyPicture)(
    'of a $what from the $view defines every gradient and clip that it uses',
    ({ car, view }) => {
      const svg = renderSvg(car, view)
      const defined = new Set([...svg.matchAll(/ id="(\w+)"/g)].map(([, id]) => id))
      const used = [...svg.matchAll(/url\(#(\w+)\)|href="#(\w+)"/g)].map(
        ([, paint, id]) => paint ?? id,
      )
      expect(used.length).toBeGreaterThan(10)
      expect(used.filter((id) => !defined.has(id))).toEqual([])
    },
  )

  it.each(everyPicture)(
    'of a $what from the $view holds only numbers where numbers belong',
    ({ car, view }) => {
      expect(renderSvg(car, view)).not.toMatch(/NaN|undefined|Infinity|\[object/)
    },
  )

  it('needs no font: the number plate is made of strokes', () => {
    expect(renderSvg(upright, 'front')).not.toContain('<text')
  })

  it('tells two models of one body apart', () => {
    const [accord, camry] = ['Accord', 'Camry'].map((model) =>
      renderSvg({ ...red, bodyStyle: 'Sedan', model }, 'side'),
    )
    expect(accord).not.toBe(camry)
  })

  it('gives a Tesla neither a grille nor an exhaust', () => {
    const tesla = { ...red, bodyStyle: 'Sedan', make: 'Tesla' } as const
    expect(renderSvg(tesla, 'rear').length).toBeLessThan(
      renderSvg({ ...tesla, make: 'Audi' }, 'rear').length,
    )
    expect(renderSvg(tesla, 'front').length).toBeLessThan(
      renderSvg({ ...tesla, make: 'Audi' }, 'front').length,
    )
  })
})

describe('silhouetteOf', () => {
  it('draws a body from before 1981 as what it was', () => {
    expect(chooseSilhouette({ bodyStyle: 'Pickup', year: 1972, model: 'C10' })).toBe(
      'classicPickup',
    )
  })

  it('falls back to the modern body where there is no classic one', () => {
    expect(chooseSilhouette({ bodyStyle: 'Minivan', year: 1972, model: 'Bus' })).toBe('minivan')
  })

  it('draws a Wrangler upright and a CR-V sloping', () => {
    expect(chooseSilhouette({ bodyStyle: 'SUV', year: 2018, model: 'Wrangler' })).toBe('offroader')
    expect(chooseSilhouette({ bodyStyle: 'SUV', year: 2020, model: 'CR-V' })).toBe('crossover')
  })
})

describe('the backdrop', () => {
  it('keeps its distance from the paint of every demo car', () => {
    const close = demoCars.filter(
      ({ paint }) =>
        Math.abs(computeBrightness(chooseBackdrop(paint).wall) - computeBrightness(paint)) < 0.12,
    )
    expect(close.map(({ year, model }) => `${year} ${model}`)).toEqual([])
  })

  it('is darker behind a white car than behind a black one', () => {
    expect(computeBrightness(chooseBackdrop('#f5f5f3').wall)).toBeLessThan(
      computeBrightness(chooseBackdrop('#17191d').wall),
    )
  })
})

describe('colors', () => {
  it('mix by share', () => {
    expect(mixColors('#000000', '#ffffff', 0.5)).toBe('#808080')
    expect(mixColors('#123456', '#ffffff', 0)).toBe('#123456')
  })

  it('keep their hue on the way through hue, saturation and lightness', () => {
    expect(computeHue(hslToHex(210, 0.5, 0.4)).hue).toBeCloseTo(210, 0)
  })

  it('have no hue when grey', () => {
    expect(computeHue('#777777')).toEqual({ hue: 0, saturation: 0 })
  })
})

describe('symmetric', () => {
  it('mirrors the right side to the left and closes the outline', () => {
    expect(buildSymmetricPath(10, [[1, 11, 2, 12, 3, 13]])).toBe(
      'M 800 10 C 801 11 802 12 803 13 L 797 13 C 798 12 799 11 800 10 Z',
    )
  })
})
