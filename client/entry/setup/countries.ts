// Regions that ISO reserves for groupings, oceans and private use; Unicode knows their names, but no mission observes there.
const noCountry = new Set(['AC', 'AQ', 'BV', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'HM', 'IC', 'QO', 'TA', 'TF', 'UM', 'UN', 'XA', 'XB', 'ZZ'])

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** ISO 3166-1 codes with their names in `locale`, by name. From what the browser itself knows: a code is a country's when it has a name and stands for itself. */
export function listCountries(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' })
  const codes = letters.flatMap((one) => letters.map((other) => one + other)).filter((code) => !noCountry.has(code) && new Intl.Locale(`und-${code}`).region === code)
  return codes.flatMap((code) => {
    const name = names.of(code)
    return name ? [{ code, name }] : []
  }).sort((one, other) => one.name.localeCompare(other.name, locale))
}

/** Time zones of a country, the one with most people first as CLDR has it; empty where the browser does not know. */
export function zonesOf(country: string): string[] {
  if (!/^[A-Z]{2}$/.test(country)) return []
  const locale: Intl.Locale & { timeZones?: readonly string[]; getTimeZones?: () => readonly string[] } = new Intl.Locale(`und-${country}`)
  return [...(locale.getTimeZones?.() ?? locale.timeZones ?? [])]
}

export const everyZone = (): string[] => Intl.supportedValuesOf('timeZone')

/** The zone to propose: this browser's where it lies in the country, else the country's first. */
export function proposeZone(country: string, here: string): string {
  const zones = zonesOf(country)
  return zones.includes(here) || zones.length === 0 ? here : (zones[0] ?? here)
}
