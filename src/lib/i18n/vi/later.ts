// The Vietnamese words of all other screens, a chunk of their own.
import { product } from './product.ts';
import { products } from './products.ts';
import { producer } from './producer.ts';
import { survey } from './survey.ts';
import { assessment } from './assessment.ts';
import { conflict } from './conflict.ts';
import { photo } from './photo.ts';
import { evidence } from './evidence.ts';
import { paper } from './paper.ts';
import { place } from './place.ts';
import { signature } from './signature.ts';
import { code } from './code.ts';
import { lock } from './lock.ts';
import { settings } from './settings.ts';
import { space } from './space.ts';
import { rescue } from './rescue.ts';
import { refusal } from './refusal.ts';
import { handover } from './handover.ts';

export const later = {
  product,
  products,
  producer,
  survey,
  assessment,
  conflict,
  photo,
  evidence,
  paper,
  place,
  signature,
  code,
  lock,
  settings,
  space,
  rescue,
  refusal,
  handover
};
