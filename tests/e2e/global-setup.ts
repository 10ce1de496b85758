// Before all journeys: the built app, unless somebody has built it already, and the server as one script.
import { buildApp, isBuilt } from '../support/build-app.ts';
import { bundleServer } from '../support/bundle-server.ts';
import { SERVER_SCRIPT } from '../support/couch-server.ts';

export default async function setUp(): Promise<void> {
  if (!isBuilt()) await buildApp();
  // The workers begin with what stands here.
  process.env[SERVER_SCRIPT] = await bundleServer();
}
