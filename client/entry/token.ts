/**
 * Takes the token out of the address (`/join#token`): it stays in this page's memory, and neither in the history nor over the shoulder.
 * Read once, before anything else looks at the address.
 */
function takeToken(): string | null {
  const token = location.hash.slice(1)
  if (!token) return null
  history.replaceState(null, '', location.pathname + location.search)
  return token
}

export const token = takeToken()

// Another link into the same tab changes nothing but the part behind the `#`.
addEventListener('hashchange', () => {
  if (location.hash.length > 40) location.reload()
})
