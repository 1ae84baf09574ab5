'use client'
import { NavLink } from '../../../src/admin/nav-link.tsx'

/** The way to the market. */
export const MarketLink = () => <NavLink label="Market" name="market" />
