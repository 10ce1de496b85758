// Before the journey: the built app, unless somebody has built it already.
import { buildVersionUnderTest, isBuilt } from '../support/build-app.ts';

export default async function setUp(): Promise<void> {
  if (!isBuilt()) await buildVersionUnderTest();
}
