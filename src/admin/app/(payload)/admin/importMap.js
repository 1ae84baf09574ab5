import { VehicleOverview as VehicleOverview_639ea5094967602285d91dea41bf9bb1 } from '../../../../../src/admin/garage/vehicle-overview.tsx'
import { OwnerCell as OwnerCell_d90c04f5cc0e376f47e631778eaf5c1c } from '../../../../../src/admin/garage/owner-cell.tsx'
import { OwnerPicker as OwnerPicker_eecf2c2955c2cbca677fbbd2e458440e } from '../../../../../src/admin/garage/owner-picker.tsx'
import { DecodeVin as DecodeVin_ac9b7eaa2309242ca25a56e7339e8f80 } from '../../../../../src/admin/vin/decode-vin.tsx'
import { CatalogField as CatalogField_51ae2490035d884b52c2eed08e319a24 } from '../../../../../src/admin/catalog/catalog-field.tsx'
import { WholeDistanceCell as WholeDistanceCell_f4f48c8ba04eaea4e90471f1d812f748 } from '../../../../../src/admin/garage/unit-cells.tsx'
import { ConfirmOdometer as ConfirmOdometer_371d1d3163276248a2bda6ec71dfa054 } from '../../../../../src/admin/garage/confirm-odometer.tsx'
import { VehicleStatusCell as VehicleStatusCell_20a63127bf11721b661dda57e267b701 } from '../../../../../src/admin/garage/vehicle-status-cell.tsx'
import { VehicleLife as VehicleLife_7ff575a0b105985690365600a9e856f1 } from '../../../../../src/admin/garage/vehicle-life.tsx'
import { DayCell as DayCell_d1ec02dbd14037b4ae43dbe3bd7f767e } from '../../../../../src/admin/cells/day-cell.tsx'
import { DayField as DayField_eeb1d3f0a36d969d1168946041dbc6a4 } from '../../../../../src/admin/fields/day-field.tsx'
import { OwnerMoneyCell as OwnerMoneyCell_f4f48c8ba04eaea4e90471f1d812f748 } from '../../../../../src/admin/garage/unit-cells.tsx'
import { VehicleStats as VehicleStats_c28e77c056a35e3f8272b7f307cb8fdb } from '../../../../../src/admin/garage/vehicle-stats.tsx'
import { VehicleRows as VehicleRows_8e95365262385f37621bcaef96e9068c } from '../../../../../src/admin/garage/vehicle-rows.tsx'
import { VehicleDue as VehicleDue_09afd0c9c677d6d14386f51da3139320 } from '../../../../../src/admin/garage/vehicle-due.tsx'
import { VehicleSharing as VehicleSharing_372cc118858823de3d59397e212cd387 } from '../../../../../src/admin/sharing/vehicle-sharing.tsx'
import { HistoryTransfer as HistoryTransfer_e0e1673a6e5ff18b2b8e12c52933623d } from '../../../../../src/admin/garage/history-transfer.tsx'
import { FailedSave as FailedSave_9cff63a99f800461e6e074b1790bea99 } from '../../../../../src/admin/errors/failed-save.tsx'
import { ListScreen as ListScreen_5cfc2cf316788de8e31e3ea683a638c0 } from '../../../../../src/admin/list/list-screen.tsx'
import { RowTitle as RowTitle_c1369d51ea5127ba0445d65890d53b2b } from '../../../../../src/admin/garage/row-title.tsx'
import { RowTitleCell as RowTitleCell_4490c59b68431936fd77134e10a0e067 } from '../../../../../src/admin/garage/row-title-cell.tsx'
import { RelationCell as RelationCell_c40e409fee2c56233b3ee268c428984b } from '../../../../../src/admin/cells/relation-cell.tsx'
import { DistanceCell as DistanceCell_f4f48c8ba04eaea4e90471f1d812f748 } from '../../../../../src/admin/garage/unit-cells.tsx'
import { FuelAmountCell as FuelAmountCell_f4f48c8ba04eaea4e90471f1d812f748 } from '../../../../../src/admin/garage/unit-cells.tsx'
import { FuelPriceCell as FuelPriceCell_f4f48c8ba04eaea4e90471f1d812f748 } from '../../../../../src/admin/garage/unit-cells.tsx'
import { FuelTypeSelect as FuelTypeSelect_178f9f02db847c348be0940034cdcf7c } from '../../../../../src/admin/garage/fuel-selects.tsx'
import { FuelGradeSelect as FuelGradeSelect_178f9f02db847c348be0940034cdcf7c } from '../../../../../src/admin/garage/fuel-selects.tsx'
import { AttachedFiles as AttachedFiles_a36642a92eed7a4959ff6529d2390a45 } from '../../../../../src/admin/documents/attached-files.tsx'
import { CategorySelect as CategorySelect_a1284fbf75904cba9ebd7a6acd273faa } from '../../../../../src/admin/garage/maintenance-selects.tsx'
import { ListCell as ListCell_f6ec5b55cced10511095de70226ec885 } from '../../../../../src/admin/cells/list-cell.tsx'
import { SubtypesSelect as SubtypesSelect_a1284fbf75904cba9ebd7a6acd273faa } from '../../../../../src/admin/garage/maintenance-selects.tsx'
import { NotYetBanner as NotYetBanner_a83570a18f4a9bf585458f3931c1e9bd } from '../../../../../src/admin/list/not-yet-banner.tsx'
import { DocumentDetails as DocumentDetails_a2e0251ad68aacbcfe4648d6c3584777 } from '../../../../../src/admin/documents/document-details.tsx'
import { StationReports as StationReports_c5490472d72edf6a262b2fb9d7688123 } from '../../../../../src/admin/stations/station-reports.tsx'
import { JsonEditor as JsonEditor_7091f3f81d42000f9fd70a17baad1dd6 } from '../../../../../src/admin/json/json-editor.tsx'
import { TitleCell as TitleCell_f19a337ae626025238c46953a822982c } from '../../../../../src/admin/lot/title-cell.tsx'
import { MileageCell as MileageCell_75d07ab0bee359d7578531d990bd08ad } from '../../../../../src/admin/lot/figure-cells.tsx'
import { MoneyCell as MoneyCell_75d07ab0bee359d7578531d990bd08ad } from '../../../../../src/admin/lot/figure-cells.tsx'
import { CurrencySign as CurrencySign_5d1561c5ea3ec83d9363327e1ed11d9f } from '../../../../../src/admin/fields/currency-sign.tsx'
import { CarPhotoProblems as CarPhotoProblems_f67787bc0975c00b0c17f5f523c69255 } from '../../../../../src/admin/lot/photo-problems.tsx'
import { PhotoGallery as PhotoGallery_b636128fa6f3d1d736d0b5c50d6abb75 } from '../../../../../src/admin/lot/photo-gallery.tsx'
import { FeatureList as FeatureList_18ced80438d573d7655a1b227af16b61 } from '../../../../../src/admin/lot/feature-list.tsx'
import { SharedHistory as SharedHistory_5200e986a3354e3f71c676a85292f11b } from '../../../../../src/admin/vehicle-history/shared-history.tsx'
import { ThumbnailCell as ThumbnailCell_d58b9ceabdbb96bdd16cdb86ab79f54a } from '../../../../../src/admin/lot/thumbnail-cell.tsx'
import { CarTimeline as CarTimeline_b2c34df1b492c64567d468d23c2dc68f } from '../../../../../src/admin/lot/car-timeline.tsx'
import { CarMarket as CarMarket_b8f0672b8fa7cc9099fcebef68cf1488 } from '../../../../../plugins/market/admin/car-market.tsx'
import { CarFeedList as CarFeedList_f8a3a679bf6d4c90ea28ba43638607b8 } from '../../../../../plugins/exports/admin/car-feeds.tsx'
import { StatusCell as StatusCell_ec24e5388daf067fd49eff6b0d68eca9 } from '../../../../../src/admin/lot/status-cell.tsx'
import { StockWork as StockWork_59c578b6f2b49bb611b9e02d391121cf } from '../../../../../src/admin/lot/stock-work.tsx'
import { TakesWithIt as TakesWithIt_c1baffb9925c5c2dc657b6054c4bfd00 } from '../../../../../src/admin/lot/cascade-notice.tsx'
import { FeedLightCell as FeedLightCell_aa06cb1245b64c8e2b9f4caa4d1b1adf } from '../../../../../plugins/exports/admin/feed-light-cell.tsx'
import { PhotoProblemsNotice as PhotoProblemsNotice_f67787bc0975c00b0c17f5f523c69255 } from '../../../../../src/admin/lot/photo-problems.tsx'
import { ChangePrices as ChangePrices_0182c01e645eee0233fc003310546e6c } from '../../../../../src/admin/lot/change-prices.tsx'
import { UndoBatch as UndoBatch_21f5f2554d87c03006f006685105182c } from '../../../../../src/admin/lot/undo-batch.tsx'
import { SubmissionReview as SubmissionReview_bd678dd8356e57a5ae9500480f4e5a7d } from '../../../../../src/admin/review/submission-review.tsx'
import { SubmissionMarket as SubmissionMarket_deb918c86f6c8547f21e9a361a9538c8 } from '../../../../../plugins/market/admin/submission-market.tsx'
import { SubmissionAppraisal as SubmissionAppraisal_830555ab06a5b68f9fe366a71340e1a5 } from '../../../../../src/admin/review/submission-appraisal.tsx'
import { StageCell as StageCell_3d072c03c6e52e5bd1aec3dfe62be234 } from '../../../../../src/admin/review/stage-cell.tsx'
import { NotShown as NotShown_88e9e00d2199501031ae0464cf3ba6c1 } from '../../../../../src/admin/review/not-shown.tsx'
import { WaitingCell as WaitingCell_353a0b83b4e918e26f020bf44d41d3fa } from '../../../../../src/admin/review/waiting-cell.tsx'
import { StageFilters as StageFilters_381ffeda0e70e5cffd1411db875a757a } from '../../../../../src/admin/review/stage-filters.tsx'
import { ChoiceTitle as ChoiceTitle_3953d0bf7766e43b05b3bbfd47a60a0d } from '../../../../../src/admin/ui/choice-title.tsx'
import { MappingField as MappingField_0f5b83ddb023496ee832283735170285 } from '../../../../../plugins/exports/admin/mapping-field.tsx'
import { FeedDelivery as FeedDelivery_759f31c21da89282ed16a5132c8305ad } from '../../../../../plugins/exports/admin/feed-delivery.tsx'
import { ChangeList as ChangeList_07a3839410f5801635c92316483ff6c0 } from '../../../../../plugins/exports/admin/change-list.tsx'
import { ComparablesTable as ComparablesTable_33570a04ec4a6ae1c79848679d9196d7 } from '../../../../../src/admin/json/comparables-table.tsx'
import { JsonView as JsonView_ddbe42ce53e09b1da810f41ebe158b9b } from '../../../../../src/admin/json/json-view.tsx'
import { HealthCell as HealthCell_2e3386cfea9a1410e9fe578ad2ce693b } from '../../../../../plugins/scraping/admin/health-cell.tsx'
import { CompetitorScreen as CompetitorScreen_1f5374ef8368fe93bc9f729553c016f0 } from '../../../../../plugins/scraping/admin/competitor-screen.tsx'
import { OwnerGarage as OwnerGarage_12df6ef3e3f3f17262cf0073f70c53d9 } from '../../../../../src/admin/garage/owner-garage.tsx'
import { CurrentPassword as CurrentPassword_32e92a46a397ac6f2873ed0f2332984c } from '../../../../../src/admin/people/current-password.tsx'
import { StaffWork as StaffWork_4bedab700a890d35ef4678403aec5eb3 } from '../../../../../src/admin/review/staff-work.tsx'
import { Invite as Invite_0a655d44ed0a3964541db7966494e993 } from '../../../../../src/admin/people/invite.tsx'
import { UserView as UserView_3a47ae6d3055b495d096564371784c7c } from '../../../../../src/admin/people/user-view.tsx'
import { ActorCell as ActorCell_784297b7419b3f3b3b34eca0a6ea6c78 } from '../../../../../src/admin/cells/actor.tsx'
import { ActorField as ActorField_784297b7419b3f3b3b34eca0a6ea6c78 } from '../../../../../src/admin/cells/actor.tsx'
import { ChangesDiff as ChangesDiff_0ce46febcf9b20c3a4e8e1c8468ae6e5 } from '../../../../../src/admin/json/changes-diff.tsx'
import { MailPreview as MailPreview_2eee476964b936bb08f2f0c1351a0ae2 } from '../../../../../src/admin/mail/mail-preview.tsx'
import { MailStatusCell as MailStatusCell_8df6065feafd31ef27d102f71f076688 } from '../../../../../src/admin/mail/mail-status-cell.tsx'
import { Icon as Icon_eb58636b4f959a7d1e7b067d98c6b605 } from '../../../../../src/admin/brand.tsx'
import { Logo as Logo_eb58636b4f959a7d1e7b067d98c6b605 } from '../../../../../src/admin/brand.tsx'
import { SignInHelp as SignInHelp_524be6c186f0ec3175f56a6794a973f3 } from '../../../../../src/admin/sign-in/sign-in-help.tsx'
import { JobsLink as JobsLink_38822423ba521269ecf4f26c605778b1 } from '../../../../../src/admin/jobs/jobs-link.tsx'
import { MarketLink as MarketLink_daf941d65c37b8e672502013981bd28a } from '../../../../../plugins/market/admin/market-link.tsx'
import { DoctorLink as DoctorLink_000aa3974ff5346191acd98aa64a6538 } from '../../../../../plugins/exports/admin/doctor-link.tsx'
import { WaysIn as WaysIn_16a452f6575a5448053792d410f368d9 } from '../../../../../src/admin/sign-in/sign-in-methods.tsx'
import { SessionKeeper as SessionKeeper_5332719bbaaf782f0adfbf43d5b93b88 } from '../../../../../src/admin/session-keeper.tsx'
import { FullErrorMessages as FullErrorMessages_3719e73e66968a76fbf6404877aa5fad } from '../../../../../src/admin/errors/full-error-messages.tsx'
import { SignInView as SignInView_4c4b285b24157419dd7f07e1f7c6c0cf } from '../../../../../src/admin/sign-in/sign-in-view.tsx'
import { ForgotView as ForgotView_250b1ba475c0e6b32fc6478325289e81 } from '../../../../../src/admin/sign-in/forgot-view.tsx'
import { SignOutView as SignOutView_90bfded5d81d74e1c99173a8a31d2a58 } from '../../../../../src/admin/sign-in/sign-out-view.tsx'
import { LotToday as LotToday_2a12b9c34ac1b065ac7c26078df7881f } from '../../../../../src/admin/dashboard/lot-today.tsx'
import { NoAdminYet as NoAdminYet_351a610df01bc6400fa2de07c592a7df } from '../../../../../src/admin/no-admin-yet.tsx'
import { JobsView as JobsView_1b2da29fa21f6cc628afb3ad4cde3670 } from '../../../../../src/admin/jobs/jobs-view.tsx'
import { MarketView as MarketView_c444e3da9bcd3b2037611e848bc9b46d } from '../../../../../plugins/market/admin/market-view.tsx'
import { DoctorView as DoctorView_dae86e877d3e4ab1aecee0b9136e06db } from '../../../../../plugins/exports/admin/doctor-view.tsx'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/src/admin/garage/vehicle-overview.tsx#VehicleOverview": VehicleOverview_639ea5094967602285d91dea41bf9bb1,
  "/src/admin/garage/owner-cell.tsx#OwnerCell": OwnerCell_d90c04f5cc0e376f47e631778eaf5c1c,
  "/src/admin/garage/owner-picker.tsx#OwnerPicker": OwnerPicker_eecf2c2955c2cbca677fbbd2e458440e,
  "/src/admin/vin/decode-vin.tsx#DecodeVin": DecodeVin_ac9b7eaa2309242ca25a56e7339e8f80,
  "/src/admin/catalog/catalog-field.tsx#CatalogField": CatalogField_51ae2490035d884b52c2eed08e319a24,
  "/src/admin/garage/unit-cells.tsx#WholeDistanceCell": WholeDistanceCell_f4f48c8ba04eaea4e90471f1d812f748,
  "/src/admin/garage/confirm-odometer.tsx#ConfirmOdometer": ConfirmOdometer_371d1d3163276248a2bda6ec71dfa054,
  "/src/admin/garage/vehicle-status-cell.tsx#VehicleStatusCell": VehicleStatusCell_20a63127bf11721b661dda57e267b701,
  "/src/admin/garage/vehicle-life.tsx#VehicleLife": VehicleLife_7ff575a0b105985690365600a9e856f1,
  "/src/admin/cells/day-cell.tsx#DayCell": DayCell_d1ec02dbd14037b4ae43dbe3bd7f767e,
  "/src/admin/fields/day-field.tsx#DayField": DayField_eeb1d3f0a36d969d1168946041dbc6a4,
  "/src/admin/garage/unit-cells.tsx#OwnerMoneyCell": OwnerMoneyCell_f4f48c8ba04eaea4e90471f1d812f748,
  "/src/admin/garage/vehicle-stats.tsx#VehicleStats": VehicleStats_c28e77c056a35e3f8272b7f307cb8fdb,
  "/src/admin/garage/vehicle-rows.tsx#VehicleRows": VehicleRows_8e95365262385f37621bcaef96e9068c,
  "/src/admin/garage/vehicle-due.tsx#VehicleDue": VehicleDue_09afd0c9c677d6d14386f51da3139320,
  "/src/admin/sharing/vehicle-sharing.tsx#VehicleSharing": VehicleSharing_372cc118858823de3d59397e212cd387,
  "/src/admin/garage/history-transfer.tsx#HistoryTransfer": HistoryTransfer_e0e1673a6e5ff18b2b8e12c52933623d,
  "/src/admin/errors/failed-save.tsx#FailedSave": FailedSave_9cff63a99f800461e6e074b1790bea99,
  "/src/admin/list/list-screen.tsx#ListScreen": ListScreen_5cfc2cf316788de8e31e3ea683a638c0,
  "/src/admin/garage/row-title.tsx#RowTitle": RowTitle_c1369d51ea5127ba0445d65890d53b2b,
  "/src/admin/garage/row-title-cell.tsx#RowTitleCell": RowTitleCell_4490c59b68431936fd77134e10a0e067,
  "/src/admin/cells/relation-cell.tsx#RelationCell": RelationCell_c40e409fee2c56233b3ee268c428984b,
  "/src/admin/garage/unit-cells.tsx#DistanceCell": DistanceCell_f4f48c8ba04eaea4e90471f1d812f748,
  "/src/admin/garage/unit-cells.tsx#FuelAmountCell": FuelAmountCell_f4f48c8ba04eaea4e90471f1d812f748,
  "/src/admin/garage/unit-cells.tsx#FuelPriceCell": FuelPriceCell_f4f48c8ba04eaea4e90471f1d812f748,
  "/src/admin/garage/fuel-selects.tsx#FuelTypeSelect": FuelTypeSelect_178f9f02db847c348be0940034cdcf7c,
  "/src/admin/garage/fuel-selects.tsx#FuelGradeSelect": FuelGradeSelect_178f9f02db847c348be0940034cdcf7c,
  "/src/admin/documents/attached-files.tsx#AttachedFiles": AttachedFiles_a36642a92eed7a4959ff6529d2390a45,
  "/src/admin/garage/maintenance-selects.tsx#CategorySelect": CategorySelect_a1284fbf75904cba9ebd7a6acd273faa,
  "/src/admin/cells/list-cell.tsx#ListCell": ListCell_f6ec5b55cced10511095de70226ec885,
  "/src/admin/garage/maintenance-selects.tsx#SubtypesSelect": SubtypesSelect_a1284fbf75904cba9ebd7a6acd273faa,
  "/src/admin/list/not-yet-banner.tsx#NotYetBanner": NotYetBanner_a83570a18f4a9bf585458f3931c1e9bd,
  "/src/admin/documents/document-details.tsx#DocumentDetails": DocumentDetails_a2e0251ad68aacbcfe4648d6c3584777,
  "/src/admin/stations/station-reports.tsx#StationReports": StationReports_c5490472d72edf6a262b2fb9d7688123,
  "/src/admin/json/json-editor.tsx#JsonEditor": JsonEditor_7091f3f81d42000f9fd70a17baad1dd6,
  "/src/admin/lot/title-cell.tsx#TitleCell": TitleCell_f19a337ae626025238c46953a822982c,
  "/src/admin/lot/figure-cells.tsx#MileageCell": MileageCell_75d07ab0bee359d7578531d990bd08ad,
  "/src/admin/lot/figure-cells.tsx#MoneyCell": MoneyCell_75d07ab0bee359d7578531d990bd08ad,
  "/src/admin/fields/currency-sign.tsx#CurrencySign": CurrencySign_5d1561c5ea3ec83d9363327e1ed11d9f,
  "/src/admin/lot/photo-problems.tsx#CarPhotoProblems": CarPhotoProblems_f67787bc0975c00b0c17f5f523c69255,
  "/src/admin/lot/photo-gallery.tsx#PhotoGallery": PhotoGallery_b636128fa6f3d1d736d0b5c50d6abb75,
  "/src/admin/lot/feature-list.tsx#FeatureList": FeatureList_18ced80438d573d7655a1b227af16b61,
  "/src/admin/vehicle-history/shared-history.tsx#SharedHistory": SharedHistory_5200e986a3354e3f71c676a85292f11b,
  "/src/admin/lot/thumbnail-cell.tsx#ThumbnailCell": ThumbnailCell_d58b9ceabdbb96bdd16cdb86ab79f54a,
  "/src/admin/lot/car-timeline.tsx#CarTimeline": CarTimeline_b2c34df1b492c64567d468d23c2dc68f,
  "/plugins/market/admin/car-market.tsx#CarMarket": CarMarket_b8f0672b8fa7cc9099fcebef68cf1488,
  "/plugins/exports/admin/car-feeds.tsx#CarFeedList": CarFeedList_f8a3a679bf6d4c90ea28ba43638607b8,
  "/src/admin/lot/status-cell.tsx#StatusCell": StatusCell_ec24e5388daf067fd49eff6b0d68eca9,
  "/src/admin/lot/stock-work.tsx#StockWork": StockWork_59c578b6f2b49bb611b9e02d391121cf,
  "/src/admin/lot/cascade-notice.tsx#TakesWithIt": TakesWithIt_c1baffb9925c5c2dc657b6054c4bfd00,
  "/plugins/exports/admin/feed-light-cell.tsx#FeedLightCell": FeedLightCell_aa06cb1245b64c8e2b9f4caa4d1b1adf,
  "/src/admin/lot/photo-problems.tsx#PhotoProblemsNotice": PhotoProblemsNotice_f67787bc0975c00b0c17f5f523c69255,
  "/src/admin/lot/change-prices.tsx#ChangePrices": ChangePrices_0182c01e645eee0233fc003310546e6c,
  "/src/admin/lot/undo-batch.tsx#UndoBatch": UndoBatch_21f5f2554d87c03006f006685105182c,
  "/src/admin/review/submission-review.tsx#SubmissionReview": SubmissionReview_bd678dd8356e57a5ae9500480f4e5a7d,
  "/plugins/market/admin/submission-market.tsx#SubmissionMarket": SubmissionMarket_deb918c86f6c8547f21e9a361a9538c8,
  "/src/admin/review/submission-appraisal.tsx#SubmissionAppraisal": SubmissionAppraisal_830555ab06a5b68f9fe366a71340e1a5,
  "/src/admin/review/stage-cell.tsx#StageCell": StageCell_3d072c03c6e52e5bd1aec3dfe62be234,
  "/src/admin/review/not-shown.tsx#NotShown": NotShown_88e9e00d2199501031ae0464cf3ba6c1,
  "/src/admin/review/waiting-cell.tsx#WaitingCell": WaitingCell_353a0b83b4e918e26f020bf44d41d3fa,
  "/src/admin/review/stage-filters.tsx#StageFilters": StageFilters_381ffeda0e70e5cffd1411db875a757a,
  "/src/admin/ui/choice-title.tsx#ChoiceTitle": ChoiceTitle_3953d0bf7766e43b05b3bbfd47a60a0d,
  "/plugins/exports/admin/mapping-field.tsx#MappingField": MappingField_0f5b83ddb023496ee832283735170285,
  "/plugins/exports/admin/feed-delivery.tsx#FeedDelivery": FeedDelivery_759f31c21da89282ed16a5132c8305ad,
  "/plugins/exports/admin/change-list.tsx#ChangeList": ChangeList_07a3839410f5801635c92316483ff6c0,
  "/src/admin/json/comparables-table.tsx#ComparablesTable": ComparablesTable_33570a04ec4a6ae1c79848679d9196d7,
  "/src/admin/json/json-view.tsx#JsonView": JsonView_ddbe42ce53e09b1da810f41ebe158b9b,
  "/plugins/scraping/admin/health-cell.tsx#HealthCell": HealthCell_2e3386cfea9a1410e9fe578ad2ce693b,
  "/plugins/scraping/admin/competitor-screen.tsx#CompetitorScreen": CompetitorScreen_1f5374ef8368fe93bc9f729553c016f0,
  "/src/admin/garage/owner-garage.tsx#OwnerGarage": OwnerGarage_12df6ef3e3f3f17262cf0073f70c53d9,
  "/src/admin/people/current-password.tsx#CurrentPassword": CurrentPassword_32e92a46a397ac6f2873ed0f2332984c,
  "/src/admin/review/staff-work.tsx#StaffWork": StaffWork_4bedab700a890d35ef4678403aec5eb3,
  "/src/admin/people/invite.tsx#Invite": Invite_0a655d44ed0a3964541db7966494e993,
  "/src/admin/people/user-view.tsx#UserView": UserView_3a47ae6d3055b495d096564371784c7c,
  "/src/admin/cells/actor.tsx#ActorCell": ActorCell_784297b7419b3f3b3b34eca0a6ea6c78,
  "/src/admin/cells/actor.tsx#ActorField": ActorField_784297b7419b3f3b3b34eca0a6ea6c78,
  "/src/admin/json/changes-diff.tsx#ChangesDiff": ChangesDiff_0ce46febcf9b20c3a4e8e1c8468ae6e5,
  "/src/admin/mail/mail-preview.tsx#MailPreview": MailPreview_2eee476964b936bb08f2f0c1351a0ae2,
  "/src/admin/mail/mail-status-cell.tsx#MailStatusCell": MailStatusCell_8df6065feafd31ef27d102f71f076688,
  "/src/admin/brand.tsx#Icon": Icon_eb58636b4f959a7d1e7b067d98c6b605,
  "/src/admin/brand.tsx#Logo": Logo_eb58636b4f959a7d1e7b067d98c6b605,
  "/src/admin/sign-in/sign-in-help.tsx#SignInHelp": SignInHelp_524be6c186f0ec3175f56a6794a973f3,
  "/src/admin/jobs/jobs-link.tsx#JobsLink": JobsLink_38822423ba521269ecf4f26c605778b1,
  "/plugins/market/admin/market-link.tsx#MarketLink": MarketLink_daf941d65c37b8e672502013981bd28a,
  "/plugins/exports/admin/doctor-link.tsx#DoctorLink": DoctorLink_000aa3974ff5346191acd98aa64a6538,
  "/src/admin/sign-in/sign-in-methods.tsx#WaysIn": WaysIn_16a452f6575a5448053792d410f368d9,
  "/src/admin/session-keeper.tsx#SessionKeeper": SessionKeeper_5332719bbaaf782f0adfbf43d5b93b88,
  "/src/admin/errors/full-error-messages.tsx#FullErrorMessages": FullErrorMessages_3719e73e66968a76fbf6404877aa5fad,
  "/src/admin/sign-in/sign-in-view.tsx#SignInView": SignInView_4c4b285b24157419dd7f07e1f7c6c0cf,
  "/src/admin/sign-in/forgot-view.tsx#ForgotView": ForgotView_250b1ba475c0e6b32fc6478325289e81,
  "/src/admin/sign-in/sign-out-view.tsx#SignOutView": SignOutView_90bfded5d81d74e1c99173a8a31d2a58,
  "/src/admin/dashboard/lot-today.tsx#LotToday": LotToday_2a12b9c34ac1b065ac7c26078df7881f,
  "/src/admin/no-admin-yet.tsx#NoAdminYet": NoAdminYet_351a610df01bc6400fa2de07c592a7df,
  "/src/admin/jobs/jobs-view.tsx#JobsView": JobsView_1b2da29fa21f6cc628afb3ad4cde3670,
  "/plugins/market/admin/market-view.tsx#MarketView": MarketView_c444e3da9bcd3b2037611e848bc9b46d,
  "/plugins/exports/admin/doctor-view.tsx#DoctorView": DoctorView_dae86e877d3e4ab1aecee0b9136e06db,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
