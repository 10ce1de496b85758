// Before all journeys: the built app, unless somebody has built it already.
import { buildApp, isBuilt } from '../support/build-app.ts';

export default async function setUp(): Promise<void> {
  if (!isBuilt()) await buildApp();
}
