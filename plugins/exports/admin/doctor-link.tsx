'use client'
import { NavLink } from '../../../src/admin/ui/nav-link.tsx'

/** The sidebar link to the Feed doctor. */
export const DoctorLink = () => <NavLink label="Feed doctor" name="feeds" />
