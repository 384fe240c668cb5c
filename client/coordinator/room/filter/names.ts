/** The parts of a filter, as they stand in an address. */
export const filterNames = ['status', 'category', 'severity', 'department', 'station', 'from', 'until', 'words', 'organisation', 'pictures', 'signed', 'distance'] as const
