import type { IncomingMessage } from 'node:http';

/** Why a request is refused: 403 for a foreign page or name (DNS rebinding), 405 for another method; undefined when it is not. */
export function refusal(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  port: number,
): 403 | 405 | undefined {
  const { host, origin } = request.headers;
  const suffix = port === 80 ? '' : `:${port}`; // a browser leaves out the usual one
  if (host !== `127.0.0.1${suffix}` && host !== `localhost${suffix}`) return 403;
  if (origin !== undefined && origin !== `http://${host}`) return 403;
  const site = request.headers['sec-fetch-site'];
  // A link or a typed address leads to the page itself; everything else is asked for by the page.
  const own = site === undefined || site === 'same-origin' || site === 'none';
  if (!own && !(request.url === '/' && request.method === 'GET')) return 403;
  if (request.method === 'POST') return origin === undefined ? 403 : undefined;
  return request.method === 'GET' || request.method === 'HEAD' ? undefined : 405;
}

/** Sent with every answer. */
export const safetyHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types',
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
