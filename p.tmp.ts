import { chromium } from '@playwright/test';
import { staticServer } from './src/commands/static-server.ts';
