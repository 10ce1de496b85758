// The English words of all other screens.
import { products } from './products.ts';
import { producer } from './producer.ts';
import { survey } from './survey.ts';
import { assessment } from './assessment.ts';
import { conflict } from './conflict.ts';
import { photo } from './photo.ts';
import { evidence } from './evidence.ts';
import { paper } from './paper.ts';

export const later = { products, producer, survey, assessment, conflict, photo, evidence, paper };
