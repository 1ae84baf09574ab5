/**
 * Models of Japanese and Korean makes in the US, in generations: make, model, model years, trims,
 * engine, transmissions.
 */
export const asianModels = `
Honda | Accord | 2013-2017 | LX, Sport | 2.4L I4 | CVT, 6-speed manual
Honda | Accord | 2013-2017 | EX, EX-L | 2.4L I4 | CVT
Honda | Accord | 2013-2017 | EX-L V6, Touring | 3.5L V6 | 6-speed automatic
Honda | Accord | 2018-2022 | LX, Sport 1.5T, EX, EX-L | 1.5L Turbo I4 | CVT
Honda | Accord | 2018-2022 | Sport 2.0T | 2.0L Turbo I4 | 10-speed automatic
Honda | Accord | 2018-2020 | EX-L 2.0T, Touring 2.0T | 2.0L Turbo I4 | 10-speed automatic
Honda | Accord | 2018-2022 | Hybrid EX-L, Hybrid Touring | 2.0L Hybrid I4 | e-CVT
Honda | Accord | 2023-2025 | LX, EX | 1.5L Turbo I4 | CVT
Honda | Accord | 2023-2025 | Sport Hybrid, EX-L Hybrid, Touring Hybrid | 2.0L Hybrid I4 | e-CVT
Honda | Civic | 2006-2011 | DX, LX, EX | 1.8L I4 | 5-speed manual, 5-speed automatic
Honda | Civic | 2006-2011 | Si | 2.0L I4 | 6-speed manual
Honda | Civic | 2016-2021 | LX | 2.0L I4 | CVT, 6-speed manual
Honda | Civic | 2016-2021 | Touring | 1.5L Turbo I4 | CVT
Honda | Civic | 2017-2020 | Si | 1.5L Turbo I4 | 6-speed manual
Honda | Civic | 2022-2024 | LX, Sport | 2.0L I4 | CVT
Honda | Civic | 2022-2024 | EX, Touring | 1.5L Turbo I4 | CVT
Honda | Civic | 2022-2025 | Si | 1.5L Turbo I4 | 6-speed manual
Honda | Civic Type R | 2017-2021 | Touring | 2.0L Turbo I4 | 6-speed manual
Honda | CR-V | 2017-2019 | LX | 2.4L I4 | CVT
Honda | CR-V | 2017-2022 | EX, EX-L, Touring | 1.5L Turbo I4 | CVT
Honda | CR-V | 2020-2022 | LX | 1.5L Turbo I4 | CVT
Honda | CR-V | 2020-2022 | Hybrid EX, Hybrid EX-L, Hybrid Touring | 2.0L Hybrid I4 | e-CVT
Honda | CR-V | 2023-2025 | LX, EX, EX-L | 1.5L Turbo I4 | CVT
Honda | CR-V | 2023-2025 | Sport Hybrid, Sport Touring Hybrid | 2.0L Hybrid I4 | e-CVT
Honda | Fit | 2015-2020 | LX, EX | 1.5L I4 | CVT, 6-speed manual
Honda | Fit | 2015-2020 | EX-L | 1.5L I4 | CVT
Honda | Odyssey | 2018-2019 | LX, EX, EX-L | 3.5L V6 | 9-speed automatic
Honda | Odyssey | 2018-2019 | Touring, Elite | 3.5L V6 | 10-speed automatic
Honda | Odyssey | 2020-2024 | EX, EX-L, Touring, Elite | 3.5L V6 | 10-speed automatic
Honda | Pilot | 2016-2020 | LX, EX, EX-L | 3.5L V6 | 6-speed automatic
Honda | Pilot | 2016-2022 | Touring, Elite | 3.5L V6 | 9-speed automatic
Honda | Pilot | 2021-2022 | EX, EX-L | 3.5L V6 | 9-speed automatic
Hyundai | IONIQ 5 | 2022-2024 | SE Standard Range, SE, SEL, Limited | Electric | Single-speed
Hyundai | Tucson | 2022-2024 | SE, SEL, Limited | 2.5L I4 | 8-speed automatic
Kia | K5 | 2021-2024 | LXS, GT-Line, EX | 1.6L Turbo I4 | 8-speed automatic
Kia | K5 | 2021-2024 | GT | 2.5L Turbo I4 | 8-speed dual clutch
Kia | Telluride | 2020-2025 | LX, S, EX, SX | 3.8L V6 | 8-speed automatic
Lexus | RX | 2016-2022 | 350, 350 F SPORT | 3.5L V6 | 8-speed automatic
Lexus | RX | 2016-2022 | 450h | 3.5L Hybrid V6 | e-CVT
Mazda | CX-5 | 2017-2021 | Sport, Touring, Grand Touring | 2.5L I4 | 6-speed automatic
Mazda | CX-5 | 2019-2021 | Grand Touring Reserve, Signature | 2.5L Turbo I4 | 6-speed automatic
Mazda | MX-5 Miata | 2016-2024 | Sport, Club | 2.0L I4 | 6-speed manual
Mazda | MX-5 Miata | 2016-2024 | Grand Touring | 2.0L I4 | 6-speed manual, 6-speed automatic
Nissan | Altima | 2013-2018 | 2.5, 2.5 S, 2.5 SV, 2.5 SL | 2.5L I4 | CVT
Nissan | Altima | 2013-2017 | 3.5 SL | 3.5L V6 | CVT
Nissan | Altima | 2019-2024 | S, SV, SR, SL | 2.5L I4 | CVT
Nissan | Rogue | 2014-2020 | S, SV, SL | 2.5L I4 | CVT
Nissan | Rogue | 2022-2024 | S, SV, SL, Platinum | 1.5L Turbo I3 | CVT
Subaru | BRZ | 2013-2020 | Limited | 2.0L H4 | 6-speed manual, 6-speed automatic
Subaru | BRZ | 2022-2024 | Premium, Limited | 2.4L H4 | 6-speed manual, 6-speed automatic
Subaru | Forester | 2019-2024 | Base, Premium, Sport, Limited, Touring | 2.5L H4 | CVT
Subaru | Outback | 2015-2019 | 2.5i, 2.5i Premium, 2.5i Limited | 2.5L H4 | CVT
Subaru | Outback | 2015-2019 | 3.6R Limited | 3.6L H6 | CVT
Subaru | Outback | 2020-2024 | Base, Premium, Limited, Touring | 2.5L H4 | CVT
Subaru | Outback | 2020-2024 | Onyx Edition XT, Limited XT, Touring XT | 2.4L Turbo H4 | CVT
Toyota | 4Runner | 2010-2024 | SR5, Limited | 4.0L V6 | 5-speed automatic
Toyota | 4Runner | 2015-2024 | TRD Pro | 4.0L V6 | 5-speed automatic
Toyota | 4Runner | 2017-2024 | TRD Off-Road | 4.0L V6 | 5-speed automatic
Toyota | Camry | 2018-2024 | LE, SE, XLE, XSE | 2.5L I4 | 8-speed automatic
Toyota | Camry | 2018-2024 | XLE V6, XSE V6 | 3.5L V6 | 8-speed automatic
Toyota | Camry | 2018-2024 | Hybrid LE, Hybrid SE, Hybrid XLE | 2.5L Hybrid I4 | e-CVT
Toyota | Camry | 2025-2026 | LE, SE, XLE, XSE | 2.5L Hybrid I4 | e-CVT
Toyota | Corolla | 2020-2022 | L, LE, XLE | 1.8L I4 | CVT
Toyota | Corolla | 2020-2022 | SE | 2.0L I4 | CVT, 6-speed manual
Toyota | Corolla | 2023-2025 | LE, SE, XSE | 2.0L I4 | CVT
Toyota | Corolla | 2020-2025 | Hybrid LE | 1.8L Hybrid I4 | e-CVT
Toyota | Highlander | 2020-2022 | L, LE, XLE, Limited, Platinum | 3.5L V6 | 8-speed automatic
Toyota | Highlander | 2023-2025 | LE, XLE, Limited, Platinum | 2.4L Turbo I4 | 8-speed automatic
Toyota | Highlander | 2020-2025 | Hybrid XLE, Hybrid Limited | 2.5L Hybrid I4 | e-CVT
Toyota | Prius | 2016-2018 | Two, Three, Four | 1.8L Hybrid I4 | e-CVT
Toyota | Prius | 2019-2022 | L Eco, LE, XLE, Limited | 1.8L Hybrid I4 | e-CVT
Toyota | Prius | 2023-2025 | LE, XLE, Limited | 2.0L Hybrid I4 | e-CVT
Toyota | RAV4 | 2019-2025 | LE, XLE, XLE Premium, Limited | 2.5L I4 | 8-speed automatic
Toyota | RAV4 | 2020-2024 | TRD Off-Road | 2.5L I4 | 8-speed automatic
Toyota | RAV4 | 2019-2025 | Hybrid LE, Hybrid XLE, Hybrid Limited | 2.5L Hybrid I4 | e-CVT
Toyota | RAV4 Prime | 2021-2024 | SE, XSE | 2.5L Plug-in Hybrid I4 | e-CVT
Toyota | Tacoma | 2016-2023 | SR | 2.7L I4 | 6-speed automatic
Toyota | Tacoma | 2016-2023 | SR5, Limited | 3.5L V6 | 6-speed automatic
Toyota | Tacoma | 2016-2023 | TRD Sport, TRD Off-Road | 3.5L V6 | 6-speed automatic, 6-speed manual
Toyota | Tacoma | 2024-2025 | SR, SR5, Limited | 2.4L Turbo I4 | 8-speed automatic
Toyota | Tundra | 2014-2021 | SR5, Limited, Platinum, 1794 Edition | 5.7L V8 | 6-speed automatic
`
