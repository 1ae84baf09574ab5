import { describe, expect, it } from '@jest/globals'
import {
  CAR_SPELLINGS,
  isSameSpelling,
  normalizeBodyStyle,
  normalizeDrivetrain,
  normalizeFuelType,
  normalizeTransmission,
} from '../../src/domain/car-words.ts'

describe('the words of a car are spelled as the lot does', () => {
  it.each([
    [normalizeBodyStyle, 'suv', 'SUV'],
    [normalizeBodyStyle, 'Sport Utility', 'SUV'],
    [normalizeBodyStyle, 'pickup truck', 'Pickup'],
    [normalizeFuelType, 'GAS', 'Gasoline'],
    [normalizeFuelType, 'plug-in hybrid', 'Plug-in Hybrid'],
    [normalizeDrivetrain, '4x4', '4WD'],
    [normalizeDrivetrain, 'all-wheel drive', 'AWD'],
    [normalizeTransmission, 'automatic', 'Automatic'],
    [normalizeTransmission, '6 speed auto', '6-Speed Automatic'],
    [normalizeTransmission, '8-spd. Automatic', '8-Speed Automatic'],
    [normalizeTransmission, '10-Speed Automatic', '10-Speed Automatic'],
    [normalizeTransmission, 'ecvt', 'eCVT'],
    [CAR_SPELLINGS['make'], 'mercedes benz', 'Mercedes-Benz'],
    [CAR_SPELLINGS['make'], 'CHEVY', 'Chevrolet'],
  ])('%p: %s is %s', (spell, written, spelled) => {
    expect(spell?.(written)).toBe(spelled)
  })

  it.each([
    [normalizeBodyStyle, 'Shooting brake'],
    [normalizeFuelType, 'wood gas'],
    [normalizeDrivetrain, ''],
    [normalizeTransmission, '6-Speed Dual-Clutch with paddles'],
    [normalizeTransmission, 'Single-Speed'],
    [CAR_SPELLINGS['make'], 'Wiesmann'],
  ])('%p leaves %s as it is', (spell, written) => {
    expect(spell?.(written)).toBe(written)
  })
})

describe('two spellings', () => {
  it.each([
    ['make', 'honda', 'Honda', true],
    ['model', 'cr-v', 'CR-V', true],
    ['fuelType', 'gas', 'Gasoline', true],
    ['fuelType', 'gas', 'Diesel', false],
    ['exteriorColor', 'red', 'Red', false],
  ])('of %s, %s and %s: %p', (field, one, other, same) => {
    expect(isSameSpelling(field, one, other)).toBe(same)
  })
})
