'use client'
import { NavLink } from '../../../src/admin/ui/nav-link.tsx'

/** The sidebar link to the Market screen. */
export const MarketLink = () => <NavLink label="Market" name="market" />
