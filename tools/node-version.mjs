// Imported first by every tool: what follows it needs this Node.

/**
 * What to do about a Node that is too old, as one sentence; null when it will do.
 * @param {string} version as `20.19.0`
 * @returns {string | null}
 */
export function tooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return null
  return `Veedor needs Node 20.19 or newer, and this is ${version}: install a newer one from https://nodejs.org and start again.`
}

const sentence = tooOld(process.versions.node)
if (sentence) {
  console.error(sentence)
  process.exit(1)
}
