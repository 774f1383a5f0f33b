import type { APIRoute } from 'astro';
import api from '../../embed/api.ts?raw';

/** The element's types, for editors and TypeScript projects of those who embed it. */
export const GET: APIRoute = () =>
  new Response(api, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
