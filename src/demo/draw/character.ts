import type { DemoCar } from '../cars/demo-car.ts'
import type { EndShape, Grille } from './end-shape.ts'
import type { SideShape } from './side-shape.ts'
import type { Wheel } from './wheels.ts'

type Named = Pick<DemoCar, 'year' | 'make' | 'model'>

/** A number that one car always has and its neighbours do not: what makes two sedans differ. */
const computeSeed = ({ year, make, model }: Named): number =>
  [...`${make} ${model} ${year}`].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_003,
    7,
  )

const pickChoice = <Choice>(choices: readonly Choice[], seed: number, otherwise: Choice): Choice =>
  choices[seed % choices.length] ?? otherwise

/** Makers and models whose cars have no grille. */
const grilleless: readonly string[] = ['Tesla', 'Rivian', 'Polestar', 'Bolt EV', 'IONIQ 5', 'LEAF']

/** The wheels a car stands on: one of the designs that suit its body, closed discs on a Tesla. */
export const chooseWheel = (car: Named, shape: SideShape): Wheel => {
  const seed = computeSeed(car)
  const style = car.make === 'Tesla' ? 'aero' : pickChoice(shape.wheels, seed, 'five')
  return { style, dark: seed % 5 === 0 }
}

/** What lies between a car's headlamps. */
export const chooseGrille = (car: Named, shape: EndShape): Grille => {
  if (grilleless.includes(car.make) || grilleless.includes(car.model)) return 'closed'
  if (car.model.startsWith('Wrangler')) return 'slots'
  return pickChoice(shape.grilles, computeSeed(car), 'wide')
}
