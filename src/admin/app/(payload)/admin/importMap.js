import { TitleCell as TitleCell_f19a337ae626025238c46953a822982c } from '../../../../../src/admin/lot/title-cell.tsx'
import { MileageCell as MileageCell_75d07ab0bee359d7578531d990bd08ad } from '../../../../../src/admin/lot/figure-cells.tsx'
import { MoneyCell as MoneyCell_75d07ab0bee359d7578531d990bd08ad } from '../../../../../src/admin/lot/figure-cells.tsx'
import { PhotoGallery as PhotoGallery_b636128fa6f3d1d736d0b5c50d6abb75 } from '../../../../../src/admin/lot/photo-gallery.tsx'
import { FeatureList as FeatureList_18ced80438d573d7655a1b227af16b61 } from '../../../../../src/admin/lot/feature-list.tsx'
import { ThumbnailCell as ThumbnailCell_d58b9ceabdbb96bdd16cdb86ab79f54a } from '../../../../../src/admin/lot/thumbnail-cell.tsx'
import { StatusCell as StatusCell_ec24e5388daf067fd49eff6b0d68eca9 } from '../../../../../src/admin/lot/status-cell.tsx'
import { Icon as Icon_eb58636b4f959a7d1e7b067d98c6b605 } from '../../../../../src/admin/brand.tsx'
import { Logo as Logo_eb58636b4f959a7d1e7b067d98c6b605 } from '../../../../../src/admin/brand.tsx'
import { SignInHelp as SignInHelp_ac1d8fc331b1e6e8d19eee3ba95dd3de } from '../../../../../src/admin/sign-in-help.tsx'
import { LotToday as LotToday_2a12b9c34ac1b065ac7c26078df7881f } from '../../../../../src/admin/dashboard/lot-today.tsx'
import { NoAdminYet as NoAdminYet_351a610df01bc6400fa2de07c592a7df } from '../../../../../src/admin/no-admin-yet.tsx'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/src/admin/lot/title-cell.tsx#TitleCell": TitleCell_f19a337ae626025238c46953a822982c,
  "/src/admin/lot/figure-cells.tsx#MileageCell": MileageCell_75d07ab0bee359d7578531d990bd08ad,
  "/src/admin/lot/figure-cells.tsx#MoneyCell": MoneyCell_75d07ab0bee359d7578531d990bd08ad,
  "/src/admin/lot/photo-gallery.tsx#PhotoGallery": PhotoGallery_b636128fa6f3d1d736d0b5c50d6abb75,
  "/src/admin/lot/feature-list.tsx#FeatureList": FeatureList_18ced80438d573d7655a1b227af16b61,
  "/src/admin/lot/thumbnail-cell.tsx#ThumbnailCell": ThumbnailCell_d58b9ceabdbb96bdd16cdb86ab79f54a,
  "/src/admin/lot/status-cell.tsx#StatusCell": StatusCell_ec24e5388daf067fd49eff6b0d68eca9,
  "/src/admin/brand.tsx#Icon": Icon_eb58636b4f959a7d1e7b067d98c6b605,
  "/src/admin/brand.tsx#Logo": Logo_eb58636b4f959a7d1e7b067d98c6b605,
  "/src/admin/sign-in-help.tsx#SignInHelp": SignInHelp_ac1d8fc331b1e6e8d19eee3ba95dd3de,
  "/src/admin/dashboard/lot-today.tsx#LotToday": LotToday_2a12b9c34ac1b065ac7c26078df7881f,
  "/src/admin/no-admin-yet.tsx#NoAdminYet": NoAdminYet_351a610df01bc6400fa2de07c592a7df,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
