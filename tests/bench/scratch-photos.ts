import { buildApp } from '../support/build-app.ts';
import { measurePhotoSending } from './photoSending.ts';
await buildApp();
await measurePhotoSending((f) => console.log(JSON.stringify(f)));
