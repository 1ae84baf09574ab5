import type { DemoCar } from '../cars/demo-car.ts'
import type { EndShape, Grille } from './end-shape.ts'
import type { SideShape } from './side-shape.ts'
import type { Wheel } from './wheels.ts'

type Named = Pick<DemoCar, 'year' | 'make' | 'model'>

/**
 * Computes a number that is always the same for one car and different for similar cars, so that two
 * sedans look different.
 */
const computeSeed = ({ year, make, model }: Named): number =>
  [...`${make} ${model} ${year}`].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_003,
    7,
  )

const pickChoice = <Choice>(choices: readonly Choice[], seed: number, otherwise: Choice): Choice =>
  choices[seed % choices.length] ?? otherwise

/** Manufacturers and models whose cars have no grille. */
const grilleless: readonly string[] = ['Tesla', 'Rivian', 'Polestar', 'Bolt EV', 'IONIQ 5', 'LEAF']

/**
 * Chooses the wheels of a car: one of the designs that suit its body, or closed discs for a Tesla.
 */
export const chooseWheel = (car: Named, shape: SideShape): Wheel => {
  const seed = computeSeed(car)
  const style = car.make === 'Tesla' ? 'aero' : pickChoice(shape.wheels, seed, 'five')
  return { style, dark: seed % 5 === 0 }
}

/** Chooses the part between the headlamps of a car. */
export const chooseGrille = (car: Named, shape: EndShape): Grille => {
  if (grilleless.includes(car.make) || grilleless.includes(car.model)) return 'closed'
  if (car.model.startsWith('Wrangler')) return 'slots'
  return pickChoice(shape.grilles, computeSeed(car), 'wide')
}
