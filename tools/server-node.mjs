/**
 * How Node is started for a server: threads enough for its files and its database, and 64 MB (V8's own: 16) for what a moment needs, or a few long answers at once fill it and are taken for what lasts, which is what
 * makes the slowest of a hundred answers slow.
 */
export const serverNode = { args: ['--max-semi-space-size=64', '--import', 'tsx'], environment: { UV_THREADPOOL_SIZE: '16' } }
