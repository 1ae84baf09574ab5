import { describe, expect, it } from '@jest/globals'
import { interpretFacts } from '../../src/vin/domain/interpret-facts.ts'
import { buildRawFacts } from '../support/vin-facts.ts'

const interpret = (facts: Parameters<typeof buildRawFacts>[0]) =>
  interpretFacts(buildRawFacts(facts))

describe('what NHTSA’s database says', () => {
  it('becomes the facts of a car in the words of our tables', () => {
    const facts = interpret({
      make: 'FORD',
      model: 'F-150',
      modelYear: '2022',
      trim: 'Lariat',
      bodyClass: 'Pickup',
      doors: '4',
      driveType: '4WD/4-Wheel Drive/4x4',
      displacementLiters: '3.5',
      cylinders: '6',
      engineConfiguration: 'V-Shaped',
      turbo: 'Yes',
      fuelPrimary: 'Gasoline',
      transmissionStyle: 'Automatic',
      transmissionSpeeds: '10',
    })
    expect(facts).toEqual({
      year: 2022,
      make: 'Ford',
      model: 'F-150',
      trim: 'Lariat',
      bodyStyle: 'Pickup',
      engine: '3.5L V6 Turbo',
      fuelType: 'Gasoline',
      drivetrain: '4WD',
      transmission: '10-Speed Automatic',
      doors: 4,
      mpgCity: null,
      mpgHighway: null,
    })
  })

  it.each([
    ['Sport Utility Vehicle (SUV)/Multi-Purpose Vehicle (MPV)', 'SUV'],
    ['Crossover Utility Vehicle (CUV)', 'SUV'],
    ['Sedan/Saloon', 'Sedan'],
    ['Hatchback/Liftback/Notchback', 'Hatchback'],
    ['Roadster', 'Convertible'],
    ['Cargo Van', 'Van'],
    ['Truck-Tractor', 'Truck'],
    ['Motorcycle - Cruiser', 'Motorcycle'],
    ['Incomplete - Cutaway', null],
  ])('names the body %s as %s', (bodyClass, bodyStyle) => {
    expect(interpret({ bodyClass }).bodyStyle).toBe(bodyStyle)
  })

  it.each([
    ['Pickup', 'RWD'],
    ['Sedan/Saloon', 'FWD'],
    ['Incomplete', null],
  ])('reads 4x2 of a %s as %s', (bodyClass, drivetrain) => {
    expect(interpret({ bodyClass, driveType: '4x2' }).drivetrain).toBe(drivetrain)
  })

  it.each([
    [{ fuelPrimary: 'Gasoline', fuelSecondary: 'Electric' }, 'Hybrid'],
    [
      { fuelPrimary: 'Gasoline', electrification: 'Mild HEV (Hybrid Electric Vehicle)' },
      'Gasoline',
    ],
    [{ electrification: 'PHEV (Plug-in Hybrid Electric Vehicle)' }, 'Plug-in Hybrid'],
    [{ electrification: 'BEV (Battery Electric Vehicle)' }, 'Electric'],
    [{ fuelPrimary: 'Flexible Fuel Vehicle (FFV)' }, 'Flex Fuel'],
    [{ fuelPrimary: 'Compressed Natural Gas (CNG)' }, 'Natural Gas'],
    [{ fuelPrimary: 'Neat Methanol (M100)' }, null],
  ])('reads the fuel of %j as %s', (facts, fuelType) => {
    expect(interpret(facts).fuelType).toBe(fuelType)
  })

  it.each([
    [{ displacementLiters: '2', cylinders: '4', engineConfiguration: 'In-Line' }, '2.0L I4'],
    [
      { displacementLiters: '2.967000', fuelPrimary: 'Diesel', cylinders: '6' },
      '3.0L 6-Cylinder Diesel',
    ],
    [{ cylinders: '6', engineConfiguration: 'V-Shaped' }, 'V6'],
    [{ fuelPrimary: 'Electric' }, 'Electric'],
    [{ displacementLiters: 'n/a' }, null],
  ])('describes the engine of %j as %s', (facts, engine) => {
    expect(interpret(facts).engine).toBe(engine)
  })

  it.each([
    [{ transmissionStyle: 'Manual/Standard', transmissionSpeeds: '6' }, '6-Speed Manual'],
    [{ transmissionStyle: 'Continuously Variable Transmission (CVT)' }, 'CVT'],
    [{ transmissionStyle: 'Electronic Continuously Variable (e-CVT)' }, 'CVT'],
    [{ transmissionSpeeds: '6' }, null],
  ])('reads the transmission of %j as %s', (facts, transmission) => {
    expect(interpret(facts).transmission).toBe(transmission)
  })

  it('leaves out what has no clear meaning', () => {
    const facts = interpret({
      trim: 'FE / LX / LX Tech',
      model: 'Not Applicable',
      doors: '44',
      modelYear: '0',
    })
    expect(facts).toMatchObject({ trim: null, model: null, doors: null, year: null })
  })

  it('keeps a make that we do not know as it is written', () => {
    expect(interpret({ make: 'E-One' }).make).toBe('E-One')
    expect(interpret({ make: 'MERCEDES-BENZ' }).make).toBe('Mercedes-Benz')
  })
})
