import { americanModels } from './american-models.ts'
import { asianModels } from './asian-models.ts'
import { europeanModels } from './european-models.ts'

/** One option of the demo catalog: what a model was sold with in one year. */
export type DemoOption = {
  year: number
  make: string
  model: string
  trim: string
  engine: string
  transmission: string
}

/** What the name of an engine says about it; null if it does not. */
export type DemoEngine = {
  name: string
  displacement: string | null
  configuration: string | null
  aspiration: string | null
  fuelType: string
}

/** Models that really exist, so that the forms have something to suggest. Not complete. */
export const demoCatalog: readonly DemoOption[] = [asianModels, americanModels, europeanModels]
  .flatMap((text) => text.trim().split('\n'))
  .flatMap(expandGeneration)

/** The engines of the demo catalog. */
export const demoEngines: readonly DemoEngine[] = [
  ...new Set(demoCatalog.map(({ engine }) => engine)),
].map(describeEngine)

/** One line of the models: an option for each year, trim and transmission. */
function expandGeneration(line: string): DemoOption[] {
  const [make = '', model = '', years = '', trims = '', engine = '', transmissions = ''] =
    line.split(' | ')
  const [from = 0, to = 0] = years.split('-').map(Number)
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((year) =>
    trims.split(', ').flatMap((trim) =>
      transmissions.split(', ').map((transmission) => ({
        year,
        make,
        model,
        trim,
        engine,
        transmission,
      })),
    ),
  )
}

/** Reads a name such as `3.5L Turbo Hybrid V6`. */
function describeEngine(name: string): DemoEngine {
  const isElectric = name === 'Electric'
  return {
    name,
    displacement: /^[\d.]+L/.exec(name)?.[0] ?? null,
    configuration: isElectric ? 'Electric' : (/[IVH]\d+$/.exec(name)?.[0] ?? null),
    aspiration: isElectric ? null : describeAspiration(name),
    fuelType: describeFuel(name),
  }
}

function describeAspiration(name: string): string {
  if (name.includes('Turbo Supercharged')) return 'Turbocharged and supercharged'
  if (name.includes('Turbo')) return 'Turbocharged'
  return name.includes('Supercharged') ? 'Supercharged' : 'Naturally aspirated'
}

function describeFuel(name: string): string {
  const other = ['Electric', 'Diesel', 'Plug-in Hybrid', 'Hybrid'].find((fuel) =>
    name.includes(fuel),
  )
  return other ?? 'Gasoline'
}
