// The settings that a CouchDB needs for this app, beyond its defaults.

/** By section and key, as in CouchDB's configuration (docs, Configuration). */
export type Settings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** An officer may be in the field for two weeks; CouchDB ends a session after ten minutes. */
const SESSION_SECONDS = 14 * 24 * 3600;
/** Room for a batch of documents or a large photo; CouchDB's default is 4 GB. */
const LARGEST_REQUEST_BYTES = 80 * 1024 * 1024;

/**
 * @param origin where the app is, when it is another origin than the CouchDB's; null behind one proxy
 */
export function wantedSettings(origin: string | null): Settings {
  const common: Settings = {
    chttpd: { max_http_request_size: String(LARGEST_REQUEST_BYTES) },
    chttpd_auth: { timeout: String(SESSION_SECONDS), allow_persistent_cookies: 'true', same_site: 'lax' }
  };
  if (origin === null) return common;
  return {
    ...common,
    chttpd: { ...common.chttpd, enable_cors: 'true' },
    cors: {
      origins: origin,
      credentials: 'true',
      methods: 'GET, PUT, POST, HEAD, DELETE',
      headers: 'accept, authorization, content-type, origin, referer, if-match'
    }
  };
}
