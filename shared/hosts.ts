/** `localhost`, its subdomains and the loopback addresses, with a port or without; all of them stay on this machine. */
export function isLoopback(host: string | undefined): boolean {
  if (!host) return false
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '').toLowerCase()
  return name === 'localhost' || name.endsWith('.localhost') || name === '127.0.0.1' || name === '::1'
}
