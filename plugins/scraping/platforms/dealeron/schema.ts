import { z } from 'zod'
import { optionalUnknown, lenientObject, textOrNumber } from '../json-response.ts'

/** The IDs of the search page in `#dealeron_tagging_data`. */
export const Tagging = z.object({
  dealerId: z.union([z.string().regex(/^\w{1,40}$/), z.number()]),
  pageId: z.union([z.string().regex(/^\w{1,40}$/), z.number()]),
})

/** The data that the next request needs. */
export const Carry = Tagging.extend({ step: z.literal('cards'), srp: z.string() })
export type Carry = z.infer<typeof Carry>

/** The response of the endpoint; each card is parsed separately. */
export const Cards = z.object({
  Paging: z
    .object({
      PaginationDataModel: z
        .object({ TotalCount: textOrNumber, TotalPages: textOrNumber })
        .nullish(),
    })
    .nullish(),
  DisplayCards: z.array(z.unknown()).nullish(),
})

/**
 * An advertisement or a car. `VehiclePriceLibrary` is base64. `VehicleInternetPrice` is always 0
 * and `TaggingPrice` is the MSRP, so they are not used.
 */
export const Card = z.object({
  IsAdCard: optionalUnknown,
  VehicleCard: lenientObject({
    VehicleVin: optionalUnknown,
    VehicleYear: optionalUnknown,
    VehicleMake: optionalUnknown,
    VehicleModel: optionalUnknown,
    VehicleTrim: optionalUnknown,
    VehicleName: optionalUnknown,
    VehicleMileage: optionalUnknown,
    Mileage: optionalUnknown,
    VehicleStockNumber: optionalUnknown,
    VehicleDetailUrl: optionalUnknown,
    VehicleCondition: optionalUnknown,
    VehicleType: optionalUnknown,
    VehicleFuelType: optionalUnknown,
    VehicleTransmission: optionalUnknown,
    VehicleBodyStyle: optionalUnknown,
    VehicleDriveTrain: optionalUnknown,
    ExteriorColorLabel: optionalUnknown,
    VehiclePriceLibrary: optionalUnknown,
    VehicleImageModel: lenientObject({
      VehicleImageCarouselModel: lenientObject({ PhotoList: optionalUnknown }),
    }),
  }),
})
export type VehicleCard = NonNullable<z.infer<typeof Card>['VehicleCard']>
