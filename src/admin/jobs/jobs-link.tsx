'use client'
import { NavLink } from '../nav-link.tsx'

/** The sidebar link to the Jobs screen. */
export const JobsLink = () => <NavLink label="Jobs" name="jobs" />
