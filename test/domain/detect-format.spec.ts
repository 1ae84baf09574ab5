import { describe, expect, it } from '@jest/globals'
import { detectFormat } from '../../src/garage/imports/domain/detect-format.ts'

const FUELLY =
  'Type,MPG,Date,Time,Vehicle,Odometer,Filled Up,Cost/Gallon,Gallons,Total Cost,Octane,' +
  'Gas Brand,Location,Tags,Payment Type,Tire Pressure,Notes,Services'

const toRows = (...lines: string[]) =>
  lines.map((text, index) => ({ line: index + 1, cells: text.split(',') }))

describe('the format of a file', () => {
  it.each([
    [['## Vehicle', 'Name', 'Camry', '## Log', 'Data'], 'fuelio'],
    [['12000,2026-01-01 10:00:00,Gasoline', '#Service'], 'drivvo'],
    [['##Refuelling', 'Odometer,Date'], 'drivvo'],
    [['forecourt_record,date'], 'forecourt'],
    [[FUELLY], 'fuelly'],
    [[`Gas,30,3/1/2026,${','.repeat(14)}`], 'fuelly'],
    [['Date,Odometer,FuelConsumed,Cost,IsFillToFull'], 'lubelogger'],
    [['Date,Odometer,Description,Cost'], 'csv'],
    [['Type,Date'], 'csv'],
  ])('of %j is %s', (lines, format) => expect(detectFormat(toRows(...lines))).toBe(format))
})
