import sharp from 'sharp'
import type { DemoCar } from './cars/demo-car.ts'
import { grilleOf, wheelOf } from './draw/character.ts'
import { endShapes } from './draw/end-shapes.ts'
import { finishOf } from './draw/finish.ts'
import { frontView } from './draw/front.ts'
import { materials } from './draw/materials.ts'
import { rearView } from './draw/rear.ts'
import { backdropFor, reflection, shadow, studio, studioGradients } from './draw/scene.ts'
import { sideShapes } from './draw/side-shapes.ts'
import { sideView } from './draw/side.ts'
import { silhouetteOf } from './draw/silhouette.ts'
import { canvas, element } from './draw/svg.ts'

/** Where a picture is taken from: the left side, ahead, or behind. */
export type View = 'side' | 'front' | 'rear'

/** What a picture depends on. The same car is drawn alike every time. */
export type Drawable = Pick<DemoCar, 'bodyStyle' | 'paint' | 'year' | 'make' | 'model'>

type Subject = { defs: string; car: string; shadow: string }

const fromTheSide = (car: Drawable): Subject => {
  const shape = sideShapes[silhouetteOf(car)]
  const [front, rear] = shape.axles
  return {
    ...sideView(shape, finishOf(car.paint), wheelOf(car, shape)),
    shadow: shadow(front - 240, rear + 270, shape.axles, shape.radius),
  }
}

const fromAnEnd = (car: Drawable, view: 'front' | 'rear'): Subject => {
  const shape = endShapes[silhouetteOf(car)]
  const grille = grilleOf(car, shape)
  const finish = finishOf(car.paint)
  const [left, right] = [canvas.width / 2 - shape.half, canvas.width / 2 + shape.half]
  return {
    ...(view === 'front' ? frontView(shape, finish, grille) : rearView(shape, finish, grille !== 'closed')),
    shadow: shadow(left, right, [left + 50, right - 50], 70),
  }
}

/** The picture as an SVG document, `canvas.width` by `canvas.height`; no text in it, so no font is needed. */
export const svgOf = (car: Drawable, view: View): string => {
  const subject = view === 'side' ? fromTheSide(car) : fromAnEnd(car, view)
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${canvas.width} ${canvas.height}`,
      width: canvas.width,
      height: canvas.height,
    },
    element(
      'defs',
      {},
      materials(),
      studioGradients(backdropFor(car.paint)),
      subject.defs,
      element('g', { id: 'car' }, subject.car),
    ),
    studio(),
    reflection('car'),
    subject.shadow,
    element('use', { href: '#car' }),
  )
}

/** A picture of the car as a JPEG, 1600 by 1067 pixels. */
export async function drawCar(car: Drawable, view: View): Promise<Buffer> {
  return sharp(Buffer.from(svgOf(car, view)))
    .jpeg({ quality: 84 })
    .toBuffer()
}
