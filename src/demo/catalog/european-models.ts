/** Models of European makes in the US, in generations; see asian-models.ts. */
export const europeanModels = `
Audi | A4 | 2017-2024 | Premium, Premium Plus, Prestige | 2.0L Turbo I4 | 7-speed dual clutch
BMW | 3 Series | 2012-2016 | 328i | 2.0L Turbo I4 | 8-speed automatic, 6-speed manual
BMW | 3 Series | 2012-2015 | 335i | 3.0L Turbo I6 | 8-speed automatic, 6-speed manual
BMW | 3 Series | 2013-2018 | 320i | 2.0L Turbo I4 | 8-speed automatic, 6-speed manual
BMW | 3 Series | 2017-2018 | 330i | 2.0L Turbo I4 | 8-speed automatic, 6-speed manual
BMW | 3 Series | 2016-2018 | 340i | 3.0L Turbo I6 | 8-speed automatic, 6-speed manual
BMW | 3 Series | 2019-2025 | 330i | 2.0L Turbo I4 | 8-speed automatic
BMW | 3 Series | 2020-2025 | M340i | 3.0L Turbo I6 | 8-speed automatic
Mercedes-Benz | C-Class | 2015-2018 | C 300 | 2.0L Turbo I4 | 7-speed automatic
Mercedes-Benz | C-Class | 2019-2021 | C 300 | 2.0L Turbo I4 | 9-speed automatic
Mercedes-Benz | C-Class | 2017-2021 | AMG C 43 | 3.0L Turbo V6 | 9-speed automatic
MINI | Hardtop | 2014-2019 | Cooper | 1.5L Turbo I3 | 6-speed manual, 6-speed automatic
MINI | Hardtop | 2014-2019 | Cooper S | 2.0L Turbo I4 | 6-speed manual, 6-speed automatic
Volkswagen | Golf Alltrack | 2017-2019 | S | 1.8L Turbo I4 | 6-speed manual, 6-speed dual clutch
Volkswagen | Golf Alltrack | 2017-2019 | SE, SEL | 1.8L Turbo I4 | 6-speed dual clutch
Volkswagen | Golf GTI | 2015-2018 | S, SE, Autobahn | 2.0L Turbo I4 | 6-speed manual
Volkswagen | Golf GTI | 2015-2018 | S, SE, Autobahn | 2.0L Turbo I4 | 6-speed dual clutch
Volkswagen | Golf GTI | 2019-2021 | S, SE, Autobahn | 2.0L Turbo I4 | 6-speed manual
Volkswagen | Golf GTI | 2019-2021 | S, SE, Autobahn | 2.0L Turbo I4 | 7-speed dual clutch
Volkswagen | Golf GTI | 2022-2024 | S, SE, Autobahn | 2.0L Turbo I4 | 6-speed manual
Volkswagen | Golf GTI | 2022-2024 | S, SE, Autobahn | 2.0L Turbo I4 | 7-speed dual clutch
Volkswagen | Jetta | 2019-2021 | S, SE, R-Line, SEL | 1.4L Turbo I4 | 8-speed automatic
Volkswagen | Jetta | 2022-2024 | S, Sport, SE, SEL | 1.5L Turbo I4 | 8-speed automatic
Volvo | V90 Cross Country | 2018-2019 | T5 | 2.0L Turbo I4 | 8-speed automatic
Volvo | V90 Cross Country | 2017-2021 | T6 | 2.0L Turbo Supercharged I4 | 8-speed automatic
`
