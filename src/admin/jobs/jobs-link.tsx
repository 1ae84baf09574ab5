'use client'
import { NavLink } from '../ui/nav-link.tsx'

/** The sidebar link to the Jobs screen. */
export const JobsLink = () => <NavLink label="Jobs" name="jobs" />
