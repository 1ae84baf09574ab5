import sharp from 'sharp'
import type { DemoCar } from './cars/demo-car.ts'
import { chooseGrille, chooseWheel } from './draw/character.ts'
import { endShapes } from './draw/end-shapes.ts'
import { computeFinish } from './draw/finish.ts'
import { drawFrontView } from './draw/front.ts'
import { renderMaterials } from './draw/materials.ts'
import { drawRearView } from './draw/rear.ts'
import {
  chooseBackdrop,
  drawReflection,
  drawShadow,
  drawStudio,
  renderStudioGradients,
} from './draw/scene.ts'
import { sideShapes } from './draw/side-shapes.ts'
import { drawSideView } from './draw/side.ts'
import { chooseSilhouette } from './draw/silhouette.ts'
import { canvas, renderElement } from './draw/svg.ts'

/** The side that a picture shows: left, front or rear. */
export type View = 'side' | 'front' | 'rear'

/** The parts of a car that a picture depends on. The same car always gives the same picture. */
export type Drawable = Pick<DemoCar, 'bodyStyle' | 'paint' | 'year' | 'make' | 'model'>

type Subject = { defs: string; car: string; shadow: string }

const drawSide = (car: Drawable): Subject => {
  const shape = sideShapes[chooseSilhouette(car)]
  const [front, rear] = shape.axles
  return {
    ...drawSideView(shape, computeFinish(car.paint), chooseWheel(car, shape)),
    shadow: drawShadow(front - 240, rear + 270, shape.axles, shape.radius),
  }
}

const drawEnd = (car: Drawable, view: 'front' | 'rear'): Subject => {
  const shape = endShapes[chooseSilhouette(car)]
  const grille = chooseGrille(car, shape)
  const finish = computeFinish(car.paint)
  const [left, right] = [canvas.width / 2 - shape.half, canvas.width / 2 + shape.half]
  return {
    ...(view === 'front'
      ? drawFrontView(shape, finish, grille)
      : drawRearView(shape, finish, grille !== 'closed')),
    shadow: drawShadow(left, right, [left + 50, right - 50], 70),
  }
}

/**
 * Renders the picture as an SVG document, `canvas.width` by `canvas.height`. It contains no text,
 * so no font is needed.
 */
export const renderSvg = (car: Drawable, view: View): string => {
  const subject = view === 'side' ? drawSide(car) : drawEnd(car, view)
  return renderElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${canvas.width} ${canvas.height}`,
      width: canvas.width,
      height: canvas.height,
    },
    renderElement(
      'defs',
      {},
      renderMaterials(),
      renderStudioGradients(chooseBackdrop(car.paint)),
      subject.defs,
      renderElement('g', { id: 'car' }, subject.car),
    ),
    drawStudio(),
    drawReflection('car'),
    subject.shadow,
    renderElement('use', { href: '#car' }),
  )
}

/** A picture of the car as a JPEG, 1600 by 1067 pixels. */
export async function drawCar(car: Drawable, view: View): Promise<Buffer> {
  return sharp(Buffer.from(renderSvg(car, view)))
    .jpeg({ quality: 84 })
    .toBuffer()
}
