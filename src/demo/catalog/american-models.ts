/** Models of American makes in the US, in generations; see asian-models.ts. */
export const americanModels = `
Chevrolet | Bolt EV | 2017-2021 | LT, Premier | Electric | Single-speed
Chevrolet | Bolt EV | 2022-2023 | 1LT, 2LT | Electric | Single-speed
Chevrolet | Camaro | 2016-2021 | 1LT, 2LT | 2.0L Turbo I4 | 6-speed manual, 8-speed automatic
Chevrolet | Camaro | 2016-2018 | 1SS, 2SS | 6.2L V8 | 6-speed manual, 8-speed automatic
Chevrolet | Camaro | 2019-2024 | 1SS, 2SS | 6.2L V8 | 6-speed manual, 10-speed automatic
Chevrolet | Camaro | 2017-2024 | ZL1 | 6.2L Supercharged V8 | 6-speed manual, 10-speed automatic
Chevrolet | Corvette | 2014-2014 | Stingray | 6.2L V8 | 7-speed manual, 6-speed automatic
Chevrolet | Corvette | 2015-2019 | Stingray | 6.2L V8 | 7-speed manual, 8-speed automatic
Chevrolet | Corvette | 2017-2019 | Grand Sport | 6.2L V8 | 7-speed manual, 8-speed automatic
Chevrolet | Corvette | 2015-2019 | Z06 | 6.2L Supercharged V8 | 7-speed manual, 8-speed automatic
Chevrolet | Corvette | 2020-2025 | Stingray | 6.2L V8 | 8-speed dual clutch
Chevrolet | Corvette | 2023-2025 | Z06 | 5.5L V8 | 8-speed dual clutch
Chevrolet | Equinox | 2018-2023 | LS, LT, Premier | 1.5L Turbo I4 | 6-speed automatic
Chevrolet | Equinox | 2018-2020 | LT, Premier | 2.0L Turbo I4 | 9-speed automatic
Chevrolet | Malibu | 2008-2010 | LS | 2.4L I4 | 4-speed automatic
Chevrolet | Malibu | 2010-2012 | LT, LTZ | 2.4L I4 | 6-speed automatic
Chevrolet | Malibu | 2008-2012 | LTZ | 3.6L V6 | 6-speed automatic
Chevrolet | Malibu | 2016-2018 | LS, LT | 1.5L Turbo I4 | 6-speed automatic
Chevrolet | Malibu | 2019-2024 | LS, RS, LT | 1.5L Turbo I4 | CVT
Chevrolet | Malibu | 2017-2021 | Premier | 2.0L Turbo I4 | 9-speed automatic
Chevrolet | Silverado 1500 | 2019-2021 | WT, Custom | 4.3L V6 | 6-speed automatic
Chevrolet | Silverado 1500 | 2019-2021 | LT, RST | 2.7L Turbo I4 | 8-speed automatic
Chevrolet | Silverado 1500 | 2019-2021 | LT, RST, LTZ | 5.3L V8 | 8-speed automatic
Chevrolet | Silverado 1500 | 2019-2021 | LTZ, High Country | 6.2L V8 | 10-speed automatic
Chevrolet | Silverado 2500HD | 2015-2019 | WT, LT, LTZ | 6.0L V8 | 6-speed automatic
Chevrolet | Silverado 2500HD | 2015-2019 | LT, LTZ | 6.6L Turbo Diesel V8 | 6-speed automatic
Chevrolet | Tahoe | 2015-2016 | LS, LT, LTZ | 5.3L V8 | 6-speed automatic
Chevrolet | Tahoe | 2017-2020 | LS, LT, Premier | 5.3L V8 | 6-speed automatic
Chevrolet | Tahoe | 2021-2024 | LS, LT, RST, Z71, Premier | 5.3L V8 | 10-speed automatic
Chevrolet | Tahoe | 2021-2024 | High Country | 6.2L V8 | 10-speed automatic
Chrysler | Pacifica | 2017-2023 | Touring, Touring L, Limited | 3.6L V6 | 9-speed automatic
Chrysler | Pacifica Hybrid | 2018-2023 | Touring L, Limited | 3.6L Plug-in Hybrid V6 | e-CVT
Dodge | Challenger | 2015-2023 | SXT | 3.6L V6 | 8-speed automatic
Dodge | Challenger | 2015-2023 | R/T | 5.7L V8 | 6-speed manual, 8-speed automatic
Dodge | Challenger | 2015-2023 | R/T Scat Pack | 6.4L V8 | 6-speed manual, 8-speed automatic
Dodge | Charger | 2015-2023 | SXT | 3.6L V6 | 8-speed automatic
Dodge | Charger | 2015-2023 | R/T | 5.7L V8 | 8-speed automatic
Dodge | Charger | 2015-2020 | SRT Hellcat | 6.2L Supercharged V8 | 8-speed automatic
Dodge | Grand Caravan | 2011-2020 | SE, SXT | 3.6L V6 | 6-speed automatic
Ford | Escape | 2020-2022 | S, SE, SEL | 1.5L Turbo I3 | 8-speed automatic
Ford | Escape | 2020-2022 | SEL, Titanium | 2.0L Turbo I4 | 8-speed automatic
Ford | Explorer | 2016-2019 | Base, XLT, Limited | 3.5L V6 | 6-speed automatic
Ford | Explorer | 2016-2019 | Sport, Platinum | 3.5L Turbo V6 | 6-speed automatic
Ford | Explorer | 2020-2024 | Base, XLT, Limited | 2.3L Turbo I4 | 10-speed automatic
Ford | Explorer | 2020-2024 | ST, Platinum | 3.0L Turbo V6 | 10-speed automatic
Ford | F-150 | 2015-2017 | XL, XLT | 3.5L V6 | 6-speed automatic
Ford | F-150 | 2015-2017 | XL, XLT, Lariat | 2.7L Turbo V6 | 6-speed automatic
Ford | F-150 | 2015-2017 | XL, XLT, Lariat, King Ranch, Platinum | 5.0L V8 | 6-speed automatic
Ford | F-150 | 2018-2020 | XL, XLT | 3.3L V6 | 6-speed automatic
Ford | F-150 | 2018-2023 | XL, XLT, Lariat | 2.7L Turbo V6 | 10-speed automatic
Ford | F-150 | 2018-2023 | XL, XLT, Lariat, King Ranch, Platinum | 5.0L V8 | 10-speed automatic
Ford | F-150 | 2017-2023 | XLT, Lariat, King Ranch, Platinum | 3.5L Turbo V6 | 10-speed automatic
Ford | F-150 | 2021-2023 | XL, XLT | 3.3L V6 | 10-speed automatic
Ford | F-150 | 2021-2023 | XLT, Lariat, Platinum | 3.5L Turbo Hybrid V6 | 10-speed automatic
Ford | F-150 Raptor | 2017-2020 | Base | 3.5L Turbo V6 | 10-speed automatic
Ford | Maverick | 2022-2024 | XL, XLT, Lariat | 2.5L Hybrid I4 | e-CVT
Ford | Maverick | 2022-2024 | XL, XLT, Lariat | 2.0L Turbo I4 | 8-speed automatic
Ford | Mustang | 2015-2017 | V6 | 3.7L V6 | 6-speed manual, 6-speed automatic
Ford | Mustang | 2015-2017 | EcoBoost | 2.3L Turbo I4 | 6-speed manual, 6-speed automatic
Ford | Mustang | 2015-2017 | GT, GT Premium | 5.0L V8 | 6-speed manual, 6-speed automatic
Ford | Mustang | 2018-2023 | EcoBoost | 2.3L Turbo I4 | 6-speed manual, 10-speed automatic
Ford | Mustang | 2018-2025 | GT, GT Premium | 5.0L V8 | 6-speed manual, 10-speed automatic
Ford | Transit-250 | 2015-2019 | Base | 3.7L V6 | 6-speed automatic
Ford | Transit-250 | 2020-2024 | Base | 3.5L V6 | 10-speed automatic
Jeep | Grand Cherokee | 2014-2021 | Laredo, Limited, Overland | 3.6L V6 | 8-speed automatic
Jeep | Grand Cherokee | 2014-2020 | Limited, Overland | 5.7L V8 | 8-speed automatic
Jeep | Wrangler | 2018-2023 | Sport, Sahara, Rubicon | 3.6L V6 | 8-speed automatic
Jeep | Wrangler | 2018-2023 | Sport, Rubicon | 3.6L V6 | 6-speed manual
Jeep | Wrangler | 2018-2023 | Sport, Sahara, Rubicon | 2.0L Turbo I4 | 8-speed automatic
Ram | 1500 | 2019-2024 | Tradesman, Big Horn | 3.6L V6 | 8-speed automatic
Ram | 1500 | 2019-2024 | Big Horn, Laramie, Rebel, Limited | 5.7L V8 | 8-speed automatic
Ram | ProMaster 2500 | 2014-2021 | Base | 3.6L V6 | 6-speed automatic
Ram | ProMaster 2500 | 2022-2024 | Base | 3.6L V6 | 9-speed automatic
Tesla | Model 3 | 2019-2021 | Standard Range Plus | Electric | Single-speed
Tesla | Model 3 | 2018-2022 | Long Range, Performance | Electric | Single-speed
Tesla | Model Y | 2020-2024 | Long Range, Performance | Electric | Single-speed
`
