'use client'
import { NavLink } from '../nav-link.tsx'

/** The way to the jobs. */
export const JobsLink = () => <NavLink label="Jobs" name="jobs" />
