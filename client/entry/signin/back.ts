/** Where to go on after signing in: a page of a desk of ours that the address names, and nothing else. */
export function wayBack(search: string): string | null {
  const to = new URLSearchParams(search).get('to')
  return to && /^\/(room|press|setup|signin\/mine)(\/|\?|$)/.test(to) && !to.includes('//') && !to.includes('\\') ? to : null
}
