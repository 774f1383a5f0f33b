import type { APIRoute } from 'astro';
import api from '../../embed/api.ts?raw';
import { widgets } from '../../registry/server';
import { elementManifest } from '../../site/embed/manifest';

/** The custom-elements manifest, for editors of those who embed the element. */
export const GET: APIRoute = () => Response.json(elementManifest(api, [...widgets.values()]));
