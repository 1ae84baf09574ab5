import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseMake, MAKES, parseCarTitle, normalizeMake } from '../../src/domain/makes.ts'

const read = (title: string, ...more: [extraMakes?: readonly string[], trim?: string]) =>
  Object.values(parseCarTitle(title, ...more))
    .map((part) => part ?? '-')
    .join(' / ')

describe('the make that a text begins with', () => {
  it.each([
    ['Land Rover Defender 110', 'Land Rover', 'Defender 110'],
    ['LAND-ROVER Defender', 'Land Rover', 'Defender'],
    ['LandRover Defender', 'Land Rover', 'Defender'],
    ['alfa romeo Giulia', 'Alfa Romeo', 'Giulia'],
    ['ASTON MARTIN DB11', 'Aston Martin', 'DB11'],
    ['Mercedes Benz C-Class', 'Mercedes-Benz', 'C-Class'],
    ['mercedes-benz c 300', 'Mercedes-Benz', 'c 300'],
    ['Mercedes GLC', 'Mercedes-Benz', 'GLC'],
    ['Rolls Royce Ghost', 'Rolls-Royce', 'Ghost'],
    ['Chevy Silverado', 'Chevrolet', 'Silverado'],
    ['Citroen C4', 'Citroën', 'C4'],
    ['Range Rover Velar', 'Land Rover', 'Range Rover Velar'],
    ['Lynk & Co 01', 'Lynk & Co', '01'],
    ['Ford', 'Ford', ''],
  ])('of %s is %s', (text, make, rest) => {
    expect(parseMake(text)).toEqual({ make, rest })
  })

  it.each(['', 'Land', 'Roverland', 'Fordson Major', 'A nice Honda', '—'])(
    'is not known of %j',
    (text) => {
      expect(parseMake(text)).toBeNull()
    },
  )

  it('may be one that the catalog knows', () => {
    expect(parseMake('Zenvo ST1')).toBeNull()
    expect(parseMake('zenvo ST1', ['Zenvo'])).toEqual({ make: 'Zenvo', rest: 'ST1' })
    expect(parseMake('Electra Meccanica Solo', ['', 'Electra', 'Electra Meccanica'])?.make).toBe(
      'Electra Meccanica',
    )
  })

  it('is every make of the list, written as it is, in capitals, and with hyphens for spaces', () => {
    for (const make of MAKES)
      for (const text of [make, make.toUpperCase(), make.replaceAll(' ', '-')])
        expect([text, parseMake(`${text} X1`)]).toEqual([text, { make, rest: 'X1' }])
  })
})

describe('a make automatically', () => {
  it('is written as its maker writes it, and left alone where it is not known', () => {
    expect(
      ['MERCEDES BENZ', 'bmw', 'Ram', 'Zenvo', 'Ford Truck'].map((make) => normalizeMake(make)),
    ).toEqual(['Mercedes-Benz', 'BMW', 'Ram', 'Zenvo', 'Ford Truck'])
    expect(normalizeMake('ZENVO', ['Zenvo'])).toBe('Zenvo')
  })
})

describe('the title of a car', () => {
  it.each([
    ['2021 Honda Accord EX-L', '2021 / Honda / Accord / EX-L'],
    ['Used 2021 Honda Accord', '2021 / Honda / Accord / -'],
    [
      'Certified Pre-Owned 2020 Land Rover Range Rover Sport HSE',
      '2020 / Land Rover / Range Rover Sport / HSE',
    ],
    ['2019 Range Rover Evoque SE', '2019 / Land Rover / Range Rover Evoque / SE'],
    ['2018 Alfa Romeo Giulia Ti | Riverside Motors', '2018 / Alfa Romeo / Giulia / Ti'],
    ['2016 Mercedes-Benz C-Class C 300 4MATIC', '2016 / Mercedes-Benz / C-Class / C 300 4MATIC'],
    ['2015 BMW 3 Series 328i SULEV', '2015 / BMW / 3 Series / 328i SULEV'],
    ['2022 Tesla Model 3 Long Range (AWD)', '2022 / Tesla / Model 3 / Long Range'],
    ['2017 Jeep Grand Cherokee Limited 4WD', '2017 / Jeep / Grand Cherokee / Limited 4WD'],
    ['2015 Ram 1500 SLT', '2015 / Ram / 1500 / SLT'],
    ['2015 Chevrolet Silverado 2500HD LTZ', '2015 / Chevrolet / Silverado 2500HD / LTZ'],
    ['2010 Chrysler Town & Country Touring', '2010 / Chrysler / Town & Country / Touring'],
    ['Low miles! 2021 Aston Martin Vantage', '2021 / Aston Martin / Vantage / -'],
    ['Honda Civic Si 2009', '2009 / Honda / Civic / Si'],
    ['New Ford F-150 Lariat', '- / Ford / F-150 / Lariat'],
    ['2021 Spaceship One', '2021 / - / - / -'],
    ['Come in and see', '- / - / - / -'],
    ['', '- / - / - / -'],
  ])('%s', (title, parts) => {
    expect(read(title)).toBe(parts)
  })

  it('has all of its model where the trim is known from elsewhere', () => {
    expect(read('2022 Honda Passport Elite Black Sport', undefined, 'Sport')).toBe(
      '2022 / Honda / Passport Elite Black / Sport',
    )
    expect(read('2022 Honda Passport Sport', undefined, 'Touring')).toBe(
      '2022 / Honda / Passport / Sport',
    )
  })

  it('may name a make of the catalog', () => {
    expect(read('2011 Zenvo ST1 Coupe', ['Zenvo'])).toBe('2011 / Zenvo / ST1 / Coupe')
  })

  it('is never more than it says, whatever it says, and never an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 400 })), (title) => {
        const { year, model, trim } = parseCarTitle(title)
        const flat = title.replaceAll(/\s+/g, ' ')
        for (const part of [model, trim]) expect(part === null || flat.includes(part)).toBe(true)
        expect(year === null || title.includes(String(year))).toBe(true)
      }),
    )
  })

  it('of a megabyte is read as quickly as a short one, by its beginning', () => {
    expect(read(`2021 Honda Accord ${'x '.repeat(500_000)}`)).toMatch(
      /^2021 \/ Honda \/ Accord \/ x x/,
    )
  })
})
