import { describe, expect, it } from '@jest/globals'
import { parseCarTitle } from '../../src/domain/makes.ts'
import { findModel } from '../../src/domain/models.ts'

const named = (title: string) => {
  const { make, model, trim } = parseCarTitle(title)
  return [make, model, trim].map((part) => part ?? '-').join(' / ')
}

describe('the model of a title', () => {
  it.each([
    ['2019 Chevrolet Bolt EV Premier', 'Chevrolet / Bolt EV / Premier'],
    ['2022 Chevy Bolt EUV LT', 'Chevrolet / Bolt EUV / LT'],
    ['2024 Chevrolet Equinox EV 2LT', 'Chevrolet / Equinox EV / 2LT'],
    ['2024 Chevrolet Equinox LT', 'Chevrolet / Equinox / LT'],
    ['2024 Chevrolet Blazer EV RS', 'Chevrolet / Blazer EV / RS'],
    ['2024 Chevrolet Blazer RS', 'Chevrolet / Blazer / RS'],
    ['2020 Chevrolet Silverado 1500 LT', 'Chevrolet / Silverado 1500 / LT'],
    [
      '2020 Chevrolet Silverado 2500 HD High Country',
      'Chevrolet / Silverado 2500 HD / High Country',
    ],
    ['2021 Toyota Prius Prime LE', 'Toyota / Prius Prime / LE'],
    ['2021 Toyota Prius LE', 'Toyota / Prius / LE'],
    ['2021 Toyota PRIUS PRIME', 'Toyota / PRIUS PRIME / -'],
    ['2023 Toyota Corolla Cross XLE', 'Toyota / Corolla Cross / XLE'],
    ['2023 Toyota Corolla Cross Hybrid SE', 'Toyota / Corolla Cross / Hybrid SE'],
    ['2023 Toyota Corolla Hybrid LE', 'Toyota / Corolla / Hybrid LE'],
    ['2021 Toyota RAV4 Prime XSE', 'Toyota / RAV4 Prime / XSE'],
    ['2021 Toyota RAV4 Hybrid XSE', 'Toyota / RAV4 / Hybrid XSE'],
    ['2024 Toyota Grand Highlander Limited', 'Toyota / Grand Highlander / Limited'],
    ['2022 Jeep Grand Cherokee L Limited 4x4', 'Jeep / Grand Cherokee L / Limited 4x4'],
    ['2022 Jeep Grand Cherokee Limited', 'Jeep / Grand Cherokee / Limited'],
    ['2022 Jeep Grand Cherokee Laredo', 'Jeep / Grand Cherokee / Laredo'],
    ['2022 Jeep Grand Cherokee L', 'Jeep / Grand Cherokee L / -'],
    ['2018 Jeep Wrangler Unlimited Sahara', 'Jeep / Wrangler Unlimited / Sahara'],
    ['2020 Tesla Model 3 Long Range', 'Tesla / Model 3 / Long Range'],
    ['2020 Hyundai Santa Fe SEL', 'Hyundai / Santa Fe / SEL'],
    ['2017 Hyundai Santa Fe Sport 2.4', 'Hyundai / Santa Fe Sport / 2.4'],
    ['2023 Hyundai Ioniq 5 SEL', 'Hyundai / Ioniq 5 / SEL'],
    ['2023 Hyundai IONIQ5 SEL', 'Hyundai / IONIQ5 / SEL'],
    ['2019 Land Rover Range Rover Sport HSE', 'Land Rover / Range Rover Sport / HSE'],
    ['2019 Land Rover Range Rover HSE', 'Land Rover / Range Rover / HSE'],
    ['2019 Land Rover Discovery Sport SE', 'Land Rover / Discovery Sport / SE'],
    ['2019 Land Rover Discovery SE', 'Land Rover / Discovery / SE'],
    ['2019 Ram 1500 Classic SLT', 'Ram / 1500 Classic / SLT'],
    ['2019 Ram 1500 Big Horn', 'Ram / 1500 / Big Horn'],
    ['2010 Dodge Ram 1500 SLT', 'Dodge / Ram 1500 / SLT'],
    ['2021 Ford Mustang Mach-E Premium', 'Ford / Mustang Mach-E / Premium'],
    ['2021 Ford Mustang Mach E GT', 'Ford / Mustang Mach E / GT'],
    ['2021 Ford Mustang Mach 1', 'Ford / Mustang / Mach 1'],
    ['2022 Ford F-150 Lightning Pro', 'Ford / F-150 Lightning / Pro'],
    ['2022 Ford F 150 XLT', 'Ford / F 150 / XLT'],
    ['2019 Ford Transit Connect XL', 'Ford / Transit Connect / XL'],
    ['2019 Ford Transit-150 Cargo', 'Ford / Transit-150 / Cargo'],
    ['2021 Ford Bronco Sport Badlands', 'Ford / Bronco Sport / Badlands'],
    ['2018 BMW 3 Series 330i', 'BMW / 3 Series / 330i'],
    ['2020 BMW X3 M40i', 'BMW / X3 / M40i'],
    ['2018 Mercedes-Benz C-Class C 300', 'Mercedes-Benz / C-Class / C 300'],
    ['2020 Mercedes-Benz GLC 300 4MATIC', 'Mercedes-Benz / GLC / 300 4MATIC'],
    ['2021 Subaru Crosstrek Premium', 'Subaru / Crosstrek / Premium'],
    ['2014 Chrysler Town and Country Touring', 'Chrysler / Town and Country / Touring'],
    ['2016 Dodge Grand Caravan SXT', 'Dodge / Grand Caravan / SXT'],
    ['2016 Dodge Grand Caravan SE Plus', 'Dodge / Grand Caravan / SE Plus'],
    ['2019 MINI Cooper Countryman ALL4', 'MINI / Cooper Countryman / ALL4'],
    ['2019 MINI Cooper S', 'MINI / Cooper / S'],
    ['2015 Bentley Continental GT Speed', 'Bentley / Continental GT / Speed'],
    ['2022 Audi e-tron GT Prestige', 'Audi / e-tron GT / Prestige'],
    ['2022 Audi e-tron Premium', 'Audi / e-tron / Premium'],
    ['2021 Mazda CX 5 Touring', 'Mazda / CX 5 / Touring'],
    ['2021 Mazda CX-5 Touring', 'Mazda / CX-5 / Touring'],
    ['2019 Volkswagen Golf R-Line', 'Volkswagen / Golf / R-Line'],
    ['2019 Volkswagen Golf R', 'Volkswagen / Golf R / -'],
    ['2022 Volkswagen Atlas Cross Sport SEL', 'Volkswagen / Atlas Cross Sport / SEL'],
    ['2024 Chevrolet Silverado EV RST', 'Chevrolet / Silverado EV / RST'],
    ['2020 Mitsubishi Outlander Sport ES', 'Mitsubishi / Outlander Sport / ES'],
    ['2018 Nissan Rogue Sport SV', 'Nissan / Rogue Sport / SV'],
    ['2021 Honda Civic Type R Touring', 'Honda / Civic / Type R Touring'],
    ['2022 Hyundai Elantra N Line', 'Hyundai / Elantra / N Line'],
    ['2022 Hyundai Elantra N', 'Hyundai / Elantra N / -'],
    ['2025 Hyundai Ioniq 5 N Line', 'Hyundai / Ioniq 5 / N Line'],
    ['2022 Volkswagen Golf R Line', 'Volkswagen / Golf / R Line'],
    ['2022 BMW X5 M Sport', 'BMW / X5 / M Sport'],
    ['2022 BMW X5 M Competition', 'BMW / X5 M / Competition'],
    ['2022 Lexus RC F Sport', 'Lexus / RC / F Sport'],
    ['2022 Lexus RC F', 'Lexus / RC F / -'],
    ['2023 Jeep Wagoneer Series II', 'Jeep / Wagoneer / Series II'],
    ['2023 Jeep Grand Wagoneer L Series II', 'Jeep / Grand Wagoneer L / Series II'],
    ['2020 Ford Expedition MAX XLT', 'Ford / Expedition MAX / XLT'],
    ['2010 Ford Expedition EL Limited', 'Ford / Expedition EL / Limited'],
    ['2008 Ford Explorer Sport Trac XLT', 'Ford / Explorer Sport Trac / XLT'],
    ['2022 Chevrolet Silverado 1500 LTD Custom', 'Chevrolet / Silverado 1500 LTD / Custom'],
    ['2019 Ram Ram Pickup 1500 SLT', 'Ram / Ram Pickup 1500 / SLT'],
    ['2024 VinFast VF 8 Eco', 'VinFast / VF 8 / Eco'],
    ['2021 INFINITI QX 60 Luxe', 'INFINITI / QX 60 / Luxe'],
    ['2023 Mercedes-Maybach S-Class S 580', 'Mercedes-Benz / S-Class / S 580'],
    ['2023 Mercedes-Benz Maybach GLS 600', 'Mercedes-Benz / Maybach GLS / 600'],
    ['2020 MINI John Cooper Works Countryman ALL4', 'MINI / John Cooper Works Countryman / ALL4'],
    ['2023 Mazda3 2.5 S', 'Mazda / Mazda3 / 2.5 S'],
    ['2019 Kia Soul EV +', 'Kia / Soul EV / +'],
    ['2025 Toyota Land Cruiser 1958', 'Toyota / Land Cruiser / 1958'],
    ['2021 Jeep Grand Cherokee® L Limited', 'Jeep / Grand Cherokee L / Limited'],
    ['Used 2021 Toyota Prius Prime LE for Sale in Boston', 'Toyota / Prius Prime / LE'],
    ['Toyota Prius Prime LE 2021', 'Toyota / Prius Prime / LE'],
  ])('%s', (title, expected) => {
    expect(named(title)).toBe(expected)
  })

  it('may be one that the catalog knows, of that make alone', () => {
    const catalog = ['Zenvo', { make: 'Zenvo', model: 'TSR S' }]
    expect(findModel('Zenvo', 'TSR-S Coupe', catalog)).toBe('TSR-S')
    expect(findModel('Ford', 'TSR S Coupe', catalog)).toBe('TSR')
    expect(parseCarTitle('2020 Zenvo TSR S Coupe', catalog)).toMatchObject({
      make: 'Zenvo',
      model: 'TSR S',
      trim: 'Coupe',
    })
    expect(findModel('Zenvo', '', catalog)).toBe('')
  })
})
